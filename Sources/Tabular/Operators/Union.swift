/// Appends other tables' rows after the input's.
public struct Union: Breaker {
  /// Where the output's columns come from in one of the tables: a position, or nil for nulls.
  public typealias Places = [Int?]

  private let types: [DataType]
  private let main: Places
  private let sides: [(batches: [Batch], places: Places)]

  /// - Parameters:
  ///   - types: of the output's columns.
  ///   - main: the places of the output's columns in the input; as many as types.
  ///   - sides: the tables to append, in order, with the places in each.
  public init(
    types: [DataType], main: Places, sides: [(batches: [Batch], places: Places)]
  ) {
    (self.types, self.main, self.sides) = (types, main, sides)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker { Collect.Worker() }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var all = try Collect.Worker.inOrder(workers).map { try arranged($0, main) }
    let rows = all.reduce(0) { $0 + $1.rowCount }
    var appended = 0
    for side in sides {
      for batch in side.batches {
        all.append(try arranged(batch, side.places))
        appended += batch.rowCount
      }
    }
    tally.rowsIn += rows
    tally.made[RowWay.appended, default: 0] += appended
    tally.rowsOut += rows + appended
    return BatchList(all)
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
