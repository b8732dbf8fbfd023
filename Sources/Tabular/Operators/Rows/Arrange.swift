/// Puts columns in place: each of the output is one of the input's, or absent where nobody needs
/// it.
public struct Arrange: RowOperator {
  /// What stands at a place of the output.
  public enum Place: Sendable {
    /// The input's column at a position.
    case column(Int)
    case absent(DataType)
  }

  private let places: [Place]

  public init(_ places: [Place]) { self.places = places }

  public func makeWorker() -> any RowWorker { Worker(places) }

  private final class Worker: RowWorker {
    private let places: [Place]
    private(set) var tally = Tally()

    init(_ places: [Place]) { self.places = places }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var columns: [Column] = []
      columns.reserveCapacity(places.count)
      for place in places {
        switch place {
        case .column(let position):
          guard batch.columns.indices.contains(position) else { throw OperatorMessages.wrongColumn }
          columns.append(batch.columns[position])
        case .absent(let type): columns.append(Column(.absent(type, count: batch.rowCount)))
        }
      }
      return Batch(columns: columns, rowCount: batch.rowCount, sequence: batch.sequence)
    }
  }
}
