import Foundation
import Ingest
import StageKit
import Tabular

/// How a run is to go; results do not depend on it.
public struct RunOptions: Sendable {
  public var threads: Int
  /// Bytes that breakers may hold.
  public var memory: Int
  /// Seconds to wait for the project's lock.
  public var wait: Double
  public var language: Language
  public var version: String
  /// Where lock, ledger and scratch lie; nil for `OCTROI_STATE` or the user's state folder.
  public var state: String?
  /// Whether inputs are hashed and the run goes into the ledger. A user's runs always are; the
  /// benchmarks time the engine without, too.
  package var isRemembered = true
  /// Whether each report is printed, too, whatever it says.
  public var pdf = false
  /// Told of each batch that has been worked on, from any thread.
  public var progress: @Sendable (RunProgress) -> Void

  public init(
    threads: Int, memory: Int = 1 << 30, wait: Double = 0, language: Language, version: String,
    progress: @escaping @Sendable (RunProgress) -> Void = { _ in }
  ) {
    (self.threads, self.memory, self.wait) = (threads, memory, wait)
    (self.language, self.version, self.progress) = (language, version, progress)
  }
}

/// Runs a plan: lock, scan, stages, accounting, gate, publication, ledger.
public struct Runner {
  let plan: Plan
  let options: RunOptions

  public init(_ plan: Plan, _ options: RunOptions) { (self.plan, self.options) = (plan, options) }

  /// Never throws: how it ended is in the result.
  public func run() -> RunResult {
    let started = Date()
    do {
      try LockCheck(plan: plan).enforce()
      try CopiedSources.check(plan)
      let state = try StateFolder(root: plan.root, in: options.state)
      try state.acquire(wait: options.wait)
      let attempt = Attempt(plan, options, state)
      let failure = attempt.carryOut()
      state.removeScratch()
      let result = attempt.result(failure, seconds: Date().timeIntervalSince(started))
      guard options.isRemembered else { return result }
      do {
        try Ledger(folder: state.path).record(
          result, plan: plan, started: started, version: options.version)
      } catch {
        guard failure == nil else { return result }
        let trouble = RunError(.machine, RunMessages.ledger)
        return attempt.result(trouble, seconds: Date().timeIntervalSince(started))
      }
      return result
    } catch {
      let error = RunError.explaining(error)
      return RunResult(
        pipeline: plan.pipeline, exit: error.exit, error: error.message, remedy: error.remedy,
        sources: [], steps: [], outputs: [], summary: nil, notes: [],
        seconds: Date().timeIntervalSince(started))
    }
  }
}

/// One attempt at running a plan, with what it found out until it ended.
private final class Attempt {
  private let plan: Plan
  private let options: RunOptions
  private let state: StateFolder
  private let publisher: Publisher
  private var execution: Execution?
  private var outputs: [RunResult.Output] = []
  private var notes: [Message] = []
  private var sidecars: [SidecarSink] = []
  /// Of the exports of persons' rows.
  private var risks: [ExportRisk] = []

  init(_ plan: Plan, _ options: RunOptions, _ state: StateFolder) {
    (self.plan, self.options, self.state) = (plan, options, state)
    publisher = Publisher(state: state)
  }

  /// - Returns: why nothing was published, or nil.
  func carryOut() -> RunError? {
    do {
      try attempt()
      return nil
    } catch {
      clean()
      return RunError.explaining(error)
    }
  }

  /// All that will be published but manifests.
  private var paths: [String] {
    plan.outputs.map(\.path) + plan.reports.flatMap { $0.paths(withPDF: options.pdf) }
      + (plan.summary.map { [$0.path] } ?? [])
  }

  private func clean() { publisher.clean(paths + plan.sidecars.map(\.path)) }

