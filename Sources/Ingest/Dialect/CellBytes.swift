/// What bytes a cell is made of, found in one pass: most questions about cells are answered by it.
struct CellBytes {
  /// Which bytes occur, and which sets of bytes hold them all.
  struct Flags: OptionSet {
    let rawValue: UInt16

    static let digit = Flags(rawValue: 1 << 0)
    static let capital = Flags(rawValue: 1 << 1)
    static let small = Flags(rawValue: 1 << 2)
    /// From 0x80 on.
    static let high = Flags(rawValue: 1 << 3)
    static let blank = Flags(rawValue: 1 << 4)
    static let point = Flags(rawValue: 1 << 5)
    static let comma = Flags(rawValue: 1 << 6)
    static let hyphen = Flags(rawValue: 1 << 7)
    static let slash = Flags(rawValue: 1 << 8)
    static let colon = Flags(rawValue: 1 << 9)
    static let at = Flags(rawValue: 1 << 10)
    static let other = Flags(rawValue: 1 << 11)
    // The sets.
    static let inEmails = Flags(rawValue: 1 << 12)
    static let inCodes = Flags(rawValue: 1 << 13)
    static let inWords = Flags(rawValue: 1 << 14)
    static let inPhones = Flags(rawValue: 1 << 15)

    static let letters: Flags = [.capital, .small]
    static let wordy: Flags = [.capital, .small, .high]
  }

  /// Of any byte.
  private(set) var any: Flags = []
  /// Of every byte.
  private(set) var all = Flags(rawValue: .max)
  private(set) var digits = 0

  init(_ cell: ArraySlice<UInt8>) {
    var (any, all, digits) = (UInt16(0), UInt16.max, 0)
    CellBytes.table.withUnsafeBufferPointer { table in
      cell.withUnsafeBufferPointer { cell in
        for byte in cell {
          let flags = table[Int(byte)]
          any |= flags
          all &= flags
          digits &+= Int(flags & 1)
        }
      }
    }
    self.any = Flags(rawValue: any)
    self.all = Flags(rawValue: all)
    self.digits = digits
  }

  /// Whether nothing but digits occurs.
  var isDigits: Bool { all.contains(.digit) }

  /// Whether a byte of one of these kinds occurs.
  func holds(_ flags: Flags) -> Bool { !any.isDisjoint(with: flags) }

  private static let table: [UInt16] = (0...255).map { flags(UInt8($0)).rawValue }

  private static func flags(_ byte: UInt8) -> Flags {
    var flags = kind(byte)
    if !flags.isDisjoint(with: [.digit, .capital, .small]) {
      flags.formUnion([.inEmails, .inCodes, .inWords])
    }
    if flags.contains(.high) { flags.formUnion([.inEmails, .inWords]) }
    if flags.contains(.blank) { flags.insert(.inWords) }
    if flags.contains(.digit) { flags.insert(.inPhones) }
    let sets: [(Flags, String)] = [
      (.inEmails, ".@_-+'!#$%&*/=?^`{|}~"), (.inCodes, "-_./"), (.inWords, "'-.()/&+!?_"),
      (.inPhones, "+ .-/()"),
    ]
    for (set, bytes) in sets where bytes.utf8.contains(byte) { flags.insert(set) }
    return flags
  }

  private static func kind(_ byte: UInt8) -> Flags {
    switch byte {
    case 0x30...0x39: .digit
    case 0x41...0x5A: .capital
    case 0x61...0x7A: .small
    case 0x80...0xFF: .high
    case 0x20: .blank
    case UInt8(ascii: "."): .point
    case UInt8(ascii: ","): .comma
    case UInt8(ascii: "-"): .hyphen
    case UInt8(ascii: "/"): .slash
    case UInt8(ascii: ":"): .colon
    case UInt8(ascii: "@"): .at
    default: .other
    }
  }
}
