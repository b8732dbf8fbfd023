/// The members of the city's libraries: a register full of people, from a program that begins its
/// files with `sep=;`, writes VRAI and FAUX, and that spreadsheets have been at.
struct LibraryWriter: DatasetWriter {
  private var dice: Dice
  private let residents: [Resident]
  private var sums = FieldSums(["prets_12_mois"])

  private static let header = [
    "carte", "nom", "prenom", "sexe", "naissance", "adresse", "code_postal", "quartier",
    "inscription", "actif", "prets_12_mois", "tarif", "besoin",
  ]
  private static let needs = ["aucun", "gros caractères", "livres audio", "portage à domicile"]

  init(seed: UInt64) {
    dice = Dice(seed: seed, stream: "bibliotheque")
    residents = Resident.population(6_400, seed: seed ^ 0xB1B)
  }

  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    var truth = DatasetTruth(
      name: "bibliotheque",
      dialect: [
        ("encoding", .text(TextEncoding.utf8BOM.rawValue)), ("delimiter", .text(";")),
        ("first line", .text("sep=;")), ("date", .text("%d/%m/%Y")),
        ("boolean", .text("VRAI, FAUX")),
      ])
    var sheet = Sheet(name: "bibliotheque/adherents.csv", delimiter: ";")
    sheet.uncounted("sep=;")
    sheet.uncounted(LibraryWriter.header.joined(separator: ";"))
    for (number, person) in residents.enumerated() {
      writeMember(number, person, into: &sheet)
    }
    try folder.write(try TextEncoding.utf8BOM.encode(sheet.bytes), to: sheet.truth.name)
    truth.files.append(sheet.truth)
    truth.checks = [("sums", sums.json)]
    return truth
  }

  private mutating func writeMember(
    _ number: Int, _ person: Resident, into sheet: inout Sheet
  ) {
    let loans = dice.chance(1, in: 4) ? 0 : dice.bell(2, 30)
    let joined = Day(2012, 1, 2) + dice.below(5_400)
    let birth = min(person.birth + dice.below(2_200), Day(2018, 12, 31))
    var cells = [
      padded(40_000 + number * 7 + dice.below(7), 10), person.familyName, person.givenName,
      dice.chance(58, in: 100) ? "F" : "M", birth.french, person.address,
      City.postcode(person.district), City.code(person.district),
      max(joined, birth + 1_500).french, loans > 0 || dice.chance(1, in: 3) ? "VRAI" : "FAUX",
      String(loans), tariff(birth), LibraryWriter.needs[dice.weighted([940, 30, 20, 10])],
    ]
    let spoiled = spoil(&cells)
    if let spoiled {
      sheet.bad(cells, spoiled)
    } else {
      sums.add("prets_12_mois", hundredths: loans * 100)
      sheet.good(cells)
      if dice.chance(1, in: 500) { sheet.bad(cells, .duplicateKey) }
    }
  }

  private mutating func tariff(_ birth: Day) -> String {
    if birth > Day(2008, 11, 1) { return "gratuit" }
    return dice.chance(3, in: 10) ? "réduit" : "plein"
  }

  /// Breaks about one row in a hundred, in place.
  private mutating func spoil(_ cells: inout [String]) -> Breakage? {
    switch dice.below(600) {
    case 0:
      cells[0] = "4,01E+4"
      return .scientificIdentifier
    case 1:
      cells[0] = String(cells[0].drop { $0 == "0" })
      return .lostZeros
    case 2:
      cells[6] = String(cells[6].drop { $0 == "0" })
      return .lostZeros
    case 3:
      cells[9] = dice.pick(["X", "peut-être", "1/2"])
      return .badBoolean
    case 4:
      cells[4] = dice.pick(["30/02/1987", "00/00/0000", "1/1/80?"])
      return .badDate
    case 5:
      cells[1] = ""
      return .missingRequired
    case 6:
      cells.append("doublon ?")
      return .tooManyFields
    default: return nil
    }
  }
}
