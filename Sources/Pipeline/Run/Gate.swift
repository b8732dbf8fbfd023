import Codecs
import Crypto
import Foundation
import Glibc
import Ingest
import StageKit
import Tabular

/// What the gate established about a staged file, from its bytes on disk alone.
struct GateReport: Sendable {
  let bytes: Int
  /// SHA-256 of the file, in hexadecimal digits.
  let sha256: String
  /// SHA-256 of its content once decompressed: the same for every codec build.
  let contentSHA256: String
  let rows: Int
}

/// Reads staged outputs back from disk by other code than wrote them (libcsv and zlib), and
/// recounts what was promised.
struct Gate {
  /// - Throws: `RunError` when the file does not read back as it was meant.
  static func inspect(
    _ output: PlannedOutput, _ facts: Facts, at path: String, rowsWritten: Int
  ) throws -> GateReport {
    let digest = try hash(path, inflate: false)
    let content = output.format == .csvGzip ? try hash(path, inflate: true).sha256 : digest.sha256
    let rows: Int
    switch output.format {
    case .csv, .csvGzip: rows = try countCSV(output, facts, path)
    case .json: rows = try countJSON(output, facts, path)
    case .jsonLines: rows = try countLines(output, facts, path)
    }
    guard rows == rowsWritten else {
      throw RunError(
        .refused, RunMessages.gateRows(output.name, written: rowsWritten, read: rows))
    }
    return GateReport(
      bytes: digest.bytes, sha256: digest.sha256, contentSHA256: content, rows: rows)
  }

  private static func hash(
    _ path: String, inflate: Bool
  ) throws -> (sha256: String, bytes: Int) {
    let raw = try FileBytes(path)
    var source: any ByteSource = raw
    if inflate { source = GzipReader(raw, file: path, inflater: try ZlibInflater()) }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    var bytes = 0
    while true {
      let count = try source.read(into: &buffer, from: 0)
      if count == 0 { break }
      try Interruption.check()
      bytes += count
      buffer[..<count].withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    return (hash.finalize().map { StateFolder.hex($0) }.joined(), bytes)
  }

  private static func countCSV(
    _ output: PlannedOutput, _ facts: Facts, _ path: String
  ) throws -> Int {
    let delimiter = output.profile == .opendata ? UInt8(ascii: ",") : UInt8(ascii: ";")
    let reader = try ReferenceReader(path: path, name: output.name, delimiter: delimiter)
    var row = ReferenceRow()
    guard try reader.next(&row), row.strings == facts.names else {
      throw RunError(.refused, RunMessages.gateColumns(output.name))
    }
    let least = minimum(facts)
    var rows = 0
    while try reader.next(&row) {
      // A single empty column is a blank line to a CSV reader.
      guard row.count == facts.fields.count || (row.count == 0 && facts.fields.count == 1) else {
        throw RunError(.refused, RunMessages.gateColumns(output.name))
      }
      rows += 1
      if let (column, count) = least, row.count > column,
        let value = Int(String(decoding: row[column], as: UTF8.self)), value < count
      {
        throw RunError(.refused, RunMessages.gateCount(output.name, minimum: count))
      }
    }
    return rows
  }

  /// The column that counts source rows and the least it was guaranteed to hold, if there is one.
  private static func minimum(_ facts: Facts) -> (column: Int, count: Int)? {
    let counts = facts.guarantees.compactMap {
      if case .minCount(let count) = $0 { count } else { nil }
    }
    guard let count = counts.max(),
      let column = facts.fields.firstIndex(where: { $0.counts != nil })
    else { return nil }
    return (column, count)
  }

  private static func countJSON(
    _ output: PlannedOutput, _ facts: Facts, _ path: String
  ) throws -> Int {
    let data = try Data(contentsOf: URL(filePath: path))
    guard let rows = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
      throw RunError(.refused, RunMessages.gateUnreadable(output.name))
    }
    guard rows.allSatisfy({ Set($0.keys) == Set(facts.names) }) else {
      throw RunError(.refused, RunMessages.gateColumns(output.name))
    }
    return rows.count
  }

  private static func countLines(
    _ output: PlannedOutput, _ facts: Facts, _ path: String
  ) throws -> Int {
    let raw = try FileBytes(path)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var line: [UInt8] = []
    var rows = 0
    while true {
      let count = try raw.read(into: &buffer, from: 0)
      if count == 0 { break }
      for byte in buffer[..<count] {
        guard byte == 10 else {
          line.append(byte)
          continue
        }
        let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        guard let object, Set(object.keys) == Set(facts.names) else {
          throw RunError(.refused, RunMessages.gateColumns(output.name))
        }
        rows += 1
        line.removeAll(keepingCapacity: true)
      }
    }
    guard line.isEmpty else {
      throw RunError(.refused, RunMessages.gateUnreadable(output.name))
    }
    return rows
  }
}

/// A file's bytes, read from disk block by block.
final class FileBytes: ByteSource {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw RunError.machine(RunMessages.open, path, errno) }
    // Asks for the disk's bytes, not the writer's: what is clean in the cache is dropped.
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED)
  }

  deinit { close(descriptor) }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        Glibc.read(descriptor, bytes.baseAddress.map { $0 + start }, bytes.count - start)
      }
      if count >= 0 { return count }
      if errno != EINTR { throw RunError.machine(RunMessages.open, "", errno) }
    }
  }
}
