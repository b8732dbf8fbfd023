import Ingest
import StageKit
import Tabular

/// Rows with a certain value in a field, followed from the sources that have the field through the
/// stages of all steps. Values of fields that are not plain are not told, and the value that was
/// asked for never is.
public struct Trace: Sendable {
  /// A source that has the field.
  struct Source: Sendable {
    let name: String
    /// Records of the source.
    let read: Int
    /// Rows with the value.
    let matched: Int
    /// Records with the value that are no rows.
    let lost: Int
    /// The first of them.
    let rejects: [RecordWatch.Notice]
  }

  let field: String
  let plan: Plan
  let sources: [Source]
  let rows: [FollowedRow]
  /// Limits that a run would have stopped at.
  let warnings: [(node: Int, message: Message)]

  /// A row with the value, and where it went.
  struct FollowedRow: Sendable {
    let start: TracedRow
    let events: [TraceEvent]
    /// The outputs that it reaches.
    let outputs: [String]
  }

  /// Follows rows. Nothing is published or remembered, and no lock is taken.
  /// - Parameters:
  ///   - place: the table to follow rows to; nil for all outputs.
  ///   - most: how many rows of a source are followed.
  /// - Throws: `RunError`; exit 2 when no source has the field.
  public init(
    _ plan: Plan, _ key: TraceKey, to place: LookPlace?, most: Int, _ language: Language,
    threads: Int
  ) throws {
    let goals = place.map { [$0.node] } ?? Set(plan.outputs.map(\.node))
    let upstream = Segments.needed(plan, goals)
    field = key.field
    let nodes = plan.nodes.filter { node in
      guard case .source = node.work, upstream.contains(node.id) else { return false }
      return node.facts.field(key.field) != nil
    }
    guard !nodes.isEmpty else { throw Self.unknownField(key.field, plan, upstream) }
    let everything = upstream.map { ($0, Set(plan.nodes[$0].facts.names)) }
    let looked = plan.looked(at: Dictionary(everything, uniquingKeysWith: { $1 }))
    let trail = Trail(most: most)
    let reports = try LookExecution(plan: looked, language: language, threads: threads).run(
      Watch(goals: goals, observer: Tracer(plan: looked, trail: trail))
    ) { source in
      trail.begin(source.name)
      guard let node = nodes.first(where: { $0.step == source.name }),
        let field = node.facts.field(key.field)
      else { return nil }
      return RecordWatch(
        field: field.name, matches: key.matcher(field.type), matchesText: key.textMatcher
      ) { notice in trail.note(notice, source: source.name, node: node.id) }
    }
    self.plan = looked
    sources = nodes.map { node in
      Source(
        name: node.step, read: reports.first { $0.name == node.step }?.counts.read ?? 0,
        matched: trail.matched(in: node.step),
        lost: trail.lost(in: node.step), rejects: trail.rejects(of: node.step))
    }
    let reached = plan.outputs.map { (name: $0.name, rows: Set(trail.rows(at: $0.node))) }
    rows = zip(trail.rows, trail.events).enumerated().map { number, row in
      FollowedRow(
        start: row.0, events: row.1,
        outputs: reached.filter { $0.rows.contains(number) }.map(\.name))
    }
    warnings = trail.warnings
  }

  private static func unknownField(_ name: String, _ plan: Plan, _ upstream: Set<Int>) -> RunError {
    let names = plan.nodes.flatMap { node -> [String] in
      guard case .source = node.work, upstream.contains(node.id) else { return [] }
      return node.facts.names
    }
    return RunError(.spec, TraceMessages.unknownField(name, among: Set(names).sorted()))
  }

  /// The step, place, name and declaration of a stage.
  func stage(_ id: Int) -> (step: String, place: Int, declaration: StageDeclaration)? {
    guard plan.nodes.indices.contains(id),
      case .stage(_, let stage, _, _) = plan.nodes[id].work
    else { return nil }
    let step = plan.nodes[id].step
    let place = plan.stages(of: step).firstIndex { $0.id == id } ?? 0
    return (step, place + 1, type(of: stage).declaration)
  }
}
