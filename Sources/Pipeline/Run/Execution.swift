import Ingest
import StageKit
import Synchronization
import Tabular

/// Carries a plan out, segment by segment: scans, stages, breakers, staged outputs, accounting.
final class Execution {
  private let plan: Plan
  private let segments: Segments
  private let resources: Resources
  private let keys: any KeySource
  private let vault: any TokenVault
  private let history: any ReleaseHistory
  private let releases: any PersonReleases
  /// Nil where nothing is released.
  private let budget: RunBudget?
  /// Nil where nothing is released.
  private let propose: KeepProposal?
  private let sinks: [OutputSink]
  private let watch: Watch
  private let makeScan: (PlannedSource, Set<String>, Findings) throws -> SourceScan
  private let progress: @Sendable (RunProgress) -> Void
  /// Whole tables: side tables and cut inputs.
  private var tables: [Int: HeldBatches] = [:]
  /// Breakers' results, until their segment has taken them.
  private var results: [Int: any BatchSource] = [:]
  private(set) var tallies: [Int: Tally] = [:]
  private(set) var reports: [SourceReport] = []
  private(set) var notes: [Message] = []
  /// What stages told of the classes that they hid rows in, by node.
  private let classAccounts = Accounts()
  /// What stages noticed while they ran.
  private let remarks = Remarks()

  init(
    _ plan: Plan, resources: Resources, keys: any KeySource, vault: any TokenVault,
    history: any ReleaseHistory = NoHistory(), releases: any PersonReleases = NoReleases(),
    budget: RunBudget? = nil,
    propose: KeepProposal? = nil, sinks: [OutputSink],
    watch: Watch = Watch(),
    progress: @escaping @Sendable (RunProgress) -> Void,
    makeScan: @escaping (PlannedSource, Set<String>, Findings) throws -> SourceScan
  ) {
    (self.plan, self.resources, self.keys, self.vault) = (plan, resources, keys, vault)
    (self.history, self.releases) = (history, releases)
    (self.sinks, self.progress, self.makeScan) = (sinks, progress, makeScan)
    (self.watch, self.budget, self.propose) = (watch, budget, propose)
    segments = Segments(plan, goals: watch.goals)
  }

  func run() throws {
    defer { notes += remarks.all }
    for index in segments.order { try run(segments.all[index]) }
  }

  private func run(_ segment: Segments.Segment) throws {
    let node = plan.nodes[segment.producer]
    guard case .source(let source) = node.work, tables[node.id] == nil else {
      let input =
        results.removeValue(forKey: node.id) ?? tables[node.id]?.source()
        ?? BatchList([])
      try finish(segment, try work(segment, input))
      return
    }
    var findings = Findings()
    while true {
      let scan = try makeScan(source, node.wanted, findings)
      do {
        let outcome = try work(segment, watch.observer?.source(scan, at: node) ?? scan)
        guard let report = scan.report else {
          throw RunError(.refused, RunMessages.unbalanced(source.name))
        }
        guard report.counts.passed == outcome.rows else {
          throw RunError(.refused, RunMessages.unbalanced(source.name))
        }
        reports.append(report)
        return try finish(segment, outcome)
      } catch let disproved as GuessDisproved where disproved.findings != findings {
        // Nothing that came out of the attempt is used.
        if disproved.findings.encodings != findings.encodings {
          let count = disproved.findings.encodings.values.count { $0 != .utf8 }
          notes.append(RunMessages.encodingDisproved(source.name, count))
        }
        findings = disproved.findings
        for sink in sinks where segment.nodes.contains(sink.output.node) { try sink.restart() }
        for id in segment.nodes { watch.taps[id]?.restart() }
      }
    }
  }

