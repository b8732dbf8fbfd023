import Glibc

/// Texts of a column that came before, each with what it says and how often it came: most columns
/// say the same again and again. Bounded; texts that find no room are none of its business.
struct KnownCells {
  /// Texts at most.
  static let most = 1 << 14
  /// Bytes of a text at most.
  static let longest = 64
  /// Places looked at for one text.
  private static let reach = 8
  /// Texts after which it shows whether it is of use.
  private static let trial = 1 << 13

  private struct Entry {
    let hash: UInt64
    let start: Int
    let length: Int
    let reading: CellReading
    var count: Int
  }

  private var slots: [Int32] = []
  private var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private var asked = 0
  private var found = 0

  /// Whether texts recur here, as far as anybody knows.
  private(set) var isOfUse = true
  var count: Int { entries.count }

  /// Counts a text once more, if it is known.
  mutating func count(
    _ cell: UnsafeRawBufferPointer, _ hash: UInt64, times: Int
  ) -> Bool {
    asked += 1
    if asked == KnownCells.trial {
      isOfUse = found * 4 >= asked
      (asked, found) = (0, 0)
    }
    guard let entry = place(of: cell, hash).entry else { return false }
    entries[entry].count += times
    found += 1
    return true
  }

  /// Remembers a text that is not known.
  /// - Returns: false when there is no room for it.
  mutating func remember(
    _ cell: UnsafeRawBufferPointer, _ hash: UInt64, _ reading: CellReading, times: Int
  ) -> Bool {
    guard entries.count < KnownCells.most else { return false }
    if entries.count * 2 >= slots.count { grow() }
    guard let slot = place(of: cell, hash).slot else { return false }
    slots[slot] = Int32(truncatingIfNeeded: entries.count)
    entries.append(
      Entry(hash: hash, start: bytes.count, length: cell.count, reading: reading, count: times))
    bytes.append(contentsOf: cell)
    return true
  }

  /// Hands over all texts, and forgets them.
  mutating func drain(_ body: (ArraySlice<UInt8>, CellReading, Int) -> Void) {
    for entry in entries {
      body(bytes[entry.start..<(entry.start + entry.length)], entry.reading, entry.count)
    }
    (slots, entries, bytes) = ([], [], [])
  }

  /// A number that differs with the bytes: eight of them a step.
  static func hash(_ cell: UnsafeRawBufferPointer) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: cell.count) &* 0x9E37_79B9_7F4A_7C15
    var at = 0
    while at < cell.count {
      var word: UInt64 = 0
      if at + 8 <= cell.count {
        word = cell.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      } else {
        for byte in cell[at...] { word = word << 8 | UInt64(byte) }
      }
      hash = (hash ^ word) &* 0xFF51_AFD7_ED55_8CCD
      hash ^= hash >> 32
      at += 8
    }
    return hash
  }

  /// The entry of a text, or else a free slot for it.
  private func place(of cell: UnsafeRawBufferPointer, _ hash: UInt64) -> (entry: Int?, slot: Int?) {
    guard !slots.isEmpty else { return (nil, nil) }
    for step in 0..<KnownCells.reach {
      let slot = Int(truncatingIfNeeded: hash &+ UInt64(step)) & (slots.count - 1)
      guard slots[slot] >= 0 else { return (nil, slot) }
      let entry = Int(slots[slot])
      if entries[entry].hash == hash, isEqual(entries[entry], cell) { return (entry, nil) }
    }
    return (nil, nil)
  }

  private func isEqual(_ entry: Entry, _ cell: UnsafeRawBufferPointer) -> Bool {
    guard entry.length == cell.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      guard let own = bytes.baseAddress, let other = cell.baseAddress else { return true }
      return memcmp(own + entry.start, other, entry.length) == 0
    }
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: max(64, slots.count * 2))
    for (index, entry) in entries.enumerated() {
      for step in 0..<KnownCells.reach {
        let slot = Int(truncatingIfNeeded: entry.hash &+ UInt64(step)) & (slots.count - 1)
        if slots[slot] < 0 {
          slots[slot] = Int32(truncatingIfNeeded: index)
          break
        }
      }
    }
  }
}
