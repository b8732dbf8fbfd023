import Tabular

/// Between texts and the bytes of files. UTF-16 never gets here: it is made UTF-8 as it is read.
extension TextEncoding {
  /// How the bytes of text fields become UTF-8.
  var coding: TextCoding {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: .utf8
    case .windows1252, .windows1256, .iso8859x1, .iso8859x15:
      .singleByte(SingleByteTable.upperHalf(self))
    }
  }

  var isSingleByte: Bool {
    switch self {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: false
    case .windows1252, .windows1256, .iso8859x1, .iso8859x15: true
    }
  }

  /// The bytes that a text has in blocks of this encoding; nil when it has none.
  func bytes(_ text: String) -> [UInt8]? {
    guard isSingleByte else { return Array(text.utf8) }
    let upper = SingleByteTable.upperHalf(self)
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if scalar.value < 0x80 {
        bytes.append(UInt8(scalar.value))
      } else if let index = upper.firstIndex(of: scalar) {
        bytes.append(UInt8(index + 0x80))
      } else {
        return nil
      }
    }
    return bytes
  }

  /// UTF-8 of bytes of a block of this encoding; what is no character becomes U+FFFD.
  func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    guard isSingleByte else {
      // A text that is UTF-8 already stays as it is.
      return String(validating: bytes, as: UTF8.self) != nil
        ? Array(bytes) : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }
    let upper = SingleByteTable.upperHalf(self)
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count + bytes.count / 8)
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text.append(contentsOf: String(Character(upper[Int(byte) - 0x80])).utf8)
      }
    }
    return text
  }
}
