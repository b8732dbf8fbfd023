import StageKit
import Tabular

/// The options of `dp_aggregate`, checked.
struct DPAggregateOptions {
  /// The values of a key that there are, whatever the rows say.
  struct Domain: Sendable {
    enum Values: Sendable {
      case list([Value])
      /// With the field's position in the table.
      case table(String, Field, Int)
    }

    let values: Values
    let privacy: Privacy
  }

  /// A figure by group.
  struct Measure: Sendable {
    /// Nil for a count that only the threshold looks at.
    var name: String?
    /// What is summed; nil for counts.
    var field: Field?
    var countsRows = false
    var type = DataType.integer
    var scale = 0
    /// Of each value summed, at `scale`.
    var bounds: ClosedRange<Int64> = 0...0
    var weight = 1
  }

  /// What is released.
  struct Release: Sendable {
    let measures: [Measure]
    let mostGroups: Int
    let mostRows: Int
    let plan: ReleasePlan
    /// The measure that the threshold looks at.
    let counted: Int?
    let guarantee: DifferentialPrivacy
  }

  static let mostCells = 1_000_000

  let options: Options
  let binding: Binding
  let keys: [Field]

  init(_ options: Options, _ binding: Binding, _ keys: [Field]) {
    (self.options, self.binding, self.keys) = (options, binding, keys)
  }

  // MARK: Keys

  /// The values of each key; nil when they are not declared.
  func domains() throws -> [Domain]? {
    guard let node = options["keys"] else { return keys.isEmpty ? [] : nil }
    var found: [String: Domain] = [:]
    for entry in node.entries ?? [] {
      guard let field = keys.first(where: { $0.name == entry.key }) else {
        binding.diagnostics.error(
          "unknown-field", at: entry.keyPosition, DPAggregateMessages.notAKey(entry.key))
        continue
      }
      found[field.name] = domain(entry.value, field)
    }
    try binding.settle()
    for key in keys where found[key.name] == nil {
      binding.diagnostics.error(
        "missing-key", at: node.position, DPAggregateMessages.keyWithoutValues(key.name))
    }
    try binding.settle()
    return keys.compactMap { found[$0.name] }
  }

  private func domain(_ node: SpecNode, _ key: Field) -> Domain? {
    if let items = node.items {
      let values = items.compactMap { binding.value($0, as: key.type) }
      return values.count == items.count ? Domain(values: .list(values), privacy: .none) : nil
    }
    guard let table = node["table"], let facts = binding.table(table) else { return nil }
    let name = node["field"] ?? SpecNode(.scalar(key.name, .quoted), at: table.position)
    guard let field = binding.field(name, in: facts),
      binding.isOfType(field, [key.type], at: name.position),
      let position = facts.index(of: field.name)
    else { return nil }
    if facts.isAboutPersons {
      binding.diagnostics.error(
        "personal-keys", at: table.position, DPAggregateMessages.personalKeys(table.text ?? ""))
      return nil
    }
    return Domain(
      values: .table(table.text ?? "", field, position), privacy: field.privacy)
  }

  /// All combinations of the keys' values.
  static func product(
    _ domains: [Domain], _ keys: [Field], _ context: StageContext
  ) throws -> DeclaredKeys {
    let values = try domains.map { try Self.values($0, context) }
    var rows = 1
    for some in values {
      let (product, overflows) = rows.multipliedReportingOverflow(by: some.count)
      guard !overflows, product <= mostCells else {
        throw OperatorError(DPAggregateMessages.tooManyCells(mostCells))
      }
      rows = product
    }
    var (columns, each): ([Column], Int) = ([], rows)
    for (some, key) in zip(values, keys) where !some.isEmpty {
      each /= some.count
      let cells = (0..<rows).map { some[$0 / max(each, 1) % some.count] }
      if let column = Column(cells, type: key.type) { columns.append(column) }
    }
    guard columns.count == keys.count else {
      throw OperatorError(DPAggregateMessages.noCells)
    }
    return try DeclaredKeys(columns, rows: rows)
  }

  private static func values(_ domain: Domain, _ context: StageContext) throws -> [Value] {
    switch domain.values {
    case .list(let values): return values
    case .table(let table, let field, let position):
      var (seen, values): (Set<Value>, [Value]) = ([], [])
      let batches = try context.side(table)
      for batch in batches {
        guard batch.columns.indices.contains(position) else { continue }
        let column = batch.columns[position]
        guard !column.isAbsent, column.type == field.type else { continue }
        for row in 0..<batch.rowCount {
          let value = column.value(row)
          if value != .null, seen.insert(value).inserted { values.append(value) }
        }
      }
      return values
    }
  }

  // MARK: Measures

