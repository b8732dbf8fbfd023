import StageKit
import Tabular
import Testing

/// Multiples by the expression, against the definition.
@Suite struct StepsTests {
  @Test func greatestMultipleThatIsNoMore() throws {
    let sizes = [
      Decimal(digits: 1, scale: 0), Decimal(digits: 7, scale: 0), Decimal(digits: 25, scale: 2),
      Decimal(digits: 1, scale: 6), Decimal(digits: 10_000_000, scale: 0),
    ]
    var state: UInt64 = 7
    for size in sizes {
      for scale in [0, 2, 7] {
        let cells = (0..<200).map { _ -> Decimal in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return Decimal(digits: Int128(Int64(bitPattern: state) >> 24), scale: scale)
        }
        let column = try #require(Column(cells.map(Value.decimal), type: .decimal))
        let field = Field("x", .decimal, privacy: .none)
        let expression = try Expression.bind(
          Steps(size: size).floor(field), in: ExpressionScope([ExpressionScope.Field(field)]))
        let result = try expression.evaluate(
          Batch(columns: [column], rowCount: cells.count, sequence: 0))
        for (row, cell) in cells.enumerated() {
          let value = try #require(result.value(row).asDecimal)
          let common = 7
          let digits = { (decimal: Decimal) in decimal.rescaled(to: common)?.digits ?? 0 }
          let (v, x, s) = (digits(value), digits(cell), digits(size))
          #expect(v % s == 0 && v <= x && x < v + s, "\(cell) by \(size)")
        }
      }
    }
  }
}
