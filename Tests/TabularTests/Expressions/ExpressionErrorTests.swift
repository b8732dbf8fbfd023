import Tabular
import Testing

/// What is refused when an expression is bound, and what fails when it runs.
@Suite struct ExpressionErrorTests {
  static func errors(_ text: String, expecting: DataType? = nil) -> [ExpressionError] {
    do {
      _ = try Expression.bind(text, in: Sample.scope, expecting: expecting)
      return []
    } catch {
      return error.errors
    }
  }
  static let refusals: [(String, ExpressionError.Code, Int, String)] = [
    ("nomm", ExpressionError.Code.unknownField, 0, "did you mean `nom`?"),
    ("1 + libelle", .unknownField, 4, "did you mean `libellé`?"),
    ("n > :seuill", .unknownParameter, 4, "did you mean `:seuil`?"),
    ("n > :zzz", .unknownParameter, 4, "declare it under `parameters:`"),
    ("rond(n)", .unknownFunction, 0, "did you mean `round`?"),
    ("n = '1'", .wrongType, 4, "write `cast(… as integer)`"),
    ("nom + 1", .wrongType, 0, "write `cast(… as decimal)`"),
    ("nom + 'x'", .wrongType, 0, "to join texts write `a || b`"),
    ("jour + 1", .wrongType, 0, "use `add_days(d, n)` and `days_between(a, b)` on dates"),
    ("jour >= '2026-01-01'", .wrongType, 8, "write dates as date '2026-01-31'"),
    ("'2026-01-01' < jour", .wrongType, 0, "write dates as date '2026-01-31'"),
    ("nom || n", .wrongType, 7, "write `cast(… as text)`"),
    ("n and ok", .wrongType, 0, "a condition compares something: `x = 1`, `x is not null`"),
    ("jour = timestamp '2026-01-01 00:00:00Z'", .wrongType, 7, ""),
    ("year(timestamp '2026-01-01 00:00:00Z')", .wrongType, 5, ""),
    ("hour(jour)", .wrongType, 5, ""),
    ("round(n, 1, 2)", .wrongArguments, 0, ""),
    ("substr(nom)", .wrongArguments, 0, ""),
    ("date_trunc('mont', jour)", .wrongArguments, 11, "did you mean `'month'`?"),
    ("to_date(nom, 'jj/mm/aaaa')", .wrongArguments, 13, ""),
    ("to_date(nom, nom)", .notConstant, 13, ""),
    ("nom like nom", .notConstant, 9, ""),
    ("nom like 'a\\b'", .badPattern, 9, ""),
    ("regexp_matches(nom, nom)", .notConstant, 20, ""),
    ("regexp_matches(nom, 'a(b')", .badPattern, 22, ""),
    ("regexp_matches(nom, '''''é[')", .badPattern, 27, ""),
    ("regexp_replace(nom, '(a)', '$2')", .badPattern, 28, ""),
    ("count()", .misplacedAggregate, 0, "compute it in an `aggregate` stage"),
    ("round(distinct n)", .wrongArguments, 0, ""),
    ("round(*)", .wrongArguments, 0, ""),
    ("abs(n) filter (where ok)", .wrongArguments, 21, ""),
    ("null", .wrongType, 0, "write `cast(null as text)`, or another type"),
    ("coalesce(null, null)", .wrongType, 0, "write `cast(null as text)`, or another type"),
    ("case when ok then null end", .wrongType, 0, "write `cast(null as text)`, or another type"),
    ("case when ok then 1 else 'a' end", .wrongType, 25, "write `cast(… as integer)`"),
    ("cast(ok as date)", .wrongType, 0, ""),
    ("cast(n as boolean)", .wrongType, 0, ""),
    ("-nom", .wrongType, 1, "write `cast(… as decimal)`"),
    ("not n", .wrongType, 4, "a condition compares something: `x = 1`, `x is not null`"),
  ]

