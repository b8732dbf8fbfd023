/// Twelve bicycle counters, hour by hour through ten months, with the gaps that counters have.
struct BicyclesWriter: DatasetWriter {
  private struct Counter {
    var code: String
    var name: String
    var district: Int
    /// Cyclists in the busiest hour of a fine working day.
    var peak: Int
  }

  private var dice: Dice
  private var sums = FieldSums(["passages"])
  private let counters: [Counter]

  static let months = Month.run(from: Month(year: 2026, month: 1), count: 10)
  private static let districts = [0, 1, 2, 4, 4, 7, 8, 11, 14, 16, 19, 23]
  private static let places = [
    "Pont-Tournant", "Quai du Sel", "Halles", "Octroi nord", "Octroi sud", "Gare-Maritime",
    "Côte des Moulins", "Saint-Ylan", "Université", "Belle-Étoile", "Bassins-à-Flot",
    "Digue des Cigognes",
  ]
  /// Longitude and latitude, WGS 84.
  private static let positions = [
    ("-5.392747", "46.705773"), ("-5.415318", "46.699193"),
    ("-5.391375", "46.691096"), ("-5.369710", "46.702684"),
    ("-5.371610", "46.696684"), ("-5.371159", "46.713078"),
    ("-5.371276", "46.682948"), ("-5.402632", "46.669093"),
    ("-5.420599", "46.731453"), ("-5.363278", "46.723218"),
    ("-5.445309", "46.726864"), ("-5.335200", "46.684523"),
  ]
  /// Per cent of the peak, by hour.
  private static let workingDay = [
    2, 1, 1, 1, 2, 6, 22, 70, 100, 55, 32, 34, 45, 42, 34, 36, 52, 92, 96, 60, 36, 22, 13, 6,
  ]
  private static let dayOff = [
    4, 3, 2, 1, 1, 2, 4, 8, 14, 24, 38, 46, 44, 40, 50, 58, 60, 54, 44, 34, 22, 14, 10, 6,
  ]
  private static let header = ["compteur", "horodatage", "passages"]

  init(seed: UInt64) {
    dice = Dice(seed: seed, stream: "velos")
    var sizes = Dice(seed: seed, stream: "compteurs")
    counters = BicyclesWriter.districts.enumerated().map { index, district in
      Counter(
        code: "V" + padded(index + 1, 2), name: BicyclesWriter.places[index],
        district: district, peak: sizes.between(60, 420))
    }
  }

  mutating func write(to folder: OutputFolder) throws -> DatasetTruth {
    try folder.write(register(), to: "velos/compteurs.csv")
    var truth = DatasetTruth(
      name: "velos",
      dialect: [
        ("encoding", .text(TextEncoding.utf8.rawValue)), ("delimiter", .text(",")),
        ("datetime", .text("ISO 8601 with the offset of local time")),
      ])
    for month in BicyclesWriter.months {
      let sheet = fileOf(month, name: "velos/comptages-\(month.label).csv.gz")
      try folder.write(try GzipWriter.compress(sheet.bytes), to: sheet.truth.name)
      truth.files.append(sheet.truth)
    }
    truth.checks = [("sums", sums.json)]
    return truth
  }

  private func register() -> [UInt8] {
    var out = [UInt8]("compteur,nom,quartier,longitude,latitude\n".utf8)
    for (c, (x, y)) in zip(counters, BicyclesWriter.positions) {
      out += "\(c.code),\(c.name),\(City.code(c.district)),\(x),\(y)\n".utf8
    }
    return out
  }

  private mutating func fileOf(_ month: Month, name: String) -> Sheet {
    var sheet = Sheet(name: name, delimiter: ",", newline: "\n")
    let header = BicyclesWriter.header.joined(separator: ",")
    sheet.uncounted(header)
    let weather = (0..<month.days).map { _ in dice.between(55, 110) }
    for counter in counters {
      // A counter out of order says nothing for some days.
      let silentFrom = dice.chance(1, in: 5) ? dice.below(month.days) : month.days
      let silentUntil = silentFrom + dice.between(1, 6)
      for hour in BicyclesWriter.hours(of: month) {
        let day = hour.day - month.first
        if day >= silentFrom && day < silentUntil { continue }
        if dice.chance(1, in: 300) { continue }
        let profile = hour.day.weekday >= 5 ? BicyclesWriter.dayOff : BicyclesWriter.workingDay
        let mean = counter.peak * profile[hour.clock] * weather[day] / 10_000
        let count = mean * dice.between(80, 120) / 100 + dice.below(3)
        write(counter.code, hour.label, count, into: &sheet)
      }
    }
    return sheet
  }

  private mutating func write(
    _ code: String, _ hour: String, _ count: Int, into sheet: inout Sheet
  ) {
    switch dice.below(6_000) {
    case 0...5: sheet.bad([code, hour, "-1"], .outOfRange)
    case 6...11: sheet.bad([code, hour, dice.pick(["99999", "65535"])], .outOfRange)
    case 12...15: sheet.bad([code, hour, dice.pick(["NaN", "ERR", "12;"])], .badNumber)
    case 16...17: sheet.bad([code, hour], .tooFewFields)
    case 18...19: sheet.odd("", .blank)
    case 20...22:
      good(code, hour, count, into: &sheet)
      sheet.bad([code, hour, String(count)], .duplicateKey)
    case 23...30: sheet.good([code, hour, ""])
    default: good(code, hour, count, into: &sheet)
    }
  }

  private mutating func good(
    _ code: String, _ hour: String, _ count: Int, into sheet: inout Sheet
  ) {
    sums.add("passages", hundredths: count * 100)
    sheet.good([code, hour, String(count)])
  }
}

extension BicyclesWriter {
  /// An hour of local time: what the clock on the wall says, and its offset from UTC.
  private struct Hour {
    var day: Day
    var clock: Int
    var offset: Int
    /// `2026-03-29T03:00:00+02:00`
    var label: String { "\(day.iso)T\(padded(clock, 2)):00:00+\(padded(offset, 2)):00" }
  }

  /// The hours of a month as they passed: one is missing in March, one comes twice in October.
  private static func hours(of month: Month) -> [Hour] {
    let summerStarts = Day(2026, 3, 29).number * 24 + 1
    let summerEnds = Day(2026, 10, 25).number * 24 + 1
    var hours: [Hour] = []
    let firstUTC = month.first.number * 24 - 2
    let endUTC = month.following.first.number * 24
    for utc in firstUTC..<endUTC {
      let offset = utc >= summerStarts && utc < summerEnds ? 2 : 1
      let local = utc + offset
      let day = Day(local / 24)
      guard day >= month.first, day < month.following.first else { continue }
      hours.append(Hour(day: day, clock: local % 24, offset: offset))
    }
    return hours
  }
}
