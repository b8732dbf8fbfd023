import Synchronization

/// Appends other tables' rows after the input's.
public struct Union: Breaker {
  /// Where the output's columns come from in one of the tables: a position, or nil for nulls.
  public typealias Places = [Int?]

  private let types: [DataType]
  private let main: Places
  private let sides: [(batches: HeldBatches, places: Places)]

  /// - Parameters:
  ///   - types: of the output's columns.
  ///   - main: the places of the output's columns in the input; as many as types.
  ///   - sides: the tables to append, in order, with the places in each.
  public init(
    types: [DataType], main: Places, sides: [(batches: HeldBatches, places: Places)]
  ) {
    (self.types, self.main, self.sides) = (types, main, sides)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Collect().makeWorker(resources)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let first = try Collect().held(workers)
    let appended = sides.reduce(0) { $0 + $1.batches.rows }
    tally.rowsIn += first.rows
    tally.made[RowWay.appended, default: 0] += appended
    tally.rowsOut += first.rows + appended
    return Appended(union: self, tables: [(first, main)] + sides)
  }

  /// One table after the other, arranged by whoever asks for a batch.
  private final class Appended: BatchSource {
    private let union: Union
    private let tables: [(batches: HeldBatches, places: Places)]
    private let cursor = Atomic<Int>(0)

    init(union: Union, tables: [(batches: HeldBatches, places: Places)]) {
      (self.union, self.tables) = (union, tables)
    }

    func next() throws -> Batch? {
      let sequence = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
      var index = sequence
      for table in tables {
        guard index >= table.batches.count else {
          var batch = try union.arranged(try table.batches.batch(index), table.places)
          batch.sequence = sequence
          return batch
        }
        index -= table.batches.count
      }
      return nil
    }
  }

  private func arranged(_ batch: Batch, _ places: Places) throws -> Batch {
    guard places.count == types.count else { throw OperatorMessages.wrongColumn }
    var columns: [Column] = []
    for (type, place) in zip(types, places) {
      guard let place else {
        columns.append(Column.nulls(type, count: batch.rowCount))
        continue
      }
      guard batch.columns.indices.contains(place), batch.columns[place].type == type else {
        throw OperatorMessages.wrongColumn
      }
      columns.append(batch.columns[place])
    }
    return Batch(columns: columns, rowCount: batch.rowCount, sequence: batch.sequence)
  }
}
