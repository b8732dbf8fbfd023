/// What a cell could be, judged by its bytes alone: every reading that fits. For detection and
/// proposals only; types come from schemas.
struct CellShapes: OptionSet, Hashable {
  let rawValue: UInt64

  static let empty = CellShapes(rawValue: 1 << 0)
  /// Digits with an optional sign, without a needless zero in front.
  static let integer = CellShapes(rawValue: 1 << 1)
  /// Digits with a zero in front: more likely a code than a number.
  static let leadingZero = CellShapes(rawValue: 1 << 2)
  static let decimalPoint = CellShapes(rawValue: 1 << 3)
  static let decimalComma = CellShapes(rawValue: 1 << 4)
  /// Thousands apart by a blank of any kind.
  static let groupedBlank = CellShapes(rawValue: 1 << 5)
  static let groupedComma = CellShapes(rawValue: 1 << 6)
  static let groupedPoint = CellShapes(rawValue: 1 << 7)
  static let groupedApostrophe = CellShapes(rawValue: 1 << 8)
  /// `1,23E+12`.
  static let scientific = CellShapes(rawValue: 1 << 9)
  /// A number with a unit around it (`%`, `€`, `DH`…).
  static let unit = CellShapes(rawValue: 1 << 10)
  static let dateISO = CellShapes(rawValue: 1 << 11)
  /// Day, month, year (four digits) with `/`.
  static let dayFirstSlash = CellShapes(rawValue: 1 << 12)
  static let monthFirstSlash = CellShapes(rawValue: 1 << 13)
  static let dayFirstDash = CellShapes(rawValue: 1 << 14)
  static let monthFirstDash = CellShapes(rawValue: 1 << 15)
  static let dayFirstPoint = CellShapes(rawValue: 1 << 16)
  static let monthFirstPoint = CellShapes(rawValue: 1 << 17)
  /// Two digits of year, with `/`.
  static let dayFirstShort = CellShapes(rawValue: 1 << 18)
  static let monthFirstShort = CellShapes(rawValue: 1 << 19)
  static let yearFirstSlash = CellShapes(rawValue: 1 << 20)
  /// `20240131`.
  static let compactDate = CellShapes(rawValue: 1 << 21)
  /// `3 févr. 2024`, `3 March 2024`.
  static let namedMonth = CellShapes(rawValue: 1 << 22)
  /// The date is followed by a time (then one of the date bits is set too).
  static let withTime = CellShapes(rawValue: 1 << 23)
  static let withSeconds = CellShapes(rawValue: 1 << 24)
  static let withZone = CellShapes(rawValue: 1 << 25)
  static let withT = CellShapes(rawValue: 1 << 26)
  static let withFraction = CellShapes(rawValue: 1 << 27)
  /// `08:30`.
  static let time = CellShapes(rawValue: 1 << 28)
  static let boolean = CellShapes(rawValue: 1 << 29)
  static let email = CellShapes(rawValue: 1 << 30)
  static let url = CellShapes(rawValue: 1 << 31)
  static let phone = CellShapes(rawValue: 1 << 32)
  /// `#N/A` and the like.
  static let sheetError = CellShapes(rawValue: 1 << 33)
  /// Letters, blanks and the punctuation of names and sentences.
  static let words = CellShapes(rawValue: 1 << 34)
  /// ASCII letters, digits, `-`, `_`, `.`, `/`: an identifier or code.
  static let code = CellShapes(rawValue: 1 << 35)
  static let year = CellShapes(rawValue: 1 << 36)

  static let numbers: CellShapes = [
    .integer, .decimalPoint, .decimalComma, .groupedBlank, .groupedComma, .groupedPoint,
    .groupedApostrophe, .scientific,
  ]
  static let dates: CellShapes = [
    .dateISO, .dayFirstSlash, .monthFirstSlash, .dayFirstDash, .monthFirstDash, .dayFirstPoint,
    .monthFirstPoint, .dayFirstShort, .monthFirstShort, .yearFirstSlash, .compactDate, .namedMonth,
  ]
  /// What no one writes by accident.
  static let typed: CellShapes = numbers.union(dates).union([
    .time, .boolean, .email, .url, .phone, .leadingZero, .sheetError,
  ])

