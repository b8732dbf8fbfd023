import Foundation
import Ingest
import Tabular

/// Why a table has the rows it has: the account of everything before it in one run, beside that of
/// an earlier run, and what was different between the two. Counts and hashes, never values.
public struct Why: Encodable, Sendable {
  /// A count, and what it was in the run that is compared with; nil where there was none.
  struct Figure: Encodable, Sendable {
    let rows: Int
    let before: Int?
  }

  struct Run: Encodable, Sendable {
    let id: Int64
    let started: String
    let version: String
    let outcome: Int32

    init(_ account: RunAccount) {
      (id, started) = (account.id, account.started)
      (version, outcome) = (account.version, account.outcome)
    }
  }

  struct Source: Encodable, Sendable {
    let source: String
    let read: Figure
    let passed: Figure
    let rejected: Figure
    let skipped: Figure
    let rejectedBy: [String: Figure]
    let skippedBy: [String: Figure]
  }

  struct Stage: Encodable, Sendable {
    let step: String
    let place: Int
    let stage: String
    let rowsIn: Figure
    let rowsOut: Figure
    let left: [String: Figure]
    let made: [String: Figure]
  }

  struct Output: Encodable, Sendable {
    let name: String
    let rows: Figure
    /// Whether it has the same content as in the run that is compared with, if that had it.
    let sameContent: Bool?
  }

  /// Something that is not as it was.
  struct Change: Encodable, Sendable, Equatable {
    enum Kind: String, Encodable, Sendable {
      case input, definition, parameter, version, stage
    }

    enum Way: String, Encodable, Sendable {
      case changed, added, removed, renamed
    }

    let what: Kind
    let name: String
    let change: Way
    /// Hashes, versions, names, and values of parameters where they may be told.
    let before: String?
    let after: String?
  }

  public let name: String
  let step: String
  let pipeline: String
  let run: Run
  let against: Run?
  let sources: [Source]
  let stages: [Stage]
  let outputs: [Output]
  let changes: [Change]
  /// A later run that did not end well, so that these are not its figures.
  let laterFailure: Run?

  /// - Parameter name: of a source, step or output that the run had.
  init(_ name: String, _ account: RunAccount, against: RunAccount?, laterFailure: RunAccount?) {
    self.name = name
    let step = account.outputs.first { $0.name == name }?.step ?? name
    self.step = step
    pipeline = account.pipeline
    run = Run(account)
    self.against = against.map(Run.init)
    self.laterFailure = laterFailure.map(Run.init)
    let upstream = account.upstream(of: step)
    sources = Self.sources(account, against, upstream)
    stages = Self.stages(account, against, upstream)
    outputs = account.outputs.filter { $0.step == step }.map { output in
      let before = against?.outputs.first { $0.name == output.name }
      return Output(
        name: output.name, rows: Figure(rows: output.rows, before: before?.rows),
        sameContent: before.map { $0.contentSHA256 == output.contentSHA256 })
    }
    changes = against.map { Self.changes($0, account, step: step) } ?? []
  }

  private static func sources(
    _ now: RunAccount, _ then: RunAccount?, _ upstream: Set<String>
  ) -> [Source] {
    var names: [String] = []
    for input in now.inputs where upstream.contains(input.source) && !names.contains(input.source) {
      names.append(input.source)
    }
    return names.map { name in
      let known = then?.inputs.contains { $0.source == name } ?? false
      let sum = { (account: RunAccount?, count: (RunAccount.Input) -> Int) in
        account?.inputs.filter { $0.source == name }.reduce(0) { $0 + count($1) }
      }
      let figure = { (count: (RunAccount.Input) -> Int) in
        Figure(rows: sum(now, count) ?? 0, before: known ? sum(then, count) : nil)
      }
      let ways = { (kind: String) in
        figures(
          now.sourceWays.filter { $0.source == name && $0.kind == kind }.map { ($0.way, $0.rows) },
          known
            ? then?.sourceWays.filter { $0.source == name && $0.kind == kind }
              .map { ($0.way, $0.rows) } : nil)
      }
      return Source(
        source: name, read: figure { $0.passed + $0.rejected + $0.skipped },
        passed: figure(\.passed), rejected: figure(\.rejected), skipped: figure(\.skipped),
        rejectedBy: ways("rejected"), skippedBy: ways("skipped"))
    }
  }

  /// Counts by way, those that are zero now and were zero then left out.
  private static func figures(
    _ now: [(String, Int)], _ then: [(String, Int)]?
  ) -> [String: Figure] {
    let now = Dictionary(now, uniquingKeysWith: +)
    let then = then.map { Dictionary($0, uniquingKeysWith: +) }
    var figures: [String: Figure] = [:]
    for way in Set(now.keys).union(then?.keys.map(\.self) ?? []) {
      let figure = Figure(rows: now[way] ?? 0, before: then.map { $0[way] ?? 0 })
      if figure.rows != 0 || figure.before ?? 0 != 0 { figures[way] = figure }
    }
    return figures
  }

  private static func stages(
    _ now: RunAccount, _ then: RunAccount?, _ upstream: Set<String>
  ) -> [Stage] {
    let earlier = then?.stageAccounts ?? []
    return now.stageAccounts.filter { upstream.contains($0.step) }.map { stage in
      let before = earlier.first { $0.isSame(as: stage) }
      let count = { (account: RunAccount.StageAccount, kind: String) in
        account.counts.first { $0.kind == kind }?.rows ?? 0
      }
      let ways = { (kind: String) in
        figures(
          stage.counts.filter { $0.kind == kind }.map { ($0.way, $0.rows) },
          before?.counts.filter { $0.kind == kind }.map { ($0.way, $0.rows) })
      }
      return Stage(
        step: stage.step, place: stage.place, stage: stage.stage,
        rowsIn: Figure(rows: count(stage, "in"), before: before.map { count($0, "in") }),
        rowsOut: Figure(rows: count(stage, "out"), before: before.map { count($0, "out") }),
        left: ways("left"), made: ways("made"))
    }
  }

  /// The same for machines.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}

extension RunAccount {
  /// A stage's counts together.
  struct StageAccount {
    let step: String
    let place: Int
    let stage: String
    /// Which of the step's stages of this name it is, from 0: a place may shift.
    let turn: Int
    let counts: [StageCount]

    func isSame(as other: StageAccount) -> Bool {
      (step, stage, turn) == (other.step, other.stage, other.turn)
    }
  }

  /// In the order of the data's flow.
  var stageAccounts: [StageAccount] {
    var accounts: [StageAccount] = []
    for count in counts
    where !accounts.contains(where: { $0.step == count.step && $0.place == count.place }) {
      let turn = accounts.count { $0.step == count.step && $0.stage == count.stage }
      accounts.append(
        StageAccount(
          step: count.step, place: count.place, stage: count.stage, turn: turn,
          counts: counts.filter { $0.step == count.step && $0.place == count.place }))
    }
    return accounts
  }

  /// A step with everything that it is made of.
  func upstream(of step: String) -> Set<String> {
    var found: Set<String> = [step]
    var open = [step]
    while let next = open.popLast() {
      for reading in readings where reading.step == next && found.insert(reading.reads).inserted {
        open.append(reading.reads)
      }
    }
    return found
  }
}
