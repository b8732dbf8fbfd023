/// Selects, drops and reorders columns: the output's columns are the input's at the positions.
public struct Project: RowOperator {
  private let positions: [Int]

  /// - Parameter positions: of the input's columns; they may repeat.
  public init(_ positions: [Int]) { self.positions = positions }

  public func makeWorker() -> any RowWorker { Worker(positions) }

  private final class Worker: RowWorker {
    private let positions: [Int]
    private(set) var tally = Tally()

    init(_ positions: [Int]) { self.positions = positions }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      guard positions.allSatisfy(batch.columns.indices.contains) else {
        throw OperatorMessages.wrongColumn
      }
      return Batch(
        columns: positions.map { batch.columns[$0] }, rowCount: batch.rowCount,
        sequence: batch.sequence)
    }
  }
}
