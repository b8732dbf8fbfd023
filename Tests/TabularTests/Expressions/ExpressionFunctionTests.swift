import Tabular
import Testing

/// Every function and operator: an expression, and one that gives the same. Literals are tested
/// with the parser.
@Suite struct ExpressionFunctionTests {
  static func same(_ text: String, _ expected: String) throws {
    let value = try Sample.value(text)
    #expect(try value == Sample.value(expected), "\(text)")
  }
  static let arithmeticCases: [(String, String)] = [
    ("1 + 2 * 3", "7"), ("7 - 10", "-3"), ("-7 % 3", "-1"), ("7 % -3", "1"),
    ("-9223372036854775808 % -1", "0"), ("1.5 + 1", "2.5"), ("1.50 + 0.500", "2.0"),
    ("0.1 + 0.2", "0.3"), ("1.5 * 1.5", "2.25"), ("5.5 % 2", "1.5"), ("-5.5 % 2", "-1.5"),
    ("1 / 3", "0.333333"), ("2 / 3", "0.666667"), ("-2 / 3", "-0.666667"), ("10 / 4", "2.5"),
    ("1 / 3.00000000", "0.333333"), ("1 / 0.00000003", "33333333.33333333"),
    ("0.5 / 1000000", "0.000001"), ("-0.5 / 1000000", "-0.000001"),
    ("0.49 / 1000000", "0.0"), ("1.0000000001 / 3", "0.3333333334"),
    ("9223372036854775807 / 1", "9223372036854775807.0"),
    ("9223372036854775807. + 1", "9223372036854775808."),
    ("9223372036854775807. * 9223372036854775807.", "85070591730234615847396907784232501249."),
    ("0.000000001 * 0.000000001", "0.000000000000000001"),
    ("0.0000000015 * 0.000000001", "0.000000000000000002"),
    ("-0.0000000015 * 0.000000001", "-0.000000000000000002"),
    ("0.0000000014 * 0.000000001", "0.000000000000000001"),
    ("1e0 / 4", "0.25e0"), ("1 + 0.5e0", "1.5e0"), ("0.5 * 2e0", "1e0"), ("5e0 % 3", "2e0"),
    ("-(3)", "-3"), ("-(1.5)", "-1.5"), ("-(0e0)", "0e0"), ("abs(-3)", "3"), ("abs(-1.5)", "1.5"),
    ("abs(-2e0)", "2e0"), ("abs(null)", "cast(null as integer)"),
    ("null + 1", "cast(null as integer)"), ("1.5 * null", "cast(null as decimal)"),
  ]

  @Test(arguments: arithmeticCases)
  func arithmetic(_ text: String, _ expected: String) throws { try Self.same(text, expected) }
  static let numberCases: [(String, String)] = [
    ("round(2.5)", "3."), ("round(-2.5)", "-3."), ("round(2.4999)", "2."),
    ("round(1.005, 2)", "1.01"), ("round(-1.005, 2)", "-1.01"), ("round(1.5, 5)", "1.5"),
    ("round(1234.5, -2)", "1200."), ("round(1250, -2)", "1300"), ("round(-1250, -2)", "-1300"),
    ("round(49, -2)", "0"), ("round(50, -2)", "100"), ("round(5, -30)", "0"), ("round(7)", "7"),
    ("round(2.675e0, 2)", "2.68e0"), ("round(2.5e0)", "3e0"), ("round(-2.5e0)", "-3e0"),
    ("round(1234.5e0, -2)", "1200e0"), ("round(1e300, 2)", "1e300"), ("round(5e-324, 3)", "0e0"),
    ("round(null, 2)", "cast(null as integer)"), ("round(1.5, null)", "cast(null as decimal)"),
    ("round(0.000000000000000005, 17)", "0.00000000000000001"), ("floor(1.5)", "1"),
    ("floor(-1.5)", "-2"), ("floor(-2.0)", "-2"), ("floor(3)", "3"), ("floor(-0.5e0)", "-1"),
    ("ceil(1.5)", "2"), ("ceiling(-1.5)", "-1"), ("ceil(2.000)", "2"), ("ceil(0.1e0)", "1"),
    ("greatest(1, 3, 2)", "3"), ("least(1, 3, 2)", "1"), ("greatest(1, 2.5)", "2.5"),
    ("least(null, 2, null)", "2"), ("greatest(null, cast(null as text))", "cast(null as text)"),
    ("greatest('a', 'é', 'z')", "'é'"),
    (
      "least(date '2026-01-02', date '2026-01-01')",
      "date '2026-01-01'"
    ),
    ("coalesce(null, 2, 3)", "2"), ("coalesce(null, 2.5, 3)", "2.5"),
    ("coalesce(cast(null as text))", "cast(null as text)"),
    ("nullif(1, 1)", "cast(null as integer)"),
    ("nullif(1, 2)", "1"), ("nullif(1, 1.0)", "cast(null as integer)"), ("nullif(2, 1.5)", "2"),
    ("nullif(null, 1)", "cast(null as integer)"), ("nullif('a', null)", "'a'"),
    ("1 / nullif(0, 0)", "cast(null as decimal)"),
  ]

