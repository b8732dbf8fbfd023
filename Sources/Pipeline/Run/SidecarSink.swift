import StageKit
import Tabular

/// A sidecar as it is written while its node's rows pass.
struct SidecarSink {
  let sidecar: PlannedSidecar
  let sink: OutputSink

  /// - Parameter staged: where it is written.
  init(_ sidecar: PlannedSidecar, _ plan: Plan, staged: String, threads: Int) throws {
    let (table, facts) = (plan.leaving[sidecar.table], plan.nodes[sidecar.node].facts)
    let fields = Self.fields(sidecar, of: facts, beside: plan.nodes[table.node].facts)
    self.sidecar = sidecar
    let output = PlannedOutput(
      name: table.name, node: sidecar.node, audience: Self.nobody, path: sidecar.path,
      format: SidecarPlanner.format(table.format), profile: table.profile,
      description: table.description, isBundle: false, position: table.position)
    sink = try OutputSink(
      output, facts: Facts(fields: fields), stagedPath: staged, threads: threads,
      rows: SidecarRows(sidecar, of: facts))
  }

  /// The keys are written as they are in the table.
  private static func fields(
    _ sidecar: PlannedSidecar, of facts: Facts, beside table: Facts
  ) -> [Field] {
    let keys = sidecar.keys.compactMap { table.field($0.table) }
    let evidence = sidecar.evidence.enumerated().compactMap { place, name -> Field? in
      guard var field = facts.field(name) else { return nil }
      field.name = Self.evidence(place)
      (field.decimals, field.nullable, field.counts) = (nil, true, nil)
      if case .persons = sidecar.promise { field.type = .integer }
      return field
    }
    return keys + evidence
  }

  /// What the fields after the keys are called.
  static func evidence(_ place: Int) -> String { "#\(place + 1)" }

  /// To where it stays.
  var move: Publisher.Move {
    Publisher.Move(staged: sink.stagedPath, final: sidecar.path, mode: 0o600, group: nil)
  }

  /// It is for the run alone.
  private static let nobody = Charter.Audience(
    name: "sidecar", allows: Set(PrivacyClass.allCases), requires: Charter.Requirements(),
    needsApproval: false, folder: nil, mode: 0o600, group: nil)

  /// Has the gate count the table again with it.
  /// - Parameters:
  ///   - table: staged, and read by the gate.
  ///   - report: what it found.
  /// - Throws: `RunError` when the promise is broken.
  func prove(_ table: OutputSink, _ report: GateReport) throws {
    let own = try sink.finish()
    try SidecarRecount(
      table: table.staged, tableBytes: report.fingerprint, sidecar: sink.staged,
      sidecarBytes: own.fingerprint
    ).run(sidecar)
  }
}

/// What of a node's rows goes into a sidecar.
struct SidecarRows: Sendable {
  private let columns: [Int]
  /// Whoever the last column tells apart is not told.
  private let hidden: HiddenNumbers?

  init(_ sidecar: PlannedSidecar, of facts: Facts) {
    columns = sidecar.fields.compactMap { facts.index(of: $0) }
    hidden = if case .persons = sidecar.promise { HiddenNumbers() } else { nil }
  }

  func of(_ batch: Batch) -> Batch {
    var batch = batch
    batch.columns = columns.map { batch.columns[$0] }
    if let hidden, let last = batch.columns.popLast() { batch.columns.append(hidden.column(last)) }
    return batch
  }
}
