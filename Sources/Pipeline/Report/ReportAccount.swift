import Ingest
import Reports
import StageKit
import Tabular

/// What a report's readers are told of its run: sources, rules, provenance. What names or counts
/// single persons' files and rows stays inside.
struct ReportAccount {
  let plan: Plan
  let report: PlannedReport
  let account: RunResult
  let version: String
  let gated: [ReportMaker.Gated]

  private var isInternal: Bool { report.audience.name == "internal" }

  var facts: ReportFacts {
    let audience = report.audience
    var facts = ReportFacts(
      audience: audience.title ?? Message(en: audience.name, fr: audience.name))
    facts.asOf = report.asOf
    facts.leastTold = isInternal ? 0 : max(audience.requires.minCount ?? 0, 11)
    facts.purpose = plan.purpose.flatMap { plan.charter.purposeTitles[$0] }
    facts.sources = sources(least: facts.leastTold)
    facts.lacking = lacking
    facts.rules = rules
    facts.methods = methods
    facts.provenance = provenance
    return facts
  }

  /// Sources that the report's tables come from.
  private var used: [PlannedSource] {
    var used: [String: PlannedSource] = [:]
    for table in report.tables { for source in sources(of: table) { used[source.name] = source } }
    return used.values.sorted { $0.name < $1.name }
  }

  private func sources(of table: PlannedOutput) -> [PlannedSource] {
    plan.ancestors(of: table).compactMap { node in
      if case .source(let source) = node.work { source } else { nil }
    }
  }

  /// What stages lack that the report's tables come from, each once.
  private var lacking: [(title: Message, because: Message?)] {
    var seen: Set<Message> = []
    return report.tables.flatMap { plan.ancestors(of: $0) }.flatMap { node in
      guard case .stage(_, let stage, _, _) = node.work else {
        return [(title: Message, because: Message?)]()
      }
      return (stage as? any MissingData)?.missingData ?? []
    }.filter { seen.insert($0.title).inserted }
  }

  /// What stages that the report's tables come from do to the figures, each sentence once.
  private var methods: [Message] {
    var seen: Set<Message> = []
    return report.tables.flatMap { plan.ancestors(of: $0) }.flatMap { node in
      guard case .stage(_, let stage, _, _) = node.work else { return [Message]() }
      return (stage as? any MethodTold)?.methodTold ?? []
    }.filter { seen.insert($0).inserted }
  }

  private func sources(least: Int) -> [ReportFacts.Source] {
    used.compactMap { source in
      guard let read = account.sources.first(where: { $0.name == source.name }) else { return nil }
      let declared = Dictionary(
        source.governance.fields.map { ($0.key, $0.value) }
      ) { first, _ in first }
      let counts = read.counts
      let reasons = counts.rejectedBy.filter { $0.value > 0 }
        .sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      var told = ReportFacts.Source(
        title: source.governance.title ?? FieldNames.title(of: source.name),
        publisher: declared["publisher"], files: read.files.count, read: counts.read,
        rejected: counts.rejected, reasons: reasons.map { ($0.key.message, $0.value) },
        licence: declared["licence"], frequency: declared["frequency"])
      told.service = declared["owner"] ?? declared["publisher"]
      let freshness = report.asOf.flatMap {
        Freshness(read.days, frequency: declared["frequency"], asOf: $0, least: least)
      }
      (told.through, told.missingSince) = (freshness?.through, freshness?.missingSince)
      told.tables = Set(
        report.tables.filter { sources(of: $0).contains { $0.name == source.name } }
          .map { String($0.name.dropFirst(report.name.count + 1)) })
      return told
    }
  }

  private var rules: [Message] {
    let audience = report.audience
    let classes = audience.allows.sorted()
    var rules = [
      Message(
        en: "It may see these classes of data: "
          + classes.map { $0.word.en }.joined(separator: ", ") + ".",
        fr: "Il peut voir ces classes de données : "
          + classes.map { $0.word.fr }.joined(separator: ", ") + ".")
    ]
    if let count = audience.requires.minCount {
      rules.append(
        Message(
          en: "No figure stands for fewer than \(count) people or cases.",
          fr: "Aucun chiffre ne porte sur moins de \(count) personnes ou cas."))
    }
    if let k = audience.requires.k {
      rules.append(
        Message(
          en: "Nobody can be told from fewer than \(k) people by what others know of them.",
          fr: "Personne ne peut être distingué de moins de \(k) personnes par ce que d’autres "
            + "savent d’elles."))
    }
    if let l = audience.requires.l {
      rules.append(
        Message(
          en: "In every such group sensitive fields have at least \(l) values.",
          fr: "Dans chacun de ces groupes, les champs sensibles ont au moins \(l) valeurs."))
    }
    rules.append(
      Message(
        en: "The tables were held to these rules before any data was read, and read back and "
          + "counted again before the report was made.",
        fr: "Les tables ont été tenues à ces règles avant toute lecture de données, puis relues et "
          + "recomptées avant que le rapport ne soit établi."))
    return rules
  }

  private var provenance: [(name: Message, value: String)] {
    var lines: [(name: Message, value: String)] = [
      (Message(en: "Pipeline", fr: "Pipeline"), plan.pipeline),
      (Message(en: "Charter", fr: "Charte"), plan.charter.city),
      (Message(en: "Version of Octroi", fr: "Version d’Octroi"), version),
    ]
    for (name, value) in plan.tellableParameters.sorted(by: { $0.key < $1.key }) {
      lines.append((Message(en: "Parameter \(name)", fr: "Paramètre \(name)"), value))
    }
    for table in gated {
      let step = String(table.output.name.dropFirst(report.name.count + 1))
      lines.append(
        (
          Message(
            en: "Table “\(report.titles[step]?.en ?? step)”, SHA-256",
            fr: "Table « \(report.titles[step]?.fr ?? step) », SHA-256"),
          table.gate.contentSHA256
        ))
    }
    for source in used where isInternal || !Self.isPersonal(source) {
      for file in account.sources.first(where: { $0.name == source.name })?.files ?? [] {
        lines.append(
          (
            Message(en: "Input \(file.file.name)", fr: "Entrée \(file.file.name)"), file.identity
          ))
      }
    }
    return lines
  }

  /// Names and hashes of personal files tell whether somebody's file was among them.
  private static func isPersonal(_ source: PlannedSource) -> Bool {
    let isDeclared = source.governance.fields.contains {
      $0.key == "personal_data" && $0.value != "false"
    }
    return isDeclared || source.schema.fields.contains { $0.privacy != PrivacyClass.plain.rawValue }
  }
}
