import StageKit
import Tabular

/// Reads indicators, and finds the fields that they are measured by.
struct IndicatorReader {
  let units: IndexSpec.Units
  let periods: IndexSpec.Periods?
  let binding: Binding
  private(set) var denominators: [(name: String, measure: Indicator.Measure)] = []

  init(
    units: IndexSpec.Units, periods: IndexSpec.Periods?, denominators: SpecNode?, binding: Binding
  ) {
    (self.units, self.periods, self.binding) = (units, periods, binding)
    for entry in denominators?.entries ?? [] {
      guard let measure = measure(entry.value, named: entry.key, isIndicator: false) else {
        continue
      }
      self.denominators.append((entry.key, measure))
    }
  }

  /// The field behind `from` and `measure`; nil after diagnostics.
  private func measure(
    _ node: SpecNode, named name: String, isIndicator: Bool
  ) -> Indicator.Measure? {
    let table = node["from"]?.text ?? units.table
    let tableNode = node["from"] ?? SpecNode(.scalar(table, .quoted), at: node.position)
    guard let facts = binding.table(tableNode),
      let field = binding.field(
        node["measure"] ?? SpecNode(.scalar(name, .quoted), at: node.position), in: facts)
    else { return nil }
    let place = node["measure"]?.position ?? node.position
    guard
      binding.isOfType(
        field, [.integer, .decimal, .double], at: place, remedy: IndexMessages.nameNumber)
    else { return nil }
    check(facts, table, isIndicator: isIndicator, at: tableNode.position)
    return Indicator.Measure(table: table, field: field)
  }

  /// Whether a step's rows can be told apart by unit and period.
  private func check(
    _ facts: Facts, _ table: String, isIndicator: Bool, at place: SpecPosition
  ) {
    let key = units.key
    if facts.field(key.name)?.type != key.type {
      binding.diagnostics.error(
        "unknown-field", at: place, IndexMessages.noKey(table, key),
        remedy: IndexMessages.renameKey(key.name))
    }
    guard let periods else { return }
    let own = facts.field(periods.field)
    if let own, own.type != periods.type {
      binding.isOfType(own, [periods.type], at: place)
    } else if own == nil, isIndicator {
      binding.diagnostics.error(
        "unknown-field", at: place, IndexMessages.noPeriod(table, periods.field),
        remedy: IndexMessages.addPeriod(periods.field))
    }
  }

  /// - Parameters:
  ///   - node: as it stands in the tree.
  ///   - here: what the pipeline's `measures` say of it; nil where the tree is its own.
  ///   - isOwn: whether the tree is the pipeline's own, so that its indicators are all measured.
  func indicator(
    _ name: String, _ node: SpecNode, _ here: SpecNode?, isOwn: Bool
  ) -> Indicator {
    func option(_ key: String) -> SpecNode? { here?[key] ?? node[key] }
    let missing = option("missing")
    let isMeasured = missing == nil && (isOwn || here != nil)
    let found = isMeasured ? measure(here ?? node, named: name, isIndicator: true) : nil
    let posts = (option("goalposts")?.items ?? []).compactMap(\.number)
    if let node = option("goalposts"), posts.count != 2 || posts[0] >= posts[1] {
      binding.diagnostics.error(
        "wrong-value", at: node.position, IndexMessages.twoPosts,
        remedy: IndexMessages.asTwoPosts)
    }
    let direction = node["direction"]?.integer ?? 1
    if direction == 0 {
      binding.diagnostics.error(
        "wrong-value", at: node["direction"]?.position ?? node.position,
        Message(en: "a direction is 1 or -1", fr: "un sens est 1 ou -1"),
        remedy: IndexMessages.oneOrMinusOne)
    }
    return Indicator(
      name: name, title: node["title"]?.spokenTitle, unit: node["unit"]?.text,
      direction: direction < 0 ? -1 : 1, target: option("target")?.number,
      posts: posts.count == 2 ? (posts[0], posts[1]) : nil,
      audiences: (node["audiences"]?.items ?? []).compactMap(\.text), measure: found,
      absence: missing?.spokenTitle, denominator: denominator(option),
      imputation: option("imputation")?.text.flatMap { Imputation.names[$0] },
      treatment: option("treatment").map(NormalisationReader.treatment),
      normalisation: option("normalisation").map { NormalisationReader.read($0).method },
      reference: option("normalisation").flatMap { NormalisationReader.read($0).unit }
        .flatMap { binding.value($0, as: units.key.type) })
  }

  private func denominator(
    _ option: (String) -> SpecNode?
  ) -> (name: String, scale: Double)? {
    guard let node = option("denominator"), let name = node.text else { return nil }
    if !denominators.contains(where: { $0.name == name }) {
      let names = denominators.map(\.name)
      binding.diagnostics.error(
        "unknown-denominator", at: node.position,
        IndexMessages.unknownDenominator(name, near: Suggestion.nearest(to: name, among: names)),
        remedy: IndexMessages.denominatorsAre(names))
    }
    return (name, option("scale")?.number ?? 1)
  }
}

extension SpecNode {
  /// A title in one text or two languages.
  var spokenTitle: Message? {
    if let text { return Message(en: text, fr: text) }
    let (en, fr) = (self["en"]?.text, self["fr"]?.text)
    guard let any = en ?? fr else { return nil }
    return Message(en: en ?? any, fr: fr ?? any)
  }
}
