import Tabular

/// The books of a source: what must be told or decided in the order of its blocks. Used inside the
/// ordered gate alone, by one thread at a time.
final class SourceAccount: @unchecked Sendable {
  private let source: SourceDescription
  private let schema: SchemaPlan
  private let plans: [FilePlan]
  private let keys: [KeySet]
  private let writer: RejectWriter?
  private var files: [FileReport]
  private var identities: [InputIdentity]
  /// Where the next block of the current file begins.
  private var line = 1
  private var byte = 0
  private var nextBatch = 0
  /// Records and lines that the scanner gave, counted apart from what became of them.
  private var seen = 0
  private var rejected = 0
  private var days: [Int: Int] = [:]

  init(
    _ source: SourceDescription, _ schema: SchemaPlan, _ plans: [FilePlan], _ resources: Resources
  ) {
    (self.source, self.schema, self.plans) = (source, schema, plans)
    keys = schema.keys.map { _ in
      KeySet(scratch: resources.scratch, memory: resources.memory / max(schema.keys.count, 1))
    }
    writer = source.rejectFile.map { RejectWriter(path: $0, language: source.language) }
    identities = plans.map { _ in InputIdentity() }
    files = plans.map { FileReport($0.probe) }
    for plan in plans { seen += plan.probe.skipped.values.reduce(0, +) }
  }

  /// Takes a block into the books.
  /// - Parameter work: gets the rows that repeat a key rejected.
  /// - Returns: the sequence of the block's first batch.
  func take(
    _ work: inout BlockWork, _ digests: [(index: Int, digest: [UInt8])]
  ) throws(IngestError) -> Int {
    let file = work.block.file
    if work.block.isFirst {
      line = work.plan.probe.lineStart
      byte = work.plan.probe.byteStart
    }
    for digest in digests { identities[file].add(digest.digest, at: digest.index) }
    try rejectDuplicates(&work)
    var counts = RecordCounts()
    count(work, &counts)
    files[file].counts.add(counts)
    files[file].textBytes += work.fileBytes
    if !work.days.isEmpty { days.merge(work.days, uniquingKeysWith: +) }
    rejected += counts.rejected
    if counts.rejected > 0 { try writer?.write(work, schema, line: line, byte: byte) }
    source.watch?.look(at: work, schema, line: line, first: nextBatch)
    line += work.lines
    byte += work.fileBytes
    if let footer = counts.skippedBy[.footer], source.dialect.footerRecords == nil {
      files[file].detections.append(
        Detection(
          "footer", String(footer),
          Message(
            en: "the last records say 'total' or the like, and were skipped",
            fr: "les derniers enregistrements disent « total » ou autre, et ont été omis")))
    }
    if let ending = work.block.ending { try finish(file, ending) }
    if case .count(let most) = source.rejectLimit, rejected > most {
      throw tooManyRejects(isEarly: true)
    }
    let first = nextBatch
    nextBatch += (counts.passed + Batch.maximumRows - 1) / Batch.maximumRows
    return first
  }

  private func rejectDuplicates(_ work: inout BlockWork) throws(IngestError) {
    guard !keys.isEmpty, work.block.oversized == nil else { return }
    for row in 0..<work.index.recordCount where work.marks.isKept(row) {
      var isNew = true
      // A row that repeats one key must not register its others.
      for (place, set) in keys.enumerated() where keys.count > 1 && isNew {
        let key = work.keys[place]
        if !key.isNull[row], try set.contains(key.hashes[row], key.bytes, key.range(row)) {
          work.rejectDuplicate(row, schema.keys[place])
          isNew = false
        }
      }
      for (place, set) in keys.enumerated() where isNew {
        let key = work.keys[place]
        if !key.isNull[row], try !set.insert(key.hashes[row], key.bytes, key.range(row)) {
          work.rejectDuplicate(row, schema.keys[place])
        }
      }
    }
  }

  private func count(_ work: BlockWork, _ counts: inout RecordCounts) {
    seen += work.index.recordCount + work.index.faults.count + work.index.blankLines
    if work.block.oversized != nil {
      seen += 1
      counts.rejectedBy[.fieldTooLong, default: 0] += 1
    }
    if work.index.blankLines > 0 { counts.skippedBy[.blank] = work.index.blankLines }
    countFaults(work, &counts)
    for (reason, count) in zip(work.marks.reasons, work.marks.rejectedFor) where count > 0 {
      counts.rejectedBy[reason.kind, default: 0] += count
    }
    for (kind, count) in work.marks.skipped { counts.skippedBy[kind, default: 0] += count }
    for warning in work.warned where work.marks.isKept(warning.row) {
      counts.warnedBy[warning.kind, default: 0] += 1
    }
    counts.passed = work.keptCount
  }

