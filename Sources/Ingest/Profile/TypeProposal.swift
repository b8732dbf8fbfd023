import Tabular

/// The type that a whole column proves, as a field of a schema.
struct TypeProposal {
  var field: SchemaField
  /// What should be looked at before the schema is used.
  var doubts: [Message] = []

  /// - Parameter statistics: of all cells of the column.
  init(_ name: String, _ statistics: ColumnStatistics) {
    field = SchemaField(name: name)
    guard statistics.values > 0 else {
      doubts.append(Message(en: "no value at all", fr: "aucune valeur"))
      return
    }
    if boolean(statistics) || date(statistics) || code(statistics) || number(statistics) { return }
    doubtMixture(statistics)
    if statistics.nearlyAll(statistics.count { $0.contains(.email) }) { field.format = "email" }
    if statistics.nearlyAll(statistics.count { $0.contains(.url) }) { field.format = "uri" }
  }

  /// Mostly numbers or dates, and too many others for them to be broken: somebody should know.
  private mutating func doubtMixture(_ statistics: ColumnStatistics) {
    let kinds: [(CellShapes, Message)] = [
      (CellShapes.numbers, Message(en: "numbers", fr: "nombres")),
      (.dates, Message(en: "dates", fr: "dates")),
    ]
    for (shapes, name) in kinds {
      let count = statistics.count { !$0.isDisjoint(with: shapes) }
      guard count * 4 >= statistics.values * 3 else { continue }
      doubts.append(
        Message(
          en: "\(count) \(name.en) among \(statistics.values) values: kept as text",
          fr: "\(count) \(name.fr) parmi \(statistics.values) valeurs : gardé comme texte"))
      return
    }
  }

  private mutating func boolean(_ statistics: ColumnStatistics) -> Bool {
    let pairs = [
      ("true", "false"), ("vrai", "faux"), ("oui", "non"), ("yes", "no"), ("o", "n"), ("y", "n"),
    ]
    guard !statistics.hasManyWords else { return false }
    for (yes, no) in pairs {
      let found = statistics.words.filter { [yes, no].contains($0.key.lowercased()) }
      guard statistics.nearlyAll(found.values.reduce(0, +)) else { continue }
      let written = found.keys.sorted()
      field.type = .boolean
      // As the column writes them; a word that does not occur is written in the same way.
      let trues = written.filter { $0.lowercased() == yes }
      let falses = written.filter { $0.lowercased() == no }
      let isUpper = written.allSatisfy { $0 == $0.uppercased() }
      field.trueValues = trues.isEmpty ? [isUpper ? yes.uppercased() : yes] : trues
      field.falseValues = falses.isEmpty ? [isUpper ? no.uppercased() : no] : falses
      return true
    }
    return false
  }

  /// Names of what is written in digits and never added up.
  private static let codeWords: Set<String> = [
    "code", "cp", "codepostal", "postal", "zip", "zipcode", "insee", "siret", "siren", "nir", "ice",
    "finess", "uai", "tel", "telephone", "phone", "portable", "mobile", "gsm", "fax", "iban", "rib",
    "cin", "nas", "niss", "depcom", "codgeo",
  ]

  /// Digits that are no quantity: zeros in front, or long and all of one length, or so named.
  private mutating func code(_ statistics: ColumnStatistics) -> Bool {
    let digits = statistics.count { !$0.isDisjoint(with: [.integer, .leadingZero]) }
    guard statistics.nearlyAll(digits + statistics.scientific) else { return false }
    let zeros = statistics.count { $0.contains(.leadingZero) }
    let isLong = statistics.shortest == statistics.longest && statistics.longest >= 9
    let isNamed = !TypeProposal.codeWords.isDisjoint(with: PrivacyProposal.tokens(field.name))
    guard zeros > 0 || isLong || isNamed || statistics.longest > 18 || statistics.scientific > 0
    else { return false }
    if statistics.shortest == statistics.longest {
      field.constraints.pattern = "[0-9]{\(statistics.longest)}"
    }
    if statistics.scientific > 0 {
      doubts.append(
        Message(
          en:
            "\(statistics.scientific) codes were turned into scientific notation by a spreadsheet",
          fr: "\(statistics.scientific) codes ont été mis en notation scientifique par un tableur"))
    }
    return true
  }

