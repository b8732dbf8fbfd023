/// How functions from text to text run: over the entries of the pool where all rows that share an
/// entry get the same result, else over the rows. Results go into one new pool.
struct TextMapping {
  let subject: Vector
  /// The other inputs; where all are constant, entries are enough.
  let others: [Vector]
  let frame: Frame

  /// - Parameter body: appends the result for a text; its second argument is the row to take from
  ///   the other inputs' lanes.
  @inline(__always)
  func run(
    _ body: (Span<UInt8>, Int, inout [UInt8]) -> Void
  ) throws(KernelFault) -> Vector {
    guard let validity = frame.validity([subject] + others) else { return .null(.text) }
    let lanes = frame.lanes([subject] + others)
    let texts = try subject.texts()
    let pool = texts.bytes.span
    var result = TextValues()
    if others.allSatisfy({ $0.isConstant }), texts.entryCount <= max(texts.count, 1) {
      result.offsets.reserveCapacity(texts.offsets.count)
      for entry in 0..<texts.entryCount {
        let range = Int(texts.offsets[entry])..<Int(texts.offsets[entry + 1])
        body(pool.extracting(range), 0, &result.bytes)
        result.offsets.append(Int32(clamping: result.bytes.count))
        if result.overflowed { throw .tooLong }
      }
      result.codes = texts.codes
      return Vector(.text(result), validity, lanes)
    }
    result.offsets.reserveCapacity(lanes.count + 1)
    for row in 0..<lanes.count {
      if validity[row] {
        body(pool.extracting(texts.range(subject.index(row))), row, &result.bytes)
      }
      result.offsets.append(Int32(clamping: result.bytes.count))
      if result.overflowed { throw .tooLong }
    }
    return Vector(.text(result), validity, lanes)
  }
}

extension Array where Element == UInt8 {
  /// Appends the bytes of a span.
  @inline(__always)
  mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// UTF-8, on bytes that are known to be valid; what is not gives U+FFFD and never a trap.
enum Utf8 {
  /// The scalar at a position, and where the next one starts.
  @inline(__always)
  static func scalar(_ text: Span<UInt8>, _ position: Int) -> (scalar: UInt32, next: Int) {
    let lead = text[position]
    if lead < 0x80 { return (UInt32(lead), position + 1) }
    return long(text, position, lead)
  }

  private static func long(
    _ text: Span<UInt8>, _ position: Int, _ lead: UInt8
  ) -> (scalar: UInt32, next: Int) {
    let length = lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 1, position + length <= text.count else { return (0xFFFD, position + 1) }
    var scalar = UInt32(lead) & (0x7F >> UInt32(length))
    for index in 1..<length { scalar = scalar << 6 | UInt32(text[position + index] & 0x3F) }
    return (scalar, position + length)
  }

  /// Where the scalar that ends before a position starts.
  @inline(__always)
  static func previous(_ text: Span<UInt8>, _ position: Int) -> Int {
    var start = position - 1
    while start > 0, position - start < 4, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// The number of scalars.
  @inline(__always)
  static func count(_ text: Span<UInt8>) -> Int {
    var count = 0
    for index in 0..<text.count where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Whether all bytes are ASCII.
  @inline(__always)
  static func isAscii(_ text: Span<UInt8>) -> Bool {
    var bits: UInt8 = 0
    for index in 0..<text.count { bits |= text[index] }
    return bits < 0x80
  }

  static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(scalar))
    case 0x80..<0x800:
      bytes.append(UInt8(0xC0 | scalar >> 6))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      bytes.append(UInt8(0xE0 | scalar >> 12))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    default:
      bytes.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      bytes.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