  @Test(arguments: numberCases)
  func numbersAndChoices(_ text: String, _ expected: String) throws {
    try Self.same(text, expected)
  }
  static let textCases: [(String, String)] = [
    ("lower('ÉTÉ Œuvre ΑΒ')", "'été œuvre αβ'"), ("upper('été straße ﬁ')", "'ÉTÉ STRASSE FI'"),
    ("upper('abc')", "'ABC'"), ("lower('İ')", "'i̇'"), ("lower('@[`{')", "'@[`{'"),
    ("unaccent('Éléphant à Œuvre, garçon Łódź ß Ệ')", "'Elephant a OEuvre, garcon Lodz ss E'"),
    ("unaccent('e\u{301}')", "'e'"), ("unaccent('日本 العربية')", "'日本 العربية'"),
    ("length(nfc('e\u{301}'))", "1"), ("length('e\u{301}')", "2"), ("length('œuf')", "3"),
    ("length('')", "0"), ("length('😀')", "1"), ("trim('  a b\u{A0}\u{202F}')", "'a b'"),
    ("ltrim('  a ')", "'a '"), ("rtrim('  a ')", "'  a'"), ("trim('\t\n')", "''"),
    ("ltrim('00120', '0')", "'120'"), ("trim('éaé', 'é')", "'a'"), ("trim('xyxax', 'xy')", "'a'"),
    ("substr('été', 2)", "'té'"), ("substr('été', 1, 1)", "'é'"), ("substr('abc', 0, 2)", "'ab'"),
    ("substr('abc', -2)", "'bc'"), ("substr('abc', -5, 3)", "'a'"), ("substr('abc', 5)", "''"),
    ("substr('abc', 2, -1)", "''"), ("substring('abc', 2, 9223372036854775807)", "'bc'"),
    ("substr('abc', -9223372036854775808, 9223372036854775807)", "'abc'"),
    ("replace('a.b.c', '.', '--')", "'a--b--c'"), ("replace('aaa', 'aa', 'b')", "'ba'"),
    ("replace('abc', '', 'x')", "'abc'"), ("concat('a', 'b', 'c')", "'abc'"),
    ("concat('a', null)", "cast(null as text)"), ("'a' || 'é'", "'aé'"),
    ("'a' || null", "cast(null as text)"), ("split_part('a;b;c', ';', 2)", "'b'"),
    ("split_part('a;b;c', ';', -1)", "'c'"), ("split_part('a;b', ';', 3)", "''"),
    ("split_part('a;b', ';', -3)", "''"), ("split_part('a--b', '--', 2)", "'b'"),
    ("split_part('abc', '', 1)", "'abc'"), ("split_part('abc', '', 2)", "''"),
    ("starts_with('été', 'ét')", "true"), ("starts_with('a', 'ab')", "false"),
    ("ends_with('été', 'té')", "true"), ("contains('été', 't')", "true"),
    ("contains('été', '')", "true"), ("contains('ab', 'c')", "false"),
    ("regexp_matches('75011 Paris', '^\\d{5}\\b')", "true"),
    ("regexp_matches('Éa', '(?i)^é')", "true"),
    ("regexp_matches(null, 'a')", "cast(null as boolean)"),
    ("regexp_replace('06 12-34', '[ -]', '')", "'061234'"),
    ("regexp_replace('Doe, John', '(\\w+), (\\w+)', '$2 $1')", "'John Doe'"),
    ("regexp_replace('aab', 'a*', 'x')", "'xxbx'"), ("regexp_replace('ab', '', '-')", "'-a-b-'"),
    ("regexp_replace('a', 'a', '\\$0$0')", "'$0a'"),
    ("regexp_replace('éa', '\\w', '[$0]')", "'[é][a]'"),
  ]

