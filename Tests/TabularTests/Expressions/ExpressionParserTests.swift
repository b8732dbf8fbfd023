import Tabular
import Testing

@Suite struct ExpressionParserTests {
  static func canonical(_ text: String) throws -> String {
    try Expression.parse(text).canonical
  }

  static func errors(_ text: String) -> [ExpressionError] {
    do {
      _ = try Expression.parse(text)
      return []
    } catch {
      return error.errors
    }
  }
  static let forms: [(String, String)] = [
    ("a+b*c", "a + b * c"),
    ("(a+b)*c", "(a + b) * c"),
    ("a-(b-c)", "a - (b - c)"),
    ("(a-b)-c", "a - b - c"),
    ("a / b / c", "a / b / c"),
    ("a/(b/c)", "a / (b / c)"),
    ("a||b||'x'", "a || b || 'x'"),
    ("- a * b", "-a * b"),
    ("-(a*b)", "-(a * b)"),
    ("- -a", "-(-a)"),
    ("-5", "-5"),
    ("- 5 + a", "-5 + a"),
    ("-(5)", "-(5)"),
    ("a - -5", "a - -5"),
    ("-5::text", "-cast(5 as text)"),
    ("a::integer::TEXT", "cast(cast(a as integer) as text)"),
    ("NOT a = b AND c", "not a = b and c"),
    ("not (a and b)", "not (a and b)"),
    ("a or b and c", "a or b and c"),
    ("(a or b) and c", "(a or b) and c"),
    ("a and (b and c)", "a and (b and c)"),
    ("a and b and c", "a and b and c"),
    ("a = b is null", "a = b is null"),
    ("a = (b is null)", "a = (b is null)"),
    ("not a is null", "not a is null"),
    ("(not a) is null", "(not a) is null"),
    ("a != b", "a <> b"),
    ("a between 1 and 2 and b", "a between 1 and 2 and b"),
    ("a not between b+1 and c", "a not between b + 1 and c"),
    ("a between (b and c) and d", "a between (b and c) and d"),
    ("a in(1,2 ,3)", "a in (1, 2, 3)"),
    ("a NOT IN ('x')", "a not in ('x')"),
    ("a like 'x%' escape '!'", "a like 'x%' escape '!'"),
    ("a not ilike b || '%'", "a not ilike b || '%'"),
    ("a is distinct from b", "a is distinct from b"),
    ("a is not distinct from b + 1", "a is not distinct from b + 1"),
    ("a is true", "a is not distinct from true"),
    ("a is not false", "a is distinct from false"),
    ("case when a then 1 else 2 end", "case when a then 1 else 2 end"),
    ("CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END", "case a when 1 then 'x' when 2 then 'y' end"),
    ("case when a then b end + 1", "case when a then b end + 1"),
    ("cast(a as decimal(10,2))", "cast(a as decimal(10, 2))"),
    ("cast(a as decimal(10))", "cast(a as decimal(10, 0))"),
    ("try_cast(a as BIGINT)", "try_cast(a as integer)"),
    ("a::double precision", "cast(a as double)"),
    ("a::timestamptz", "cast(a as datetimez)"),
    ("COUNT(*)", "count(*)"),
    ("count(distinct a)", "count(distinct a)"),
    ("sum(a) filter (where b > 1)", "sum(a) filter (where b > 1)"),
    ("f()", "f()"),
    ("Round ( a , 2 )", "round(a, 2)"),
    ("date '2026-01-31'", "date '2026-01-31'"),
    ("timestamp '2026-01-31 14:05'", "timestamp '2026-01-31T14:05:00'"),
    ("timestamp '2026-01-31T14:05:06.5+01:00'", "timestamp '2026-01-31T13:05:06.500000Z'"),
    ("date = date", "date = date"),
    ("\"date\"", "date"),
    ("\"and\"", "\"and\""),
    ("\"a \"\"b\"\"\"", "\"a \"\"b\"\"\""),
    ("\"2024\"", "\"2024\""),
    ("année + été_2", "année + été_2"),
    ("'l''eau'", "'l''eau'"),
    ("''", "''"),
    ("a\u{A0}=\u{202F}1", "a = 1"),
    ("1.50", "1.50"),
    (".5", "0.5"),
    ("5.", "5."),
    ("1e3", "1000.0e0"),
    ("1.5E-7", "1.5e-07"),
    ("9223372036854775807", "9223372036854775807"),
    ("9223372036854775808", "9223372036854775808."),
    ("-9223372036854775808", "-9223372036854775808"),
    (":jour", ":jour"),
    ("TRUE and NULL", "true and null"),
  ]