  /// All readings of a cell, blanks around it set aside.
  static func of(_ bytes: ArraySlice<UInt8>) -> CellShapes {
    let cell = trimmed(bytes)
    return of(cell, CellBytes(cell))
  }

  /// All readings of a cell without blanks around it.
  /// - Parameter bytes: what the cell is made of.
  static func of(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> CellShapes {
    guard let first = cell.first else { return .empty }
    var shapes: CellShapes = []
    if cell.count <= 40, mayBeNumber(first) {
      shapes.formUnion(NumberShape.of(cell, bytes))
      shapes.formUnion(DateShape.of(cell, bytes))
      if (9...15).contains(bytes.digits), isPhone(cell) { shapes.insert(.phone) }
    }
    if cell.count <= 5, bytes.any.isSubset(of: letterSets), booleanWords.contains(lowered(cell)) {
      shapes.insert(.boolean)
    }
    if first == UInt8(ascii: "#"), sheetErrors.contains(String(decoding: cell, as: UTF8.self)) {
      shapes.insert(.sheetError)
    }
    if bytes.holds(.at), bytes.all.contains(.inEmails), isEmail(cell) { shapes.insert(.email) }
    if bytes.holds([.colon, .point]), isURL(cell) { shapes.insert(.url) }
    if cell.count <= 64, bytes.all.contains(.inCodes) { shapes.insert(.code) }
    if bytes.all.contains(.inWords), bytes.holds(.wordy) { shapes.insert(.words) }
    return shapes
  }

  /// What letters alone are flagged with.
  private static let letterSets: CellBytes.Flags = [
    .capital, .small, .inEmails, .inCodes, .inWords,
  ]

  static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = bytes
    while let first = cell.first, first == 0x20 || first == 0x09 { cell = cell.dropFirst() }
    while let last = cell.last, last == 0x20 || last == 0x09 { cell = cell.dropLast() }
    return cell
  }

  /// Spreadsheets' errors, in English and French.
  static let sheetErrors: Set<String> = [
    "#N/A", "#REF!", "#VALUE!", "#VALEUR!", "#DIV/0!", "#NAME?", "#NOM?", "#NUM!", "#NOMBRE!",
    "#NULL!", "#NUL!", "#N/D", "#SPILL!", "#CALC!",
  ]

  private static let booleanWords: Set<UInt64> = Set(
    ["true", "false", "vrai", "faux", "oui", "non", "yes", "no", "o", "n", "y", "t", "f"]
      .map { lowered(Array($0.utf8)[...]) })

  private static func mayBeNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ","),
      UInt8(ascii: "("), UInt8(ascii: "$"), 0xC2, 0xE2:
      true
    default: false
    }
  }

  /// Up to eight ASCII letters, small, as one number.
  private static func lowered(_ cell: ArraySlice<UInt8>) -> UInt64 {
    cell.reduce(0) { $0 << 8 | UInt64($1 | 0x20) }
  }

  /// - Parameter cell: of bytes that e-mail addresses are made of.
  private static func isEmail(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count >= 6, let at = cell.firstIndex(of: UInt8(ascii: "@")), at > cell.startIndex
    else { return false }
    let domain = cell[(at + 1)...]
    guard let dot = domain.lastIndex(of: UInt8(ascii: ".")), dot > domain.startIndex,
      dot < domain.endIndex - 2
    else { return false }
    return !domain.contains(UInt8(ascii: "@"))
  }

  private static func isURL(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first,
      first == UInt8(ascii: "h") || first == UInt8(ascii: "f")
        || first == UInt8(ascii: "w")
    else { return false }
    for start in ["http://", "https://", "ftp://", "www."] where cell.starts(with: start.utf8) {
      return !cell.contains(0x20) && cell.count > start.utf8.count
    }
    return false
  }

  /// 9 to 15 digits in the ways that phones are written, with a zero or `+` in front.
  private static func isPhone(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "0") else {
      return false
    }
    var digits = 0
    for byte in cell.dropFirst(first == UInt8(ascii: "+") ? 1 : 0) {
      switch byte {
      case 0x30...0x39: digits += 1
      case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"):
        continue
      default: return false
      }
    }
    return (9...15).contains(digits)
  }
}