  @Test(arguments: textCases)
  func texts(_ text: String, _ expected: String) throws { try Self.same(text, expected) }
  static let conditionCases: [(String, String)] = [
    ("'abc' like 'a%'", "true"), ("'abc' like '%b%'", "true"), ("'abc' like '_b_'", "true"),
    ("'été' like '_t_'", "true"), ("'abc' like 'abc%%'", "true"), ("'abc' like 'b%'", "false"),
    ("'' like '%'", "true"), ("'' like '_'", "false"), ("'a%c' like 'a\\%c'", "true"),
    ("'abc' like 'a\\%c'", "false"), ("'a%' like 'a!%' escape '!'", "true"),
    ("'a\\' like 'a\\' escape ''", "true"), ("'ÉTÉ' ilike 'été'", "true"),
    ("'aXbXc' like '%X%c'", "true"), ("'mississippi' like '%iss%ip%i'", "true"),
    ("'abc' not like 'a%'", "false"), ("null like 'a'", "cast(null as boolean)"),
    ("'a' like null", "cast(null as boolean)"), ("2 in (1, 2)", "true"), ("3 in (1, 2)", "false"),
    ("3 in (1, null)", "cast(null as boolean)"), ("1 in (1, null)", "true"),
    ("3 not in (1, null)", "cast(null as boolean)"), ("3 not in (1, 2)", "true"),
    ("null in (1)", "cast(null as boolean)"), ("1.0 in (1, 2)", "true"),
    ("'b' in ('c', 'a', 'b')", "true"),
    ("true in (false)", "false"), ("date '2026-01-01' in (date '2026-01-01')", "true"),
    ("2e0 in (1, 2)", "true"), ("2 between 1 and 3", "true"), ("2 between 3 and 1", "false"),
    ("null between 1 and 2", "cast(null as boolean)"), ("5 between null and 3", "false"),
    ("2 not between 1 and null", "cast(null as boolean)"), ("1.5 between 1 and 2", "true"),
    ("null is null", "true"), ("1 is not null", "true"), ("null is distinct from 1", "true"),
    ("null is not distinct from null", "true"), ("1 is distinct from 1.0", "false"),
    ("null is true", "false"), ("null is not true", "true"), ("1 = 1.000", "true"),
    ("'é' > 'z'", "true"), ("'a' < 'ab'", "true"), ("'' < 'a'", "true"), ("true > false", "true"),
    ("12345678901234567890123456789. > 0.000000000000000001", "true"),
    ("-12345678901234567890123456789. < 0.000000000000000001", "true"),
    ("0.1 = 0.1e0", "true"), ("9007199254740993 = 9007199254740992e0", "true"),
    ("date '2026-01-01' = timestamp '2026-01-01 00:00:00'", "true"),
    ("date '2026-01-01' < timestamp '2026-01-01 00:00:01'", "true"),
    ("case when 1 > 2 then 'a' else 'b' end", "'b'"),
    ("case 2 when 1 then 10 when 2 then 20 end", "20"),
    ("case 3 when 1 then 10 end", "cast(null as integer)"),
    ("case when null then 1 else 2 end", "2"), ("case when true then 1 else 2.5 end", "1."),
    ("case when true then 1 else 1 / 0 end", "1."),
    ("coalesce(1., 1 / 0)", "1."), ("false and 1 / 0 > 1", "false"), ("true or 1 / 0 > 1", "true"),
  ]

