import Codecs
import Foundation
import Reports
import StageKit
import Tabular

/// One output being written: workers encode their batches side by side, the bytes are put in the
/// order of the batches' sequences, and whoever has just added to them deflates what is due, and
/// helps the gate, which reads behind.
final class OutputSink: @unchecked Sendable {
  let output: PlannedOutput
  let stagedPath: String
  let terms: GateTerms
  /// What of each batch is written; nil for all.
  private let rows: SidecarRows?
  private let encoder: any TableEncoder
  private let threads: Int
  /// Guards all that follows.
  private let lock = NSLock()
  private var committed: Committed
  private var gate: GateWatch

  /// What has been written so far, and what waits for its turn.
  private struct Committed {
    var next = 0
    var waiting: [Int: (bytes: [UInt8], rows: Int)] = [:]
    var rows = 0
    /// Bytes before they are compressed.
    var content = 0
    var file: SafeFile
    var gzip: GzipWriter?
    /// Blocks that nobody deflates yet.
    var blocks: [GzipBlock] = []
    /// Deflaters that nobody uses.
    var deflaters: [any BlockDeflater] = []
  }

  init(
    _ output: PlannedOutput, facts: Facts, stagedPath: String, threads: Int,
    rows: SidecarRows? = nil
  ) throws {
    (self.output, self.stagedPath, self.threads) = (output, stagedPath, threads)
    (terms, self.rows) = (GateTerms(output, facts), rows)
    switch output.format {
    case .csv, .csvGzip:
      let shape: TextShape = output.profile == .opendata ? .opendata : .excelFR
      encoder = CSVEncoder(fields: facts.fields, shape: shape)
    case .json: encoder = JSONRowsEncoder(fields: facts.fields, lines: false)
    case .jsonLines: encoder = JSONRowsEncoder(fields: facts.fields, lines: true)
    }
    committed = Committed(
      file: try SafeFile(creating: stagedPath),
      gzip: output.format == .csvGzip ? GzipWriter() : nil)
    gate = GateWatch(terms, path: stagedPath, threads: threads)
    try begin()
  }

  /// The rows as they lie on disk, once it has been finished.
  var staged: StagedRows {
    StagedRows(terms: terms, path: stagedPath) { [stagedPath] in
      try FileDigest.source(stagedPath)
    }
  }

  /// Takes a batch, from any thread, in any order.
  func write(_ batch: Batch) throws {
    let bytes = batch.rowCount == 0 ? [] : encoder.rows(rows?.of(batch) ?? batch)
    try lock.withLock {
      committed.waiting[batch.sequence] = (bytes, batch.rowCount)
      while let next = committed.waiting.removeValue(forKey: committed.next) {
        committed.next += 1
        try commit(next.bytes, next.rows)
      }
    }
    try deflateWhatIsDue()
    lock.withLock { gate.work }?.help()
  }

  /// Throws away what was written, for a source that is read again.
  func restart() throws {
    try lock.withLock {
      gate.cancel()
      committed = Committed(
        file: try SafeFile(creating: stagedPath),
        gzip: output.format == .csvGzip ? GzipWriter() : nil)
      gate = GateWatch(terms, path: stagedPath, threads: threads)
      try begin()
    }
  }

  /// Ends the file, makes it durable and hears the gate.
  /// - Throws: `RunError`, when the file does not read back as it was meant too.
  func finish() throws -> GateReport {
    try lock.withLock {
      for sequence in committed.waiting.keys.sorted() {
        guard let next = committed.waiting[sequence] else { continue }
        try commit(next.bytes, next.rows)
      }
      committed.waiting.removeAll()
      try put(encoder.closing())
      if let rest = committed.gzip?.rest() { committed.blocks.append(rest) }
    }
    try deflateWhatIsDue()
    return try lock.withLock {
      if let trailer = committed.gzip?.trailer { try append(trailer, content: 0) }
      try committed.file.finish()
      return try gate.finish(rowsWritten: committed.rows)
    }
  }

  /// Lets the gate go, when nothing will be published.
  func cancel() { lock.withLock { gate.cancel() } }

  private func begin() throws {
    if committed.gzip != nil { try append(GzipWriter.header, content: 0) }
    try put(encoder.opening())
  }

  private func commit(_ bytes: [UInt8], _ rows: Int) throws {
    guard rows > 0 else { return }
    if committed.rows > 0 { try put(encoder.separator) }
    gate.record(at: committed.content)
    try put(bytes)
    committed.rows += rows
  }

  private func put(_ bytes: [UInt8]) throws {
    guard !bytes.isEmpty else { return }
    committed.content += bytes.count
    if let blocks = committed.gzip?.add(bytes[...]) {
      committed.blocks += blocks
    } else {
      try append(bytes, content: bytes.count)
    }
  }

  private func append(_ bytes: [UInt8], content: Int) throws {
    if bytes.isEmpty { return }
    try committed.file.write(bytes)
    gate.written(bytes, content: content)
  }

  /// Deflates blocks, outside of the lock, until none is left over.
  private func deflateWhatIsDue() throws {
    var deflater: (any BlockDeflater)?
    var done: GzipPiece?
    while true {
      let block: GzipBlock? = try lock.withLock {
        if let piece = done, let pieces = committed.gzip?.join(piece) {
          for piece in pieces { try append(piece.bytes, content: piece.contentBytes) }
        }
        guard !committed.blocks.isEmpty else {
          if let deflater { committed.deflaters.append(deflater) }
          return nil
        }
        if deflater == nil { deflater = committed.deflaters.popLast() }
        return committed.blocks.removeFirst()
      }
      guard let block else { return }
      let used = try deflater ?? IsalDeflater()
      deflater = used
      done = try block.deflated(by: used)
    }
  }
}
