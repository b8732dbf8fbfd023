/// The bytes of a file's texts: UTF-8, or one byte a character by a table.
public struct TextCoding: Sendable {
  /// UTF-8 of the characters 0x80…0xFF, or nil when the file is UTF-8 already.
  let high: [[UInt8]]?

  /// The file is UTF-8 (checked elsewhere, byte by byte).
  public static let utf8 = TextCoding(high: nil)

  /// One byte a character.
  /// - Parameter high: the 128 characters of 0x80…0xFF; nil where the encoding has none.
  public static func singleByte(_ high: [Unicode.Scalar?]) -> TextCoding {
    TextCoding(
      high: (0..<128).map { index in
        let scalar = index < high.count ? high[index] ?? "\u{fffd}" : "\u{fffd}"
        return Array(String(Character(scalar)).utf8)
      })
  }
}

extension FieldDecoder {
  func texts(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ coding: TextCoding
  ) -> DecodedColumn {
    var values = TextValues()
    values.offsets.reserveCapacity(index.recordCount + 1)
    var flags: [Bool] = []
    for record in 0..<index.recordCount {
      let slice = index.slice(record, slot: slot)
      let range = slice.start..<slice.end
      let isNull = range.isEmpty ? !slice.quoted : !missing.isEmpty && isMissing(bytes, range)
      if isNull {
        if flags.isEmpty { flags = Array(repeating: true, count: record) }
        flags.append(false)
      } else {
        Self.append(bytes, range, quoted: slice.quoted, coding, to: &values.bytes)
        if !flags.isEmpty { flags.append(true) }
      }
      values.offsets.append(Int32(clamping: values.bytes.count))
    }
    return DecodedColumn(
      column: Column(.text(values), validity: Validity(flags: flags.isEmpty ? nil : flags)))
  }

  @inline(__always)
  private static func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, quoted: Bool, _ coding: TextCoding,
    to target: inout [UInt8]
  ) {
    if !quoted, coding.high == nil {
      unsafe bytes.extracting(range).withUnsafeBufferPointer {
        unsafe target.append(contentsOf: $0)
      }
    } else {
      appendSlowly(bytes, range, quoted: quoted, coding, to: &target)
    }
  }

  private static func appendSlowly(
    _ bytes: Span<UInt8>, _ range: Range<Int>, quoted: Bool, _ coding: TextCoding,
    to target: inout [UInt8]
  ) {
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = bytes[position]
      position += 1
      if byte < 0x80 {
        target.append(byte)
        if quoted, byte == UInt8(ascii: "\""), position < range.upperBound,
          bytes[position] == UInt8(ascii: "\"")
        {
          position += 1
        }
      } else if let high = coding.high {
        target.append(contentsOf: high[Int(byte & 0x7f)])
      } else {
        target.append(byte)
      }
    }
  }
}
