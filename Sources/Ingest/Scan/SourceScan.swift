import Codecs
import Synchronization
import Tabular

/// Reads a source: its files in order, block by block, into batches of the schema's fields.
///
/// Several threads call `next()`. Each takes a block from the feeder (reading and inflating happen
/// there, a file by one thread, and the cut between records), hashes, indexes, decodes and checks
/// it outside of any lock, and brings it to an ordered gate, where keys are compared, rejects
/// written and records counted in the order of the source. Nothing that comes out depends on
/// threads or block sizes but where batches are cut.
public final class SourceScan: BatchSource {
  /// Bytes of later files that each further thread may have read ahead.
  private static let aheadOfThread = 24 << 20

  /// The fields of the batches, in order: all of the schema's, unread ones as absent columns.
  public let fields: [SchemaField]

  private let source: SourceDescription
  private let schema: SchemaPlan
  private let plans: [FilePlan]
  private let feeder: BlockFeeder
  private let gate: OrderedGate<Delivery>
  private let account: SourceAccount
  private let hash = KeyHash()
  private let ready = Mutex(Ready())
  private let failure = Mutex<(any Error)?>(nil)
  private let outcome = Mutex<SourceReport?>(nil)
  private let readSoFar = Atomic<Int>(0)

  /// What workers bring to the gate.
  private enum Delivery: Sendable {
    case block(Result<BlockWork, any Error>, digests: [(index: Int, digest: [UInt8])])
    case failure(any Error)
    case end
  }

  /// What has passed the gate, and was not given out yet.
  private struct Ready {
    /// Blocks, and the sequence of the first batch of each.
    var blocks: [(work: BlockWork, first: Int)] = []
    var batches: [Batch] = []
  }

  /// Looks at the head of every file and settles how each is read.
  /// - Throws: `IngestError`: a file that cannot be read or is no text, a schema that cannot be
  ///   used, columns that are missing.
  public static func open(
    _ source: SourceDescription, _ resources: Resources
  ) throws(IngestError) -> SourceScan {
    let schema = try SchemaPlan(source)
    var plans: [FilePlan] = []
    for file in source.files { plans.append(FilePlan(try FileProbe(file, source), schema)) }
    try checkUnion(source, plans)
    return SourceScan(source, schema, plans, resources)
  }

  private init(
    _ source: SourceDescription, _ schema: SchemaPlan, _ plans: [FilePlan], _ resources: Resources
  ) {
    (self.source, self.schema, self.plans) = (source, schema, plans)
    fields = source.schema.fields
    // What other threads may inflate while one reads.
    let ahead = min((resources.threads - 1) * SourceScan.aheadOfThread, resources.memory / 8)
    feeder = BlockFeeder(
      plans, blockSize: source.blockSize, walksCuts: source.findings.cutsAreWalked,
      mostHeld: ahead)
    account = SourceAccount(source, schema, plans, resources)
    gate = OrderedGate(room: 2 * resources.threads)
  }

  /// Bytes of all files as they lie on disk.
  public var bytes: Int { plans.reduce(0) { $0 + $1.probe.state.size } }

  /// How many of them have been worked on.
  public var bytesRead: Int { readSoFar.load(ordering: .relaxed) }

  /// What was found, once `next()` has given nil to everybody without an error.
  public var report: SourceReport? { outcome.withLock { $0 } }

  /// The next batch that is ready; its sequence tells its place. Nil at the end.
  /// - Throws: `GuessDisproved` when the source must be opened again; `IngestError`. After a
  ///   failure every thread gets the same one.
  public func next() throws -> Batch? {
    while true {
      if let batch = takeReady() { return batch }
      switch feeder.next() {
      case .over:
        if let error = failure.withLock({ $0 }) { throw error }
        return nil
      case .failure(let sequence, let error): try bring(.failure(error), sequence)
      case .end(let sequence): try bring(.end, sequence)
      case .block(let block): try bring(worked(block), block.sequence)
      }
    }
  }

  /// A batch of what has passed the gate.
  private func takeReady() -> Batch? {
    while true {
      let batch = ready.withLock { $0.batches.isEmpty ? nil : $0.batches.removeFirst() }
      if let batch { return batch }
      let block = ready.withLock { $0.blocks.isEmpty ? nil : $0.blocks.removeFirst() }
      guard let block else { return nil }
      let batches = BatchMaker.batches(block.work, schema, first: block.first)
      if batches.count > 1 { ready.withLock { $0.batches += batches[1...] } }
      if let first = batches.first { return first }
    }
  }

  private func worked(_ block: ScanBlock) -> Delivery {
    let digests = source.isIdentified ? InputIdentity.digests(block.chunks) : []
    let onDisk = block.chunks.reduce(0) { $0 + $1.bytes.count }
    readSoFar.wrappingAdd(onDisk, ordering: .relaxed)
    return .block(
      Result { try BlockWork(block, plans[block.file], schema, hash) }, digests: digests)
  }

  /// Brings something to the gate, keeping the first failure in the order of the source for
  /// everybody.
  private func bring(_ delivery: Delivery, _ sequence: Int) throws {
    do {
      try gate.bring(delivery, at: sequence) { delivery in
        do {
          try take(delivery)
        } catch {
          let error = translated(error)
          failure.withLock { $0 = error }
          throw error
        }
      }
    } catch is OrderedGate<Delivery>.Broken {
      throw failure.withLock { $0 } ?? OrderedGate<Delivery>.Broken()
    }
  }

  /// Done by one thread at a time, in the order of the source.
  private func take(_ delivery: consuming Delivery) throws {
    switch consume delivery {
    case .block(let worked, let digests):
      var work = try worked.get()
      let first = try account.take(&work, digests)
      ready.withLock { $0.blocks.append((work, first)) }
    case .failure(let error): throw error
    case .end:
      let report = try account.conclude()
      outcome.withLock { $0 = report }
    }
  }

  private func translated(_ error: any Error) -> any Error {
    switch error {
    case let error as CodecError: return IngestError(error)
    case is NotUTF8:
      do {
        return try disproved()
      } catch {
        return error
      }
    case is WrongCut:
      var findings = source.findings
      findings.cutsAreWalked = true
      return GuessDisproved(source: source.name, findings: findings)
    default: return error
    }
  }

  /// Proves all files that were taken for UTF-8 without a declaration, so that one more attempt
  /// is enough.
  private func disproved() throws -> GuessDisproved {
    var findings = source.findings
    for plan in plans where plan.probe.isUnproven {
      findings.encodings[plan.probe.file.name] = try EncodingFinding.prove(plan.probe.file).verdict
    }
    return GuessDisproved(source: source.name, findings: findings)
  }

  /// Under `union` a field may lack in files, but not in all of them.
  private static func checkUnion(
    _ source: SourceDescription, _ plans: [FilePlan]
  ) throws(IngestError) {
    guard source.effectivePolicy == .union, !plans.isEmpty else { return }
    for (index, field) in source.schema.fields.enumerated() {
      if plans.allSatisfy({ $0.probe.match.positions[index] == nil }) {
        throw IngestError(
          .refused, "missing_column",
          Message(
            en: "the column '\(field.name)' is in none of the files of '\(source.name)'",
            fr: "la colonne « \(field.name) » n’est dans aucun des fichiers de "
              + "« \(source.name) »"),
          remedy: Message(
            en: "remove the field from the schema, or give it the column's new name as an alias",
            fr: "retirez le champ du schéma, ou donnez-lui le nouveau nom de la colonne en alias"))
      }
    }
  }
}