  @Test(arguments: conditionCases)
  func conditions(_ text: String, _ expected: String) throws { try Self.same(text, expected) }
  static let dateCases: [(String, String)] = [
    ("year(date '2026-01-31')", "2026"), ("month(date '2026-01-31')", "1"),
    ("day(date '2026-01-31')", "31"), ("quarter(date '2026-05-31')", "2"),
    ("weekday(date '2026-01-31')", "6"), ("weekday(date '1969-12-28')", "7"),
    ("iso_week(date '2027-01-01')", "53"), ("iso_year(date '2027-01-01')", "2026"),
    ("iso_week(date '2024-12-30')", "1"), ("iso_year(date '2024-12-30')", "2025"),
    ("iso_week(date '2026-01-01')", "1"), ("hour(timestamp '2026-01-31 23:59:00')", "23"),
    ("minute(timestamp '1969-12-31 23:59:00')", "59"),
    ("year(timestamp '1969-12-31 23:59:00')", "1969"),
    ("date_trunc('month', date '2026-05-31')", "date '2026-05-01'"),
    ("date_trunc('quarter', date '2026-06-30')", "date '2026-04-01'"),
    ("date_trunc('YEAR', date '2026-06-30')", "date '2026-01-01'"),
    ("date_trunc('week', date '2026-02-01')", "date '2026-01-26'"),
    ("date_trunc('day', timestamp '2026-02-01 10:11:12')", "timestamp '2026-02-01 00:00:00'"),
    ("date_trunc('hour', timestamp '1969-02-01 10:11:12.5')", "timestamp '1969-02-01 10:00:00'"),
    ("days_between(date '2026-01-31', date '2026-03-01')", "29"),
    ("days_between(timestamp '2026-01-31 23:59:59', date '2026-02-01')", "1"),
    ("days_between(date '2026-02-01', date '2026-01-31')", "-1"),
    ("days_between(null, date '2026-01-31')", "cast(null as integer)"),
    ("add_days(date '2024-02-28', 2)", "date '2024-03-01'"),
    ("add_days(timestamp '2024-02-28 10:00:00', -1)", "timestamp '2024-02-27 10:00:00'"),
    ("to_date('2026-01-31')", "date '2026-01-31'"),
    ("to_date('31/01/2026', 'dd/MM/yyyy')", "date '2026-01-31'"),
    ("to_date('1.2.26', 'd.M.yy')", "date '2026-02-01'"),
    ("to_date('31.12.69', 'd.M.yy')", "date '1969-12-31'"),
    ("to_date('20260131', 'yyyyMMdd')", "date '2026-01-31'"),
    ("to_date('le 01/02/2026', '''le ''dd/MM/yyyy')", "date '2026-02-01'"),
    ("try_to_date('31/02/2026', 'dd/MM/yyyy')", "cast(null as date)"),
    ("try_to_date('1/2/2026', 'dd/MM/yyyy')", "cast(null as date)"),
    ("try_to_date('01/02/2026 ', 'dd/MM/yyyy')", "cast(null as date)"),
    ("try_to_date('01/02/26', 'dd/MM/yyyy')", "cast(null as date)"),
  ]