  private func attempt() throws {
    let finished = try publisher.rollForward()
    if finished > 0 { notes.append(RunMessages.rolledForward(finished)) }
    try publisher.prepare(paths)
    try SafeFile.makeFolder(plan.charter.internalFolder, mode: 0o700)
    try publisher.prepare(plan.sidecars.map(\.path))
    let scratch = try state.makeScratch()
    let printer = try self.printer(scratch)
    let sinks = try plan.leaving.map {
      try OutputSink(
        $0, facts: plan.nodes[$0.node].facts, stagedPath: publisher.stagedPath(for: $0.path),
        threads: options.threads)
    }
    sidecars = try plan.sidecars.map {
      try SidecarSink(
        $0, plan, staged: publisher.stagedPath(for: $0.path), threads: options.threads)
    }
    let resources = Resources(
      threads: options.threads, memory: options.memory, scratch: scratch,
      checkpoint: { try Interruption.check() })
    let files = SettledFiles(root: plan.root, scratch: scratch)
    let keys = KeyFiles(state, plan.charter)
    let vault = RunVault(
      path: state.path + Vault.name, keys: keys,
      day: Date().formatted(.iso8601.year().month().day()))
    let history = RunHistory(state: state.path, started: Date())
    let persons = PersonHistory(
      folder: plan.charter.internalFolder, ledger: state.path, started: Date())
    let execution = Execution(
      plan, resources: resources, keys: keys, vault: vault,
      history: options.isRemembered ? history : NoHistory(),
      releases: options.isRemembered ? persons : NoReleases(),
      budget: RunBudget(plan, folder: state.path, time: Date().formatted(.iso8601)),
      propose: { try SafeFile.replace($0, with: $1, mode: 0o644) },
      sinks: sinks + sidecars.map(\.sink),
      progress: options.progress
    ) { [plan, options] source, wanted, findings in
      var description = try files.description(of: source, options.language)
      (description.wanted, description.findings) = (wanted, findings)
      description.isIdentified = options.isRemembered
      if !plan.reports.isEmpty { description.dated = source.dated }
      description.rejectFile =
        plan.charter.internalFolder + "/\(plan.pipeline)-\(source.name).rejects.csv"
      return try SourceScan.open(description, resources)
    }
    self.execution = execution
    try execution.run()
    if options.isRemembered {
      try CopiedOutputs(plan, ledger: try Ledger(folder: state.path).publishedTables())
        .check(execution.reports)
    }
    var moves: [Publisher.Move] = []
    var entries: [String: [Manifest.Entry]] = [:]
    for sink in sinks.prefix(plan.outputs.count) {
      let folder = SafeFile.folder(of: sink.output.path)
      let account = execution.account(of: sink.output)
      entries[folder, default: []].append(try finish(sink, account, resources, &moves))
    }
    try finishReports(sinks, scratch, printer, &moves, &entries)
    if let summary = plan.summary { moves.append(try page(summary)) }
    moves += sidecars.filter { $0.sidecar.isKept && plan.outputs.indices ~= $0.sidecar.table }
      .map(\.move)
    try Interruption.check()
    try vault.commit()
    try history.commit()
    try persons.commit()
    try publisher.publish(moves + manifests(entries))
    clean()
  }

  /// What prints reports, looked for before anything is read; nil where none is printed.
  private func printer(_ scratch: String) throws -> PrintedPage? {
    let isAsked = plan.reports.contains { $0.extras(withPDF: options.pdf).contains(.pdf) }
    return isAsked ? try PrintedPage(scratch: scratch) : nil
  }

  /// Finishes a staged table with all that goes with it.
  /// - Returns: what the manifest says of it.
  private func finish(
    _ sink: OutputSink, _ account: ClassAccount?, _ resources: Resources,
    _ moves: inout [Publisher.Move]
  ) throws -> Manifest.Entry {
    let (output, facts) = (sink.output, plan.nodes[sink.output.node].facts)
    let report = try gated(sink)
    moves.append(move(sink.stagedPath, output.path, output.audience))
    let risk = try risk(of: sink, account, resources)
    if let risk { risks.append(risk) }
    let companions = try companions(of: sink, facts, report, risk)
    moves += companions.map { move($0.path, $0.final, output.audience) }
    let entry = Manifest.Entry(
      output, facts, report, risk: risk,
      companions: companions.map { file in
        Manifest.Companion(
          path: SpecFiles.fileName(file.final), bytes: file.bytes, sha256: file.sha256)
      })
    outputs.append(
      RunResult.Output(
        name: output.name, step: plan.nodes[output.node].step, path: output.path,
        audience: output.audience.name, rows: report.rows,
        bytes: report.bytes, sha256: report.sha256, contentSHA256: report.contentSHA256,
        companions: companions.map {
          Manifest.Companion(path: $0.final, bytes: $0.bytes, sha256: $0.sha256)
        }, told: entry.told(at: output.path)))
    return entry
  }

  /// Ends a table and hears the gate, which counts with its sidecars, too.
  private func gated(_ sink: OutputSink) throws -> GateReport {
    let report = try sink.finish()
    for sidecar in sidecars(of: sink) { try sidecar.prove(sink, report) }
    return report
  }

  private func sidecars(of sink: OutputSink) -> [SidecarSink] {
    sidecars.filter { plan.leaving[$0.sidecar.table].path == sink.output.path }
  }

