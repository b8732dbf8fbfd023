import Tabular

/// Checks every byte of a text as UTF-8, block by block, and counts what speaks for and against:
/// a text in a single-byte encoding hardly ever holds a valid sequence of several bytes, and a
/// damaged UTF-8 text is full of them.
struct UTF8Proof: Sendable, Hashable {
  /// Bytes seen so far.
  private(set) var count = 0
  /// Characters of two bytes or more.
  private(set) var sequences = 0
  /// Bytes that belong to no character.
  private(set) var invalid = 0
  /// Offset and physical line (counting LF) of the first of them.
  private(set) var firstInvalid: (offset: Int, line: Int)?
  private(set) var line = 1

  /// What a character that began in an earlier byte still wants.
  private var wanted = 0
  private var lower: UInt8 = 0x80
  private var upper: UInt8 = 0xBF
  private var begun = 0

  static func == (left: UTF8Proof, right: UTF8Proof) -> Bool {
    left.count == right.count && left.sequences == right.sequences && left.invalid == right.invalid
      && left.firstInvalid?.offset == right.firstInvalid?.offset
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    hasher.combine(invalid)
  }

  /// Whether all bytes so far are UTF-8; a character may be cut at the end.
  var holds: Bool { invalid == 0 }

  /// The encoding of a text that was not declared, once it has been seen whole: UTF-8 if every
  /// byte is; UTF-8 with some damaged records if most of what is not ASCII is; else Windows-1252.
  var verdict: TextEncoding {
    holds || sequences >= invalid * 4 ? .utf8 : .windows1252
  }

  mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
    var at = range.lowerBound
    if wanted == 0 { at = skipSound(bytes, range) }
    while at < range.upperBound {
      if wanted == 0 {
        at = skipASCII(bytes, at, range.upperBound)
        if at == range.upperBound { break }
      }
      step(bytes[at], offset: count + at - range.lowerBound)
      at += 1
    }
    count += range.count
  }

  /// The end of the text: a character that is cut there is invalid.
  mutating func finish() {
    if wanted > 0 { fail(count - begun, begun) }
    wanted = 0
  }

  /// Takes what is UTF-8 without a doubt, many bytes a step.
  /// - Returns: where it ends.
  private mutating func skipSound(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    let span = bytes.span.extracting(range)
    let length = UTF8Check.firstInvalid(span) ?? range.count
    let sound = span.extracting(0..<length)
    line += sound.occurrences(of: 0x0A)
    var leads = 0
    for place in sound.indices where sound[place] >= 0xC0 { leads &+= 1 }
    sequences += leads
    return range.lowerBound + length
  }

  private mutating func skipASCII(_ bytes: [UInt8], _ from: Int, _ end: Int) -> Int {
    var at = from
    var lines = 0
    bytes.withUnsafeBytes { raw in
      while at + 8 <= end {
        let word = raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 { break }
        // Bytes equal to LF become zero, and zero bytes are counted by the classic trick.
        let other = word ^ 0x0A0A_0A0A_0A0A_0A0A
        let zeros = ~((other & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | other)
        lines += (zeros & 0x8080_8080_8080_8080).nonzeroBitCount
        at += 8
      }
      while at < end, raw[at] < 0x80 {
        if raw[at] == 0x0A { lines += 1 }
        at += 1
      }
    }
    line += lines
    return at
  }

  private mutating func fail(_ offset: Int, _ bytes: Int) {
    if firstInvalid == nil { firstInvalid = (offset, line) }
    invalid += bytes
  }

  private mutating func step(_ byte: UInt8, offset: Int) {
    if wanted > 0 {
      if byte >= lower, byte <= upper {
        (lower, upper) = (0x80, 0xBF)
        wanted -= 1
        begun += 1
        if wanted == 0 { sequences += 1 }
        return
      }
      fail(offset - begun, begun)
      wanted = 0
    }
    switch byte {
    case 0x00...0x7F: if byte == 0x0A { line += 1 }
    case 0xC2...0xDF: begin(1)
    case 0xE0: begin(2, lower: 0xA0)
    case 0xE1...0xEC, 0xEE, 0xEF: begin(2)
    case 0xED: begin(2, upper: 0x9F)
    case 0xF0: begin(3, lower: 0x90)
    case 0xF1...0xF3: begin(3)
    case 0xF4: begin(3, upper: 0x8F)
    default: fail(offset, 1)
    }
  }

  private mutating func begin(_ more: Int, lower: UInt8 = 0x80, upper: UInt8 = 0xBF) {
    (wanted, self.lower, self.upper, begun) = (more, lower, upper, 1)
  }
}
