/// New businesses, with SIRET numbers that pass the Luhn check and begin with a 0, as none does.
struct BusinessesWriter: DatasetWriter {
  private var dice: Dice
  private var sums = FieldSums(["emplois"])
  private let families = Names.families

  private static let header = [
    "siret", "denomination", "dirigeant", "ape", "creation", "cessation", "emplois", "quartier",
    "a_domicile",
  ]
  private static let trades = [
    ("56.10A", "Le Bistrot"), ("56.10A", "La Table"), ("10.71C", "Boulangerie"),
    ("47.61Z", "Librairie"), ("96.02A", "Salon"), ("62.01Z", "Atelier numérique"),
    ("43.21A", "Électricité"), ("70.22Z", "Conseil"), ("95.29Z", "La Recyclerie"),
    ("49.41B", "Transports"), ("90.03A", "Atelier"), ("88.91A", "La Petite Crèche"),
  ]

  init(seed: UInt64) { dice = Dice(seed: seed, stream: "entreprises") }

  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    var truth = DatasetTruth(
      name: "entreprises",
      dialect: [
        ("encoding", .text(TextEncoding.utf8.rawValue)), ("delimiter", .text(",")),
        ("date", .text("%Y-%m-%d")), ("boolean", .text("true, false")),
      ])
    var sheet = Sheet(name: "entreprises/creations.csv", delimiter: ",", newline: "\n")
    sheet.uncounted(BusinessesWriter.header.joined(separator: ","))
    for number in 0..<2_700 { writeBusiness(number, into: &sheet) }
    try folder.write(sheet.bytes, to: sheet.truth.name)
    truth.files.append(sheet.truth)
    truth.checks = [("sums", sums.json)]
    return truth
  }

  private mutating func writeBusiness(_ number: Int, into sheet: inout Sheet) {
    let first = Day(2025, 1, 1)
    let created = first + number * (Day.lastKnown - first) / 2_700
    let (activity, sign) = dice.pick(BusinessesWriter.trades)
    let owner = dice.pick(families)
    let closed = created + dice.between(90, 900)
    let jobs = dice.chance(6, in: 10) ? 0 : dice.bell(2, 6)
    var cells = [
      siret(number), "\(sign) \(dice.chance(1, in: 12) ? "\"\(owner)\"" : owner)",
      "\(dice.pick(Names.given)) \(owner)", activity, created.iso,
      closed <= Day.lastKnown && dice.chance(1, in: 3) ? closed.iso : "", String(jobs),
      City.code(dice.weighted(City.weights)), dice.chance(4, in: 10) ? "true" : "false",
    ]
    switch dice.below(400) {
    case 0:
      cells[0] = "4,24E+12"
      sheet.bad(cells, .scientificIdentifier)
    case 1:
      cells[0] = String(cells[0].drop { $0 == "0" })
      sheet.bad(cells, .lostZeros)
    case 2:
      cells[4] = dice.pick(["2025-02-30", "2026-13-01", "0000-00-00"])
      sheet.bad(cells, .badDate)
    default:
      sums.add("emplois", hundredths: jobs * 100)
      sheet.good(cells)
    }
  }

  /// SIREN 0 0042 dddd and a check digit, establishment 0001 and a check digit.
  private mutating func siret(_ number: Int) -> String {
    let siren = BusinessesWriter.withLuhn("0004" + padded(number * 3 + dice.below(3), 4))
    return BusinessesWriter.withLuhn(siren + "0001")
  }

  /// `digits` and the digit that makes their Luhn sum a multiple of ten.
  private static func withLuhn(_ digits: String) -> String {
    var sum = 0
    for (place, byte) in digits.utf8.reversed().enumerated() {
      let digit = Int(byte) - 48
      let doubled = place % 2 == 0 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return digits + String((10 - sum % 10) % 10)
  }
}
