import Tabular

/// Numbers the different texts of a column from 0 in the order in which they first come; an empty
/// cell is the empty text.
package struct TextNumbers: Sendable {
  package private(set) var texts = TextValues()
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  package init() {}

  package mutating func numbers(_ column: Column, rows: Int) -> [Int32]? {
    guard case .text(let found) = column.values else { return nil }
    return (0..<rows).map { row in
      number(found.bytes, column.validity[row] ? found.range(row) : 0..<0)
    }
  }

  private mutating func number(_ bytes: [UInt8], _ range: Range<Int>) -> Int32 {
    var slot = Int(truncatingIfNeeded: TextHash.of(bytes, range)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let known = texts.range(Int(slots[slot]))
      if known.count == range.count, texts.bytes[known].elementsEqual(bytes[range]) {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(truncatingIfNeeded: texts.count)
    slots[slot] = number
    texts.append(bytes[range])
    if texts.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for text in 0..<texts.count {
      var slot =
        Int(truncatingIfNeeded: TextHash.of(texts.bytes, texts.range(text))) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(truncatingIfNeeded: text)
    }
  }

  /// Roughly the bytes it holds.
  package var bytes: Int { texts.bytes.capacity + 4 * (texts.offsets.capacity + slots.count) }
}