  /// What is written, and its canonical form: parentheses show the precedence.
  @Test(arguments: forms)
  func canonicalForm(_ written: String, _ expected: String) throws {
    #expect(try Self.canonical(written) == expected)
    // The canonical form is its own.
    #expect(try Self.canonical(expected) == expected)
  }
  static let faults: [(String, Int, Int)] = [
    ("", 0, 0), ("  ", 2, 0), ("a +", 3, 0), ("a + * b", 4, 1), ("a b", 2, 1), ("(a", 2, 0),
    ("a)", 1, 1), ("a = b = c", 6, 1), ("a < b > c", 6, 1), ("'abc", 0, 1), ("\"abc", 0, 1),
    ("\"\"", 0, 2), ("a # b", 2, 1), ("été # b", 6, 1), ("1a", 0, 2), ("12é", 0, 4),
    ("a == b", 2, 2), ("a && b", 2, 2), ("a -- b", 2, 2), ("a = ’x’", 4, 3),
    ("case end", 0, 4), ("case when a end", 12, 3), ("cast(a as foo)", 10, 3),
    ("cast(a integer)", 7, 7), ("a::decimal(40)", 11, 2), ("a::decimal(10, 19)", 15, 2),
    ("a in ()", 6, 1), ("a between 1", 11, 0), ("a is 3", 5, 1), ("a is distinct b", 14, 1),
    ("1.0000000000000000001", 0, 21), ("1e999", 0, 5), ("date '2026-02-30'", 0, 17),
    ("timestamp 'x'", 0, 13), (": a", 0, 1), ("f(a,)", 4, 1), ("f(,a)", 2, 1), ("and", 0, 3),
    ("a + not b", 4, 3), ("count(distinct)(", 15, 1), ("x in (1, 2", 10, 0), ("a ;", 2, 1),
  ]

  /// Where the first error lies: offset and length in bytes.
  @Test(arguments: faults)
  func errorsHavePositions(_ text: String, _ offset: Int, _ length: Int) {
    let errors = Self.errors(text)
    #expect(errors.first?.offset == offset, "\(text): \(errors)")
    #expect(errors.first?.length == length, "\(text): \(errors)")
  }

  @Test func everyStrayCharacterIsReported() {
    #expect(Self.errors("a # b ? c").map(\.offset) == [2, 6])
  }

  @Test func remediesForWhatPeopleType() {
    let cases = [
      ("montant > 1,5", "decimals are written with a point: 1.5"),
      ("a = ’x’", "write `'`"),
      ("a ≤ 3", "write `<=`"),
      ("a == 3", "write `=`"),
      ("a = in", "if `in` is a field, write it in double quotes: \"in\""),
      ("cast(a as txt)", "did you mean `text`?"),
      ("a < b < c", "write `x between a and b`, or join two comparisons with `and`"),
    ]
    for (text, remedy) in cases {
      #expect(Self.errors(text).first?.remedy?.en == remedy, "\(text)")
    }
  }

  @Test func depthAndLengthHaveLimits() throws {
    let deep = [
      String(repeating: "(", count: 50_000), String(repeating: "not ", count: 15_000) + "a",
      String(repeating: "- ", count: 30_000) + "a", String(repeating: "f(", count: 30_000),
      String(repeating: "case when ", count: 6_000),
      "a" + String(repeating: "::text", count: 9_000),
      "a" + String(repeating: " + a", count: 10_000),
      "a" + String(repeating: " is null", count: 8_000),
    ]
    for text in deep {
      #expect(Self.errors(text).map(\.code) == [.tooComplex], "\(text.prefix(20))")
    }
    #expect(Self.errors(String(repeating: "a", count: 70_000)).map(\.code) == [.tooComplex])
    let nested = String(repeating: "(", count: 150) + "a" + String(repeating: ")", count: 150)
    #expect(try Self.canonical(nested) == "a")
    // Long conditions are not deep ones.
    let long = "a = 1" + String(repeating: " or a = 1", count: 5_000)
    #expect(try Self.canonical(long) == long)
  }

  @Test func whatPlannersReadOffATree() throws {
    let tree = try Expression.parse(
      "statut <> 'test' and 18 <= age and (nom like 'M%' or x = y) and "
        + "ville not in ('A', :b) and not (z between 1 and 2)")
    #expect(tree.fieldNames == ["statut", "age", "nom", "x", "y", "ville", "z"])
    #expect(tree.fieldReferences.first { $0.name == "age" }?.offset == 27)
    #expect(tree.parameterNames == ["b"])
    #expect(
      tree.fieldComparisons.map { "\($0.field.name) \($0.comparison) \($0.constants.count)" } == [
        "statut <> 1", "age >= 1", "nom like 1", "ville not in 1", "z between 2",
      ])
    #expect(tree.inequalityConjuncts.map(\.name) == ["statut", "ville", "z"])
    #expect(try Expression.parse("a <> 1 or b").inequalityConjuncts.isEmpty)
    #expect(try Expression.parse("not a = 1").inequalityConjuncts.map(\.name) == ["a"])
  }
}
