import Tabular

/// Values of tables as a reader of the language expects them printed.
extension Typography {
  /// A number with so many digits after the mark, half away from zero, thousands set apart; `–` of
  /// what is no number.
  package static func number(_ value: Double, decimals: Int, _ language: Language) -> String {
    let places = min(max(decimals, 0), 9)
    guard value.isFinite, value.magnitude < 1e15,
      let digits = Int128(exactly: (value * power(places)).rounded(.toNearestOrAwayFromZero))
    else { return "–" }
    return number(Decimal(digits: digits, scale: places), decimals: places, language)
  }

  /// The same of an exact one.
  package static func number(_ value: Decimal, decimals: Int, _ language: Language) -> String {
    guard let set = value.rescaled(to: min(max(decimals, 0), DecimalValues.maximumScale)) else {
      return "–"
    }
    let divisor = Decimal.powersOfTen[set.scale]
    let (whole, rest) = set.digits.magnitude.quotientAndRemainder(
      dividingBy: divisor.magnitude)
    guard let whole = Int(exactly: whole) else { return "–" }
    let sign = set.digits < 0 ? "\u{2212}" : ""
    guard set.scale > 0 else { return sign + count(whole, language) }
    let fraction = String(rest)
    let zeros = String(repeating: "0", count: max(set.scale - fraction.count, 0))
    return sign + count(whole, language) + (language == .fr ? "," : ".") + zeros + fraction
  }

  /// A difference, its sign always there.
  package static func signed(_ value: Double, decimals: Int, _ language: Language) -> String {
    let text = number(value, decimals: decimals, language)
    let isZero = !text.contains { $0.isNumber && $0 != "0" }
    return value > 0 && !isZero ? "+" + text : isZero ? text.filter { $0 != "\u{2212}" } : text
  }

  /// A value with its unit: per cent without more ado in English, after a space otherwise.
  package static func measured(_ number: String, _ unit: String?, _ language: Language) -> String {
    guard let unit, !unit.isEmpty else { return number }
    if unit == "%" { return number + (language == .fr ? "\u{a0}%" : "%") }
    return number + "\u{a0}" + unit
  }

  /// `22 novembre 2026`, `1er novembre 2026`; `22 November 2026`.
  /// - Parameter day: days since 1970-01-01.
  public static func date(_ day: Int, _ language: Language) -> String {
    let date = CivilDate(daysSinceEpoch: day)
    let number = date.day == 1 && language == .fr ? "1er" : String(date.day)
    return number + "\u{a0}" + month(date, language)
  }

  /// `novembre 2026`, `November 2026`.
  static func month(_ date: CivilDate, _ language: Language) -> String {
    let names = language == .fr ? monthsFR : monthsEN
    return names[min(max(date.month, 1), 12) - 1] + " " + String(date.year)
  }

  /// `nov. 26`, short enough for an axis.
  static func shortMonth(_ date: CivilDate, _ language: Language) -> String {
    let names = language == .fr ? shortFR : shortEN
    return names[min(max(date.month, 1), 12) - 1] + "\u{a0}" + String(date.year)
  }

  /// Texts one after the other: `a, b et c`.
  static func list(_ texts: [String], _ language: Language) -> String {
    guard texts.count > 1, let last = texts.last else { return texts.first ?? "" }
    return texts.dropLast().joined(separator: ", ") + (language == .fr ? " et " : " and ") + last
  }

  private static func power(_ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  private static let monthsFR = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
  ]
  private static let monthsEN = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  private static let shortFR = [
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
    "déc.",
  ]
  private static let shortEN = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
