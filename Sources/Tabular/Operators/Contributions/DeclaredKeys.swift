/// The groups of a table that are known without looking at its rows, numbered from 0.
package struct DeclaredKeys: Sendable {
  let index: KeyIndex

  /// - Parameter columns: the groups' values, column by column; repeated groups count once.
  package init(_ columns: [Column], rows: Int, seed: HashSeed = .run) throws {
    var index = KeyIndex(columns.map(\.type), seed)
    var ids: [Int32] = []
    try index.assign(columns, rows: rows, into: &ids)
    self.index = index
  }

  package var count: Int { index.count }
}

extension DeclaredKeys {
  /// The values of one column, given in pieces; nulls are left out.
  package init(_ pieces: [Column], of type: DataType, seed: HashSeed = .run) throws {
    var index = KeyIndex([type], seed)
    var ids: [Int32] = []
    for piece in pieces {
      let rows = (0..<piece.count).filter { piece.validity[$0] }
      let known = piece.gathered(rows.map { Int32(truncatingIfNeeded: $0) })
      try index.assign([known], rows: rows.count, into: &ids)
    }
    self.index = index
  }
}
