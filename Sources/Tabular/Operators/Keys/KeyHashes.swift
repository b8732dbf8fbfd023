/// Hashes of rows' keys, by which rows are put apart: equal keys have equal hashes within a run,
/// whatever the scales of their decimals. They share no bits with the places that tables give the
/// same keys.
enum KeyHashes {
  private static let null: UInt64 = 0x6E75_6C6C

  /// A hash for each row; the same one for all when there are no keys.
  static func of(_ keys: [Column], rows: Int, _ seed: HashSeed) throws -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: rows)
    for key in keys {
      guard key.count == rows else { throw OperatorMessages.wrongColumn }
      let words = try words(key, seed)
      if let flags = key.validity.flags {
        for row in 0..<rows {
          hashes[row] = mixed(hashes[row], flags[row] ? words[row] : null, seed)
        }
      } else {
        for row in 0..<rows { hashes[row] = mixed(hashes[row], words[row], seed) }
      }
    }
    return hashes
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ word: UInt64, _ seed: HashSeed) -> UInt64 {
    HashSeed.fold((hash &+ word) ^ 0x9E37_79B9_7F4A_7C15, seed.second ^ 0xD6E8_FEB8_6659_FD92)
  }

  /// A word for each row, the same for equal values; arbitrary where null.
  private static func words(_ key: Column, _ seed: HashSeed) throws -> [UInt64] {
    switch key.values {
    case .text(let texts): return words(texts, seed)
    case .decimal(let decimals):
      switch decimals.digits {
      case .narrow(let digits):
        return digits.map {
          DecimalKey.word($0, decimals.scale) { _ in nil } ?? large(Int128($0), decimals.scale)
        }
      case .wide(let digits):
        return digits.map {
          DecimalKey.word($0, decimals.scale) { _ in nil } ?? large($0, decimals.scale)
        }
      }
    case .absent: throw OperatorMessages.absentColumn
    case .boolean, .integer, .double, .date, .datetime:
      guard let words = OrderedWords.of(key) else { throw OperatorMessages.wrongColumn }
      return words.map { UInt64(bitPattern: $0) }
    }
  }

  private static func words(_ texts: TextValues, _ seed: HashSeed) -> [UInt64] {
    if texts.codes != nil, texts.entryCount > 2 * texts.count {
      return unsafe texts.bytes.withUnsafeBytes { bytes in
        (0..<texts.count).map { row in
          let range = texts.range(row)
          return unsafe seed.hash(bytes, range.lowerBound, range.count)
        }
      }
    }
    var entries = [UInt64](repeating: 0, count: texts.entryCount)
    unsafe texts.bytes.withUnsafeBytes { bytes in
      for entry in entries.indices {
        let start = Int(texts.offsets[entry])
        entries[entry] = unsafe seed.hash(bytes, start, Int(texts.offsets[entry + 1]) - start)
      }
    }
    guard let codes = texts.codes else { return entries }
    return codes.map { entries[Int($0)] }
  }

  /// For decimals that are no words by themselves.
  private static func large(_ digits: Int128, _ scale: Int) -> UInt64 {
    let value = Decimal(digits: digits, scale: scale).trimmed
    return UInt64(truncatingIfNeeded: value.digits)
      ^ UInt64(truncatingIfNeeded: value.digits >> 64) &* 0x9E37_79B9_7F4A_7C15
      ^ UInt64(truncatingIfNeeded: value.scale)
  }
}
