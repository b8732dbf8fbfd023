/// One request of a resident, as the municipal call centre's software exports it.
struct Request {
  var id: String
  var opened: String
  var closed: String
  var status: String
  var category: String
  var district: String
  var channel: String
  var name: String
  var email: String
  var phone: String
  var birth: String
  var amount: String
  var comment: String

  static let header = [
    "id", "ouverture", "cloture", "statut", "categorie", "quartier", "canal", "nom", "courriel",
    "telephone", "naissance", "montant", "commentaire",
  ]

  var cells: [String] {
    [
      id, opened, closed, status, category, district, channel, name, email, phone, birth, amount,
      comment,
    ]
  }
}

/// Two years of residents' requests, a gzip file a month, with all that goes wrong in them.
struct RequestsWriter: DatasetWriter {
  private let residents: [Resident]
  private var dice: Dice
  private var checks = RequestChecks()
  /// Good rows written so far, to be written again as duplicates.
  private var earlier: [[String]] = []

  static let months = Month.run(from: Month(year: 2024, month: 11), count: 24)

  /// What is special about some of the files; the others end their lines with CR LF.
  private enum Oddity {
    static let preamble = "2025-05"
    static let lineFeedsOnly = "2025-08"
    static let endInAnUnclosedQuote = ["2025-12", "2026-08"]
    static let noFinalNewline = "2026-02"
    static let blankLinesAtTheEnd = "2026-06"
    static let members = ["2025-03": 3, "2026-04": 2, "2026-10": 7]
  }

  init(seed: UInt64) {
    residents = Resident.population(21_000, seed: seed)
    dice = Dice(seed: seed, stream: "demandes")
  }

  /// Writes all the files; returns what is true of them.
  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    var truth = DatasetTruth(
      name: "demandes",
      dialect: [
        ("encoding", .text(TextEncoding.windows1252.rawValue)), ("delimiter", .text(";")),
        ("decimalChar", .text(",")), ("groupChar", .text("\u{A0}")),
        ("date", .text("%d/%m/%Y")), ("missingValues", .list([.text(""), .text("NR")])),
      ])
    for month in RequestsWriter.months {
      let name = "demandes/demandes-\(month.label).csv.gz"
      let sheet = fileOf(month, name: name)
      let encoded = try TextEncoding.windows1252.encode(sheet.bytes)
      let members = Oddity.members[month.label] ?? 1
      try folder.write(try GzipWriter.compress(encoded, members: members), to: name)
      truth.files.append(sheet.truth)
    }
    truth.checks = checks.json
    return truth
  }

  private mutating func fileOf(_ month: Month, name: String) -> Sheet {
    let newline = month.label == Oddity.lineFeedsOnly ? "\n" : "\r\n"
    var sheet = Sheet(name: name, delimiter: ";", newline: newline)
    if month.label == Oddity.preamble {
      sheet.odd("Ville de \(City.name) - Direction de la relation aux habitants", .preamble)
      sheet.odd("Export des demandes du mois de mai 2025", .preamble)
      sheet.odd("Édité le 01/06/2025 ; usage interne", .preamble)
    }
    let header = Request.header.joined(separator: ";")
    sheet.uncounted(header)
    var serial = 0
    for day in 0..<month.days {
      let date = month.first + day
      for _ in 0..<rowsOn(date) {
        serial += dice.chance(1, in: 12) ? 2 : 1
        writeRow(month.label, serial, date, header: header, into: &sheet)
      }
    }
    finish(month, serial: serial + 1, into: &sheet)
    return sheet
  }

  private mutating func rowsOn(_ date: Day) -> Int {
    let base = date.weekday >= 5 ? 24 : 96
    let growth = (date - Day(2024, 11, 1)) / 45
    return base + growth + dice.below(13)
  }

  /// The end of a file: most end in a good row, some as no reader expects.
  private mutating func finish(_ month: Month, serial: Int, into sheet: inout Sheet) {
    var last = request(month.label, serial, month.first + (month.days - 1))
    last.comment = "Fin de mois."
    writeGood(last, into: &sheet)
    if Oddity.endInAnUnclosedQuote.contains(month.label) {
      let broken = request(month.label, serial + 1, month.first + (month.days - 1))
      writeUnclosed(broken, into: &sheet)
    }
    switch month.label {
    case Oddity.noFinalNewline: sheet.dropFinalNewline()
    case Oddity.blankLinesAtTheEnd: for _ in 0..<3 { sheet.odd("", .blank) }
    default: break
    }
  }

  /// Writes one good row, before it perhaps a broken one or a line that is no row.
  private mutating func writeRow(
    _ month: String, _ serial: Int, _ date: Day, header: String, into sheet: inout Sheet
  ) {
    let row = request(month, serial, date)
    let roll = dice.below(2_000)
    let kinds = RequestsWriter.brokenKinds
    if roll < kinds.count * 10 {
      writeBroken(row, kinds[roll / 10], header: header, into: &sheet)
    } else {
      writeGood(row, into: &sheet)
    }
  }

  /// Each of these befalls about one row in 200.
  private static let brokenKinds: [Breakage] = [
    .tooFewFields, .tooManyFields, .strayQuote, .unclosedQuote, .nulByte, .badDate, .badNumber,
    .excelError, .scientificIdentifier, .missingRequired, .notInEnum, .duplicateKey, .blank,
    .repeatedHeader, .mojibake,
  ]

  private mutating func writeGood(
    _ row: Request, warned: Breakage? = nil, into sheet: inout Sheet
  ) {
    checks.add(row)
    if warned == nil { earlier.append(row.cells) }
    sheet.good(row.cells, warned: warned)
  }
}

