import Ingest
import Reports
import StageKit
import Tabular

/// What pipelines read under one governance entry.
struct GovernedSource {
  let governance: Charter.Governance
  /// Whether anything of it is about persons: the charter says so, or a field's class does.
  private(set) var isPersonal = false
  private(set) var fields: [ProcessingRegister.SourceField] = []
  /// Where a pipeline first names it.
  let position: SpecPosition

  var node: SpecNode { governance.node }
  var id: String { governance.id }
  var title: Message {
    CharterText.line(node["title"]) ?? Message(en: id, fr: id)
  }

  /// Those of some pipelines, in their order.
  static func all(_ plans: [Plan]) -> [GovernedSource] {
    var found: [GovernedSource] = []
    for plan in plans {
      for node in plan.nodes {
        guard case .source(let source) = node.work else { continue }
        let place = found.firstIndex { $0.id == source.governance.id } ?? found.count
        if place == found.count {
          found.append(GovernedSource(governance: source.governance, position: node.position))
        }
        found[place].add(source, node, plan.pipeline)
      }
    }
    return found
  }

  private init(governance: Charter.Governance, position: SpecPosition) {
    (self.governance, self.position) = (governance, position)
  }

  private mutating func add(_ source: PlannedSource, _ node: PlanNode, _ pipeline: String) {
    if node.facts.isAboutPersons { isPersonal = true }
    for field in node.facts.fields {
      let classes = PlanRecord.classes(field.privacy)
      let title = source.schema.field(field.name)?.spokenTitle
      let readBy = node.wanted.contains(field.name) ? [pipeline] : []
      if let place = fields.firstIndex(where: { $0.name == field.name }) {
        for one in classes where !fields[place].classes.contains(one) {
          fields[place].classes.append(one)
        }
        for one in readBy where !fields[place].readBy.contains(one) {
          fields[place].readBy.append(one)
        }
      } else {
        fields.append(
          ProcessingRegister.SourceField(
            source: self.title, name: field.name,
            title: title ?? Message(en: field.name, fr: field.name), classes: classes,
            readBy: readBy))
      }
    }
  }

  /// Names of fields of some classes.
  func names(_ wanted: Set<PrivacyClass>) -> [String] {
    fields.filter { !wanted.isDisjoint(with: $0.classes) }.map(\.name)
  }

  var told: ProcessingRegister.Source {
    var told = ProcessingRegister.Source(id: id, title: title, isPersonal: isPersonal)
    func said(_ key: String) -> Message? {
      CharterText.line(node[key]).map { CharterText.worded($0, key) }
    }
    (told.owner, told.steward, told.contact) = (said("owner"), said("steward"), said("contact"))
    (told.producer, told.origin, told.access) = (said("producer"), said("origin"), said("access"))
    if let access = told.access, let reason = said("access_reason") {
      told.access = Message(
        en: "\(access.en): \(reason.en)", fr: "\(access.fr) : \(reason.fr)")
    }
    return told
  }
}
