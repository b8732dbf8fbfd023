import Tabular

/// The values of a field that is published in ranges, in ascending order.
struct RangeValues: Sendable {
  enum Kind: Sendable { case number, date }

  /// The texts that were found, without the empty one.
  let texts: [String]
  /// By text: the rank of its value.
  let ranks: [Int]
  /// By rank: how its value is written, and a number for its place among others.
  let shown: [String]
  let values: [Double]
  private let kind: Kind

  /// - Parameter texts: of numbers, or of dates as ISO 8601 writes them.
  init(_ kind: Kind, _ texts: Set<String>) {
    self.kind = kind
    let found = texts.filter { !$0.isEmpty }.map { (text: $0, value: Self.value($0, kind)) }
      .sorted { $0.value != $1.value ? $0.value < $1.value : $0.text < $1.text }
    var (ranks, shown, values): ([Int], [String], [Double]) = ([], [], [])
    var last: Decimal?
    for one in found {
      if last != one.value {
        shown.append(one.text)
        values.append(Self.double(one.value))
      }
      last = one.value
      ranks.append(shown.count - 1)
    }
    (self.ranks, self.shown, self.values) = (ranks, shown, values)
    self.texts = found.map(\.text)
  }

  /// Bits that a rank takes, that of an empty value among them.
  var bits: Int { max(1, Int.bitWidth - values.count.leadingZeroBitCount) }

  /// How a range is written; nil for empty values.
  func text(_ low: Int, _ high: Int) -> String? {
    guard shown.indices.contains(low), shown.indices.contains(high) else { return nil }
    return low == high ? shown[low] : shown[low] + (kind == .date ? "/" : "..") + shown[high]
  }

  private static func double(_ value: Decimal) -> Double {
    let scale = min(value.scale, Decimal.powersOfTen.count - 1)
    return Double(value.digits) / Double(Decimal.powersOfTen[scale])
  }

  private static func value(_ text: String, _ kind: Kind) -> Decimal {
    switch kind {
    case .number: number(text)
    case .date:
      Decimal(digits: Int128(IsoText.date(Array(text.utf8).span) ?? 0), scale: 0)
    }
  }

  /// A number as a cast to text writes it: digits with at most one point.
  private static func number(_ text: String) -> Decimal {
    var (digits, scale, isNegative, isBehind) = (Int128(0), 0, false, false)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "-"): isNegative = true
      case UInt8(ascii: "."): isBehind = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let (more, isLarge) = digits.multipliedReportingOverflow(by: 10)
        if isLarge { continue }
        digits = more &+ Int128(byte &- UInt8(ascii: "0"))
        if isBehind { scale += 1 }
      default: continue
      }
    }
    return Decimal(digits: isNegative ? -digits : digits, scale: scale)
  }
}
