import Reports
import StageKit
import Tabular

/// What an activity's pipelines give to whom, as their privacy locks say it, with the words that
/// people know fields and audiences by.
struct ActivityOutputs {
  let outputs: [ProcessingRegister.Output]
  /// Stages that treat fields, with what they do; by name.
  let treatments: [ProcessingRegister.Named]

  init(_ plans: [Plan], _ places: RegisterPlace) {
    outputs = plans.flatMap { Self.outputs($0, places) }
    var found: [String: Message] = [:]
    for plan in plans {
      let ways = TreatmentWays(plan)
      for output in plan.leaving where plan.nodes[output.node].facts.isAboutPersons {
        for field in plan.nodes[output.node].facts.fields {
          for step in ways.steps(of: field.name, at: output.node) where step.isTreatment {
            found[step.name] = type(of: step.stage).declaration.summary
          }
        }
      }
    }
    treatments = found.sorted { $0.key < $1.key }.map {
      ProcessingRegister.Named($0.key, $0.value)
    }
  }

  private static func outputs(_ plan: Plan, _ places: RegisterPlace) -> [ProcessingRegister.Output]
  {
    zip(plan.leaving, PrivacyLock(plan).outputs).map { output, lock in
      let facts = plan.nodes[output.node].facts
      return ProcessingRegister.Output(
        pipeline: plan.pipeline, name: output.name, title: output.description.title,
        audience: ProcessingRegister.Named(output.audience.name, output.audience.title),
        paths: paths(of: output, plan).map(places.file),
        rows: ProcessingRegister.Output.Rows(rawValue: lock.rows) ?? .persons,
        guarantees: facts.guarantees.map {
          ProcessingRegister.Named($0.told(" ≥ "), $0.sentence)
        }.sorted { $0.name < $1.name }, chosenBy: lock.chosenBy,
        fields: zip(facts.fields, lock.fields).map { field, locked in
          ProcessingRegister.Output.Field(
            name: field.name, title: title(of: field, output, plan),
            classes: PlanRecord.classes(field.privacy), from: locked.from,
            treatments: locked.treatments)
        })
    }
  }

  /// Where an output's table lies; of a report's table, where the report does.
  private static func paths(of output: PlannedOutput, _ plan: Plan) -> [String] {
    let report = plan.reports.first { report in
      report.tables.contains { $0.name == output.name && $0.path == output.path }
    }
    return report.map { $0.paths(withPDF: false) } ?? [output.path]
  }

  private static func title(
    of field: Field, _ output: PlannedOutput, _ plan: Plan
  ) -> Message? {
    let report = plan.reports.first { report in
      report.tables.contains { $0.name == output.name && $0.path == output.path }
    }
    return output.description.fields[field.name]?.title ?? report?.fields[field.name]?.title
      ?? field.title
  }
}

extension Guarantee {
  /// What it means for a person.
  fileprivate var sentence: Message {
    switch self {
    case .minCount(let count):
      Message(
        en: "every row stands for at least \(count) rows of the source",
        fr: "chaque ligne représente au moins \(count) lignes de source")
    case .anonymity(let anonymity):
      anonymity.sentence
    case .protected(let protection):
      Message(
        en: "cells of fewer than \(protection.minCount) are suppressed, and those that would give "
          + "them away",
        fr: "les cases de moins de \(protection.minCount) sont supprimées, et celles qui les "
          + "révéleraient")
    case .rounded(let base):
      Message(
        en: "counts are rounded at random to multiples of \(base)",
        fr: "les comptes sont arrondis au hasard à des multiples de \(base)")
    case .perturbed:
      Message(en: "counts are perturbed", fr: "les comptes sont perturbés")
    case .differential:
      Message(en: "noise hides each person", fr: "un bruit cache chaque personne")
    }
  }
}

extension Anonymity {
  fileprivate var sentence: Message {
    let quasi = quasi.sorted().joined(separator: ", ")
    let sensitive = spreads.keys.sorted().joined(separator: ", ")
    return Message(
      en: "at least \(k) persons share each combination of \(quasi)"
        + (sensitive.isEmpty ? "" : ", and differ in \(sensitive)"),
      fr: "au moins \(k) personnes partagent chaque combinaison de \(quasi)"
        + (sensitive.isEmpty ? "" : ", et diffèrent par \(sensitive)"))
  }
}
