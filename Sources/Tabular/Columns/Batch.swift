/// Some rows of a table, column by column: what operators take and give, 8–64 k rows each.
public struct Batch: Sendable {
  public var columns: [Column]
  public var rowCount: Int
  /// Place among the batches of its stream: dense from 0, the same whatever the threads. With a
  /// row's index in its batch it gives the row's ordinal, which orders everything.
  public var sequence: Int

  /// - Parameter columns: all of `rowCount` rows.
  public init(columns: [Column], rowCount: Int, sequence: Int) {
    self.columns = columns
    self.rowCount = rowCount
    self.sequence = sequence
  }

  /// The rows at the indices, in that order, with the same sequence.
  public func gathered(_ rows: [Int32]) -> Batch {
    Batch(
      columns: columns.map { $0.gathered(rows) }, rowCount: rows.count, sequence: sequence)
  }

  /// The ordinal of a row: ascending in the order of the stream.
  @inlinable
  public func ordinal(_ row: Int) -> Int64 { Int64(sequence) << 32 | Int64(row) }

  /// The largest number of rows an operator puts into one batch.
  public static let maximumRows = 65_536
  /// The number of rows breakers put into the batches they give out.
  public static let usualRows = 16_384
}
