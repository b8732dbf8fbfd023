import StageKit
import Tabular

/// A table of an index: what it is called, its fields, and its columns.
protocol IndexTable: Sendable {
  /// After the index's name and a dot.
  static var name: String { get }
  /// What people call it, after the index's title and a comma.
  static var title: Message { get }
  static var summary: Message { get }
  /// Whether it has one row for each unit (and period).
  static var isOfUnits: Bool { get }
  static func fields(_ known: IndexFields) -> [Field]
  /// Columns in the order of the fields.
  static func columns(_ work: IndexWork) throws -> [[Value]]
}

/// The one list of an index's tables.
enum IndexTables {
  static let all: [any IndexTable.Type] = [
    ScoresTable.self,
    RanksTable.self,
    ContributionsTable.self,
    DenominatedTable.self,
    ImputedTable.self,
    TreatedTable.self,
    NormalisedTable.self,
    MissingTable.self,
    WeightsTable.self,
    TreatmentsTable.self,
    CorrelationsTable.self,
    ConsistencyTable.self,
    SensitivityTable.self,
    RemovalsTable.self,
    ChangesTable.self,
  ]
}

/// Makes the fields of an index's tables from those that were gathered.
struct IndexFields {
  let spec: IndexSpec
  let input: Facts

  /// What every table about units begins with.
  var units: [Field] { spec.unitNames.compactMap { input.field($0) } }

  /// What everything carries that is computed of all values: scales, ranks and weights of one unit
  /// depend on those of the others.
  var everything: Privacy {
    Privacy.union(
      input.fields.filter { !spec.unitNames.contains($0.name) }.map(\.privacy))
  }

  /// What a number made of some indicators carries. Group means bring the groups in.
  func privacy(of indicators: [Int]) -> Privacy {
    let names = indicators.flatMap { place -> [String] in
      let indicator = spec.tree.indicators[place]
      return [indicator.name] + (indicator.denominator.map { [$0.name] } ?? [])
    }
    return Privacy.union(names.compactMap { input.field($0)?.privacy })
  }

  /// A number, rounded as declared.
  func score(_ name: String, _ privacy: Privacy, title: Message? = nil) -> Field {
    var field = Field(
      name, spec.decimals == nil ? .double : .decimal, privacy: privacy,
      decimals: spec.decimals, title: title)
    field.lessIsBetter = false
    return field
  }

  /// A column for each indicator, as doubles.
  var indicators: [Field] {
    spec.tree.indicators.indices.map { place in
      let indicator = spec.tree.indicators[place]
      var field = Field(
        indicator.name, .double, privacy: privacy(of: [place]), title: indicator.title)
      field.lessIsBetter = indicator.direction < 0
      return field
    }
  }

  /// - Parameter words: what its codes stand for.
  func text(
    _ name: String, _ privacy: Privacy = .none, nullable: Bool = false,
    words: [String: Message] = [:]
  ) -> Field {
    var field = Field(name, .text, privacy: privacy, nullable: nullable)
    field.words = words
    return field
  }

  /// Names of elements, which their titles stand beside.
  func element(_ name: String, nullable: Bool = false) -> Field {
    let titled = spec.tree.nodes.compactMap { node in node.title.map { (node.name, $0) } }
    return text(
      name, nullable: nullable, words: Dictionary(titled, uniquingKeysWith: { first, _ in first }))
  }

  func level(_ name: String = "level") -> Field { text(name, words: IndexCodes.levels) }

  func integer(_ name: String, _ privacy: Privacy, nullable: Bool = false) -> Field {
    Field(name, .integer, privacy: privacy, nullable: nullable)
  }

  func double(_ name: String, _ privacy: Privacy = .none) -> Field {
    Field(name, .double, privacy: privacy)
  }
}

extension IndexWork {
  /// A score as a cell, rounded as declared, half away from zero. Missing is null.
  func score(_ value: Double) -> Value {
    guard let decimals = spec.decimals else { return Self.number(value) }
    guard value.isFinite, abs(value) < 1e18 else { return .null }
    let unit = Double(Decimal.powersOfTen[min(max(decimals, 0), 18)])
    let scaled = (value * unit).rounded(.toNearestOrAwayFromZero)
    guard let digits = Int128(exactly: scaled) else { return .null }
    return .decimal(Decimal(digits: digits, scale: decimals))
  }

  /// The same as a double, for columns that hold other numbers, too.
  func rounded(_ value: Double) -> Double {
    switch score(value) {
    case .decimal(let decimal): Value.decimal(decimal).asDouble ?? .nan
    default: value
    }
  }

  static func number(_ value: Double) -> Value { value.isFinite ? .double(value) : .null }

  /// A message in the language of none: the English and the French, where they differ.
  static func text(_ text: String?) -> Value { text.map { .text($0) } ?? .null }
}
