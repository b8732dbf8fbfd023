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
  /// What other tables of the report call the units, where this one has codes alone.
  private let names: [String: String]

  /// - Parameter names: by the name of the unit's field, then by its code.
  init(_ roles: ReportRoles, _ table: ReportTable, names: [String: [String: String]] = [:]) {
    let texts = table.fields.indices.filter { table.fields[$0].type == .text }
    let label =
      table.index(roles.label) ?? texts.first { Self.isLabel(table.fields[$0].name) }
    let unit = table.index(roles.unit) ?? texts.first { $0 != label } ?? label
    let period =
      table.index(roles.period)
      ?? table.fields.indices.first { table.fields[$0].type == .date || table.isYear($0) }
    (self.unit, self.label, self.period) = (unit, label ?? unit, period)
    self.names = (label == nil ? unit : nil).flatMap { names[table.fields[$0].name] } ?? [:]
    group = table.index(roles.group) ?? texts.first { $0 != unit && $0 != label }
    (low, high) = (table.index(roles.low), table.index(roles.high))
    values = roles.values.compactMap { table.index($0) }
    let numbers = table.fields.indices.filter { table.fields[$0].type.isNumeric && $0 != period }
    let pairs = Self.bounds(numbers, table)
    if values.isEmpty {
      let bounds = Set(pairs.flatMap { [$0.low, $0.high] } + [low, high].compactMap { $0 })
      values = numbers.filter { !bounds.contains($0) }
    }
    if low == nil, high == nil {
      // Bounds of something else are not this value's.
      let value = values.first.map { table.fields[$0].name.lowercased() }
      let own =
        pairs.first { $0.stem == value } ?? pairs.first { $0.stem.isEmpty || roles.values.isEmpty }
      (low, high) = (own?.low, own?.high)
    }
  }

  private static let words = [
    ("low", "high"), ("bas", "haut"), ("lower", "upper"), ("inf", "sup"), ("p5", "p95"),
    ("p05", "p95"), ("5", "95"), ("min", "max"),
  ]

  /// Columns whose names say that they are bounds, with what these are of: `note_low` and
  /// `note_high` are of `note`, `low` and `high` of whatever there is.
  private static func bounds(
    _ columns: [Int], _ table: ReportTable
  ) -> [(low: Int, high: Int, stem: String)] {
    words.flatMap { less, more in
      columns.compactMap { low -> (low: Int, high: Int, stem: String)? in
        let name = table.fields[low].name.lowercased()
        guard name == less || name.hasSuffix("_" + less) else { return nil }
        let stem = String(name.dropLast(less.count))
        let high = columns.first { table.fields[$0].name.lowercased() == stem + more }
        return high.map { (low, $0, stem.isEmpty ? "" : String(stem.dropLast())) }
      }
    }
  }

  private static func isLabel(_ name: String) -> Bool {
    ["nom", "name", "libelle", "libellé", "label", "intitule", "title", "titre"].contains {
      name.lowercased() == $0 || name.lowercased().hasPrefix($0 + "_")
        || name.lowercased().hasSuffix("_" + $0)
    }
  }

  /// What a row's unit is called.
  func name(_ table: ReportTable, _ row: Int, _ language: Language) -> String {
    if !names.isEmpty, let name = names[key(table, row)] { return name }
    if let label, let text = table.text(label, row, language) { return text }
    if let unit, let text = table.text(unit, row, language) { return text }
    return "–"
  }

  /// What some tables call their units, by the name of the unit's field, then by its code.
  static func names(
    in tables: [ReportTable], _ language: Language
  ) -> [String: [String: String]] {
    var names: [String: [String: String]] = [:]
    for table in tables {
      let roles = BoundRoles(ReportRoles(), table)
      guard let unit = roles.unit, let label = roles.label, unit != label else { continue }
      for row in 0..<table.rows {
        guard let name = table.text(label, row, language) else { continue }
        let code = roles.key(table, row)
        if names[table.fields[unit].name]?[code] == nil {
          names[table.fields[unit].name, default: [:]][code] = name
        }
      }
    }
    return names
  }

  /// A row's unit, as others name it.
  func key(_ table: ReportTable, _ row: Int) -> String {
    guard let unit else { return "" }
    return table.key(unit, row) ?? ""
  }

  /// Whether no unit has two rows.
  func isOneRowAUnit(_ table: ReportTable) -> Bool {
    guard unit != nil else { return false }
    var seen: Set<String> = []
    for row in 0..<table.rows where !seen.insert(key(table, row)).inserted { return false }
    return true
  }
}
