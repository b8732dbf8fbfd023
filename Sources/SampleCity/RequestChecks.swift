/// Sums over the good rows of the requests, to compare a pipeline's figures with.
struct RequestChecks {
  private var amountCents = 0
  private var amounts = 0
  private var open = 0
  private var byStatus: [Int]
  private var byDistrict: [Int]
  private var unknownDistrict = 0
  private static let statuses = ["ouverte", "en cours", "close", "sans suite", "test", ""]

  init() {
    byStatus = [Int](repeating: 0, count: RequestChecks.statuses.count)
    byDistrict = [Int](repeating: 0, count: City.districtCount)
  }

  mutating func add(_ row: Request) {
    if let status = RequestChecks.statuses.firstIndex(of: row.status) { byStatus[status] += 1 }
    if row.closed.isEmpty { open += 1 }
    if let number = Int(row.district.dropFirst()), number >= 1, number <= byDistrict.count,
      row.district.hasPrefix("Q")
    {
      byDistrict[number - 1] += 1
    } else {
      unknownDistrict += 1
    }
    if let cents = RequestChecks.cents(row.amount) {
      amounts += 1
      amountCents += cents
    }
  }

  /// `-1 234,5` in cents; nil if empty.
  private static func cents(_ text: String) -> Int? {
    guard !text.isEmpty else { return nil }
    let parts = text.split(separator: ",")
    let euros = parts[0].unicodeScalars.reduce(into: 0) { sum, scalar in
      if scalar.value >= 48 && scalar.value < 58 { sum = sum * 10 + Int(scalar.value - 48) }
    }
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let hundredths = Int((fraction + "00").prefix(2)) ?? 0
    let cents = euros * 100 + hundredths
    return text.hasPrefix("-") ? -cents : cents
  }

  var json: [(String, OrderedJSON)] {
    let sign = amountCents < 0 ? "-" : ""
    let sum = "\(sign)\(abs(amountCents) / 100).\(padded(abs(amountCents) % 100, 2))"
    return [
      ("montant", .object([("present", .integer(amounts)), ("sum", .text(sum))])),
      ("cloture_missing", .integer(open)),
      (
        "statut",
        .object(
          zip(RequestChecks.statuses, byStatus).map {
            ($0.0.isEmpty ? "(empty)" : $0.0, .integer($0.1))
          })
      ),
      (
        "quartier",
        .object(
          byDistrict.enumerated().map { (City.code($0.offset), .integer($0.element)) }
            + [("(other)", .integer(unknownDistrict))])
      ),
    ]
  }
}