  /// - Returns: nil after diagnostics.
  func release(isDeclared: Bool) -> Release? {
    var measures: [Measure] = []
    for entry in options["measures"]?.entries ?? [] {
      let isFree = binding.isNewName(
        entry.key, at: entry.keyPosition,
        among: keys.map(\.name) + measures.compactMap(\.name))
      guard let measure = measure(entry), isFree else { continue }
      measures.append(measure)
    }
    if measures.isEmpty, !binding.diagnostics.hasErrors {
      binding.diagnostics.error(
        "missing-key", at: options.position, DPAggregateMessages.noMeasures)
    }
    guard let asked = asked(), !binding.diagnostics.hasErrors else { return nil }
    let bounds = options["bounds"]
    let mostGroups = keys.isEmpty ? 1 : bounds?["groups"]?.integer ?? 1
    let mostRows = bounds?["rows"]?.integer ?? 1
    var counted: Int?
    if !isDeclared {
      counted = measures.firstIndex { $0.field == nil && !$0.countsRows }
      if counted == nil {
        counted = measures.count
        measures.append(Measure())
      }
    }
    guard let delta = delta(asked, isDeclared: isDeclared) else { return nil }
    let effects = measures.map { measure -> UInt128 in
      if measure.field == nil { return measure.countsRows ? UInt128(mostRows) : 1 }
      let most = max(
        measure.bounds.lowerBound.magnitude, measure.bounds.upperBound.magnitude)
      return UInt128(most) * UInt128(mostRows)
    }
    guard
      let plan = ReleasePlan(
        asked, groups: mostGroups, effects: effects, weights: measures.map(\.weight),
        deltaExponent: delta.exponent, thresholdOn: counted)
    else {
      binding.diagnostics.error(
        "wrong-value", at: options.position, DPAggregateMessages.tooMuchNoise)
      return nil
    }
    return Release(
      measures: measures, mostGroups: mostGroups, mostRows: mostRows, plan: plan,
      counted: counted, guarantee: Self.guarantee(plan.cost, delta.exponent))
  }

  private static func guarantee(_ cost: PrivacyCost, _ exponent: Int?) -> DifferentialPrivacy {
    guard let exponent else {
      return DifferentialPrivacy(
        epsilonMillionths: cost.epsilonMillionths ?? .max, deltaExponent: nil)
    }
    let epsilon = (cost.epsilon(deltaExponent: exponent) * 1e6).rounded(.up)
    return DifferentialPrivacy(
      epsilonMillionths: cost.epsilonMillionths ?? Int(exactly: epsilon) ?? .max,
      deltaExponent: exponent)
  }

  private func measure(_ entry: SpecNode.Entry) -> Measure? {
    let node = entry.value
    var measure = Measure(name: entry.key)
    measure.weight = node["weight"]?.integer ?? 1
    switch (node["count"], node["sum"]) {
    case (let count?, nil):
      measure.countsRows = count.text == "rows"
      for key in ["from", "to", "decimals"] where node[key] != nil {
        binding.diagnostics.error(
          "unused-key", at: node[key]?.position ?? node.position,
          DPAggregateMessages.onlyForSums(key))
      }
      return measure
    case (nil, let sum?): return self.sum(sum, of: node, measure)
    default:
      binding.diagnostics.error("one-of", at: node.position, DPAggregateMessages.countOrSum)
      return nil
    }
  }

  private func sum(_ sum: SpecNode, of node: SpecNode, _ measure: Measure) -> Measure? {
    guard let field = binding.field(sum),
      binding.isOfType(
        field, [.integer, .decimal], at: sum.position, remedy: DPAggregateMessages.castFirst)
    else { return nil }
    guard let from = node["from"]?.value(as: .decimal)?.asDecimal?.trimmed,
      let to = node["to"]?.value(as: .decimal)?.asDecimal?.trimmed
    else {
      binding.diagnostics.error(
        "missing-key", at: node.position, DPAggregateMessages.sumsNeedBounds)
      return nil
    }
    let natural = max(field.type == .decimal ? field.decimals ?? 0 : 0, from.scale, to.scale)
    let scale = min(node["decimals"]?.integer ?? natural, 9)
    guard let low = from.rescaled(to: scale).flatMap({ Int64(exactly: $0.digits) }),
      let high = to.rescaled(to: scale).flatMap({ Int64(exactly: $0.digits) }),
      low < high, max(low.magnitude, high.magnitude) <= 1_000_000_000_000_000
    else {
      binding.diagnostics.error(
        "wrong-value", at: node["to"]?.position ?? node.position,
        DPAggregateMessages.wrongBounds)
      return nil
    }
    var measure = measure
    (measure.field, measure.scale, measure.bounds) = (field, scale, low...high)
    measure.type = field.type == .integer && scale == 0 ? .integer : .decimal
    return measure
  }

  // MARK: Budget

  private func asked() -> ReleasePlan.Asked? {
    switch (options["epsilon"], options["rho"]) {
    case (let epsilon?, nil): return millionths(epsilon).map { .epsilon(millionths: $0) }
    case (nil, let rho?): return millionths(rho).map { .rho(millionths: $0) }
    default:
      binding.diagnostics.error("one-of", at: options.position, DPAggregateMessages.epsilonOrRho)
      return nil
    }
  }

  private func millionths(_ node: SpecNode) -> Int? {
    guard let value = node.value(as: .decimal)?.asDecimal?.trimmed, value.scale <= 6,
      let digits = value.rescaled(to: 6)?.digits, (1...100_000_000).contains(digits)
    else {
      binding.diagnostics.error("wrong-value", at: node.position, DPAggregateMessages.wrongEpsilon)
      return nil
    }
    return Int(digits)
  }

  /// The exponent of δ where the release has one; nil after a diagnostic.
  private func delta(_ asked: ReleasePlan.Asked, isDeclared: Bool) -> (exponent: Int?, Void)? {
    guard let node = options["delta"] else {
      if case .epsilon = asked, isDeclared { return (nil, ()) }
      binding.diagnostics.error(
        "missing-key", at: options.position,
        isDeclared ? DPAggregateMessages.gaussianNeedsDelta : DPAggregateMessages.keysOrDelta)
      return nil
    }
    if case .epsilon = asked, isDeclared {
      binding.diagnostics.error("unused-key", at: node.position, DPAggregateMessages.uselessDelta)
      return nil
    }
    let exponents = -15 ... -3
    guard let value = node.number,
      let exponent = exponents.first(where: { Double("1e\($0)") == value })
    else {
      binding.diagnostics.error("wrong-value", at: node.position, DPAggregateMessages.wrongDelta)
      return nil
    }
    return (exponent, ())
  }
}
