/// JSON whose keys keep the order they were given, so that the same value is the same bytes.
indirect enum OrderedJSON: Sendable {
  case text(String)
  case integer(Int)
  /// A number already written out in decimal digits.
  case digits(String)
  case list([OrderedJSON])
  case object([(String, OrderedJSON)])

  /// Indented by two; lists of numbers stay on one line.
  func rendered() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, indent: 0)
    out.append(UInt8(ascii: "\n"))
    return out
  }

  private func write(into out: inout [UInt8], indent: Int) {
    switch self {
    case .text(let value): OrderedJSON.quote(value, into: &out)
    case .integer(let value): out += String(value).utf8
    case .digits(let value): out += value.utf8
    case .list(let items):
      let flat = items.allSatisfy(\.isNumeric)
      OrderedJSON.writeSeries(
        items, brackets: ("[", "]"), flat: flat, indent: indent, into: &out
      ) { item, out in item.write(into: &out, indent: indent + 2) }
    case .object(let members):
      OrderedJSON.writeSeries(
        members, brackets: ("{", "}"), flat: false, indent: indent, into: &out
      ) { member, out in
        OrderedJSON.quote(member.0, into: &out)
        out += ": ".utf8
        member.1.write(into: &out, indent: indent + 2)
      }
    }
  }

  /// True for numbers and for lists of them: coordinates read better on one line.
  private var isNumeric: Bool {
    switch self {
    case .integer, .digits: true
    case .list(let items): items.allSatisfy(\.isNumeric)
    case .text, .object: false
    }
  }

  private static func writeSeries<T>(
    _ items: [T], brackets: (String, String), flat: Bool, indent: Int, into out: inout [UInt8],
    each: (T, inout [UInt8]) -> Void
  ) {
    out += brackets.0.utf8
    for (index, item) in items.enumerated() {
      if index > 0 { out += (flat ? ", " : ",").utf8 }
      if !flat { newLine(indent + 2, into: &out) }
      each(item, &out)
    }
    if !flat && !items.isEmpty { newLine(indent, into: &out) }
    out += brackets.1.utf8
  }

  private static func newLine(_ indent: Int, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\n"))
    out += [UInt8](repeating: UInt8(ascii: " "), count: indent)
  }

  private static func quote(_ text: String, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out += "\\\"".utf8
      case UInt8(ascii: "\\"): out += "\\\\".utf8
      case 0x0A: out += "\\n".utf8
      case 0x09: out += "\\t".utf8
      default: out.append(byte)
      }
    }
    out.append(UInt8(ascii: "\""))
  }
}
