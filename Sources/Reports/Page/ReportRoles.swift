import Tabular

/// Which columns of a table say what, as its author names them; what is left out is told by the
/// columns themselves.
public struct ReportRoles: Sendable {
  /// Whom or what a row is about.
  public var unit: String?
  /// What the unit is called, where `unit` is a code.
  public var label: String?
  /// What units are put together by.
  public var group: String?
  public var period: String?
  public var values: [String] = []
  /// The bounds of the value's uncertainty.
  public var low: String?
  public var high: String?

  public init() {}

  /// All names, to be looked for in the table.
  public var names: [String] {
    [unit, label, group, period, low, high].compactMap { $0 } + values
  }
}

/// The columns that play the roles, by their place in the table.
struct BoundRoles {
  var unit: Int?
  var label: Int?
  var group: Int?
  var period: Int?
  var values: [Int]
  var low: Int?
  var high: Int?

  init(_ roles: ReportRoles, _ table: ReportTable) {
    let texts = table.fields.indices.filter { table.fields[$0].type == .text }
    let label =
      table.index(roles.label) ?? texts.first { Self.isLabel(table.fields[$0].name) }
    let unit = table.index(roles.unit) ?? texts.first { $0 != label } ?? label
    let period =
      table.index(roles.period)
      ?? table.fields.indices.first { table.fields[$0].type == .date || table.isYear($0) }
    (self.unit, self.label, self.period) = (unit, label ?? unit, period)
    group = table.index(roles.group) ?? texts.first { $0 != unit && $0 != label }
    (low, high) = (table.index(roles.low), table.index(roles.high))
    values = roles.values.compactMap { table.index($0) }
    let numbers = table.fields.indices.filter { table.fields[$0].type.isNumeric && $0 != period }
    if low == nil, high == nil {
      for (less, more) in Self.bounds {
        low = numbers.first { Self.ends(table.fields[$0].name, less) }
        high = numbers.first { Self.ends(table.fields[$0].name, more) }
        if low != nil, high != nil { break }
        (low, high) = (nil, nil)
      }
    }
    if values.isEmpty {
      let (low, high) = (low, high)
      values = numbers.filter { $0 != low && $0 != high }
    }
  }

  private static let bounds = [
    ("low", "high"), ("bas", "haut"), ("lower", "upper"), ("inf", "sup"), ("p5", "p95"),
    ("p05", "p95"), ("min", "max"),
  ]

  private static func ends(_ name: String, _ word: String) -> Bool {
    name.lowercased() == word || name.lowercased().hasSuffix("_" + word)
  }

  private static func isLabel(_ name: String) -> Bool {
    ["nom", "name", "libelle", "libellé", "label", "intitule", "title", "titre"].contains {
      name.lowercased() == $0 || name.lowercased().hasPrefix($0 + "_")
        || name.lowercased().hasSuffix("_" + $0)
    }
  }

  /// What a row's unit is called.
  func name(_ table: ReportTable, _ row: Int, _ language: Language) -> String {
    if let label, let text = table.text(label, row, language) { return text }
    if let unit, let text = table.text(unit, row, language) { return text }
    return "–"
  }

  /// A row's unit, as others name it.
  func key(_ table: ReportTable, _ row: Int) -> String {
    guard let unit else { return "" }
    return table.text(unit, row, .en) ?? ""
  }

  /// Whether no unit has two rows.
  func isOneRowAUnit(_ table: ReportTable) -> Bool {
    guard unit != nil else { return false }
    var seen: Set<String> = []
    for row in 0..<table.rows where !seen.insert(key(table, row)).inserted { return false }
    return true
  }
}
