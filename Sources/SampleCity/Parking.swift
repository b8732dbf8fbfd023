/// Three months of parking tickets, as the operator's spreadsheet saves "Unicode text": UTF-16 with
/// tabs, amounts with a euro sign, districts by name and not by code.
struct ParkingWriter: DatasetWriter {
  private var dice: Dice
  private var sums = FieldSums(["duree_min", "montant"])
  private var serial = 0

  private static let header = [
    "ticket", "debut", "duree_min", "montant", "moyen", "plaque", "quartier",
  ]
  private static let means = ["carte", "application", "espèces"]
  private static let letters = Array("ABCDEFGHJKLMNPQRSTVWXYZ")

  init(seed: UInt64) { dice = Dice(seed: seed, stream: "stationnement") }

  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    var truth = DatasetTruth(
      name: "stationnement",
      dialect: [
        ("encoding", .text(TextEncoding.utf16LittleEndian.rawValue)), ("delimiter", .text("\t")),
        ("decimalChar", .text(",")), ("datetime", .text("%d/%m/%Y %H:%M")),
        ("bareNumber", .text("false: amounts end in ' €'")),
      ])
    for month in Month.run(from: Month(year: 2026, month: 8), count: 3) {
      let sheet = fileOf(month)
      let bytes = try TextEncoding.utf16LittleEndian.encode(sheet.bytes)
      try folder.write(try GzipWriter.compress(bytes), to: sheet.truth.name)
      truth.files.append(sheet.truth)
    }
    truth.checks = [("sums", sums.json)]
    return truth
  }

  private mutating func fileOf(_ month: Month) -> Sheet {
    var sheet = Sheet(name: "stationnement/tickets-\(month.label).csv.gz", delimiter: "\t")
    sheet.uncounted(ParkingWriter.header.joined(separator: "\t"))
    for day in 0..<month.days {
      let date = month.first + day
      let tickets = date.weekday == 6 ? 25 : dice.between(110, 170)
      var minute = 8 * 60
      for _ in 0..<tickets {
        minute = min(minute + dice.below(11), 22 * 60)
        writeTicket(date, minute, into: &sheet)
      }
    }
    return sheet
  }

  private mutating func writeTicket(_ date: Day, _ minute: Int, into sheet: inout Sheet) {
    serial += 1
    let duration = 15 * dice.between(1, 16)
    let cents = duration * 100 / 60 * 2 / 10 * 10
    var cells = [
      "T" + padded(serial, 7),
      "\(date.french) \(padded(minute / 60, 2)):\(padded(minute % 60, 2))",
      String(duration), decimal(cents, point: ",") + "\u{A0}€",
      ParkingWriter.means[dice.weighted([5, 4, 1])], plate(),
      ParkingWriter.spelt(City.districtNames[dice.weighted(City.weights)], dice.below(4)),
    ]
    switch dice.below(1_000) {
    case 0:
      cells[1] = "31/09/2026 10:00"
      sheet.bad(cells, .badDate)
    case 1, 2:
      cells[3] = dice.pick(["gratuit", "#N/A", "2,5,0\u{A0}€"])
      sheet.bad(cells, cells[3] == "#N/A" ? .excelError : .badNumber)
    case 3:
      cells[4] = "jeton"
      sheet.bad(cells, .notInEnum)
    case 4:
      cells.removeLast(3)
      sheet.bad(cells, .tooFewFields)
    case 5:
      cells[2] = dice.pick(["-15", "99999"])
      sheet.bad(cells, .outOfRange)
    default:
      sums.add("duree_min", hundredths: duration * 100)
      sums.add("montant", hundredths: cents)
      sheet.good(cells)
    }
  }

  /// A plate of the French form in the series SS, which is never given out.
  private mutating func plate() -> String {
    let end = [dice.pick(ParkingWriter.letters), dice.pick(ParkingWriter.letters)]
    return "SS-\(padded(dice.between(1, 999), 3))-\(String(end))"
  }

  /// A district's name as different clerks write it.
  private static func spelt(_ name: String, _ way: Int) -> String {
    switch way {
    case 0: name
    case 1: name.uppercased()
    case 2: withoutAccents(name)
    default: withoutAccents(name).uppercased()
    }
  }

  /// `Coeur de Ville` for `Cœur-de-Ville`.
  private static func withoutAccents(_ name: String) -> String {
    var out = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "-", "’": out += " "
      case "Œ": out += "Oe"
      case "œ": out += "oe"
      case "É": out += "E"
      case "Î": out += "I"
      case "A"..."Z", "a"..."z", " ": out.unicodeScalars.append(scalar)
      default: out += Names.plain(String(scalar))
      }
    }
    return out
  }
}
