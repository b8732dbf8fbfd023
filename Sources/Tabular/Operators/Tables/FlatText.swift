/// Texts of many batches in one pool, without the 2 GiB limit of a batch.
struct FlatText: Sendable {
  /// The different texts, and those of rows that were not dictionary-coded.
  let pool: ByteTable
  /// For each row its text in the pool.
  let entries: [Int32]

  init(pool: ByteTable, entries: [Int32]) {
    self.pool = pool
    self.entries = entries
  }

  /// Dictionaries are merged; texts without codes are taken row by row.
  init(joining pieces: [TextValues]) throws {
    var pool = ByteTable(.run)
    var entries: [Int32] = []
    entries.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for piece in pieces {
      guard pool.count + Swift.max(piece.entryCount, piece.count) < Int(Int32.max) else {
        throw OperatorMessages.tooManyKeys
      }
      if let codes = piece.codes, piece.entryCount <= codes.count {
        var places: [Int32] = []
        places.reserveCapacity(piece.entryCount)
        unsafe piece.bytes.withUnsafeBytes { bytes in
          for entry in 0..<piece.entryCount {
            let start = Int(piece.offsets[entry])
            places.append(unsafe pool.id(bytes, start, Int(piece.offsets[entry + 1]) - start))
          }
        }
        for code in codes { entries.append(places[Int(code)]) }
      } else {
        pool.reserve(strings: piece.count, bytes: piece.codes == nil ? piece.bytes.count : 0)
        for row in 0..<piece.count {
          entries.append(pool.addUnfindable(piece.bytes[piece.range(row)]))
        }
      }
    }
    self.init(pool: pool, entries: entries)
  }

  /// Pools up to this size go along with each batch, as a dictionary.
  private static let smallPool = 4096

  /// The texts of some rows, in that order.
  func gathered(_ rows: [Int32]) throws -> TextValues {
    if pool.count <= FlatText.smallPool, pool.count <= rows.count * 2,
      pool.pool.count <= Int(Int32.max)
    {
      return TextValues(
        bytes: pool.pool, offsets: pool.starts.map { Int32(truncatingIfNeeded: $0) },
        codes: rows.map { entries[Int($0)] })
    }
    var bytes = 0
    for row in rows { bytes += pool.range(Int(entries[Int(row)])).count }
    guard bytes <= Int(Int32.max) else { throw OperatorMessages.textTooLarge }
    var result = TextValues()
    result.bytes.reserveCapacity(bytes)
    result.offsets.reserveCapacity(rows.count + 1)
    for row in rows { result.append(pool.pool[pool.range(Int(entries[Int(row)]))]) }
    return result
  }

  /// For each entry of the pool its place in byte order; equal texts share a place.
  func ranks() -> [Int32] { pool.ranks() }
}

extension ByteTable {
  /// For each string its place among the different strings in byte order, from 0.
  func ranks() -> [Int32] {
    let order = byteOrder()
    var ranks = [Int32](repeating: 0, count: count)
    var rank: Int32 = 0
    for (place, id) in order.enumerated() {
      if place > 0 {
        let before = range(Int(order[place - 1]))
        let here = range(Int(id))
        if pool[before] != pool[here] { rank += 1 }
      }
      ranks[Int(id)] = rank
    }
    return ranks
  }

  /// The numbers of the strings in byte order; equal ones by number.
  private func byteOrder() -> [Int32] {
    struct Head {
      /// The first eight bytes, most significant first: most comparisons end here.
      let prefix: UInt64
      let id: Int32
    }
    var heads: [Head] = []
    heads.reserveCapacity(count)
    for id in 0..<count {
      let range = range(id)
      var prefix: UInt64 = 0
      for at in range.prefix(8) { prefix = prefix << 8 | UInt64(pool[at]) }
      if range.count < 8 { prefix <<= UInt64(8 * (8 - range.count)) }
      heads.append(Head(prefix: prefix, id: Int32(truncatingIfNeeded: id)))
    }
    heads.sort { a, b in
      if a.prefix != b.prefix { return a.prefix < b.prefix }
      if a.id == b.id { return false }
      let (left, right) = (pool[range(Int(a.id))], pool[range(Int(b.id))])
      if left == right { return a.id < b.id }
      return left.lexicographicallyPrecedes(right)
    }
    return heads.map(\.id)
  }
}
