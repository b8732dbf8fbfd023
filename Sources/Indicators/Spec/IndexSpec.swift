import StageKit
import Tabular

/// An index as its author declared it, names resolved against the steps' facts.
struct IndexSpec: Sendable {
  struct Periods: Sendable {
    let field: String
    let type: DataType
    let values: [Value]
  }

  /// What units are known by, as fields of their step.
  struct Units: Sendable {
    let table: String
    let key: Field
    let name: Field?
    let group: Field?

    var fields: [Field] { [key] + [name, group].compactMap { $0 } }
  }

  let units: Units
  let periods: Periods?
  let tree: IndexTree
  let denominators: [(name: String, measure: Indicator.Measure)]
  let method: IndexMethod
  /// The key of the unit that distances are taken to.
  let reference: Value?
  let decimals: Int?
  let collinear: Double
  let uncertainty: Uncertainty?

  /// - Parameter node: a member of `indicators:`, its shape checked.
  /// - Throws: `StageRejected` after diagnostics.
  init(_ name: String, _ node: SpecNode, _ binding: Binding) throws {
    let units = try Self.units(node["units"], binding)
    self.units = units
    periods = Self.periods(node["periods"], binding)
    let reader = IndicatorReader(
      units: units, periods: periods, denominators: node["denominators"], binding: binding)
    denominators = reader.denominators
    tree = TreeReader(reader, binding).tree(name, node)
    decimals = node["decimals"]?.integer
    collinear = node["collinear"]?.number ?? 0.9
    var method = MethodReader(binding).method(node)
    if periods != nil {
      method.normalisesTogether = node["periods"]?["normalise"]?.text != "each"
      method.treatsTogether =
        (node["periods"]?["treat"]?.text).map { $0 != "each" } ?? method.normalisesTogether
    }
    self.method = method
    reference = (node["normalisation"].flatMap { NormalisationReader.read($0).unit })
      .flatMap { binding.value($0, as: units.key.type) }
    uncertainty = node["uncertainty"].map { UncertaintyReader(binding).read($0) }
    try binding.settle()
    FloorCheck(tree: tree, method: method, uncertainty: uncertainty, binding: binding)
      .check(node)
    try binding.settle()
  }

  private static func units(_ node: SpecNode?, _ binding: Binding) throws -> Units {
    let from = try binding.require(node?["from"])
    let facts = try binding.require(binding.table(from))
    let fields = ["key", "name", "group"].map { part in
      node?[part].flatMap { binding.field($0, in: facts) }
    }
    return Units(
      table: from.text ?? "", key: try binding.require(fields[0]), name: fields[1],
      group: fields[2])
  }

  private static func periods(_ node: SpecNode?, _ binding: Binding) -> Periods? {
    guard let node, let field = node["field"]?.text else { return nil }
    let items = node["values"]?.items ?? []
    let isDate = items.first.map { $0.value(as: .integer) == nil } ?? false
    let type = isDate ? DataType.date : .integer
    let values = items.compactMap { binding.value($0, as: type) }
    let steps = zip(values.compactMap(\.ordinal), values.compactMap(\.ordinal).dropFirst())
    if values.isEmpty || steps.contains(where: { $0 >= $1 }) {
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "periods are given the earliest first, each once",
          fr: "les périodes se donnent de la plus ancienne à la plus récente, chacune une fois"),
        remedy: IndexMessages.asPeriods)
    }
    return Periods(field: field, type: type, values: values)
  }

  /// Fields that tables about units begin with, as they are called there.
  var unitNames: [String] {
    units.fields.map(\.name) + (periods.map { [$0.field] } ?? [])
  }

  /// When each period is, in years.
  var years: [Double] {
    (periods?.values ?? []).map { value in
      switch value {
      case .integer(let year): Double(year)
      case .date(let days): Double(days) / 365.2425
      default: 0
      }
    }
  }
}

extension Value {
  /// Whole numbers and dates as numbers, to be put in order.
  fileprivate var ordinal: Int64? {
    switch self {
    case .integer(let number): number
    case .date(let days): Int64(days)
    default: nil
    }
  }
}
