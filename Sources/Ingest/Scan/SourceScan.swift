import Codecs
import Synchronization
import Tabular

/// Reads a source: its files in order, block by block, into batches of the schema's fields.
///
/// Several threads call `next()`. Each takes a block from the feeder (reading and inflating happen
/// there, a file by one thread, and the cut between records), hashes, indexes, decodes and checks
/// it outside of any lock, and passes an ordered gate with it, where keys are compared, rejects
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
  private let gate = OrderedGate()
  private let account: SourceAccount
  private let hash = KeyHash()
  private let ready = Mutex<[Batch]>([])
  private let failure = Mutex<(any Error)?>(nil)
  private let outcome = Mutex<SourceReport?>(nil)
  private let readSoFar = Atomic<Int>(0)

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
      if let batch = ready.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) { return batch }
      switch feeder.next() {
      case .over:
        if let error = failure.withLock({ $0 }) { throw error }
        return nil
      case .failure(let sequence, let error):
        try pass(sequence) { throw error }
      case .end(let sequence):
        let report = try pass(sequence) { try account.conclude() }
        outcome.withLock { $0 = report }
        return nil
      case .block(let block):
        if let batch = try process(block) { return batch }
      }
    }
  }

  private func process(_ block: ScanBlock) throws -> Batch? {
    let digests = source.isIdentified ? InputIdentity.digests(block.chunks) : []
    let onDisk = block.chunks.reduce(0) { $0 + $1.bytes.count }
    readSoFar.wrappingAdd(onDisk, ordering: .relaxed)
    let worked = Result { try BlockWork(block, plans[block.file], schema, hash) }
    let (work, first) = try pass(block.sequence) {
      var work = try worked.get()
      let first = try account.take(&work, digests)
      return (work, first)
    }
    var batches = BatchMaker.batches(work, schema, first: first)
    guard !batches.isEmpty else { return nil }
    let batch = batches.removeFirst()
    if !batches.isEmpty { ready.withLock { $0.append(contentsOf: batches) } }
    return batch
  }

  /// Passes the gate, keeping the first failure in the order of the source for everybody.
  private func pass<Result>(_ sequence: Int, _ body: () throws -> Result) throws -> Result {
    do {
      return try gate.pass(sequence) {
        do {
          return try body()
        } catch {
          let error = translated(error)
          failure.withLock { $0 = error }
          throw error
        }
      }
    } catch is OrderedGate.Broken {
      throw failure.withLock { $0 } ?? OrderedGate.Broken()
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
