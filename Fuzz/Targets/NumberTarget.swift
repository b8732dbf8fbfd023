import Tabular

/// Decimals, integers and dates against their spelling read slowly.
enum NumberTarget {
  static func run(_ input: [UInt8]) {
    var choices = Choices(input)
    let isComma = choices.chance(2)
    let grouped = choices.chance(2)
    let text = choices.rest.prefix(64).filter { $0 != 10 && $0 != 13 && $0 != 9 && $0 != 0 }
    let mark: UInt8 = isComma ? 44 : 46
    let format = NumberFormat(decimalMark: mark, groupMarks: grouped ? [[32]] : [])
    // A tab separates, a line feed ends: neither is in the text.
    let bytes = text + [9, 120, 10]
    let dialect = CSVDialect(delimiter: 9, quote: nil)
    let index = FieldIndexer(dialect: dialect, columns: 2, wanted: [0]).index(bytes.span)
    require(index.recordCount == 1, "one record: \(input)")
    func decode(_ kind: FieldDecoder.Kind) -> (value: Value, fails: Bool) {
      let decoded = FieldDecoder(kind).decode(bytes.span, index, slot: 0)
      return (decoded.column.value(0), !decoded.failures.isEmpty)
    }
    // Blanks around a value are none of it, and nothing but blanks is nothing.
    var trimmed = text.drop { $0 == 32 }
    while trimmed.last == 32 { trimmed.removeLast() }
    guard !trimmed.isEmpty, text.allSatisfy({ $0 < 0x80 }) else {
      _ = (decode(.decimal(format)), decode(.integer(format)))
      return
    }
    let expected = slow(Array(trimmed), mark, grouped)
    let decimal = decode(.decimal(format))
    if let expected {
      require(!decimal.fails && decimal.value == .decimal(expected), "decimal: \(input)")
    } else {
      require(decimal.fails && decimal.value == .null, "no decimal: \(input)")
    }
    let date = decode(.date([.isoDate]))
    let day = slowDay(Array(trimmed))
    require(date.fails == (day == nil), "date: \(input)")
    if let day { require(date.value == .date(day), "date: \(input)") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// Sign, digits (in threes if grouped), a mark and digits; at most 18 digits that count.
  private static func slow(_ text: [UInt8], _ mark: UInt8, _ grouped: Bool) -> Decimal? {
    var rest = text[...]
    let isNegative = rest.first == 45
    if rest.first == 45 || rest.first == 43 { rest.removeFirst() }
    let parts = rest.split(separator: mark, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), var whole = parts.first else { return nil }
    let fraction = parts.count == 2 ? parts[1] : []
    if parts.count == 2, fraction.isEmpty { return nil }
    if grouped, whole.contains(32) {
      let groups = whole.split(separator: 32, omittingEmptySubsequences: false)
      guard let first = groups.first, (1...3).contains(first.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
      whole = groups.joined().map { $0 }[...]
    }
    let digits = whole + fraction
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    let significant = digits.drop { $0 == 48 }
    guard significant.count <= 18, fraction.count <= 18 else { return nil }
    let value = significant.reduce(Int128(0)) { $0 * 10 + Int128($1 - 48) }
    return Decimal(digits: isNegative ? -value : value, scale: fraction.count)
  }

  /// Days since 1970-01-01 of a year of four digits, a month and a day of one or two (the first may
  /// be `1er`), counted year by year.
  private static func slowDay(_ text: [UInt8]) -> Int32? {
    let parts = text.split(separator: 45, omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    func number(_ digits: ArraySlice<UInt8>) -> Int? {
      guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
      return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
    let isFirst = parts[2].suffix(2) == [101, 114]
    let dayDigits = isFirst ? parts[2].dropLast(2) : parts[2]
    guard parts[0].count == 4, parts[1].count <= 2, dayDigits.count <= 2,
      let year = number(parts[0]), let month = number(parts[1]), let day = number(dayDigits),
      !isFirst || day == 1
    else { return nil }
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day), year > 0 else {
      return nil
    }
    var days = 0
    if year >= 1970 {
      for past in 1970..<year { days += isLeap(past) ? 366 : 365 }
    } else {
      for past in year..<1970 { days -= isLeap(past) ? 366 : 365 }
    }
    days += lengths[..<(month - 1)].reduce(0, +) + day - 1
    return Int32(days)
  }
}
