/// Turns columns into rows: each row gives one row per unpivoted column, with the column's label
/// and its value, in the order of the columns.
///
/// Output: the kept columns, the labels (text), the values.
public struct Unpivot: RowOperator {
  /// A column to turn into rows.
  public struct Source: Sendable {
    public let column: Int
    public let label: String

    public init(column: Int, label: String) { (self.column, self.label) = (column, label) }
  }

  private let keep: [Int]
  private let sources: [Source]
  private let dropsNulls: Bool

  /// - Parameters:
  ///   - keep: positions of the columns that each new row repeats.
  ///   - sources: at least one, all of the same type.
  ///   - dropsNulls: whether null cells give no row.
  public init(keep: [Int], sources: [Source], dropsNulls: Bool = false) {
    (self.keep, self.sources, self.dropsNulls) = (keep, sources, dropsNulls)
  }

  public func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: Unpivot
    private let labels: TextValues
    private(set) var tally = Tally()

    init(_ plan: Unpivot) {
      self.plan = plan
      labels = TextValues(plan.sources.map(\.label))
    }

    func process(_ batch: Batch) throws -> Batch {
      let sources = try batch.columns(plan.sources.map(\.column))
      guard let type = sources.first?.type, plan.keep.allSatisfy(batch.columns.indices.contains)
      else { throw OperatorMessages.wrongColumn }
      let (cells, overflow) = batch.rowCount.multipliedReportingOverflow(by: sources.count)
      guard !overflow, cells < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
      var rows: [Int32] = []
      var codes: [Int32] = []
      var places: [Int32] = []
      for row in 0..<batch.rowCount {
        for (index, source) in sources.enumerated() where !plan.dropsNulls || source.validity[row] {
          rows.append(Int32(truncatingIfNeeded: row))
          codes.append(Int32(truncatingIfNeeded: index))
          places.append(Int32(truncatingIfNeeded: index * batch.rowCount + row))
        }
      }
      let values = try FlatColumn(joining: sources, type: type).gathered(places)
      tally.rowsIn += batch.rowCount
      tally.rowsOut += rows.count
      tally.made[RowWay.unpivoted, default: 0] += cells - batch.rowCount
      tally.left[RowWay.nullCell, default: 0] += cells - rows.count
      var names = labels
      names.codes = codes
      return Batch(
        columns: plan.keep.map { batch.columns[$0].gathered(rows) }
          + [Column(.text(names)), values],
        rowCount: rows.count, sequence: batch.sequence)
    }
  }
}
