/// Numbers the different values of some columns, in the order in which they first come.
package struct RowNumbers {
  private var index: KeyIndex
  private var ids: [Int32] = []

  package init(_ types: [DataType], seed: HashSeed = .run) { index = KeyIndex(types, seed) }

  /// How many different ones came.
  package var count: Int { index.count }

  /// The number of each row's values; nulls are a value.
  package mutating func assign(_ columns: [Column], rows: Int) throws -> [Int32] {
    if columns.contains(where: \.isAbsent) { throw OperatorMessages.absentColumn }
    try index.assign(columns, rows: rows, into: &ids)
    return ids
  }

  /// The numbers of all rows of a table, batch after batch.
  /// - Parameter columns: positions; none for one number only.
  package static func all(_ batches: [Batch], _ columns: [Int]) throws -> [Int32] {
    guard let first = batches.first else { return [] }
    var numbers = RowNumbers(try first.columns(columns).map(\.type))
    var all: [Int32] = []
    for batch in batches {
      all += try numbers.assign(try batch.columns(columns), rows: batch.rowCount)
    }
    return all
  }
}

extension DeclaredKeys {
  /// The number of each row's key; −1 for others, and for nulls.
  package func numbers(_ columns: [Column], rows: Int) throws -> [Int32] {
    var ids: [Int32] = []
    try index.find(columns, rows: rows, into: &ids)
    return ids
  }
}
