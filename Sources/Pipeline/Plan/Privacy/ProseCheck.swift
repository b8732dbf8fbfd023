import Ingest
import Reports
import StageKit
import Tabular

/// What authors write about a table goes out beside it: titles, descriptions, conditions, sections
/// of reports, meanings of fields. It is looked through like cells, by what the charter's
/// `detectors` say; addresses that the charter itself gives as contacts may stand in it.
struct ProseCheck {
  private let charter: Charter
  private let diagnostics: Diagnostics
  /// Identifiers as the charter writes them where somebody is to be reached, without blanks.
  private let declared: Set<String>

  /// Keys of the charter whose values tell how to reach whom.
  private static let contacts: Set<String> = [
    "contact", "dpo", "email", "publisher", "controller", "owner", "supervisor", "processor",
    "contact_email", "contact_url", "authority",
  ]

  init(charter: Charter, diagnostics: Diagnostics) {
    (self.charter, self.diagnostics) = (charter, diagnostics)
    var declared: Set<String> = []
    var finder = IdentifierFinder()
    func gather(_ node: SpecNode, _ isContact: Bool) {
      switch node.content {
      case .scalar(let text, _):
        guard isContact else { return }
        for match in Self.matches(text, &finder) { declared.insert(Self.plain(match, of: text)) }
      case .sequence(let items): items.forEach { gather($0, isContact) }
      case .mapping(let entries):
        for entry in entries {
          gather(entry.value, isContact || Self.contacts.contains(entry.key))
        }
      }
    }
    if let node = charter.node { gather(node, false) }
    self.declared = declared
  }

  func check(_ plan: Plan, _ spec: PipelineSpec) {
    let parameters = plan.tellableParameters.sorted { $0.key < $1.key }.map { name, value in
      (value, spec.parameters.first { $0.name == name }?.position ?? spec.top.position)
    }
    for output in plan.outputs {
      guard let rules = output.audience.detectors else { continue }
      // The manifest beside it tells them.
      for (text, place) in parameters { look(text, at: place, rules, output.name) }
      var texts = ["title", "description"].compactMap { spec.top[$0] }.flatMap(Self.scalars)
      if let item = spec.outputs.first(where: { $0.name == output.name }) {
        texts += ["title", "description", "bundle", "catalogue"].compactMap { item[$0] }
          .flatMap(Self.scalars)
      }
      for (text, place) in texts { look(text, at: place, rules, output.name) }
      lookAtSources(of: output, plan, rules)
    }
    for report in plan.reports {
      guard let rules = report.audience.detectors,
        let item = spec.reports.first(where: { $0.name == report.name })
      else { continue }
      let top = ["title", "description"].compactMap { spec.top[$0] }.flatMap(Self.scalars)
      for (text, place) in top + Self.scalars(item.node) {
        look(text, at: place, rules, report.name)
      }
      for (text, place) in parameters { look(text, at: place, rules, report.name) }
      // Areas are called by what the map's file says, those without a row, too.
      let names = (report.shapes?.areas ?? []).flatMap(\.properties.values)
      for name in Set(names).sorted() where name.contains(where: \.isLetter) {
        look(name, at: item["map"]?.position ?? item.position, rules, report.name)
      }
      for table in report.tables { lookAtSources(of: table, plan, rules) }
    }
  }

  /// What is said of a table's sources, and of their fields.
  private func lookAtSources(of output: PlannedOutput, _ plan: Plan, _ rules: DetectorRules) {
    let read = NoiseReach(plan.nodes, [output]).read(by: output.node)
    let sources = read.compactMap { id in
      if case .source(let source) = plan.nodes[id].work { source } else { nil }
    }
    for source in sources {
      let texts = ["title", "description", "licence"].compactMap { source.governance.node[$0] }
      for (text, place) in texts.flatMap(Self.scalars) { look(text, at: place, rules, output.name) }
    }
    lookAtFields(of: output, plan.nodes[output.node].facts, sources, rules)
  }

  /// What schemas say of the fields that a table's are made of.
  private func lookAtFields(
    of output: PlannedOutput, _ facts: Facts, _ sources: [PlannedSource], _ rules: DetectorRules
  ) {
    for field in facts.fields {
      for origin in field.privacy.origins.sorted() {
        let source = sources.first { $0.name == origin.source }
        guard let read = source?.schema.field(origin.field) else { continue }
        let texts =
          [read.title, read.summary].compactMap { $0 }
          + read.titles.sorted { $0.key < $1.key }
          .map(\.value) + read.summaries.sorted { $0.key < $1.key }.map(\.value)
        for text in texts {
          look(text, at: output.position, rules, "\(output.name).\(field.name)")
        }
      }
    }
  }

  private func look(
    _ text: String, at place: SpecPosition, _ rules: DetectorRules, _ name: String
  ) {
    // Numbers that look alike are told apart by looking for both.
    var finder = IdentifierFinder(rules.kinds.union([.siren, .siret, .ice]))
    var counts: [Identifier: Int] = [:]
    for match in Self.matches(text, &finder)
    where rules.kinds.contains(match.kind) && !declared.contains(Self.plain(match, of: text))
      && !Self.isChance(match, text)
    {
      counts[match.kind, default: 0] += 1
    }
    guard !counts.isEmpty else { return }
    diagnostics.error(
      "personal-text", at: place, Self.names(name, counts.sorted { $0.key < $1.key }),
      remedy: Self.declare)
  }

  /// Dense digits are often something else: a telephone's ten with a 0 before them seldom are.
  private static func isChance(_ match: IdentifierMatch, _ text: String) -> Bool {
    guard match.isByChance else { return false }
    let digits = plain(match, of: text)
    switch match.kind {
    case .phone: return !(digits.utf8.count == 10 && digits.hasPrefix("0"))
    case .nir, .niss, .creditCard, .iban: return false
    default: return true
    }
  }

  private static func matches(
    _ text: String, _ finder: inout IdentifierFinder
  ) -> [IdentifierMatch] {
    let bytes = Array(text.utf8)
    return finder.find(in: bytes.span) ? finder.matches : []
  }

  private static func plain(_ match: IdentifierMatch, of text: String) -> String {
    String(decoding: Array(text.utf8)[match.range], as: UTF8.self).lowercased()
      .filter { !$0.isWhitespace && !".-/()".contains($0) }
  }

  private static func scalars(_ node: SpecNode) -> [(text: String, place: SpecPosition)] {
    switch node.content {
    case .scalar(let text, _): [(text, node.position)]
    case .sequence(let items): items.flatMap(scalars)
    case .mapping(let entries): entries.flatMap { scalars($0.value) }
    }
  }

  private static func names(_ name: String, _ counts: [(Identifier, Int)]) -> Message {
    func list(_ language: Language) -> String {
      counts.map { "\($0.0.tag.text(language)) \($0.1)" }.joined(separator: ", ")
    }
    return Message(
      en: "this text goes out with '\(name)' and holds what names persons: \(list(.en))",
      fr: "ce texte sort avec « \(name) » et contient de quoi nommer des personnes : \(list(.fr))")
  }

  private static let declare = Message(
    en: "take it out; an address that readers may write to is declared in the charter (`contact`)",
    fr: "retirez-le ; une adresse où le lecteur peut écrire se déclare dans la charte (`contact`)")
}
