/// The other table of a join, found by key: built once, then read by all threads.
public final class JoinIndex: Sendable {
  let index: KeyIndex
  /// For key k, its rows are `rows[starts[k]..<starts[k + 1]]`, in order.
  let starts: [Int]
  let rows: [Int32]
  /// The columns that matches are given.
  let taken: FlatTable

  /// - Parameters:
  ///   - side: the table's batches, in order.
  ///   - keys: positions of the key columns.
  ///   - take: positions of the columns that a left or inner join appends.
  ///   - types: of all the side's columns, so that results are typed even when it is empty.
  ///   - seed: for hashing; no result depends on it.
  public init(
    _ side: [Batch], keys: [Int], take: [Int], types: [DataType], seed: HashSeed = .run
  ) throws {
    guard (keys + take).allSatisfy(types.indices.contains) else {
      throw OperatorMessages.wrongColumn
    }
    let count = side.reduce(0) { $0 + $1.rowCount }
    guard count < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
    var index = KeyIndex(keys.map { types[$0] }, seed)
    var keyOfRow: [Int32] = []
    keyOfRow.reserveCapacity(count)
    var ids: [Int32] = []
    for batch in side {
      try index.assign(try batch.columns(keys), rows: batch.rowCount, into: &ids)
      keyOfRow.append(contentsOf: ids)
    }
    var starts = [Int](repeating: 0, count: index.count + 1)
    for key in keyOfRow { starts[Int(key) + 1] += 1 }
    for key in 0..<index.count { starts[key + 1] += starts[key] }
    var places = starts
    var rows = [Int32](repeating: 0, count: count)
    for (row, key) in keyOfRow.enumerated() {
      rows[places[Int(key)]] = Int32(truncatingIfNeeded: row)
      places[Int(key)] += 1
    }
    let columns = try take.map { position in
      try FlatColumn(joining: try side.map { try $0.column(position) }, type: types[position])
    }
    (self.index, self.starts, self.rows) = (index, starts, rows)
    taken = FlatTable(columns: columns, count: count)
  }

  /// The number of different keys, those with nulls included.
  public var keyCount: Int { index.count }

  /// The different keys, in ascending order; for suggestions next to unmatched keys.
  /// - Parameter limit: at most so many.
  public func keys(limit: Int) throws -> [Column] {
    let order = Array(index.order().prefix(limit))
    return try index.keys().map { try $0.gathered(order) }
  }
}
