/// The ways in which a cell could be a number.
enum NumberShape {
  /// - Parameter bytes: what the cell is made of.
  static func of(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> CellShapes {
    if bytes.isDigits { return plain(cell) }
    var body = cell
    var shapes: CellShapes = []
    if let rest = withoutUnit(body) {
      body = rest
      shapes.insert(.unit)
    }
    body = withoutSign(body)
    guard let first = body.first, let last = body.last, isDigit(last),
      isDigit(first) || first == UInt8(ascii: ".") || first == UInt8(ascii: ",")
    else { return [] }
    var forms = plain(body)
    // Points and commas group by threes: shorter cells have none.
    if bytes.digits > 3, bytes.holds([.blank, .high, .comma, .point, .other]) {
      forms.formUnion(grouped(body))
    }
    if bytes.holds(.letters) { forms.formUnion(scientific(body)) }
    return forms.isEmpty ? [] : forms.union(shapes)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func withoutSign(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if let first = cell.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      return cell.dropFirst()
    }
    // U+2212, the minus of typographers and of some business software.
    return cell.starts(with: [0xE2, 0x88, 0x92]) ? cell.dropFirst(3) : cell
  }

  private static let units: [[UInt8]] = [
    "%", "€", "$", "£", "EUR", "MAD", "DH", "DHS", "FCFA", "XOF", "XAF", "DT", "TND", "CAD",
  ].map { Array($0.utf8) }

  /// What is left without a unit at either end; nil when there is none.
  private static func withoutUnit(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    // Most numbers have none.
    if let first = cell.first, let last = cell.last, first < 0x3A, first != UInt8(ascii: "$"),
      isDigit(last)
    {
      return nil
    }
    for bytes in units {
      if cell.count > bytes.count, cell.suffix(bytes.count).elementsEqual(bytes) {
        return withoutBlanks(cell.dropLast(bytes.count))
      }
      if cell.count > bytes.count, cell.starts(with: bytes) {
        return withoutBlanks(cell.dropFirst(bytes.count))
      }
    }
    return nil
  }

  private static func withoutBlanks(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var cell = cell
    while true {
      if cell.last == 0x20 {
        cell = cell.dropLast()
      } else if cell.first == 0x20 {
        cell = cell.dropFirst()
      } else if cell.suffix(2).elementsEqual([0xC2, 0xA0]) {
        cell = cell.dropLast(2)
      } else if cell.suffix(3).elementsEqual([0xE2, 0x80, 0xAF]) {
        cell = cell.dropLast(3)
      } else {
        return cell
      }
    }
  }

  /// Digits with at most one point or comma.
  private static func plain(_ cell: ArraySlice<UInt8>) -> CellShapes {
    var separator: UInt8?
    var whole = 0
    for byte in cell {
      if isDigit(byte) {
        if separator == nil { whole += 1 }
      } else if separator == nil, byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
        separator = byte
      } else {
        return []
      }
    }
    let zeroFirst = whole > 1 && cell.first == UInt8(ascii: "0")
    switch separator {
    case UInt8(ascii: ".")?: return zeroFirst ? [] : .decimalPoint
    case UInt8(ascii: ",")?: return zeroFirst ? [] : .decimalComma
    default:
      if zeroFirst { return .leadingZero }
      let isYear = cell.count == 4 && (cell.starts(with: "19".utf8) || cell.starts(with: "20".utf8))
      return isYear ? [.integer, .year] : .integer
    }
  }

  private static let separators: [(mark: [UInt8], shape: CellShapes, decimals: [UInt8])] = [
    ([0x20], .groupedBlank, [UInt8(ascii: ","), UInt8(ascii: ".")]),
    ([0xC2, 0xA0], .groupedBlank, [UInt8(ascii: ","), UInt8(ascii: ".")]),
    ([0xE2, 0x80, 0xAF], .groupedBlank, [UInt8(ascii: ","), UInt8(ascii: ".")]),
    ([UInt8(ascii: ",")], .groupedComma, [UInt8(ascii: ".")]),
    ([UInt8(ascii: ".")], .groupedPoint, [UInt8(ascii: ",")]),
    ([UInt8(ascii: "'")], .groupedApostrophe, [UInt8(ascii: "."), UInt8(ascii: ",")]),
  ]

  /// One to three digits, then groups of three after one separator, then perhaps decimals.
  private static func grouped(_ cell: ArraySlice<UInt8>) -> CellShapes {
    for (separator, shape, marks) in separators {
      guard let decimals = groups(cell, separator, marks) else { continue }
      switch decimals {
      case UInt8(ascii: ","): return [shape, .decimalComma]
      case UInt8(ascii: "."): return [shape, .decimalPoint]
      default: return shape
      }
    }
    return []
  }

  /// The decimal mark (0 without decimals); nil when the cell is not grouped so.
  private static func groups(
    _ cell: ArraySlice<UInt8>, _ separator: [UInt8], _ marks: [UInt8]
  ) -> UInt8? {
    var rest = cell
    let head = rest.prefix { isDigit($0) }
    guard (1...3).contains(head.count), head.first != UInt8(ascii: "0") else { return nil }
    rest = rest.dropFirst(head.count)
    var count = 0
    while rest.starts(with: separator) {
      rest = rest.dropFirst(separator.count)
      let group = rest.prefix { isDigit($0) }
      guard group.count == 3 else { return nil }
      rest = rest.dropFirst(3)
      count += 1
    }
    guard count > 0 else { return nil }
    guard let mark = rest.first else { return 0 }
    guard marks.contains(mark), rest.dropFirst().allSatisfy(isDigit) else { return nil }
    return mark
  }

  private static func scientific(_ cell: ArraySlice<UInt8>) -> CellShapes {
    guard let e = cell.firstIndex(where: { $0 == UInt8(ascii: "E") || $0 == UInt8(ascii: "e") })
    else { return [] }
    let mantissa = cell[..<e]
    var exponent = cell[(e + 1)...]
    if let sign = exponent.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
      exponent = exponent.dropFirst()
    }
    guard !exponent.isEmpty, exponent.count <= 3, exponent.allSatisfy(isDigit),
      let first = mantissa.first, isDigit(first), !plain(mantissa).isEmpty
    else { return [] }
    return .scientific
  }
}
