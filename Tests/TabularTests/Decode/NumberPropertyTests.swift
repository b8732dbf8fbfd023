import Tabular
import Testing

/// Numbers against a slow reader of their spelling.
@Suite struct NumberPropertyTests {
  static let bases: [(NumberFormat, mark: Character, group: Character?)] = [
    (NumberFormat(), ".", nil),
    (NumberFormat(decimalMark: UInt8(ascii: ","), groupMarks: [[32]]), ",", " "),
    (NumberFormat(decimalMark: UInt8(ascii: "."), groupMarks: [[UInt8(ascii: ",")]]), ".", ","),
  ]

  /// Digits and scale of what is written as a number is by the rules; nil for anything else.
  static func slow(_ text: String, _ mark: Character, _ group: Character?) -> Decimal? {
    // Blanks around a number are none of it.
    var rest = text.drop { $0 == " " }
    while rest.last == " " { rest.removeLast() }
    var isNegative = false
    if let sign = rest.first, sign == "-" || sign == "+" {
      isNegative = sign == "-"
      rest.removeFirst()
    }
    let parts = rest.split(separator: mark, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = parts.first else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    if parts.count == 2, fraction.isEmpty { return nil }
    var digits = String(whole)
    if let group, whole.contains(group) {
      let groups = whole.split(separator: group, omittingEmptySubsequences: false)
      guard let first = groups.first, (1...3).contains(first.count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { return nil }
      digits = groups.joined()
    }
    guard (digits + fraction).allSatisfy({ ("0"..."9").contains($0) }),
      let value = Int128(digits + fraction)
    else { return nil }
    return Decimal(digits: isNegative ? -value : value, scale: fraction.count)
  }

  static func text(_ random: inout SeededBytes, _ mark: Character, _ group: Character?) -> String {
    let alphabet = "0123456789+-" + String(mark) + (group.map(String.init) ?? "") + "e"
    if random.chance(3) {
      return String(decoding: random.bytes(1 + random.below(9), from: alphabet), as: UTF8.self)
    }
    var text = random.pick(["", "-", "+", ""])
    let count = 1 + random.below(9)
    let digits = random.bytes(count, from: "0123456789").map { Character(UnicodeScalar($0)) }
    for (place, digit) in digits.enumerated() {
      if let group, place > 0, (count - place) % 3 == 0, !random.chance(12) { text.append(group) }
      text.append(digit)
    }
    if random.chance(2) {
      text.append(mark)
      text += String(decoding: random.bytes(random.below(8), from: "0123456789"), as: UTF8.self)
    }
    return text
  }

  @Test(arguments: bases.indices) func decimalsAreReadAsWritten(_ base: Int) {
    let (format, mark, group) = Self.bases[base]
    var random = SeededBytes(seed: UInt64(base) + 99)
    for _ in 0..<200 {
      let texts = (0..<30).map { _ in Self.text(&random, mark, group) }
      let decoded = DecodeTests.decode(texts, FieldDecoder(.decimal(format)))
      let failed = Set(decoded.failures.map(\.record))
      for (row, text) in texts.enumerated() where text.contains(where: { $0 != " " }) {
        let expected = Self.slow(text, mark, group)
        #expect(failed.contains(row) == (expected == nil), "'\(text)'")
        guard let expected, case .decimal(let value) = decoded.column.value(row) else { continue }
        #expect(value == expected, "'\(text)'")
      }
    }
  }
}