  @Test(arguments: dateCases)
  func dates(_ text: String, _ expected: String) throws { try Self.same(text, expected) }
  static let castCases: [(String, String)] = [
    ("cast('12' as integer)", "12"),
    ("cast('-9223372036854775808' as integer)", "-9223372036854775808"),
    ("cast('+5' as integer)", "5"), ("try_cast('12.0' as integer)", "cast(null as integer)"),
    ("try_cast(' 12' as integer)", "cast(null as integer)"),
    ("try_cast('' as integer)", "cast(null as integer)"),
    ("try_cast('-' as integer)", "cast(null as integer)"),
    ("try_cast('9223372036854775808' as integer)", "cast(null as integer)"),
    ("try_cast('1,5' as decimal)", "cast(null as decimal)"), ("cast('1.50' as decimal)", "1.5"),
    ("cast('-.5' as decimal)", "-0.5"), ("cast('1.0000000000000000000000' as decimal)", "1."),
    ("try_cast('0.0000000000000000001' as decimal)", "cast(null as decimal)"),
    ("try_cast('1.2.3' as decimal)", "cast(null as decimal)"),
    ("try_cast('1e3' as decimal)", "cast(null as decimal)"),
    ("cast('1e3' as double)", "1000e0"), ("cast('0.1' as double)", "0.1e0"),
    ("cast('123456789012345678901234567890' as double)", "1.2345678901234568e29"),
    ("cast('4.9e-324' as double)", "5e-324"), ("try_cast('inf' as double)", "cast(null as double)"),
    ("try_cast('1e400' as double)", "cast(null as double)"),
    ("try_cast('nan' as double)", "cast(null as double)"),
    ("try_cast('0x10' as double)", "cast(null as double)"),
    ("try_cast('1e' as double)", "cast(null as double)"),
    ("cast('TRUE' as boolean)", "true"), ("try_cast('oui' as boolean)", "cast(null as boolean)"),
    ("cast(2.5 as integer)", "2"), ("cast(-2.5 as integer)", "-2"),
    ("cast(-2.9e0 as integer)", "-2"),
    ("try_cast(1e19 as integer)", "cast(null as integer)"),
    ("try_cast(9223372036854775808. as integer)", "cast(null as integer)"),
    ("cast(true as integer)", "1"), ("cast(1 as double)", "1e0"), ("cast(0.1e0 as decimal)", "0.1"),
    ("cast(1e20 as decimal)", "100000000000000000000."), ("cast(1.5e-19 as decimal)", "0."),
    ("cast(5e-19 as decimal)", "0.000000000000000001"),
    ("try_cast(1e39 as decimal)", "cast(null as decimal)"),
    ("cast(1.005 as decimal(10, 2))", "1.01"),
    ("try_cast(123.4 as decimal(3, 1))", "cast(null as decimal)"),
    ("cast(12.34 as text)", "'12.34'"), ("cast(12.50 as text)", "'12.50'"),
    ("cast(-5 as text)", "'-5'"),
    ("cast(12.5 * 2 as text)", "'25.0'"), ("cast(1 / 4 as text)", "'0.25'"),
    ("cast(round(12.5, 2) as text)", "'12.50'"), ("cast(-0.05 as text)", "'-0.05'"),
    ("cast(true as text)", "'true'"), ("cast(1e0 as text)", "'1'"),
    ("cast(0.1e0 as text)", "'0.1'"),
    ("cast(1e21 as text)", "'1e+21'"), ("cast(1.5e-7 as text)", "'1.5e-7'"),
    ("cast(1e-6 as text)", "'0.000001'"),
    ("cast(123456789012345680000e0 as text)", "'123456789012345680000'"),
    ("cast(-2.5e0 as text)", "'-2.5'"),
    ("cast(date '0099-01-31' as text)", "'0099-01-31'"),
    ("cast(timestamp '2026-01-31 10:00:00.05' as text)", "'2026-01-31T10:00:00.050000'"),
    ("cast(timestamp '2026-01-31 10:00:00+02' as text)", "'2026-01-31T08:00:00Z'"),
    ("cast('2026-01-31' as date)", "date '2026-01-31'"),
    ("try_cast('31/01/2026' as date)", "cast(null as date)"),
    ("cast('2026-01-31 10:00' as datetime)", "timestamp '2026-01-31 10:00:00'"),
    ("try_cast('2026-01-31 10:00Z' as datetime)", "cast(null as datetime)"),
    ("cast('2026-01-31T10:00-0130' as datetimez)", "timestamp '2026-01-31 11:30:00Z'"),
    ("cast(timestamp '1969-12-31 10:00:00' as date)", "date '1969-12-31'"),
    ("cast(date '2026-01-31' as datetime)", "timestamp '2026-01-31 00:00:00'"),
    ("cast(timestamp '2026-01-31 10:00:00Z' as datetime)", "timestamp '2026-01-31 10:00:00'"),
    ("cast(null as date)", "cast(null as date)"), ("'5'::integer + 1", "6"),
  ]

  @Test(arguments: castCases)
  func casts(_ text: String, _ expected: String) throws { try Self.same(text, expected) }

  @Test func everyFunctionIsDocumentedInBothLanguages() {
    let functions = Expression.functions
    #expect(functions.count > 30)
    #expect(Set(functions.flatMap { [$0.name] + $0.aliases }).count >= functions.count)
    for function in functions {
      #expect(function.usage.hasPrefix(function.name + "("))
      #expect(!function.summary.en.isEmpty && !function.summary.fr.isEmpty)
    }
  }
}
