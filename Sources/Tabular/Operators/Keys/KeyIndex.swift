/// Numbers the different keys of any number of columns densely from 0, in the order in which they
/// first come.
///
/// Each column numbers its own values; the numbers of two columns make a 64-bit word that a table
/// numbers again, and so on column by column. A key is found by its columns' values whatever their
/// types, and merging two indexes works on numbers, value by value, not row by row.
struct KeyIndex: Sendable {
  let seed: HashSeed
  private(set) var columns: [KeyColumn]
  /// `pairs[j]` numbers pairs of (key of columns 0…j, value of column j + 1).
  private var pairs: [PairTable]
  private var anyRow = false
  private var scratch: [Int32] = []

  /// - Parameter types: of the key columns; with none, all rows have the same key.
  init(_ types: [DataType], _ seed: HashSeed) {
    self.seed = seed
    columns = types.map { KeyColumn($0, seed) }
    pairs = types.dropFirst().map { _ in PairTable(seed) }
  }

  /// The number of different keys.
  var count: Int {
    if let last = pairs.last { return last.words.count }
    return columns.first?.count ?? (anyRow ? 1 : 0)
  }

  /// Fills `ids` with the number of each row's key, new or known.
  mutating func assign(_ keys: [Column], rows: Int, into ids: inout [Int32]) throws {
    guard keys.count == columns.count else { throw OperatorMessages.wrongColumn }
    guard let first = keys.first else {
      anyRow = anyRow || rows > 0
      ids = Array(repeating: 0, count: rows)
      return
    }
    guard count + rows < Int(Int32.max) else { throw OperatorMessages.tooManyKeys }
    try columns[0].assign(first, into: &ids)
    for index in keys.indices.dropFirst() {
      try columns[index].assign(keys[index], into: &scratch)
      let lefts = index == 1 ? columns[0].count : pairs[index - 2].words.count
      pairs[index - 1].assign(&ids, scratch, lefts: lefts, rights: columns[index].count)
    }
  }

  /// Fills `ids` with the number of each row's key; −1 for unknown ones.
  /// - Parameter nulls: whether keys with a null are found too; they are −1 otherwise.
  func find(
    _ keys: [Column], rows: Int, nulls: Bool = false, into ids: inout [Int32]
  ) throws {
    guard keys.count == columns.count else { throw OperatorMessages.wrongColumn }
    guard let first = keys.first else {
      ids = Array(repeating: anyRow ? 0 : -1, count: rows)
      return
    }
    try columns[0].find(first, nulls: nulls, into: &ids)
    var scratch: [Int32] = []
    for index in keys.indices.dropFirst() {
      try columns[index].find(keys[index], nulls: nulls, into: &scratch)
      for row in 0..<ids.count {
        if ids[row] < 0 || scratch[row] < 0 {
          ids[row] = -1
        } else {
          ids[row] = pairs[index - 1].find(ids[row], scratch[row])
        }
      }
    }
  }

  /// Takes in another index's keys.
  /// - Returns: for each of the other's numbers, this index's.
  mutating func absorb(_ other: KeyIndex) throws -> [Int32] {
    anyRow = anyRow || other.anyRow
    guard let first = other.columns.first else { return other.anyRow ? [0] : [] }
    guard count + other.count < Int(Int32.max) else { throw OperatorMessages.tooManyKeys }
    var map = try columns[0].absorb(first)
    for index in other.pairs.indices {
      let right = try columns[index + 1].absorb(other.columns[index + 1])
      let left = map
      map = []
      map.reserveCapacity(other.pairs[index].words.count)
      for word in other.pairs[index].words {
        let (a, b) = PairTable.halves(word)
        map.append(pairs[index].id(left[Int(a)], right[Int(b)]))
      }
    }
    return map
  }

  /// For each column, the number of its value in each key.
  func parts() -> [[Int32]] {
    var keys = (0..<count).map { Int32(truncatingIfNeeded: $0) }
    var parts: [[Int32]] = []
    for index in columns.indices.reversed() {
      guard index > 0 else {
        parts.append(keys)
        break
      }
      let words = pairs[index - 1].words
      parts.append(keys.map { PairTable.halves(words[Int($0)]).right })
      for place in keys.indices { keys[place] = PairTable.halves(words[Int(keys[place])]).left }
    }
    return parts.reversed()
  }

  /// The keys, column by column, by number.
  func keys() throws -> [FlatColumn] {
    let parts = parts()
    return try columns.indices.map { try columns[$0].column(parts[$0]) }
  }

  /// The numbers of the keys in ascending order: first column first, nulls last, texts by bytes.
  func order() -> [Int32] {
    let parts = parts()
    let words = columns.indices.map { index in
      let ranks = columns[index].ranks()
      return parts[index].map { UInt64(truncatingIfNeeded: ranks[Int($0)]) }
    }
    return RowOrder.sorted(words, count: count)
  }

  /// Roughly the bytes that the keys take.
  var heldBytes: Int {
    columns.reduce(0) { $0 + $1.heldBytes } + pairs.reduce(0) { $0 + $1.heldBytes }
  }

  /// A hash of each key that is the same in every run, for choices that results depend on.
  func stableHashes() -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: count)
    for (column, part) in zip(columns, parts()) {
      for key in hashes.indices {
        let mixed = hashes[key] ^ column.stableHash(part[key])
        hashes[key] = Sample.hash(seed: 3, ordinal: Int64(bitPattern: mixed))
      }
    }
    return hashes
  }
}
