/// The distinct texts of a column, as long as there are few: most columns that are grouped by
/// repeat themselves, and then each text is kept, transcoded and looked up once.
struct TextDictionary {
  /// A text as written: its first eight bytes, its last eight, where it stood first, its code
  /// (negative for none) and the upper half of its hash.
  private struct Entry {
    let head: UInt64
    let tail: UInt64
    let slice: FieldSlice
    let code: Int32
    let hash: UInt32
  }

  private static let none = Entry(
    head: 0, tail: 0, slice: FieldSlice(start: 0, end: 0, quoted: false), code: -1, hash: 0)

  /// The texts by code.
  private var texts: [FieldSlice] = []
  /// Open addressing.
  private var table: [Entry]
  private var mask: Int
  private let seed = TextDictionary.seed

  /// So few texts are always worth it; more must each stand for four rows.
  private static let few = 256
  /// Keeps those who choose the texts from choosing where they fall; no result depends on it.
  private static let seed = UInt64.random(in: .min ... .max) | 1

  init() {
    table = Array(repeating: TextDictionary.none, count: 512)
    mask = 511
  }

  var count: Int { texts.count }

  /// Where the text of a code stands.
  func slice(_ code: Int) -> FieldSlice { texts[code] }

  /// Whether texts repeat too little, seen so many rows.
  func isTooLarge(rows: Int) -> Bool {
    texts.count > TextDictionary.few && texts.count * 4 > rows
  }

  /// The code of a text: codes ascend from 0 as texts come.
  @inline(__always)
  mutating func code(_ bytes: Span<UInt8>, _ slice: FieldSlice) -> Int32 {
    let length = slice.end &- slice.start
    // Lengths are hard to foresee, so nothing branches on them; the ends of short texts are one.
    let head = TextDictionary.word(bytes, slice.start, min(length, 8))
    let tail = TextDictionary.word(
      bytes, slice.start &+ max(length &- 8, 0), min(length, 8))
    var hash = (head ^ seed) &* 0x9E37_79B9_7F4A_7C15
    hash ^= (hash >> 32) ^ tail &+ UInt64(truncatingIfNeeded: length)
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    if length > 16 { hash = middle(bytes, slice, hash) }
    // Mostly the first place has it.
    let place = Int(truncatingIfNeeded: hash >> 40) & mask
    let found = table[place]
    if found.head == head, found.tail == tail, found.code >= 0,
      isSame(bytes, found.slice, slice, length)
    {
      return found.code
    }
    return search(bytes, slice, head, tail, hash)
  }

  private mutating func search(
    _ bytes: Span<UInt8>, _ slice: FieldSlice, _ head: UInt64, _ tail: UInt64, _ hash: UInt64
  ) -> Int32 {
    var place = Int(truncatingIfNeeded: hash >> 40) & mask
    while table[place].code >= 0 {
      let found = table[place]
      if found.head == head, found.tail == tail,
        isSame(bytes, found.slice, slice, slice.end - slice.start)
      {
        return found.code
      }
      place = (place + 1) & mask
    }
    let code = Int32(truncatingIfNeeded: texts.count)
    texts.append(slice)
    table[place] = Entry(
      head: head, tail: tail, slice: slice, code: code, hash: UInt32(truncatingIfNeeded: hash >> 32)
    )
    if texts.count * 2 > table.count { grow() }
    return code
  }

  /// Whether two texts with the same ends are the same.
  @inline(__always)
  private func isSame(
    _ bytes: Span<UInt8>, _ known: FieldSlice, _ slice: FieldSlice, _ length: Int
  ) -> Bool {
    guard known.end &- known.start == length, known.hasEscapes == slice.hasEscapes else {
      return false
    }
    return length <= 16 || isSameWithin(bytes, known.start, slice.start, length)
  }

  private func isSameWithin(_ bytes: Span<UInt8>, _ a: Int, _ b: Int, _ length: Int) -> Bool {
    var offset = 8
    while offset < length - 8 {
      let count = min(8, length - 8 - offset)
      let left = TextDictionary.word(bytes, a + offset, count)
      guard left == TextDictionary.word(bytes, b + offset, count) else { return false }
      offset += 8
    }
    return true
  }

  /// The hash with the bytes between the first eight and the last.
  private func middle(_ bytes: Span<UInt8>, _ slice: FieldSlice, _ start: UInt64) -> UInt64 {
    var hash = start
    var offset = slice.start + 8
    while offset < slice.end - 8 {
      let word = TextDictionary.word(bytes, offset, 8)
      hash = (hash ^ (hash >> 29) ^ word) &* 0x9E37_79B9_7F4A_7C15
      offset += 8
    }
    return hash
  }

  private mutating func grow() {
    let old = table
    mask = old.count * 4 - 1
    table = Array(repeating: TextDictionary.none, count: old.count * 4)
    for entry in old where entry.code >= 0 {
      var place = Int(entry.hash >> 8) & mask
      while table[place].code >= 0 { place = (place + 1) & mask }
      table[place] = entry
    }
  }

  /// Up to eight bytes, the first lowest, zeros above.
  @inline(__always)
  private static func word(_ bytes: Span<UInt8>, _ start: Int, _ count: Int) -> UInt64 {
    if start &+ 8 <= bytes.count {
      let word = unsafe bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      // All bytes but the first `count` are shifted out; none is left of none.
      let above = UInt64(truncatingIfNeeded: 64 &- count &* 8)
      return ((word.littleEndian << (above & 63)) >> (above & 63)) & (count == 0 ? 0 : ~0)
    }
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bytes[start + index]) << UInt64(index * 8) }
    return word
  }
}
