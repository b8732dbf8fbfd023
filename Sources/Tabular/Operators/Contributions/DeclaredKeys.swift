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
