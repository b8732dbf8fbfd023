import Tabular

/// How many rejects a source may have before its data is refused.
public enum RejectLimit: Sendable, Hashable {
  case count(Int)
  /// A share of the records read: `0.01` is 1 %.
  case share(Decimal)

  /// Whether so many rejects of so many records (passed and rejected) are within it; exact.
  public func allows(_ rejected: Int, of records: Int) -> Bool {
    switch self {
    case .count(let most): return rejected <= most
    case .share(let share):
      let (left, tooLarge) = Int128(rejected).multipliedReportingOverflow(
        by: Decimal.powersOfTen[share.scale])
      let (right, unbounded) = Int128(records).multipliedReportingOverflow(by: share.digits)
      return unbounded || (!tooLarge && left <= right)
    }
  }

  /// As it is written in a pipeline.
  public var text: String {
    switch self {
    case .count(let most): String(most)
    case .share(let share):
      if let percent = Decimal(digits: share.digits * 100, scale: share.scale).rescaled(to: 4) {
        RejectLimit.plain(percent.trimmed) + "%"
      } else {
        "…%"
      }
    }
  }

  private static func plain(_ value: Decimal) -> String {
    var digits = String(value.digits)
    guard value.scale > 0 else { return digits }
    while digits.count <= value.scale { digits = "0" + digits }
    let point = digits.index(digits.endIndex, offsetBy: -value.scale)
    return digits[..<point] + "." + digits[point...]
  }
}