  private func work(
    _ segment: Segments.Segment, _ source: any BatchSource
  ) throws -> SegmentRunner.Outcome {
    var operations: [Int: StageOperation] = [:]
    var children: [Int: [Int]] = [:]
    var ends: [Int: NodeEnds] = [:]
    let begun = Set(segment.nodes)
    for id in segment.nodes {
      var end = NodeEnds()
      let isHome = id == segment.producer || !isBreaker(id)
      let isSecond = id == segment.producer && tables[id] != nil
      if isHome, !isSecond {
        end.outputs = sinks.filter { $0.output.node == id }
        end.tap = watch.taps[id]
        if segments.collected.contains(id) { end.collector = Collect() }
      }
      ends[id] = end
      guard id != segment.producer,
        case .stage(_, let stage, let input, let sides) = plan.nodes[id].work,
        begun.contains(input)
      else { continue }
      children[input, default: []].append(id)
      let context = StageContext(
        wanted: plan.nodes[id].wanted, sides: sides.compactMapValues { tables[$0] }, keys: keys,
        resources: resources, vault: vault, history: history,
        budget: budget?.budget(of: id) ?? Rehearsal(), propose: propose,
        releases: plan.releasesPersons(id) ? releases : NoReleases(),
        account: { [classAccounts] in classAccounts.keep($0, of: id) },
        remark: { [remarks] in remarks.add($0) })
      let operation = try stage.operation(context)
      operations[id] = watch.observer?.operation(operation, at: plan.nodes[id]) ?? operation
    }
    var resources = resources
    // What comes after the first rows must not even be begun.
    if ends.values.contains(where: { $0.tap != nil }) { resources.threads = 1 }
    // Whoever holds rows in this segment does so within the same memory.
    let holders = operations.values.count { if case .breaker = $0 { true } else { false } }
    resources.memory /= max(holders + ends.values.count { $0.collector != nil }, 1)
    let runner = SegmentRunner(
      plan: plan, segment: segment, children: children, operations: operations, ends: ends,
      resources: resources, progress: progress)
    let outcome = try runner.run(source)
    for (id, workers) in outcome.rowWorkers {
      guard case .rowLocal(let operation)? = operations[id] else { continue }
      try operation.conclude(workers)
      var tally = Tally()
      for worker in workers { tally.add(worker.tally) }
      try keep(tally, of: id)
    }
    for (id, workers) in outcome.breakerWorkers {
      guard case .breaker(let breaker)? = operations[id] else { continue }
      var tally = Tally()
      results[id] = try breaker.finish(workers, resources, tally: &tally)
      try keep(tally, of: id)
    }
    return outcome
  }

  /// Turns what was collected into tables.
  private func finish(_ segment: Segments.Segment, _ outcome: SegmentRunner.Outcome) throws {
    for (id, workers) in outcome.collectors { tables[id] = try Collect().held(workers) }
  }

  /// What the last stage before an output that hid persons told of their classes.
  func account(of output: PlannedOutput) -> ClassAccount? {
    let nodes = plan.ancestors(of: output).map(\.id)
    return nodes.last { classAccounts[$0] != nil }.flatMap { classAccounts[$0] }
  }

  private func isBreaker(_ id: Int) -> Bool {
    guard case .stage(_, let stage, _, _) = plan.nodes[id].work else { return false }
    return type(of: stage).declaration.kind != .rowLocal
  }

  private func keep(_ tally: Tally, of id: Int) throws {
    guard tally.balances else {
      throw RunError(.refused, RunMessages.unbalanced(plan.nodes[id].step))
    }
    tallies[id] = tally
  }
}

/// Accounts that stages leave from any thread.
private final class Accounts: Sendable {
  private let accounts = Mutex<[Int: ClassAccount]>([:])

  func keep(_ account: ClassAccount, of node: Int) { accounts.withLock { $0[node] = account } }

  subscript(node: Int) -> ClassAccount? { accounts.withLock { $0[node] } }
}

/// Messages that stages leave from any thread; each is kept once, in the order of its text.
private final class Remarks: Sendable {
  private let messages = Mutex<Set<Message>>([])

  func add(_ message: Message) { _ = messages.withLock { $0.insert(message) } }

  var all: [Message] { messages.withLock { $0.sorted { $0.en < $1.en } } }
}
