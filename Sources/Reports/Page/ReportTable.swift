import Tabular

/// A table that a report shows, as it passed the gate.
public struct ReportTable: Sendable {
  /// A column, with what its readers are told of it.
  public struct Field: Sendable {
    public let name: String
    public let type: DataType
    public let title: Message
    public let description: Message?
    /// As `jours` or `%`.
    public let unit: String?
    /// Digits after the mark; nil for as many as the values have, two at most.
    public let decimals: Int?
    /// Whether less of it is better; nil where nobody has said.
    public let lessIsBetter: Bool?
    /// Whether an empty cell of it is a suppressed one.
    public let isSuppressible: Bool
    /// What its texts stand for, where they are codes.
    public let words: [String: Message]

    public init(
      _ name: String, _ type: DataType, title: Message, description: Message? = nil,
      unit: String? = nil, decimals: Int? = nil, lessIsBetter: Bool? = nil,
      isSuppressible: Bool = false, words: [String: Message] = [:]
    ) {
      (self.name, self.type, self.title, self.unit) = (name, type, title, unit)
      (self.description, self.decimals, self.lessIsBetter) = (description, decimals, lessIsBetter)
      (self.isSuppressible, self.words) = (isSuppressible, words)
    }
  }

  public let name: String
  public let title: Message
  public let fields: [Field]
  /// By field, then row.
  public let cells: [[Value]]
  public let rows: Int
  /// Digits after the mark, the same all along a column.
  let places: [Int]
  /// What dates begin, by column.
  let grains: [ReportPeriod.Grain]
  /// Whether whole numbers are years, by column.
  private let years: [Bool]

  /// - Parameter cells: by field, all of one length.
  public init(name: String, title: Message, fields: [Field], cells: [[Value]]) {
    (self.name, self.title, self.fields, self.cells) = (name, title, fields, cells)
    rows = cells.first?.count ?? 0
    grains = cells.map(ReportPeriod.grain)
    years = fields.map(Self.isYear)
    places = zip(fields, cells).map { field, column in
      field.decimals.map { min(max($0, 0), 6) } ?? Self.places(of: column)
    }
  }

  /// As many as some value needs, two at most.
  private static func places(of column: [Value]) -> Int {
    var most = 0
    for value in column {
      switch value {
      case .decimal(let decimal): most = max(most, decimal.trimmed.scale)
      case .double(let number): if number != number.rounded() { most = 2 }
      default: continue
      }
      if most >= 2 { return 2 }
    }
    return most
  }

  func index(_ name: String?) -> Int? {
    guard let name else { return nil }
    return fields.firstIndex { $0.name == name }
  }

  /// A cell as a number.
  func number(_ column: Int, _ row: Int) -> Double? { cells[column][row].asDouble }

  /// The numbers of a column that there are.
  func numbers(_ column: Int) -> [Double] { cells[column].compactMap(\.asDouble) }

  /// A cell as it is read; nil where there is none.
  func text(_ column: Int, _ row: Int, _ language: Language, withUnit: Bool = false) -> String? {
    let field = fields[column]
    switch cells[column][row] {
    case .null: return nil
    case .text(let text):
      return field.words[text].map { Typography.text($0.text(language), language) } ?? text
    case .boolean(let flag):
      return (flag ? Message(en: "yes", fr: "oui") : Message(en: "no", fr: "non")).text(language)
    case .integer(let number):
      let digits = isYear(column) ? String(number) : Typography.count(Int(number), language)
      return withUnit ? Typography.measured(digits, field.unit, language) : digits
    case .decimal(let decimal):
      let digits = Typography.number(decimal, decimals: places[column], language)
      return withUnit ? Typography.measured(digits, field.unit, language) : digits
    case .double(let number):
      let digits = Typography.number(number, decimals: places[column], language)
      return withUnit ? Typography.measured(digits, field.unit, language) : digits
    case .date(let day):
      return grains[column].text(Int(day), language)
    case .datetime(let moment, _):
      return Typography.date(Int((Double(moment) / 86_400_000_000).rounded(.down)), language)
    }
  }

  /// Whether a row's period is over.
  /// - Parameter last: the last day that counts; nil where nobody has said.
  func isOver(_ row: Int, _ period: Int, by last: Int?) -> Bool {
    guard let last else { return true }
    switch cells[period][row] {
    case .date(let day): return grains[period].end(of: Int(day)) <= last + 1
    case .integer(let year):
      let end = CivilDate(year: Int(min(max(year, 1), 9998)) + 1, month: 1, day: 1)
      return (end?.daysSinceEpoch ?? 0) <= last + 1
    default: return true
    }
  }

  /// A cell as it tells rows apart: the same in every language, and codes as they are.
  func key(_ column: Int, _ row: Int) -> String? {
    if case .text(let text) = cells[column][row] { return text }
    return text(column, row, .en)
  }

  /// A number as this column's are written.
  func text(_ value: Double, like column: Int, _ language: Language, withUnit: Bool = true)
    -> String
  {
    let digits = Typography.number(value, decimals: places[column], language)
    return withUnit ? Typography.measured(digits, fields[column].unit, language) : digits
  }

  /// Whether whole numbers are years, which are written without a space.
  func isYear(_ column: Int) -> Bool { years[column] }

  private static func isYear(_ field: Field) -> Bool {
    guard field.type == .integer else { return false }
    let name = field.name.lowercased()
    return ["annee", "année", "year", "an", "millesime", "millésime"].contains {
      name == $0 || name.hasPrefix($0 + "_") || name.hasSuffix("_" + $0)
    }
  }
}