extension RequestsWriter {
  /// Spoils `row` in one way and writes it.
  private mutating func writeBroken(
    _ row: Request, _ kind: Breakage, header: String, into sheet: inout Sheet
  ) {
    var row = row
    switch kind {
    case .tooFewFields, .tooManyFields, .strayQuote, .unclosedQuote, .nulByte:
      writeMalformed(row, kind, into: &sheet)
    case .badDate:
      spoilDate(&row)
      sheet.bad(row.cells, kind)
    case .badNumber:
      row.amount = dice.pick(["12,5O", "1,2,3", "n.c.", "douze", "--", "35 €uros", "12,50,"])
      sheet.bad(row.cells, kind)
    case .excelError:
      row.amount = dice.pick(["#N/A", "#REF!", "#VALEUR!"])
      sheet.bad(row.cells, kind)
    case .scientificIdentifier:
      row.id = dice.pick(["2,02501E+11", "2,02411E+11", "1,23E+12"])
      sheet.bad(row.cells, kind)
    case .missingRequired:
      switch dice.below(3) {
      case 0: row.id = ""
      case 1: row.opened = ""
      default: row.category = ""
      }
      sheet.bad(row.cells, kind)
    case .notInEnum:
      switch dice.below(3) {
      case 0: row.channel = dice.pick(["pigeon voyageur", "fax", "?"])
      case 1: row.category = dice.pick(["divers", "autre", "voierie"])
      default: row.status = dice.pick(["CLOS", "à voir", "ok"])
      }
      sheet.bad(row.cells, kind)
    case .duplicateKey:
      writeDuplicate(row, into: &sheet)
    case .blank: sheet.odd("", .blank)
    case .repeatedHeader: sheet.odd(header, .repeatedHeader)
    case .mojibake:
      row.comment = "La lumiÃ¨re de l’allÃ©e est cassÃ©e"
      writeGood(row, warned: .mojibake, into: &sheet)
    case .badBoolean, .outOfRange, .lostZeros, .preamble: writeGood(row, into: &sheet)
    }
  }

  /// Breaks the form of the row: it stays on one physical line.
  private mutating func writeMalformed(
    _ row: Request, _ kind: Breakage, into sheet: inout Sheet
  ) {
    var row = row
    let category = dice.pick(RequestTexts.categories)
    row.comment = RequestTexts.plainComment(category, &dice)
    var cells = row.cells
    switch kind {
    case .tooFewFields:
      cells.removeLast(dice.between(2, 8))
      sheet.bad(cells, kind)
    case .tooManyFields:
      cells += dice.chance(1, in: 2) ? ["à rappeler"] : ["suite", "vu"]
      sheet.bad(cells, kind)
    case .nulByte:
      let at = dice.chance(1, in: 2) ? 7 : 12
      cells[at] += "\u{0}" + "x"
      sheet.bad(cells, kind)
    case .strayQuote:
      let raw = cells.dropLast().joined(separator: ";") + ";\"Le panneau \"stop\" est tombé\""
      sheet.odd(raw, kind)
    default:
      writeUnclosed(row, into: &sheet)
      // The next quote in the file must open a field of the very next line.
      var next = row
      next.id = String(row.id.dropLast()) + "9"
      next.comment = "Demande reprise au téléphone ; voir la ligne précédente."
      writeGood(next, into: &sheet)
    }
  }

  private mutating func writeUnclosed(_ row: Request, into sheet: inout Sheet) {
    let raw = row.cells.dropLast().joined(separator: ";") + ";\"Le banc du square est cassé"
    sheet.odd(raw, .unclosedQuote)
  }

