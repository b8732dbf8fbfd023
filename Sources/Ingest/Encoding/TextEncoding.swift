/// The encodings that cities send.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
  case utf8 = "utf-8"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"
  case windows1252 = "windows-1252"
  case windows1256 = "windows-1256"
  case iso8859x1 = "iso-8859-1"
  case iso8859x15 = "iso-8859-15"

  /// The encoding of a name as people and programs write it (`latin1`, `CP1252`, `utf8`); nil when
  /// there is none such.
  public init?(name: String) {
    let letters = name.lowercased().filter { $0.isLetter || $0.isNumber }
    switch letters {
    case "utf8", "utf8bom", "utf8sig", "unicode", "ascii", "usascii": self = .utf8
    case "utf16le", "ucs2le", "utf16": self = .utf16LittleEndian
    case "utf16be", "ucs2be": self = .utf16BigEndian
    case "windows1252", "cp1252", "win1252", "ansi", "1252": self = .windows1252
    case "windows1256", "cp1256", "win1256", "1256": self = .windows1256
    case "iso88591", "latin1", "l1": self = .iso8859x1
    case "iso885915", "latin9", "l9", "latin0": self = .iso8859x15
    default: return nil
    }
  }

  /// Bytes of a code unit: positions of records are multiples of it.
  var unit: Int {
    switch self {
    case .utf16LittleEndian, .utf16BigEndian: 2
    case .utf8, .windows1252, .windows1256, .iso8859x1, .iso8859x15: 1
    }
  }

  var isUTF16: Bool { unit == 2 }

  /// The encoding that a byte order mark at the start of a text names, and the mark's length.
  static func byteOrderMark(_ head: some Collection<UInt8>) -> (
    encoding: TextEncoding, length: Int
  )? {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return nil
  }
}
