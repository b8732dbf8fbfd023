/// Stable sorting of row numbers by words.
enum RowOrder {
  /// Row numbers in ascending order of their words; rows with equal words keep their order.
  /// - Parameter keys: most significant first, each with a word per row.
  static func sorted(_ keys: [[UInt64]], count: Int) -> [Int32] {
    var order = (0..<count).map { Int32(truncatingIfNeeded: $0) }
    if count < 256 {
      order.sort { a, b in
        for key in keys where key[Int(a)] != key[Int(b)] { return key[Int(a)] < key[Int(b)] }
        return a < b
      }
      return order
    }
    // Least significant key first: each pass is stable.
    for key in keys.reversed() { radixPass(key, &order) }
    return order
  }

  private struct Item {
    var key: UInt64
    var row: Int32
  }

  /// Sorts `order` by one word per row: a stable radix sort, byte by byte, that skips the bytes in
  /// which all words agree.
  private static func radixPass(_ key: [UInt64], _ order: inout [Int32]) {
    var differing: UInt64 = 0
    for word in key { differing |= word ^ key[0] }
    if differing == 0 { return }
    var items = order.map { Item(key: key[Int($0)], row: $0) }
    var other = items
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (differing >> shift) & 255 != 0 {
      scatter(items, &other, shift)
      swap(&items, &other)
    }
    for index in items.indices { order[index] = items[index].row }
  }

  private static func scatter(_ from: [Item], _ to: inout [Item], _ shift: UInt64) {
    var places = [Int](repeating: 0, count: 257)
    for item in from { places[Int((item.key >> shift) & 255) + 1] += 1 }
    for byte in 1..<257 { places[byte] += places[byte - 1] }
    for item in from {
      let byte = Int((item.key >> shift) & 255)
      to[places[byte]] = item
      places[byte] += 1
    }
  }
}