  private mutating func number(_ statistics: ColumnStatistics) -> Bool {
    let numbers = CellShapes.numbers.subtracting(.scientific)
    guard statistics.nearlyAll(statistics.count { !$0.isDisjoint(with: numbers) }) else {
      return false
    }
    guard statistics.mostDigits <= 18 else {
      doubts.append(
        Message(
          en: "numbers of more than 18 digits: kept as text",
          fr: "des nombres de plus de 18 chiffres : gardés comme texte"))
      return true
    }
    let counts = NumberReading.all.map { reading in statistics.count(reading.reads) }
    guard let most = counts.max(), let first = counts.firstIndex(of: most) else { return false }
    let best = NumberReading.all[first]
    for (index, rival) in NumberReading.all.enumerated() where counts[index] == most {
      if statistics.count({ best.differs(from: rival, on: $0) }) > 0 {
        doubts.append(
          Message(
            en: "numbers such as 1.250 or 1,250 can be read in two ways: kept as text; declare "
              + "decimalChar and groupChar",
            fr: "des nombres comme 1.250 ou 1,250 se lisent de deux façons : gardés comme texte ; "
              + "déclarez decimalChar et groupChar"))
        return true
      }
    }
    let decimals = statistics.count {
      !$0.contains(.integer) && !$0.isDisjoint(with: [.decimalPoint, .decimalComma])
        && best.reads($0)
        && $0.contains(best.decimalChar == "." ? .decimalPoint : .decimalComma)
    }
    let units = statistics.count { $0.contains(.unit) }
    field.type = decimals > 0 ? .number : .integer
    let grouped: CellShapes = [.groupedBlank, .groupedComma, .groupedPoint, .groupedApostrophe]
    if statistics.count({ !$0.isDisjoint(with: grouped) }) > 0 { field.groupChar = best.groupChar }
    if decimals > 0 { field.decimalChar = best.decimalChar }
    field.bareNumber = units == 0
    return true
  }

  private mutating func date(_ statistics: ColumnStatistics) -> Bool {
    guard statistics.nearlyAll(statistics.count { !$0.isDisjoint(with: .dates) }) else {
      return false
    }
    let times = statistics.count { $0.contains(.withTime) }
    guard times == 0 || statistics.nearlyAll(times) else { return false }
    for (day, month, pattern, swapped) in TypeProposal.orders {
      let either = statistics.count { $0.contains(day) || $0.contains(month) }
      guard statistics.nearlyAll(either) else { continue }
      let dayOnly = statistics.count { $0.contains(day) && !$0.contains(month) }
      let monthOnly = statistics.count { $0.contains(month) && !$0.contains(day) }
      if dayOnly == 0, monthOnly == 0 {
        doubts.append(
          Message(
            en: "no date tells whether days or months come first: kept as text; declare the format",
            fr: "aucune date ne dit si le jour ou le mois vient d’abord : gardé comme texte ; "
              + "déclarez le format"))
        return true
      }
      if min(dayOnly, monthOnly) * 20 > max(dayOnly, monthOnly) {
        doubts.append(
          Message(
            en: "some dates begin with the day and some with the month: kept as text",
            fr: "certaines dates commencent par le jour, d’autres par le mois : gardé comme texte"))
        return true
      }
      take(dayOnly >= monthOnly ? pattern : swapped, statistics, times > 0)
      return true
    }
    for (shape, pattern) in TypeProposal.others
    where statistics.nearlyAll(statistics.count({ $0.contains(shape) })) {
      if shape == .compactDate, !TypeProposal.isDateName(field.name) { continue }
      take(pattern, statistics, times > 0)
      return true
    }
    return false
  }

  /// Day before month, and the other way round.
  private static let orders: [(CellShapes, CellShapes, String, String)] = [
    (.dayFirstSlash, .monthFirstSlash, "%d/%m/%Y", "%m/%d/%Y"),
    (.dayFirstDash, .monthFirstDash, "%d-%m-%Y", "%m-%d-%Y"),
    (.dayFirstPoint, .monthFirstPoint, "%d.%m.%Y", "%m.%d.%Y"),
    (.dayFirstShort, .monthFirstShort, "%d/%m/%y", "%m/%d/%y"),
  ]
  private static let others: [(CellShapes, String)] = [
    (.dateISO, "%Y-%m-%d"), (.yearFirstSlash, "%Y/%m/%d"), (.namedMonth, "%d %B %Y"),
    (.compactDate, "%Y%m%d"),
  ]

  /// Eight digits are a date only where the name says so.
  private static func isDateName(_ name: String) -> Bool {
    let folded = NearMiss.folded(name)
    return ["date", "jour", "day", "naissance"].contains { folded.contains($0) }
  }

  private mutating func take(_ pattern: String, _ statistics: ColumnStatistics, _ hasTime: Bool) {
    guard hasTime else {
      field.type = .date
      field.format = pattern == "%Y-%m-%d" ? "default" : pattern
      return
    }
    let zones = statistics.count { $0.contains(.withZone) }
    let isISO = pattern == "%Y-%m-%d"
    if isISO, statistics.nearlyAll(zones) {
      (field.type, field.format) = (.datetime, "default")
      return
    }
    if isISO, zones == 0 {
      (field.type, field.format) = (.datetime, "any")
      return
    }
    let seconds = statistics.count { $0.contains(.withSeconds) }
    let fractions = statistics.count { $0.contains(.withFraction) }
    guard zones == 0, fractions == 0, seconds == 0 || statistics.nearlyAll(seconds) else {
      doubts.append(
        Message(
          en: "times are written in several ways: kept as text",
          fr: "les heures sont écrites de plusieurs façons : gardé comme texte"))
      return
    }
    let isT = statistics.count { $0.contains(.withT) } > 0
    field.type = .datetime
    field.format = pattern + (isT ? "T" : " ") + (seconds > 0 ? "%H:%M:%S" : "%H:%M")
  }
}
