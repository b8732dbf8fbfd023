/// The reference tables that pipelines join with: districts, borders, hierarchies.
struct SeedTables {
  private struct District {
    var code: String
    var name: String
    var sector: String
    var bank: String
    var population: Int
    var households: Int
    var dwellings: Int
    /// In hectares: hundredths of a square kilometre.
    var hectares: Int
    var position: [String]
  }

  private let map: DistrictMap
  private let districts: [District]

  static let population = 301_274

  init(seed: UInt64) throws {
    map = try DistrictMap(seed: seed)
    var dice = Dice(seed: seed, stream: "quartiers")
    let sectors = SeedTables.sectors(map)
    let weights = (0..<City.districtCount).map { City.weights[$0] * 1_000 + dice.below(900) }
    let people = SeedTables.share(SeedTables.population, weights)
    districts = (0..<City.districtCount).map { [map] index in
      let households = people[index] * 100 / dice.between(186, 231)
      return District(
        code: City.code(index), name: City.districtNames[index], sector: sectors[index].sector,
        bank: sectors[index].bank, population: people[index], households: households,
        dwellings: households * 100 / dice.between(88, 96),
        hectares: Int((map.areas[index] * 100).rounded()), position: map.position(index))
    }
  }

  /// Splits `total` in proportion to `weights`, by largest remainders.
  private static func share(_ total: Int, _ weights: [Int]) -> [Int] {
    let sum = weights.reduce(0, +)
    var parts = weights.map { total * $0 / sum }
    let byRemainder = weights.indices.sorted {
      let a = total * weights[$0] % sum
      let b = total * weights[$1] % sum
      return a != b ? a > b : $0 < $1
    }
    for index in byRemainder.prefix(total - parts.reduce(0, +)) { parts[index] += 1 }
    return parts
  }

  /// Two banks of twelve districts, each of three sectors of four, so that levels nest.
  private static func sectors(_ map: DistrictMap) -> [(sector: String, bank: String)] {
    var out = [(sector: String, bank: String)](
      repeating: ("", ""), count: City.districtCount)
    let southToNorth = (0..<City.districtCount).sorted { map.offset($0).y < map.offset($1).y }
    for (half, side) in ["Sud", "Nord"].enumerated() {
      let bank = southToNorth[(half * 12)..<(half * 12 + 12)]
      let westToEast = bank.sorted { map.offset($0).x < map.offset($1).x }
      for (rank, district) in westToEast.enumerated() {
        let part = ["Ouest", "Centre", "Est"][rank / 4]
        out[district] = ("\(side)-\(part)", "Rive \(side.lowercased())")
      }
    }
    return out
  }

  func write(to folder: OutputFolder) throws {
    try folder.write(table(), to: "quartiers.csv")
    try folder.write(borders(), to: "quartiers.geojson")
    try folder.write(districtHierarchy(), to: "hierarchies/quartiers.csv")
    try folder.write(SeedTables.yearHierarchy(), to: "hierarchies/annees.csv")
    try folder.write(SeedTables.dateHierarchy(), to: "hierarchies/dates.csv")
  }

  private func table() -> [UInt8] {
    var out = [UInt8](
      "quartier,nom,secteur,population,menages,logements,superficie_km2,longitude,latitude\n".utf8)
    for d in districts {
      let area = "\(d.hectares / 100).\(padded(d.hectares % 100, 2))"
      let cells = [
        d.code, d.name, d.sector, String(d.population), String(d.households),
        String(d.dwellings), area, d.position[0], d.position[1],
      ]
      out += (cells.joined(separator: ",") + "\n").utf8
    }
    return out
  }

  private func borders() -> [UInt8] {
    let features = districts.enumerated().map { index, d in
      OrderedJSON.object([
        ("type", .text("Feature")), ("id", .text(d.code)),
        (
          "properties",
          .object([
            ("quartier", .text(d.code)), ("nom", .text(d.name)), ("secteur", .text(d.sector)),
            ("population", .integer(d.population)),
          ])
        ),
        (
          "geometry",
          .object([
            ("type", .text("Polygon")), ("coordinates", .list([map.ring(index)])),
          ])
        ),
      ])
    }
    return OrderedJSON.object([
      ("type", .text("FeatureCollection")), ("name", .text("quartiers")),
      ("features", .list(features)),
    ]).rendered()
  }

  /// ARX's format: no header, `;`, column 0 the value, then coarser and coarser.
  private func districtHierarchy() -> [UInt8] {
    [UInt8](districts.map { "\($0.code);\($0.sector);\($0.bank);*\n" }.joined().utf8)
  }

  private static let birthYears = 1_926...2_015

  private static func yearHierarchy() -> [UInt8] {
    [UInt8](birthYears.map { "\($0);\(wider(year: $0));*\n" }.joined().utf8)
  }

  /// The same for whole dates of birth: day, month, year, five years, ten, twenty, nothing.
  private static func dateHierarchy() -> [UInt8] {
    var out: [UInt8] = []
    let first = Day(birthYears.lowerBound, 1, 1)
    let end = Day(birthYears.upperBound + 1, 1, 1)
    for number in first.number..<end.number {
      let day = Day(number)
      let year = day.civil.year
      out += "\(day.iso);\(day.iso.prefix(7));\(year);\(wider(year: year));*\n".utf8
    }
    return out
  }

  private static func wider(year: Int) -> String {
    [5, 10, 20].map { width in
      let start = year - year % width
      return "\(start)-\(start + width - 1)"
    }.joined(separator: ";")
  }
}
