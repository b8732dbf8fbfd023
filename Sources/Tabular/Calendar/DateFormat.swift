/// How a date is written, in the letters that Spark and Java use: `yyyy` `yy` (1969–2068) `MM` `M`
/// `dd` `d`; anything that is no letter stands for itself, letters in single quotes too. Strict:
/// `MM` is two digits, `M` one or two, and nothing may be left over.
public struct DateFormat: Sendable, Hashable {
  private enum Element: Sendable, Hashable {
    case year
    case shortYear
    /// Whether one digit will do.
    case month(short: Bool)
    case day(short: Bool)
    case literal(UInt8)
  }

  private let elements: [Element]

  /// `yyyy-MM-dd`.
  public static let iso = DateFormat(
    elements: [
      .year, .literal(0x2D), .month(short: false), .literal(0x2D), .day(short: false),
    ])

  private init(elements: [Element]) { self.elements = elements }

  /// Nil when the pattern has other letters, or not a year, a month and a day once each.
  public init?(_ pattern: String) {
    var elements: [Element] = []
    var rest = Array(pattern.utf8)[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "'") {
        rest.removeFirst()
        while let quoted = rest.popFirst(), quoted != byte { elements.append(.literal(quoted)) }
        continue
      }
      guard byte.isLetter else {
        elements.append(.literal(byte))
        rest.removeFirst()
        continue
      }
      let run = rest.prefix { $0 == byte }
      rest.removeFirst(run.count)
      switch String(decoding: run, as: UTF8.self) {
      case "yyyy": elements.append(.year)
      case "yy": elements.append(.shortYear)
      case "MM": elements.append(.month(short: false))
      case "M": elements.append(.month(short: true))
      case "dd": elements.append(.day(short: false))
      case "d": elements.append(.day(short: true))
      default: return nil
      }
    }
    let years = elements.count { $0 == .year || $0 == .shortYear }
    let months = elements.count { $0 == .month(short: true) || $0 == .month(short: false) }
    let days = elements.count { $0 == .day(short: true) || $0 == .day(short: false) }
    guard years == 1, months == 1, days == 1 else { return nil }
    self.elements = elements
  }

  /// The day, as days since 1970-01-01; nil for a text that is not written so, or no such day.
  public func date(_ text: Span<UInt8>) -> Int32? {
    var position = 0
    var (year, month, day) = (0, 0, 0)
    for element in elements {
      switch element {
      case .literal(let byte):
        guard position < text.count, text[position] == byte else { return nil }
        position += 1
      case .year:
        guard let value = DateFormat.number(text, &position, 4...4) else { return nil }
        year = value
      case .shortYear:
        guard let value = DateFormat.number(text, &position, 2...2) else { return nil }
        year = value < 69 ? 2000 + value : 1900 + value
      case .month(let short):
        guard let value = DateFormat.number(text, &position, short ? 1...2 : 2...2)
        else { return nil }
        month = value
      case .day(let short):
        guard let value = DateFormat.number(text, &position, short ? 1...2 : 2...2)
        else { return nil }
        day = value
      }
    }
    guard position == text.count, let date = CivilDate(year: year, month: month, day: day)
    else { return nil }
    return Int32(truncatingIfNeeded: date.daysSinceEpoch)
  }

  private static func number(
    _ text: Span<UInt8>, _ position: inout Int, _ width: ClosedRange<Int>
  ) -> Int? {
    var value = 0
    var count = 0
    while count < width.upperBound, position < text.count, text[position].isDigit {
      value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
      position += 1
      count += 1
    }
    return count >= width.lowerBound ? value : nil
  }
}
