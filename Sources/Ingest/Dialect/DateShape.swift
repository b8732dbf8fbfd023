import Tabular

/// The ways in which a cell could be a date, a date with time, or a time.
enum DateShape {
  /// - Parameter bytes: what the cell is made of.
  static func of(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> CellShapes {
    // A year of four digits, or two, and day and month.
    guard bytes.digits >= 3 else { return [] }
    guard bytes.holds(.colon) else {
      return cell.count == 8 || !bytes.isDigits ? dates(cell, bytes) : []
    }
    if isTime(cell) != nil { return .time }
    let (date, time) = split(cell)
    let shapes = dates(date, bytes)
    guard !shapes.isEmpty else { return [] }
    guard let (clock, isT) = time else { return shapes }
    guard let extra = isTime(clock) else { return [] }
    return shapes.union(extra).union(.withTime).union(isT ? .withT : [])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The date and, after a blank or `T`, the time.
  private static func split(
    _ cell: ArraySlice<UInt8>
  ) -> (ArraySlice<UInt8>, (ArraySlice<UInt8>, Bool)?) {
    guard let colon = cell.firstIndex(of: UInt8(ascii: ":")) else { return (cell, nil) }
    let before = cell[..<colon]
    guard
      let at = before.lastIndex(where: { $0 == 0x20 || $0 == UInt8(ascii: "T") }),
      at > cell.startIndex
    else { return (cell, nil) }
    return (CellShapes.trimmed(cell[..<at]), (cell[(at + 1)...], cell[at] == UInt8(ascii: "T")))
  }

  /// Seconds, fraction and zone of a time; nil when it is none.
  private static func isTime(_ cell: ArraySlice<UInt8>) -> CellShapes? {
    var rest = cell
    var shapes: CellShapes = []
    let hours = rest.prefix(while: isDigit)
    guard (1...2).contains(hours.count), number(hours) < 24 else { return nil }
    rest = rest.dropFirst(hours.count)
    guard let after = sixty(rest, UInt8(ascii: ":")) else { return nil }
    rest = after
    if let seconds = sixty(rest, UInt8(ascii: ":")) {
      rest = seconds
      shapes.insert(.withSeconds)
      if let mark = rest.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") {
        let fraction = rest.dropFirst().prefix(while: isDigit)
        guard (1...9).contains(fraction.count) else { return nil }
        rest = rest.dropFirst(1 + fraction.count)
        shapes.insert(.withFraction)
      }
    }
    if rest.isEmpty { return shapes }
    guard isZone(rest) else { return nil }
    return shapes.union(.withZone)
  }

  private static func sixty(_ rest: ArraySlice<UInt8>, _ mark: UInt8) -> ArraySlice<UInt8>? {
    guard rest.first == mark else { return nil }
    let digits = rest.dropFirst().prefix(while: isDigit)
    guard digits.count == 2, number(digits) < 60 else { return nil }
    return rest.dropFirst(3)
  }

  /// `Z`, `+01`, `+0100`, `+01:00`.
  private static func isZone(_ rest: ArraySlice<UInt8>) -> Bool {
    if rest.elementsEqual([UInt8(ascii: "Z")]) { return true }
    guard let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else {
      return false
    }
    let digits = rest.dropFirst().filter { $0 != UInt8(ascii: ":") }
    return (digits.count == 2 || digits.count == 4) && digits.allSatisfy(isDigit)
  }

  private static func dates(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> CellShapes {
    if cell.count == 8, cell.allSatisfy(isDigit) {
      let day = number(cell)
      let plausible = (1900...2100).contains(day / 10_000)
      return plausible && exists(day / 10_000, day / 100 % 100, day % 100) ? .compactDate : []
    }
    let first = cell.prefix(while: isDigit)
    // One to four digits before the first mark, and others between and after two of it.
    if (1...4).contains(first.count), first.endIndex < cell.endIndex {
      let mark = cell[first.endIndex]
      let second = cell[(first.endIndex + 1)...].prefix(while: isDigit)
      if mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
        (1...4).contains(second.count), second.endIndex < cell.endIndex,
        cell[second.endIndex] == mark
      {
        let third = cell[(second.endIndex + 1)...]
        if (1...4).contains(third.count), third.allSatisfy(isDigit) {
          return numeric((first, second, third), mark)
        }
      }
    }
    return bytes.holds(.wordy) ? named(cell) : []
  }

  private typealias Part = ArraySlice<UInt8>

  private static func numeric(_ parts: (Part, Part, Part), _ mark: UInt8) -> CellShapes {
    let (a, b, c) = (number(parts.0), number(parts.1), number(parts.2))
    if parts.0.count == 4 {
      guard exists(a, b, c) else { return [] }
      return mark == UInt8(ascii: "-") ? .dateISO : mark == UInt8(ascii: "/") ? .yearFirstSlash : []
    }
    guard parts.0.count <= 2, parts.1.count <= 2 else { return [] }
    let short = parts.2.count == 2
    guard short || parts.2.count == 4 else { return [] }
    let year = short ? 2000 + c : c
    var shapes: CellShapes = []
    let (dayFirst, monthFirst) = bits(mark, short)
    if exists(year, b, a) { shapes.formUnion(dayFirst) }
    if exists(year, a, b) { shapes.formUnion(monthFirst) }
    return shapes
  }

  private static func bits(_ mark: UInt8, _ short: Bool) -> (CellShapes, CellShapes) {
    switch mark {
    case UInt8(ascii: "/"):
      short ? (.dayFirstShort, .monthFirstShort) : (.dayFirstSlash, .monthFirstSlash)
    case UInt8(ascii: "-"): short ? ([], []) : (.dayFirstDash, .monthFirstDash)
    default: short ? ([], []) : (.dayFirstPoint, .monthFirstPoint)
    }
  }

  private static func exists(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    (1...9999).contains(year) && CivilDate(year: year, month: month, day: day) != nil
  }

  /// Day, month's name in French or English, year.
  private static func named(_ cell: ArraySlice<UInt8>) -> CellShapes {
    let parts = cell.split(whereSeparator: { $0 == 0x20 || $0 == UInt8(ascii: "-") })
    guard parts.count == 3, let first = parts.first, let last = parts.last,
      first.prefix(while: isDigit).count >= 1, last.count == 4, last.allSatisfy(isDigit)
    else { return [] }
    let name = NearMiss.folded(String(decoding: parts[1], as: UTF8.self))
    return months.contains(where: { name.hasPrefix($0) }) ? .namedMonth : []
  }

  private static let months = [
    "jan", "fev", "feb", "mar", "avr", "apr", "mai", "may", "jui", "jun", "jul", "aou", "aug",
    "sep", "oct", "nov", "dec",
  ]
}
