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
  let output: PlannedOutput
  let facts: Facts
  let path: String

  /// - Parameter source: the bytes of the file, from disk.
  /// - Throws: `RunError` when the file does not read back as it was meant.
  func inspect(_ source: any ByteSource) throws -> GateReport {
    let raw = HashedSource(source)
    let rows: Int
    var content = raw
    switch output.format {
    case .csv: rows = try countCSV(raw)
    case .csvGzip:
      content = HashedSource(GzipReader(raw, file: path, inflater: try ZlibInflater()))
      rows = try countCSV(content)
    case .json: rows = try Gate.countJSON(output, facts, try raw.all())
    case .jsonLines: rows = try Gate.countLines(output, facts, raw)
    }
    return GateReport(
      bytes: raw.bytes, sha256: raw.digest, contentSHA256: content.digest, rows: rows)
  }

  private func countCSV(_ source: HashedSource) throws -> Int {
    let delimiter = output.profile == .opendata ? UInt8(ascii: ",") : UInt8(ascii: ";")
    let reader = try ReferenceReader(source, name: output.name, delimiter: delimiter)
    var header = ReferenceRow()
    guard try reader.next(&header), header.strings == facts.names else {
      throw RunError(.refused, RunMessages.gateColumns(output.name))
    }
    let least = Gate.minimum(facts)
    var tally = RowTally(fields: facts.fields.count, least: least)
    try reader.tally(&tally)
    guard !tally.hasOtherWidth else {
      throw RunError(.refused, RunMessages.gateColumns(output.name))
    }
    if tally.isBelow, let least {
      throw RunError(.refused, RunMessages.gateCount(output.name, minimum: least.count))
    }
    return tally.rows
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
    _ output: PlannedOutput, _ facts: Facts, _ content: [UInt8]
  ) throws -> Int {
    let data = Data(content)
    guard let rows = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
      throw RunError(.refused, RunMessages.gateUnreadable(output.name))
    }
    guard rows.allSatisfy({ Set($0.keys) == Set(facts.names) }) else {
      throw RunError(.refused, RunMessages.gateColumns(output.name))
    }
    return rows.count
  }

  private static func countLines(
    _ output: PlannedOutput, _ facts: Facts, _ raw: HashedSource
  ) throws -> Int {
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

/// Hashes what passes through it.
final class HashedSource: ByteSource {
  private let source: any ByteSource
  private var hash = SHA256()
  private(set) var bytes = 0

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    try Interruption.check()
    let count = try source.read(into: &buffer, from: start)
    bytes += count
    buffer[start..<(start + count)].withUnsafeBytes { hash.update(bufferPointer: $0) }
    return count
  }

  /// All that is left.
  func all() throws -> [UInt8] {
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try read(into: &buffer, from: 0)
      if count == 0 { return all }
      all += buffer[..<count]
    }
  }

  /// SHA-256 of what has passed, in hexadecimal digits.
  var digest: String { hash.finalize().map { StateFolder.hex($0) }.joined() }
}
