import Codecs
import Foundation
import Reports
import StageKit
import Tabular

/// One output being written: workers encode their batches side by side, and the bytes are
/// committed in the order of the batches' sequences.
final class OutputSink: @unchecked Sendable {
  let output: PlannedOutput
  let stagedPath: String
  private let encoder: any TableEncoder
  /// Guards `state`: a codec and an open file cannot be handed to a `Mutex`.
  private let lock = NSLock()
  private var state: Committed

  /// What has been written so far, and what waits for its turn.
  private struct Committed {
    var next = 0
    var waiting: [Int: (bytes: [UInt8], rows: Int)] = [:]
    var rows = 0
    var file: SafeFile
    var gzip: GzipWriter?
  }

  init(_ output: PlannedOutput, facts: Facts, stagedPath: String) throws {
    self.output = output
    self.stagedPath = stagedPath
    switch output.format {
    case .csv, .csvGzip:
      let shape: TextShape = output.profile == .opendata ? .opendata : .excelFR
      encoder = CSVEncoder(fields: facts.fields, shape: shape)
    case .json: encoder = JSONRowsEncoder(fields: facts.fields, lines: false)
    case .jsonLines: encoder = JSONRowsEncoder(fields: facts.fields, lines: true)
    }
    state = try Self.makeCommitted(output, stagedPath)
    try Self.put(encoder.opening(), &state)
  }

  /// Takes a batch, from any thread, in any order.
  func write(_ batch: Batch) throws {
    let bytes = batch.rowCount == 0 ? [] : encoder.rows(batch)
    try lock.withLock {
      state.waiting[batch.sequence] = (bytes, batch.rowCount)
      while let next = state.waiting.removeValue(forKey: state.next) {
        state.next += 1
        try commit(next.bytes, next.rows, &state)
      }
    }
  }

  /// Throws away what was written, for a source that is read again.
  func restart() throws {
    try lock.withLock {
      state = try Self.makeCommitted(output, stagedPath)
      try Self.put(encoder.opening(), &state)
    }
  }

  private static func makeCommitted(
    _ output: PlannedOutput, _ path: String
  ) throws -> Committed {
    let gzip = output.format == .csvGzip ? GzipWriter(try ZlibDeflater(level: 6)) : nil
    return Committed(file: try SafeFile(creating: path), gzip: gzip)
  }

  /// Ends the file and makes it durable.
  /// - Returns: rows written.
  func finish() throws -> Int {
    try lock.withLock {
      for sequence in state.waiting.keys.sorted() {
        guard let next = state.waiting[sequence] else { continue }
        try commit(next.bytes, next.rows, &state)
      }
      state.waiting.removeAll()
      try Self.put(encoder.closing(), &state)
      if state.gzip != nil {
        var packed: [UInt8] = []
        try state.gzip?.finish(into: &packed)
        try state.file.write(packed)
      }
      try state.file.finish()
      return state.rows
    }
  }

  private func commit(_ bytes: [UInt8], _ rows: Int, _ state: inout Committed) throws {
    guard rows > 0 else { return }
    if state.rows > 0 { try Self.put(encoder.separator, &state) }
    try Self.put(bytes, &state)
    state.rows += rows
  }

  private static func put(_ bytes: [UInt8], _ state: inout Committed) throws {
    guard !bytes.isEmpty else { return }
    guard state.gzip != nil else { return try state.file.write(bytes) }
    var packed: [UInt8] = []
    try state.gzip?.write(bytes, into: &packed)
    try state.file.write(packed)
  }
}