  @Test(arguments: refusals)
  func refused(_ text: String, _ code: ExpressionError.Code, _ offset: Int, _ remedy: String) {
    let errors = Self.errors(text)
    #expect(errors.map(\.code) == [code], "\(text): \(errors.map(\.message.en))")
    #expect(errors.first?.offset == offset, "\(text)")
    if !remedy.isEmpty { #expect(errors.first?.remedy?.en == remedy, "\(text)") }
  }

  @Test func theExpectedTypeIsChecked() throws {
    #expect(Self.errors("n", expecting: .boolean).map(\.code) == [.wrongType])
    #expect(Self.errors("n > 1", expecting: .boolean).isEmpty)
    let widened = try Expression.bind("n", in: Sample.scope, expecting: .decimal)
    #expect(widened.type == .decimal)
    #expect(try widened.evaluate(Sample.batch).value(0) == Sample.decimal(1, 0))
    let null = try Expression.bind("null", in: Sample.scope, expecting: .date)
    #expect(try null.evaluate(Sample.batch).value(3) == .null)
    #expect(null.type == .date)
  }

  @Test func errorsOfAllOperandsAreCollected() {
    let errors = Self.errors("case when nn then 'a' || 1 else rond(zz) end")
    #expect(errors.map(\.code) == [.unknownField, .wrongType, .unknownFunction, .unknownField])
    #expect(errors.map(\.offset) == [10, 25, 32, 37])
  }
  static let failures: [(String, String)] = [
    ("n + 9223372036854775807", "`n + 9223372036854775807` is out of range"),
    ("n * 9223372036854775807", "is out of range"),
    ("-9223372036854775808 - m", "is out of range"),
    ("-(-9223372036854775808 + 0 * m)", "is out of range"),
    ("abs(-9223372036854775808 + 0 * m)", "is out of range"),
    ("n / m", "`n / m` divides by zero"), ("n % m", "`n % m` divides by zero"),
    ("montant / (m - 2)", "divides by zero"), ("x / (m - 2)", "divides by zero"),
    ("1.5 % (m - 2)", "divides by zero"), ("x % (m - 2)", "divides by zero"),
    ("x * 1e308", "is not a finite number"),
    (
      "99999999999999999999999999999999999999. + 99999999999999999999999999999999999999. * m",
      "is out of range"
    ),
    ("montant * 99999999999999999999999999999999999999.", "is out of range"),
    ("cast(nom as integer)", "`cast(nom as integer)` meets a value that is no integer"),
    ("nom::date", "meets a value that is no date"),
    ("cast(x as integer) * 1000000000000", "is out of range"),
    ("to_date(nom, 'dd/MM/yyyy')", "meets a text that is no date of this format"),
    ("add_days(jour, 9223372036854775807)", "leaves the years 0001 to 9999"),
    ("add_days(jour, -800000)", "leaves the years 0001 to 9999"),
    ("split_part(nom, ';', m - 2)", "asks for part 0"),
    ("floor(montant * 10000000000000000000.)", "is out of range"),
    ("round(9223372036854775807 + 0 * m, -19)", "is out of range"),
    ("cast(montant * 1000 as decimal(3, 2))", "meets a value that is no decimal"),
  ]

  /// Fails for some row; the message tells the part of the expression and no value.
  @Test(arguments: failures)
  func fails(_ text: String, _ part: String) throws {
    let bound = try Expression.bind(text, in: Sample.scope)
    do {
      _ = try bound.evaluate(Sample.batch)
      Issue.record("no error: \(text)")
    } catch let error as OperatorError {
      #expect(error.message.en.contains(part), "\(text): \(error.message.en)")
      #expect(!error.message.fr.isEmpty)
    }
  }

  @Test func rowsThatAreNotAskedForDoNotFail() throws {
    // Row 2 has m = 0.
    #expect(
      try Sample.values("case when m <> 0 then n / m else 0 end") == [
        Sample.decimal(5, 1), .null, Sample.decimal(0, 0), Sample.decimal(13_333_333, 6),
      ])
    #expect(
      try Sample.values("m <> 0 and 6 / m >= 2") == [true, true, false, true].map { .boolean($0) })
    #expect(
      try Sample.values("m = 0 or 6 / m >= 3") == [true, false, true, false].map { .boolean($0) })
    #expect(
      try Sample.values("coalesce(cast(m as decimal), 1 / 0)").map { $0 != .null }
        == [true, true, true, true])
    #expect(
      try Sample.values("case when m = 0 then null when 6 % m = 0 then 'd' else 'n' end") == [
        .text("d"), .text("d"), .null, .text("d"),
      ])
    // Where the first conjunct is unknown, the second still decides.
    #expect(throws: OperatorError.self) {
      try Sample.values("cast(null as boolean) and 6 / m > 1")
    }
    // A null divisor's neighbour fails alone.
    #expect(try Sample.values("1 / nullif(m, 0)")[2] == .null)
  }

  @Test func absentColumnsAreNotRead() throws {
    var batch = Sample.batch
    batch.columns[0] = Column(.absent(.integer, count: 4))
    #expect(throws: OperatorError.self) {
      try Expression.bind("n + 1", in: Sample.scope).evaluate(batch)
    }
    let other = try Expression.bind("m + 1", in: Sample.scope)
    #expect(other.fields == [1])
    #expect(try other.evaluate(batch).value(0) == .integer(3))
    // Nor columns that are not there, or of another type.
    batch.columns = [batch.columns[1]]
    #expect(throws: OperatorError.self) { try other.evaluate(batch) }
  }

  @Test func measuresAreChecked() {
    func errors(_ text: String, where condition: String? = nil) -> [ExpressionError] {
      do {
        _ = try Expression.bindMeasure(
          text, where: condition, in: Sample.scope, groupKeys: ["nom"])
        return []
      } catch {
        return error.errors
      }
    }
    #expect(errors("n").map(\.code) == [.notGrouped])
    #expect(errors("nom || 'x'").isEmpty)
    #expect(errors("sum(nom)").map(\.code) == [.wrongType])
    #expect(
      errors("sum(n + zz) + sum(sum(n))").map(\.code) == [.unknownField, .misplacedAggregate])
    #expect(errors("sum()").map(\.code) == [.wrongArguments])
    #expect(errors("sum(*)").map(\.code) == [.wrongArguments])
    #expect(errors("count(distinct)").map(\.code) == [.unknownField])
    #expect(errors("quantile(n, 1.5)").map(\.code) == [.wrongArguments])
    #expect(errors("quantile(n, m)").map(\.code) == [.notConstant])
    #expect(errors("quantile(n)").map(\.code) == [.wrongArguments])
    #expect(errors("sum(null)").map(\.code) == [.wrongType])
    let both = errors("zz + 1", where: "yy = 1")
    #expect(both.map(\.code) == [.unknownField, .unknownField])
    #expect(Set(both.map(\.part)) == [.condition, .expression])
    #expect(errors("count() filter (where n)").map(\.code) == [.wrongType])
    #expect(errors("count(*) - count(distinct n)").isEmpty)
  }

  @Test func measureTypesFollowTheirCalls() throws {
    func measure(_ text: String) throws -> BoundMeasure {
      try Expression.bindMeasure(text, where: nil, in: Sample.scope, groupKeys: ["nom", "jour"])
    }
    #expect(try measure("sum(montant)").decimals == 2)
    #expect(try measure("round(mean(montant), 3)").decimals == 3)
    #expect(try measure("median(n)").type == .decimal)
    #expect(try measure("avg(x)").type == .double)
    #expect(try measure("max(instant)").type == .datetime(zoned: false))
    #expect(
      try measure("quantile(n, 0.90)").calls[0].function == .quantile(Decimal(digits: 9, scale: 1)))
  }
}