  /// The key of an earlier good row again, mostly of this month, sometimes of a month before.
  private mutating func writeDuplicate(_ row: Request, into sheet: inout Sheet) {
    guard !earlier.isEmpty else { return writeGood(row, into: &sheet) }
    let recent = min(earlier.count, 400)
    let back = dice.chance(1, in: 5) ? dice.below(earlier.count) : dice.below(recent)
    var cells = earlier[earlier.count - 1 - back]
    if dice.chance(1, in: 2) { cells[12] = row.comment }
    sheet.bad(cells, .duplicateKey)
  }

  private mutating func spoilDate(_ row: inout Request) {
    let wrong = ["31/02/2025", "00/03/2025", "12/13/2025", "31/11/2025", "29/02/2025", "hier"]
    switch dice.below(3) {
    case 0: row.opened = dice.pick(wrong)
    case 1: row.closed = dice.pick(wrong)
    default: row.birth = dice.pick(wrong)
    }
  }
}

extension RequestsWriter {
  /// A request as it ought to be, with the gaps that honest files have.
  private mutating func request(_ month: String, _ serial: Int, _ date: Day) -> Request {
    let person = residents[min(dice.below(residents.count), dice.below(residents.count))]
    let category = RequestTexts.categories[
      dice.weighted(RequestTexts.categories.map(\.weight))]
    let place = dice.chance(7, in: 10) ? person.district : dice.weighted(City.weights)
    let (status, closed) = outcome(category, place: place, opened: date)
    let anonymous = dice.chance(6, in: 100)
    let channel = RequestTexts.channels[dice.weighted(RequestTexts.channelWeights)]
    return Request(
      id: month.prefix(4) + month.suffix(2) + padded(serial * 10, 6),
      opened: date.french, closed: closed?.french ?? "", status: status, category: category.name,
      district: districtCell(place), channel: channel,
      name: anonymous ? "" : nameCell(person), email: anonymous ? "" : emailCell(person),
      phone: anonymous || dice.chance(1, in: 4) ? "" : person.phone,
      birth: anonymous ? "" : dice.chance(1, in: 300) ? "NR" : person.birth.french,
      amount: amountCell(), comment: dice.chance(1, in: 5) ? "" : comment(category))
  }

  private mutating func comment(_ category: RequestTexts.Category) -> String {
    RequestTexts.comment(category, &dice)
  }

  private mutating func outcome(
    _ category: RequestTexts.Category, place: Int, opened: Day
  ) -> (String, Day?) {
    if dice.chance(4, in: 1_000) { return ("test", nil) }
    // The outskirts wait longer than the centre, which is what the indicators are to show.
    let mean = category.delay * (80 + place * 3) / 100
    let closing = opened + dice.bell(3, max(1, mean * 2 / 3 + 1))
    let abandoned = dice.chance(6, in: 100)
    if closing > Day.lastKnown || dice.chance(3, in: 100) {
      return (dice.chance(1, in: 3) ? "ouverte" : "en cours", nil)
    }
    if dice.chance(1, in: 100) { return ("", closing) }
    return (abandoned ? "sans suite" : "close", closing)
  }

  /// The district's code; now and then one the city does not have, or one in lower case.
  private mutating func districtCell(_ district: Int) -> String {
    switch dice.below(1_000) {
    case 0, 1: "Q99"
    case 2: City.code(district).lowercased()
    case 3...6: ""
    default: City.code(district)
    }
  }

  private mutating func nameCell(_ person: Resident) -> String {
    switch dice.below(20) {
    case 0...12: person.familyName + " " + person.givenName
    case 13...16: person.givenName + " " + person.familyName
    case 17: person.familyName.uppercased() + " " + person.givenName
    case 18: person.familyName + "; " + person.givenName
    default: "M. ou Mme " + person.familyName
    }
  }

  private mutating func emailCell(_ person: Resident) -> String {
    switch dice.below(25) {
    case 0...3: ""
    case 4: person.email.uppercased()
    default: person.email
    }
  }

  /// A cost in euros with its decimal comma; 2 % are empty, thousands mostly take a hard space.
  private mutating func amountCell() -> String {
    if dice.chance(2, in: 100) { return "" }
    let cents: Int
    switch dice.below(10) {
    case 0...5: cents = dice.between(0, 18_000)
    case 6...8: cents = dice.between(10_000, 160_000)
    default: cents = dice.between(100_000, 4_500_000)
    }
    let euros = cents / 100
    let sign = dice.chance(1, in: 200) ? "-" : ""
    let whole =
      euros >= 1_000 && !dice.chance(1, in: 4)
      ? "\(euros / 1_000)\u{A0}\(padded(euros % 1_000, 3))" : String(euros)
    switch dice.below(12) {
    case 0: return sign + whole
    case 1: return sign + whole + "," + String(cents % 100 / 10)
    default: return sign + whole + "," + padded(cents % 100, 2)
    }
  }
}
