import Synchronization

/// A whole table in memory, column by column.
struct FlatTable: Sendable {
  let columns: [FlatColumn]
  let count: Int

  init(columns: [FlatColumn], count: Int) { (self.columns, self.count) = (columns, count) }

  /// - Parameter batches: in order, all with the same columns; given up column by column, so that
  ///   the table is never in memory twice.
  init(_ batches: consuming [Batch]) throws {
    let count = batches.reduce(0) { $0 + $1.rowCount }
    guard count < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
    let width = batches.first?.columns.count ?? 0
    guard batches.allSatisfy({ $0.columns.count == width }) else {
      throw OperatorMessages.wrongColumn
    }
    var columns: [FlatColumn] = []
    for position in 0..<width {
      let type = batches[0].columns[position].type
      columns.append(try FlatColumn(joining: batches.map { $0.columns[position] }, type: type))
      for index in batches.indices {
        batches[index].columns[position] = Column(.absent(type, count: 0))
      }
    }
    self.init(columns: columns, count: count)
  }

  /// The column at a position, to be read.
  /// - Throws: `OperatorError` when there is none or the plan left it out.
  func column(_ position: Int) throws -> FlatColumn {
    guard columns.indices.contains(position) else { throw OperatorMessages.wrongColumn }
    if let plain = columns[position].plain, plain.isAbsent { throw OperatorMessages.absentColumn }
    return columns[position]
  }
}

/// Rows of a table in a given order, put into batches as they are asked for, so that the threads
/// that work on them also do the copying.
final class GatheredRows: BatchSource {
  private let table: FlatTable
  private let order: [Int32]
  private let cursor = Atomic<Int>(0)

  /// - Parameter order: row numbers of the table.
  init(_ table: FlatTable, order: [Int32]) { (self.table, self.order) = (table, order) }

  func next() throws -> Batch? {
    let sequence = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
    let start = sequence * Batch.usualRows
    guard start < order.count else { return nil }
    let rows = Array(order[start..<Swift.min(start + Batch.usualRows, order.count)])
    return Batch(
      columns: try table.columns.map { try $0.gathered(rows) }, rowCount: rows.count,
      sequence: sequence)
  }
}
