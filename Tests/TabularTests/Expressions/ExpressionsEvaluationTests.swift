import Tabular
import Testing

/// A table of a few rows that most tests of expressions compute on.
enum Sample {
  static let scope = ExpressionScope(
    fields: [
      (name: "n", type: .integer, decimals: nil), (name: "m", type: .integer, decimals: nil),
      (name: "montant", type: .decimal, decimals: 2), (name: "x", type: .double, decimals: nil),
      (name: "nom", type: .text, decimals: nil), (name: "ok", type: .boolean, decimals: nil),
      (name: "jour", type: .date, decimals: nil),
      (name: "instant", type: .datetime(zoned: false), decimals: nil),
      (name: "libellé", type: .text, decimals: nil),
    ],
    parameters: ["seuil": .integer(10), "jour": .date(20_000), "rien": .null],
    parameterTypes: ["rien": .integer])

  static func column(_ cells: [Value], _ type: DataType) -> Column {
    Column(cells, type: type) ?? .nulls(type, count: cells.count)
  }

  static let batch = Batch(
    columns: [
      column([.integer(1), .null, .integer(-7), .integer(40)], .integer),
      column([.integer(2), .integer(3), .integer(0), .integer(3)], .integer),
      column(
        [
          .decimal(Decimal(digits: 150, scale: 2)), .decimal(Decimal(digits: -1, scale: 2)), .null,
          .decimal(Decimal(digits: 1000, scale: 2)),
        ], .decimal),
      column([.double(0.5), .double(-2), .null, .double(1e10)], .double),
      column([.text("Été"), .null, .text(""), .text("zoo")], .text),
      column([.boolean(true), .boolean(false), .null, .boolean(true)], .boolean),
      column([.date(0), .null, .date(20_000), .date(-1)], .date),
      column(
        [
          .datetime(0, zoned: false), .null, .datetime(1_728_000_000_000_001, zoned: false),
          .datetime(-1, zoned: false),
        ], .datetime(zoned: false)),
      column([.text("é"), .text("b"), .text("é"), .text("a")], .text),
    ], rowCount: 4, sequence: 0)

  /// The value of an expression in each of the rows.
  static func values(_ text: String) throws -> [Value] {
    let column = try Expression.bind(text, in: scope).evaluate(batch)
    return (0..<column.count).map { column.value($0) }
  }

  /// The value of an expression that names no field.
  static func value(_ text: String) throws -> Value {
    try values(text)[0]
  }

  static func decimal(_ digits: Int128, _ scale: Int) -> Value {
    .decimal(Decimal(digits: digits, scale: scale))
  }
}

@Suite struct ExpressionsEvaluationTests {
  @Test func arithmeticOnColumnsAndConstants() throws {
    #expect(try Sample.values("n + 1") == [.integer(2), .null, .integer(-6), .integer(41)])
    #expect(try Sample.values("2 * n - m") == [.integer(0), .null, .integer(-14), .integer(77)])
    #expect(
      try Sample.values("montant * 2") == [
        Sample.decimal(3, 0), Sample.decimal(-2, 2), .null, Sample.decimal(20, 0),
      ])
    #expect(try Sample.value("7 / 3") == Sample.decimal(2_333_333, 6))
    #expect(try Sample.value("-7 % 3") == .integer(-1))
    #expect(try Sample.values("x + n")[3] == .double(1e10 + 40))
  }

  @Test func logicHasThreeValues() throws {
    #expect(try Sample.values("ok and n > 0") == [true, false, false, true].map { .boolean($0) })
    #expect(try Sample.values("ok or n > 0") == [.boolean(true), .null, .null, .boolean(true)])
    #expect(
      try Sample.values("not ok") == [.boolean(false), .boolean(true), .null, .boolean(false)])
    #expect(try Sample.value("null and false") == .boolean(false))
    #expect(try Sample.value("null or true") == .boolean(true))
    #expect(try Sample.value("null = 1 or false") == .null)
  }

  @Test func allErrorsComeAtOnce() throws {
    do {
      _ = try Expression.bind("nomm = 'x' and n = 'y' and :seuill > 1", in: Sample.scope)
      Issue.record("no error")
    } catch {
      #expect(error.errors.map(\.code) == [.unknownField, .wrongType, .unknownParameter])
      #expect(error.errors.map(\.offset) == [0, 19, 27])
      #expect(error.errors[0].remedy?.en == "did you mean `nom`?")
    }
  }

  @Test func measuresSplitIntoCallsAndTheirSurroundings() throws {
    let measure = try Expression.bindMeasure(
      "1000 * count() / first(m) + count() - sum(n) filter (where ok)", where: "n > 0",
      in: Sample.scope, groupKeys: ["nom"])
    #expect(measure.calls.map(\.text) == ["count()", "first(m)", "sum(n) filter (where ok)"])
    #expect(measure.calls.map(\.type) == [.integer, .integer, .integer])
    #expect(measure.calls[2].condition?.text == "(n > 0) and (ok)")
    #expect(measure.outer.fields == [1, 2, 3])
    #expect(measure.fields == [0, 1, 5])
    #expect(measure.type == .decimal)
  }
}
