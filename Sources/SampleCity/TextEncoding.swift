/// The encodings in which city services send their files.
enum TextEncoding: String {
  case utf8 = "utf-8"
  case utf8BOM = "utf-8 with a byte order mark"
  case windows1252 = "windows-1252"
  case latin9 = "iso-8859-15"
  case utf16LittleEndian = "utf-16le with a byte order mark"

  /// `text`, which is UTF-8, in this encoding.
  func encode(_ text: [UInt8]) throws -> [UInt8] {
    switch self {
    case .utf8: text
    case .utf8BOM: [0xEF, 0xBB, 0xBF] + text
    case .windows1252: try singleByte(text, high: TextEncoding.windows1252High)
    case .latin9: try singleByte(text, high: TextEncoding.latin9High)
    case .utf16LittleEndian: TextEncoding.utf16(text)
    }
  }

  /// Where the two Western code pages differ from Latin-1, both ways.
  private static let windows1252High: [UInt32: UInt8] = [
    0x20AC: 0x80, 0x2026: 0x85, 0x02C6: 0x88, 0x2030: 0x89, 0x0160: 0x8A, 0x0152: 0x8C,
    0x2018: 0x91, 0x2019: 0x92, 0x201C: 0x93, 0x201D: 0x94, 0x2022: 0x95, 0x2013: 0x96,
    0x2014: 0x97, 0x2122: 0x99, 0x0161: 0x9A, 0x0153: 0x9C, 0x0178: 0x9F, 0x201A: 0x82,
    0x0192: 0x83, 0x201E: 0x84, 0x2020: 0x86, 0x2021: 0x87,
  ]
  private static let latin9High: [UInt32: UInt8] = [
    0x20AC: 0xA4, 0x0160: 0xA6, 0x0161: 0xA8, 0x017D: 0xB4, 0x017E: 0xB8, 0x0152: 0xBC,
    0x0153: 0xBD, 0x0178: 0xBE,
  ]

  private func singleByte(_ text: [UInt8], high: [UInt32: UInt8]) throws -> [UInt8] {
    let taken: Set<UInt32> = self == .latin9 ? Set(high.values.map(UInt32.init)) : []
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      let value = scalar.value
      if let byte = high[value] {
        out.append(byte)
      } else if value < 0x80 || (value >= 0xA0 && value < 0x100 && !taken.contains(value)) {
        out.append(UInt8(value))
      } else {
        throw SampleError.notEncodable(scalar: value, encoding: rawValue)
      }
    }
    return out
  }

  private static func utf16(_ text: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0xFF, 0xFE]
    out.reserveCapacity(2 + text.count * 2)
    for unit in String(decoding: text, as: UTF8.self).utf16 {
      out.append(UInt8(truncatingIfNeeded: unit))
      out.append(UInt8(truncatingIfNeeded: unit >> 8))
    }
    return out
  }
}
