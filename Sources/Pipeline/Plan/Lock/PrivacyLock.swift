import Foundation
import StageKit
import Tabular

/// What leaves, for whom, with which treatment and guarantee: what a data protection officer
/// signs off by committing it. Made of the plan alone, so that what changes nothing there changes
/// nothing here.
public struct PrivacyLock: Sendable, Equatable {
  struct Field: Sendable, Equatable {
    let name: String
    let classes: [String]
    /// Source fields, as `source.field`.
    let from: [String]
    /// Stages that treated it, in order, with their options.
    let treatments: [String]
  }

  struct Output: Sendable, Equatable {
    let name: String
    let audience: String
    /// From the project's root.
    let path: String
    /// `persons`, `aggregated` or `things`.
    let rows: String
    let guarantees: [String]
    /// Source fields that the choice of rows depends on.
    let chosenBy: [String]
    let fields: [Field]
  }

  struct Decision: Sendable, Equatable {
    /// `singles out`, or `becomes CLASS`.
    let what: String
    let field: String
    let from: [String]
    let because: String
  }

  let pipeline: String
  let purpose: String?
  let outputs: [Output]
  let decisions: [Decision]

  /// - Parameter plan: sound, as `check` left it.
  public init(_ plan: Plan) {
    let ways = TreatmentWays(plan)
    (pipeline, purpose) = (plan.pipeline, plan.purpose)
    outputs = plan.leaving.map { output in
      let facts = plan.nodes[output.node].facts
      return Output(
        name: output.name, audience: output.audience.name,
        path: SpecFiles.shown(output.path, from: plan.root, name: output.path),
        rows: facts.isAboutPersons ? facts.isMicrodata ? "persons" : "aggregated" : "things",
        guarantees: PlanRecord.guarantees(facts), chosenBy: Self.told(facts.taint.origins),
        fields: facts.fields.map { field in
          Field(
            name: field.name, classes: PlanRecord.classes(field.privacy).map(\.rawValue),
            from: Self.told(field.privacy.origins),
            treatments: ways.treatments(of: field.name, at: output.node))
        })
    }
    decisions = plan.nodes.flatMap { node -> [Decision] in
      guard case .stage(_, let stage, _, _) = node.work, let justified = stage as? any Justified
      else { return [] }
      return justified.justifications.map { justification in
        let what =
          switch justification.kind {
          case .singlingOut: "singles out"
          case .declassification(let to): "becomes \(to.rawValue)"
          }
        return Decision(
          what: what, field: justification.field, from: Self.told(justification.origins),
          because: justification.because)
      }
    }
  }

  init(pipeline: String, purpose: String?, outputs: [Output], decisions: [Decision]) {
    (self.pipeline, self.purpose) = (pipeline, purpose)
    (self.outputs, self.decisions) = (outputs, decisions)
  }

  private static func told(_ origins: Set<FieldOrigin>) -> [String] {
    origins.sorted().map { "\($0.source).\($0.field)" }
  }

  /// Where a pipeline's lock lies: beside it, `demandes.yml` → `demandes.lock.yml`.
  public static func path(of pipeline: String) -> String {
    let url = URL(filePath: SpecFiles.absolute(pipeline))
    return url.deletingPathExtension().path(percentEncoded: false) + ".lock.yml"
  }

  /// Writes the lock of a plan beside its pipeline.
  /// - Returns: the file's path.
  /// - Throws: `RunError` when it cannot be written.
  public static func write(_ plan: Plan) throws -> String {
    let path = path(of: plan.file)
    try SafeFile.replace(path, with: Array(PrivacyLock(plan).text.utf8), mode: 0o644)
    return path
  }
}
