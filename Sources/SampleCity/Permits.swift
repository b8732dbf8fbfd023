/// Building permits: ISO-8859-15, oui and non, areas with a decimal comma and a space in the
/// thousands, costs grouped by apostrophes.
struct PermitsWriter: DatasetWriter {
  private var dice: Dice
  private var sums = FieldSums(["surface_m2", "logements", "cout"])
  private let families = Names.families

  private static let header = [
    "numero", "depot", "decision", "avis", "nature", "quartier", "adresse", "demandeur",
    "surface_m2", "logements", "cout", "secteur_protege",
  ]
  private static let kinds = [
    "construction", "extension", "rénovation", "changement d’usage", "démolition",
  ]

  init(seed: UInt64) { dice = Dice(seed: seed, stream: "permis") }

  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    var truth = DatasetTruth(
      name: "permis",
      dialect: [
        ("encoding", .text(TextEncoding.latin9.rawValue)), ("delimiter", .text(";")),
        ("decimalChar", .text(",")), ("date", .text("%d/%m/%Y")), ("boolean", .text("oui, non")),
      ])
    for year in [2025, 2026] {
      var sheet = Sheet(name: "permis/permis-\(year).csv", delimiter: ";", newline: "\n")
      sheet.uncounted(PermitsWriter.header.joined(separator: ";"))
      let days = year == 2025 ? 365 : Day.lastKnown - Day(2026, 1, 1)
      for number in 1...(days * 2) {
        writePermit(year, number, Day(year, 1, 1) + number * (days - 1) / (days * 2), &sheet)
      }
      try folder.write(
        try TextEncoding.latin9.encode(PermitsWriter.plain(sheet.bytes)),
        to: sheet.truth.name)
      truth.files.append(sheet.truth)
    }
    truth.checks = [("sums", sums.json)]
    return truth
  }

  /// ISO-8859-15 has no curly apostrophe: such programs write the straight one.
  private static func plain(_ bytes: [UInt8]) -> [UInt8] {
    Array(String(decoding: bytes, as: UTF8.self).map { $0 == "’" ? "'" : String($0) }.joined().utf8)
  }

  private mutating func writePermit(
    _ year: Int, _ number: Int, _ filed: Day, _ sheet: inout Sheet
  ) {
    let district = dice.weighted(City.weights)
    let kind = dice.weighted([30, 34, 24, 8, 4])
    let dwellings = kind == 0 ? max(1, dice.bell(2, 24) - 12) : dice.chance(1, in: 9) ? 1 : 0
    let hundredths = dwellings * 6_400 + dice.between(900, 42_000)
    let cost = hundredths / 100 * dice.between(900, 2_600)
    let decided = filed + dice.between(25, 150)
    let known = decided <= Day.lastKnown
    let company = dwellings > 3
    var cells = [
      "PC 004 \(City.code(district)) \(year % 100) \(padded(number, 4))", filed.french,
      known ? decided.french : "",
      known ? (dice.chance(9, in: 10) ? "accordé" : "refusé") : "en cours",
      PermitsWriter.kinds[kind], City.code(district),
      "\(dice.between(1, 180)) \(City.street(dice.below(City.streetCount)))",
      company ? "SCI \(dice.pick(families))" : "\(dice.pick(families)) \(dice.pick(Names.given))",
      grouped(hundredths / 100, by: " ") + "," + padded(hundredths % 100, 2), String(dwellings),
      grouped(cost, by: "'"), dice.chance(15, in: 100) ? "oui" : "non",
    ]
    switch dice.below(300) {
    case 0:
      cells[11] = dice.pick(["o", "?", "oui/non"])
      sheet.bad(cells, .badBoolean)
    case 1:
      cells[8] = dice.pick(["env. 120", "cf. plan", "12,5,3"])
      sheet.bad(cells, .badNumber)
    case 2:
      cells[1] = "30/02/\(year)"
      sheet.bad(cells, .badDate)
    case 3: sheet.odd("", .blank)
    default:
      sums.add("surface_m2", hundredths: hundredths)
      sums.add("logements", hundredths: dwellings * 100)
      sums.add("cout", hundredths: cost * 100)
      sheet.good(cells)
    }
  }
}
