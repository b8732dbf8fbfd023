import Reports
import StageKit
import Tabular

/// Reads one activity of a register: a purpose, and the pipelines that serve it.
struct ActivityReader {
  let charter: Charter
  let places: RegisterPlace
  let purpose: String?
  /// At least one.
  let plans: [Plan]
  let diagnostics: Diagnostics

  func activity() -> ProcessingRegister.Activity {
    let gaps = RegisterGaps(charter, places, diagnostics)
    let title = purpose.flatMap { charter.purposeTitles[$0] }
    var activity = ProcessingRegister.Activity(purpose: purpose, title: title)
    let name = title ?? purpose.map { Message(en: $0, fr: $0) } ?? Self.unnamed
    askPurpose(title, name, gaps)
    let sources = GovernedSource.all(plans)
    let persons = sources.filter(\.isPersonal)
    let statements = ActivityStatements(charter, purpose, persons, gaps)
    activity.statements = statements.said
    activity.reference = statements.own?["reference"]?.text
    activity.description = CharterText.line(statements.own?["description"])
    activity.sources = sources.map(\.told)
    activity.fields = persons.flatMap(\.fields)
    for source in persons { ask(source, gaps) }
    let outputs = ActivityOutputs(plans, places)
    (activity.outputs, activity.treatments) = (outputs.outputs, outputs.treatments)
    activity.decisions = plans.flatMap(decisions)
    activity.pipelines = plans.map { $0.told(places) }
    let measures = ActivityMeasures(charter: charter, places: places, plans: plans)
    activity.measures = measures.measures
    activity.keeping = measures.keeping(name, gaps)
    askApproval(name, gaps)
    activity.gaps = gaps.all
    return activity
  }

  private static let unnamed = Message(
    en: "pipelines that say no purpose", fr: "pipelines qui ne disent pas de finalité")

  private func askPurpose(_ title: Message?, _ name: Message, _ gaps: RegisterGaps) {
    let rule = RegisterItem.gdpr("30(1)(b)", "30.1.b")
    let what = Message(en: "Purpose", fr: "Finalité")
    guard let purpose else {
      for plan in plans {
        gaps.add(
          nil, what, of: Message(en: plan.pipeline, fr: plan.pipeline),
          at: SpecPosition(file: plan.file, line: 1, column: 1), "purpose", rule: rule)
      }
      return
    }
    if title == nil {
      gaps.add(
        nil, what, of: name, at: gaps.position("purposes"), "purposes: \(purpose)", rule: rule)
    }
  }

  /// What is asked of every source about persons, and has no line of its own in the sheet.
  private func ask(_ source: GovernedSource, _ gaps: RegisterGaps) {
    let keys: [(key: String, what: Message)] = [
      ("title", Message(en: "Title", fr: "Intitulé")),
      ("owner", Message(en: "Owner", fr: "Responsable de la donnée")),
      ("steward", Message(en: "Steward", fr: "Gestionnaire")),
      ("origin", Message(en: "Origin", fr: "Origine")),
    ]
    for (key, what) in keys where CharterText.line(source.node[key]) == nil {
      gaps.add(nil, what, source, key)
    }
    if source.node["personal_data"]?.boolean != true {
      gaps.add(
        nil, Message(en: "Personal data: true", fr: "Données personnelles : true"), source,
        "personal_data")
    }
    let unclassed = source.names([.unclassified])
    if !unclassed.isEmpty {
      let names = unclassed.joined(separator: ", ")
      gaps.add(
        nil,
        Message(
          en: "Privacy class of \(names)", fr: "Classe de confidentialité de \(names)"),
        of: source.title, at: source.position, "schema: privacy")
    }
  }

  /// Where the charter asks for an approval, what leaves must be as approved.
  private func askApproval(_ name: Message, _ gaps: RegisterGaps) {
    for plan in plans {
      let check = LockCheck(plan: plan)
      guard check.isRequired else { continue }
      if case .matches = check.finding { continue }
      gaps.add(
        nil, Message(en: "Approval of what leaves", fr: "Approbation de ce qui sort"), of: name,
        at: SpecPosition(file: plan.file, line: 1, column: 1),
        "octroi check --lock \(places.file(plan.file))")
    }
  }

  // MARK: Decisions

  private func decisions(_ plan: Plan) -> [ProcessingRegister.Decision] {
    let entries = plan.nodes.reduce(into: [String: String]()) { entries, node in
      guard case .source(let source) = node.work else { return }
      entries[source.name] = source.governance.id
    }
    return plan.nodes.flatMap { node -> [ProcessingRegister.Decision] in
      guard case .stage(_, let stage, _, _) = node.work, let justified = stage as? any Justified
      else { return [] }
      return justified.justifications.map { told($0, plan, entries) }
    }
  }

  private func told(
    _ justification: Justification, _ plan: Plan, _ entries: [String: String]
  ) -> ProcessingRegister.Decision {
    var becomes: PrivacyClass?
    if case .declassification(let to) = justification.kind { becomes = to }
    let origins = justification.origins.sorted()
    let known = origins.compactMap { origin -> ProcessingRegister.Decision.Entry? in
      let held = FieldOrigin(source: entries[origin.source] ?? origin.source, field: origin.field)
      return charter.declassifications.first { $0.origin == held && $0.to == becomes }?.told
    }
    return ProcessingRegister.Decision(
      pipeline: plan.pipeline, field: justification.field,
      from: origins.map { "\($0.source).\($0.field)" }, becomes: becomes,
      because: justification.because, entries: known)
  }
}
