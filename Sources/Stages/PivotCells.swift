import Tabular

/// The last step of a pivot: refuses cells of several rows, and fills the empty ones.
///
/// Input: the keys, then for each column its value and its number of rows.
struct OneRowEach: RowOperator {
  let keys: Int
  let columns: [String]
  let fill: Value?

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: OneRowEach
    private(set) var tally = Tally()

    init(_ plan: OneRowEach) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var columns = Array(batch.columns.prefix(plan.keys))
      for (index, name) in plan.columns.enumerated() {
        let cells = batch.columns[plan.keys + 2 * index]
        let counts = batch.columns[plan.keys + 2 * index + 1]
        if case .integer(let numbers) = counts.values, numbers.contains(where: { $0 > 1 }) {
          throw OperatorError(Self.severalRows(name))
        }
        columns.append(try filled(cells))
      }
      return Batch(columns: columns, rowCount: batch.rowCount, sequence: batch.sequence)
    }

    private func filled(_ column: Column) throws -> Column {
      guard let fill = plan.fill, column.validity.flags != nil else { return column }
      let scope = ExpressionScope([.init(name: "x", type: column.type)], parameters: ["fill": fill])
      let expression = try Expression.bind("coalesce(x, :fill)", in: scope)
      return try expression.evaluate(
        Batch(columns: [column], rowCount: column.count, sequence: 0))
    }

    private static func severalRows(_ name: String) -> Message {
      Message(
        en: "pivot: several rows have the same key and '\(name)': aggregate before, or add to 'by' "
          + "what tells them apart",
        fr: "pivot : plusieurs lignes ont la même clé et « \(name) » : agrégez avant, ou ajoutez à "
          + "« by » ce qui les distingue")
    }
  }
}
