import Tabular
import Testing

/// Dates of fixed places against a calendar that is counted day by day.
@Suite struct DatePropertyTests {
  static let patterns = ["%Y-%m-%d", "%d/%m/%Y", "%Y%m%d"]

  static func length(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }

  static func text(_ year: Int, _ month: Int, _ day: Int, _ pattern: String) -> String {
    let (year, month, day) = (padded(year, 4), padded(month, 2), padded(day, 2))
    return switch pattern {
    case "%Y-%m-%d": "\(year)-\(month)-\(day)"
    case "%d/%m/%Y": "\(day)/\(month)/\(year)"
    default: year + month + day
    }
  }

  @Test(arguments: patterns) func everyDayOfFourCenturies(pattern: String) throws {
    var texts: [String] = []
    for year in 1800..<2200 {
      for month in 1...12 {
        for day in 1...Self.length(month, year) {
          texts.append(Self.text(year, month, day, pattern))
        }
      }
    }
    let decoder = FieldDecoder(.date([try #require(DatePattern(pattern))]))
    let decoded = DecodeTests.decode(texts, decoder)
    #expect(decoded.failures.isEmpty)
    // 1970-01-01 comes 62,091 days after 1800-01-01.
    for row in texts.indices where decoded.column.value(row) != .date(Int32(row - 62_091)) {
      Issue.record("\(texts[row]) was read as \(decoded.column.value(row))")
      break
    }
  }

  /// What is almost a date: a pattern that comes second is read by its parts, one after the other.
  @Test(arguments: patterns) func almostDatesAreReadAsByTheirParts(pattern: String) throws {
    var random = SeededBytes(seed: 20_241_129)
    let alphabet = Array("0123456789-/.: 9AO".utf8)
    let texts = (0..<20_000).map { _ in
      var text = Array(
        Self.text(random.below(10_001), random.below(14), random.below(33), pattern).utf8)
      for _ in 0..<random.below(3) { text[random.below(text.count)] = random.pick(alphabet) }
      if random.chance(9) { text.removeLast() }
      if random.chance(9) { text.append(random.pick(alphabet)) }
      return String(decoding: text, as: UTF8.self)
    }
    let fixed = try #require(DatePattern(pattern))
    let named = try #require(DatePattern("%d %B %Y"))
    let fast = DecodeTests.decode(texts, FieldDecoder(.date([fixed])))
    let slow = DecodeTests.decode(texts, FieldDecoder(.date([named, fixed])))
    #expect(fast.failures.map(\.record) == slow.failures.map(\.record))
    #expect(DecodeTests.values(fast) == DecodeTests.values(slow))
    #expect(!fast.failures.isEmpty && fast.failures.count < texts.count)
  }
}