  /// Makes the reports of what the gate has read of their tables.
  private func finishReports(
    _ sinks: [OutputSink], _ scratch: String, _ printer: PrintedPage?,
    _ moves: inout [Publisher.Move],
    _ entries: inout [String: [Manifest.Entry]]
  ) throws {
    var rest = sinks.dropFirst(plan.outputs.count)
    for report in plan.reports {
      let own = rest.prefix(report.tables.count)
      rest = rest.dropFirst(report.tables.count)
      let passed = try own.map { sink in
        (output: sink.output, path: sink.stagedPath, gate: try gated(sink))
      }
      let maker = ReportMaker(
        plan: plan, report: report, account: result(nil, seconds: 0), version: options.version,
        publisher: publisher, scratch: scratch,
        printer: report.extras(withPDF: options.pdf).contains(.pdf) ? printer : nil)
      let made = try maker.make(passed)
      moves += made.files.map { move($0.path, $0.final, report.audience) }
      let tables = passed.map { (facts: plan.nodes[$0.output.node].facts, $0.gate) }
      let entry = Manifest.Entry(report, made, tables)
      entries[SafeFile.folder(of: made.path), default: []].append(entry)
      outputs.append(
        RunResult.Output(
          name: report.name, step: plan.nodes[report.tables.first?.node ?? 0].step,
          path: made.path, audience: report.audience.name, rows: entry.rows, bytes: made.bytes,
          sha256: made.sha256, contentSHA256: made.sha256,
          companions: made.files.dropFirst().map {
            Manifest.Companion(path: $0.final, bytes: $0.bytes, sha256: $0.sha256)
          }))
    }
  }

  /// What goes with a table, staged.
  private func companions(
    of sink: OutputSink, _ facts: Facts, _ report: GateReport, _ risk: ExportRisk?
  ) throws -> [BundleFiles.Staged] {
    let told = BundleFacts(plan, sink.output, facts, report, version: options.version)
    return try BundleFiles(publisher: publisher).stage(
      told, table: sink.stagedPath, risk: risk)
  }

  /// What persons in a staged table risk, counted on its bytes.
  private func risk(
    of sink: OutputSink, _ account: ClassAccount?, _ resources: Resources
  ) throws -> ExportRisk? {
    let persons = sidecars(of: sink).first { $0.sidecar.isKept }
    return try ExportRisk(
      plan, sink.output, account: account, staged: sink.staged, persons: persons?.sink.staged,
      resources)
  }

  private func move(
    _ staged: String, _ path: String, _ audience: Charter.Audience
  ) -> Publisher.Move {
    Publisher.Move(staged: staged, final: path, mode: audience.mode, group: audience.group)
  }

  /// The page that accounts for this run, staged and read back.
  private func page(_ summary: PlannedSummary) throws -> Publisher.Move {
    let account = result(nil, seconds: 0)
    let page = Array(RunSummary(account, plan, notes: execution?.notes ?? [], risks).markup.utf8)
    let staged = publisher.stagedPath(for: summary.path)
    let file = try SafeFile(creating: staged)
    try file.write(page)
    try file.finish()
    guard FileManager.default.contents(atPath: staged).map(Array.init) == page else {
      throw RunError(.refused, RunMessages.gateUnreadable(SpecFiles.shown(summary.path)))
    }
    return Publisher.Move(
      staged: staged, final: summary.path, mode: summary.mode, group: summary.group)
  }

  /// One manifest a folder, staged like the outputs and published after them.
  private func manifests(_ entries: [String: [Manifest.Entry]]) throws -> [Publisher.Move] {
    try entries.keys.sorted().map { folder in
      let path = folder + "/" + plan.manifestName
      let manifest = Manifest(
        octroi: 1, pipeline: plan.pipeline, purpose: plan.purpose, version: options.version,
        parameters: plan.tellableParameters, outputs: entries[folder] ?? [])
      let staged = publisher.stagedPath(for: path)
      let file = try SafeFile(creating: staged)
      try file.write(try manifest.encoded())
      try file.finish()
      // Where several audiences share a folder, what all of them may read.
      let audiences = plan.leaving.filter { SafeFile.folder(of: $0.path) == folder }
        .map(\.audience)
      let mode = audiences.reduce(UInt16(0o777)) { $0 & $1.mode }
      return Publisher.Move(
        staged: staged, final: path, mode: audiences.isEmpty ? 0o600 : mode,
        group: audiences.first?.group)
    }
  }

  func result(_ failure: RunError?, seconds: Double) -> RunResult {
    let tallies = execution?.tallies ?? [:]
    let steps = tallies.keys.sorted().compactMap { id -> RunResult.Step? in
      guard case .stage(let name, _, _, _) = plan.nodes[id].work, let tally = tallies[id]
      else { return nil }
      let step = plan.nodes[id].step
      let place = plan.stages(of: step).firstIndex { $0.id == id } ?? 0
      return RunResult.Step(step: step, place: place + 1, stage: name, tally: tally)
    }
    return RunResult(
      pipeline: plan.pipeline, exit: failure?.exit ?? .done, error: failure?.message,
      remedy: failure?.remedy, sources: execution?.reports ?? [], steps: steps,
      outputs: failure == nil ? outputs : [], summary: failure == nil ? plan.summary?.path : nil,
      notes: notes + (execution?.notes ?? []),
      seconds: seconds)
  }
}
