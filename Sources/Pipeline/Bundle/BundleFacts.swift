import Ingest
import StageKit
import Tabular

/// All that goes with a table tells of it.
struct BundleFacts: Sendable {
  let plan: Plan
  let output: PlannedOutput
  let facts: Facts
  let report: GateReport
  let version: String
  var fields: [BundleField]
  /// Whether an account of the persons' risk lies beside.
  var hasRiskAccount = false
  /// Persons that a value in a table of frequencies stands for, at least.
  let leastPersons: Int

  init(
    _ plan: Plan, _ output: PlannedOutput, _ facts: Facts, _ report: GateReport, version: String
  ) {
    (self.plan, self.output, self.facts) = (plan, output, facts)
    (self.report, self.version) = (report, version)
    let ways = TreatmentWays(plan)
    fields = facts.fields.map { BundleField($0, output, plan, ways) }
    leastPersons = max(output.audience.leastPersons, facts.leastPersons)
  }

  var file: String { String(output.path.dropFirst(SafeFile.folder(of: output.path).count + 1)) }

  var title: Message { output.description.title ?? Message(en: output.name, fr: output.name) }
  var description: Message? { output.description.description }

  /// What the governance entries of the sources say under a key, each once.
  func governance(_ key: String) -> [String] {
    var found: [String] = []
    for node in plan.ancestors(of: output) {
      guard case .source(let source) = node.work else { continue }
      for field in source.governance.fields where field.key == key && !found.contains(field.value) {
        found.append(field.value)
      }
    }
    return found
  }

  var licence: String? {
    output.description.licence ?? governance("licence").joined(separator: ", ").nonEmpty
  }

  var contact: String? {
    output.description.contact ?? governance("contact").joined(separator: ", ").nonEmpty
  }

  var publishers: [String] { governance("publisher") }

  var conditions: Message {
    if let own = output.description.conditions { return own }
    let audience = output.audience.name
    guard facts.isMicrodata, facts.isAboutPersons else {
      return Message(
        en: "For the audience '\(audience)' of the charter.",
        fr: "Pour le public « \(audience) » de la charte.")
    }
    return Message(
      en: "For the audience '\(audience)' of the charter and the purpose named here only: no "
        + "further use, no passing on, no attempt to find out who anybody is, no linking with "
        + "other data that could; whoever finds a person out says so at once to the contact.",
      fr: "Pour le public « \(audience) » de la charte et la finalité dite ici seulement : pas "
        + "d’autre usage, pas de transmission, pas de recherche de qui sont les personnes, pas de "
        + "croisement qui le permettrait ; qui reconnaît une personne le dit aussitôt au contact.")
  }

  var citation: Message {
    if let own = output.description.citation { return own }
    let start = String(report.contentSHA256.prefix(12))
    let who = publishers.joined(separator: ", ")
    let publisher = who.isEmpty ? plan.charter.city : who
    return Message(
      en: "\(publisher). “\(title.en)”. Data set, content SHA-256 \(start)….",
      fr: "\(publisher). « \(title.fr) ». Jeu de données, SHA-256 du contenu \(start)….")
  }

  /// What is established about the risk that a person is found out, and what is not.
  var risk: [Message] {
    guard facts.isAboutPersons else {
      return [
        Message(
          en: "The table is not about persons.", fr: "La table ne porte pas sur des personnes.")
      ]
    }
    return RiskStatement(facts).sentences + (report.detectors.map { [$0.sentence] } ?? [])
  }

  /// Reads the staged table and counts values where they may be told.
  mutating func count(staged path: String) throws {
    let told: Set<PrivacyClass> = [.plain, .aggregate, .quasi]
    let columns = fields.indices.filter { place in
      let isText = fields[place].type == .text || fields[place].type == .boolean
      return isText && fields[place].classes.allSatisfy { told.contains($0) }
    }
    guard !columns.isEmpty else { return }
    let persons = facts.fields.indices.filter {
      facts.fields[$0].privacy.sortedClasses.contains(.pseudonym)
    }
    var count = FrequencyCount(
      columns: columns, persons: facts.isAboutPersons ? persons : [],
      least: facts.isAboutPersons ? leastPersons : 1)
    let reader = try ReferenceReader(path: path)
    var row = ReferenceRow()
    _ = try reader.next(&row)
    while try reader.next(&row) {
      if row.count == fields.count { count.add(row) }
    }
    for (place, column) in columns.enumerated() {
      fields[column].frequencies = count.frequencies(place)
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

extension Charter.Audience {
  /// Persons that anything told of its tables stands for: the charter's threshold, or 11 where
  /// there is none.
  var leastPersons: Int {
    let asked = max(requires.minCount ?? 0, requires.k ?? 0)
    return asked > 1 ? asked : 11
  }
}

extension Facts {
  /// The largest k or count that is guaranteed.
  fileprivate var leastPersons: Int {
    guarantees.map { guarantee in
      switch guarantee {
      case .minCount(let count): count
      case .anonymity(let anonymity): anonymity.k
      default: 1
      }
    }.max() ?? 1
  }
}