  private func countFaults(_ work: BlockWork, _ counts: inout RecordCounts) {
    // Faults of one kind come in runs.
    var run: (fault: RecordFault, count: Int)?
    for (place, fault) in work.index.faults.enumerated() {
      if let skip = work.skipKind(ofFault: place) {
        counts.skippedBy[skip, default: 0] += 1
        continue
      }
      if run?.fault != fault.fault {
        if let run { counts.rejectedBy[RejectKind(run.fault), default: 0] += run.count }
        run = (fault.fault, 0)
      }
      run?.count += 1
    }
    if let run { counts.rejectedBy[RejectKind(run.fault), default: 0] += run.count }
  }

  private func finish(_ file: Int, _ ending: FileEnding) throws(IngestError) {
    files[file].bytes = ending.bytes
    files[file].textBytes += plans[file].probe.byteStart
    guard source.isIdentified else { return }
    files[file].identity = identities[file].hexadecimal
    guard !source.allowsSameContent else { return }
    for earlier in files[..<file] where earlier.identity == files[file].identity {
      throw IngestError(
        .refused, "same_content", file: files[file].file.name,
        Message(
          en: "the file has the same content as '\(earlier.file.name)': its rows would count twice",
          fr: "le fichier a le même contenu que « \(earlier.file.name) » : ses lignes "
            + "compteraient deux fois"),
        remedy: Message(
          en: "remove one of them, or allow it: same_content: allow",
          fr: "retirez l’un des deux, ou autorisez-le : same_content: allow"))
    }
  }

  /// Closes the books once all blocks have been taken.
  /// - Throws: `IngestError` when there were too many rejects, or when the books do not balance.
  func conclude() throws(IngestError) -> SourceReport {
    try writer?.finish()
    var report = SourceReport(
      name: source.name, files: files, rejectFile: writer.flatMap { $0.count > 0 ? $0.path : nil })
    report.days = days
    let counts = report.counts
    guard counts.read == seen, writer.map({ $0.count == counts.rejected }) ?? true else {
      throw IngestError(
        .refused, "accounting",
        Message(
          en: "the source '\(source.name)' does not add up: \(seen) records were read, and "
            + "\(counts.read) accounted for",
          fr: "la source « \(source.name) » ne tombe pas juste : \(seen) enregistrements lus, "
            + "\(counts.read) comptés"))
    }
    guard source.rejectLimit.allows(counts.rejected, of: counts.passed + counts.rejected) else {
      throw tooManyRejects(isEarly: false)
    }
    return report
  }

  private func tooManyRejects(isEarly: Bool) -> IngestError {
    var counts = RecordCounts()
    for file in files { counts.add(file.counts) }
    try? writer?.finish()
    let (rejected, records) = (counts.rejected, counts.passed + counts.rejected)
    let limit = source.rejectLimit.text
    var message = Message(
      en: "source '\(source.name)': \(rejected) of \(records) records were rejected, more than "
        + "the \(limit) allowed",
      fr: "source « \(source.name) » : \(rejected) enregistrements rejetés sur \(records), plus "
        + "que les \(limit) admis")
    if isEarly {
      message = Message(
        en: message.en + " (the rest was not read)", fr: message.fr + " (la suite n’a pas été lue)")
    }
    if let worst = counts.rejectedBy.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) {
      let (en, fr) = (worst.key.message.en, worst.key.message.fr)
      message = Message(
        en: message.en + "; most often: \(en) (\(worst.value))",
        fr: message.fr + " ; le plus souvent : \(fr) (\(worst.value))")
    }
    var remedy = Message(
      en: "correct the source or its schema, or allow more: reject: {at_most: …}",
      fr: "corrigez la source ou son schéma, ou admettez-en plus : reject: {at_most: …}")
    if let place = source.rejectFile {
      remedy = Message(en: "see '\(place)'; \(remedy.en)", fr: "voyez « \(place) » ; \(remedy.fr)")
    }
    return IngestError(
      .refused, "too_many_rejects", file: files.count == 1 ? files[0].file.name : nil, message,
      remedy: remedy)
  }
}

extension FileReport {
  init(_ probe: FileProbe) {
    self.init(probe.file)
    isGzip = probe.isGzip
    dialect = probe.dialect
    detections = probe.detections
    renamed = probe.columns.renamed
    aliases = probe.match.byAlias
    undeclared = probe.match.undeclared
    missing = probe.match.missing
    counts.skippedBy = probe.skipped
  }
}
