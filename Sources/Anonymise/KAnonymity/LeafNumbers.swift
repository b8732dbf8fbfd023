import Tabular

/// Finds the number of a text among the leaves of a hierarchy.
package struct LeafNumbers: Sendable {
  private let texts: TextValues
  private let slots: [Int32]
  /// What an empty cell is.
  package let empty: Int

  package static let unknown: Int32 = -1

  /// - Parameter values: all different.
  package init(_ values: [String]) {
    texts = TextValues(values)
    empty = values.firstIndex(of: "") ?? values.count
    var size = 16
    while size < values.count * 2 { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    for leaf in values.indices {
      var slot = Self.hash(texts.bytes, texts.range(leaf)) & (size - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = Int32(truncatingIfNeeded: leaf)
    }
    self.slots = slots
  }

  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    Int(truncatingIfNeeded: TextHash.of(bytes, range))
  }

  /// The numbers of a column's texts; `unknown` for those that are not there.
  package func numbers(_ column: Column, rows: Int) -> [Int32] {
    guard case .text(let found) = column.values else {
      return Array(repeating: Self.unknown, count: rows)
    }
    let empty = Int32(truncatingIfNeeded: self.empty)
    var numbers: [Int32]
    if let codes = found.codes {
      let pool = TextValues(bytes: found.bytes, offsets: found.offsets)
      let entries = (0..<pool.count).map { number(pool, $0) }
      numbers = codes.map { entries[Int($0)] }
    } else {
      numbers = (0..<rows).map { number(found, $0) }
    }
    if let flags = column.validity.flags {
      for row in 0..<rows where !flags[row] { numbers[row] = empty }
    }
    return numbers
  }

  private func number(_ found: TextValues, _ row: Int) -> Int32 {
    let range = found.range(row)
    if range.isEmpty { return Int32(truncatingIfNeeded: empty) }
    var slot = Self.hash(found.bytes, range) & (slots.count - 1)
    while slots[slot] >= 0 {
      let leaf = texts.range(Int(slots[slot]))
      if leaf.count == range.count, texts.bytes[leaf].elementsEqual(found.bytes[range]) {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return Self.unknown
  }
}

/// A hash of a text that is the same on every machine and in every run.
enum TextHash {
  static func of(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for index in range { hash = (hash ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01b3 }
    hash = (hash ^ (hash >> 32)) &* 0xd6e8_feb8_6659_fd93
    return hash ^ (hash >> 29)
  }
}
