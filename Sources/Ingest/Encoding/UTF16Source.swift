import Codecs

private final class EmptySource: ByteSource {
  func read(into buffer: inout [UInt8], from start: Int) throws -> Int { 0 }
}

/// Makes UTF-8 of UTF-16 as it is read. Lone surrogates and a cut unit at the end become U+FFFD,
/// counted. Memory: one block.
final class UTF16Source: ByteSource {
  private let source: any ByteSource
  private let isBigEndian: Bool
  private var input: [UInt8]
  private var output: [UInt8] = []
  private var position = 0
  /// The odd byte or the high surrogate that waits for the next block.
  private var left: [UInt8] = []
  private var ended = false

  /// Units that were no characters.
  private(set) var replaced = 0

  /// - Parameter source: after the byte order mark, if there was one.
  init(_ source: any ByteSource, isBigEndian: Bool, blockSize: Int = 1 << 16) {
    (self.source, self.isBigEndian) = (source, isBigEndian)
    input = Array(repeating: 0, count: max(blockSize, 8))
  }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    while position == output.count {
      if ended { return 0 }
      try fill()
    }
    let count = min(buffer.count - start, output.count - position)
    buffer.replaceSubrange(
      start..<(start + count), with: output[position..<(position + count)])
    position += count
    return count
  }

  private func fill() throws {
    input.replaceSubrange(0..<left.count, with: left)
    let got = try source.read(into: &input, from: left.count)
    let end = left.count + got
    left.removeAll()
    ended = got == 0
    convert(end)
  }

  /// Makes UTF-8 of the first bytes of the input; what is cut at their end is left.
  private func convert(_ end: Int) {
    output.removeAll(keepingCapacity: true)
    position = 0
    var at = 0
    while at + 2 <= end {
      let unit = self.unit(at)
      if unit & 0xFC00 == 0xD800 {
        if at + 4 > end, !ended { break }
        if at + 4 <= end, self.unit(at + 2) & 0xFC00 == 0xDC00 {
          let low = UInt32(self.unit(at + 2) & 0x3FF)
          append(0x10000 + (UInt32(unit & 0x3FF) << 10 | low))
          at += 4
          continue
        }
      }
      append(UInt32(unit))
      at += 2
    }
    if at < end {
      if ended { append(0xD800) } else { left = Array(input[at..<end]) }
    }
  }

  private func unit(_ at: Int) -> UInt16 {
    let (first, second) = (UInt16(input[at]), UInt16(input[at + 1]))
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  private func append(_ value: UInt32) {
    switch value {
    case 0..<0x80: output.append(UInt8(value))
    case 0x80..<0x800:
      output.append(UInt8(0xC0 | value >> 6))
      output.append(UInt8(0x80 | value & 0x3F))
    case 0xD800..<0xE000:
      replaced += 1
      output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    case 0x800..<0x10000:
      output.append(UInt8(0xE0 | value >> 12))
      output.append(UInt8(0x80 | value >> 6 & 0x3F))
      output.append(UInt8(0x80 | value & 0x3F))
    default:
      output.append(UInt8(0xF0 | value >> 18))
      output.append(UInt8(0x80 | value >> 12 & 0x3F))
      output.append(UInt8(0x80 | value >> 6 & 0x3F))
      output.append(UInt8(0x80 | value & 0x3F))
    }
  }

  /// A beginning of a text in UTF-8; a character that is cut at its end is left out.
  static func text(_ bytes: ArraySlice<UInt8>, isBigEndian: Bool) -> [UInt8] {
    let converter = UTF16Source(EmptySource(), isBigEndian: isBigEndian, blockSize: bytes.count + 8)
    converter.input.replaceSubrange(0..<bytes.count, with: bytes)
    converter.convert(bytes.count)
    return converter.output
  }

  /// The bytes of UTF-16 that a part of a UTF-8 text was made of.
  static func bytes(of text: [UInt8], _ range: Range<Int>) -> Int {
    var units = 0
    let text = text.span
    for index in range where text[index] & 0xC0 != 0x80 { units += text[index] >= 0xF0 ? 2 : 1 }
    return units * 2
  }
}
