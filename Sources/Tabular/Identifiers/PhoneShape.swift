/// Telephone numbers as French-speaking countries and Canada write them. Digits alone are enough
/// only where they begin as a phone does; numbers of eight and nine digits must be grouped.
package enum PhoneShape {
  /// What speaks for a number besides its form.
  package enum Evidence {
    /// It stands in a sentence.
    case none
    /// It is the whole of a cell.
    case cell
    /// A word before it says that it is a telephone's.
    case word
  }

  /// Digits, with how they are grouped.
  struct Number {
    /// The last of 15 digits at most, the first of them foremost, four bits each.
    var value: UInt64 = 0
    var digits = 0
    /// Digits in each group, four bits each.
    var groups: UInt64 = 0
    var groupCount = 0
    var hasPoints = false

    func digit(_ place: Int) -> UInt64 { value >> UInt64(4 * (digits - 1 - place)) & 15 }

    mutating func add(_ digit: UInt8, opens: Bool) {
      value = value << 4 | UInt64(digit)
      digits += 1
      if opens { (groups, groupCount) = (groups << 4, groupCount + 1) }
      groups += 1
    }
  }

  /// Digits in each group, a hexadecimal digit each: Burkina Faso and Tunisia, Senegal, Cameroon,
  /// Belgium.
  private static let groupings: Set<UInt64> = [0x2222, 0x2322, 0x12222, 0x3222, 0x4222]
  /// Québec.
  private static let american: UInt64 = 0x334
  /// Digits after a country's code: fewest and most.
  private static let national: [UInt64: ClosedRange<Int>] = [
    0x1: 10...10, 0x33: 9...9, 0x32: 8...9, 0x212: 9...9, 0x216: 8...8, 0x213: 8...9,
    0x237: 9...9, 0x225: 8...10, 0x221: 9...9, 0x226: 8...8,
  ]

  package static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
    var number = Number()
    var (isOpen, hasSlash) = (false, false)
    for byte in cell {
      switch byte {
      case 0x30...0x39:
        guard number.digits < 15 else { return false }
        number.add(byte - 0x30, opens: !isOpen)
        isOpen = true
      case UInt8(ascii: "+"): if number.digits > 0 { return false }
      case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        isOpen = false
        number.hasPoints = number.hasPoints || byte == UInt8(ascii: ".")
        hasSlash = hasSlash || byte == UInt8(ascii: "/")
      default: return false
      }
    }
    guard number.digits >= 8 else { return false }
    if cell.first == UInt8(ascii: "+") { return number.digit(0) != 0 && number.digits >= 9 }
    if number.digit(0) == 0, number.digit(1) == 0 {
      return number.digits >= 11 && number.digit(2) != 0
    }
    return isNational(number, .cell) && !(hasSlash && number.digit(0) != 0)
  }

  /// Whether a number without a country's code is a telephone's.
  static func isNational(_ number: Number, _ evidence: Evidence) -> Bool {
    guard (8...11).contains(number.digits) else { return false }
    if evidence == .word, number.digits < 11 { return true }
    if number.digit(0) == 0 {
      // France, Morocco, Algeria, Côte d'Ivoire; Belgium has nine digits on land.
      if number.digits == 10 { return evidence == .cell || isTenGrouped(number) }
      // Codes of places are often nine digits with points.
      return number.digits == 9 && number.groupCount > 2 && !number.hasPoints
    }
    if number.groups == american { return number.digit(0) > 1 && number.digit(3) > 1 }
    if number.groups == 0x1334, number.digit(0) == 1 {
      return number.digit(1) > 1 && number.digit(4) > 1
    }
    guard groupings.contains(number.groups) else { return false }
    if evidence == .cell { return true }
    switch number.groups {
    case 0x2222: return [2, 5, 6, 7].contains(number.digit(0))
    case 0x2322:
      return number.digit(0) == 7 || (number.digit(0) == 3 && [0, 3].contains(number.digit(1)))
    case 0x12222, 0x3222: return [2, 6].contains(number.digit(0))
    default: return false
    }
  }

  /// In a sentence: dense, or in groups of two to four.
  private static func isTenGrouped(_ number: Number) -> Bool {
    guard number.digit(1) != 0 else { return false }
    var groups = number.groups
    if number.groupCount == 1 { return true }
    while groups > 0 {
      guard (2...4).contains(groups & 15) else { return false }
      groups >>= 4
    }
    return true
  }

  /// Whether digits after `+` or `00` are a country's code and a whole number there.
  /// - Parameter isKnown: whether the country must be one of ours.
  static func isInternational(_ number: Number, isKnown: Bool) -> Bool {
    for length in 1...3 where number.digits > length {
      let code = number.value >> UInt64(4 * (number.digits - length))
      guard let range = national[code] else { continue }
      // `+33 (0)6…`
      let hasZero = code != 1 && code != 0x225 && number.digit(length) == 0
      return range.contains(number.digits - length - (hasZero ? 1 : 0))
    }
    return (!isKnown || number.groupCount > 2) && number.digit(0) != 0 && number.digits >= 9
  }
}
