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

  /// Dictionaries are merged. Texts without codes are merged as well, as long as they repeat; else
  /// they are taken row by row.
  init(joining pieces: [TextValues]) throws {
    var pool = ByteTable(.run)
    var entries: [Int32] = []
    entries.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    var repeats = true
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
      } else if repeats, piece.codes == nil {
        var ids = [Int32](repeating: 0, count: piece.count)
        pool.assign(piece, into: &ids)
        entries.append(contentsOf: ids)
        repeats = entries.count < FlatText.smallPool || pool.count * 2 < entries.count
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
    let texts = TextValues.packed(rows.count, from: pool.pool) { index in
      pool.range(Int(entries[Int(rows[index])]))
    }
    guard let texts else { throw OperatorMessages.textTooLarge }
    return texts
  }

  /// For each entry of the pool its place in byte order; equal texts share a place.
  func ranks() -> [Int32] {
    // Texts that repeat are sorted once.
    var different = ByteTable(.run)
    var places = [Int32](repeating: 0, count: pool.count)
    unsafe pool.pool.withUnsafeBytes { bytes in
      for entry in places.indices {
        let range = pool.range(entry)
        places[entry] = unsafe different.id(bytes, range.lowerBound, range.count)
      }
    }
    let ranks = different.ranks()
    return places.map { ranks[Int($0)] }
  }
}

extension ByteTable {
  /// For each string its place in byte order, from 0; equal strings by number.
  func ranks() -> [Int32] {
    var ranks = [Int32](repeating: 0, count: count)
    for (rank, id) in byteOrder().enumerated() { ranks[Int(id)] = Int32(truncatingIfNeeded: rank) }
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
    unsafe pool.withUnsafeBytes { pool in
      heads.sort { a, b in
        if a.prefix != b.prefix { return a.prefix < b.prefix }
        let (left, right) = (range(Int(a.id)), range(Int(b.id)))
        let common = Swift.min(left.count, right.count)
        for at in 0..<common {
          let (x, y) = unsafe (pool[left.lowerBound + at], pool[right.lowerBound + at])
          if x != y { return x < y }
        }
        return left.count == right.count ? a.id < b.id : left.count < right.count
      }
    }
    return heads.map(\.id)
  }
}
