import Codecs
import Crypto
import Foundation
import Glibc
import Ingest

/// What the gate established about a staged file, from its bytes on disk alone.
package struct GateReport: Sendable, Hashable {
  package let bytes: Int
  /// SHA-256 of the file, in hexadecimal digits.
  package let sha256: String
  /// SHA-256 of its content once decompressed: the same for every codec build.
  package let contentSHA256: String
  /// Bytes of its content.
  package let contentBytes: Int
  package let rows: Int
  /// Of the file.
  let fingerprint: Fingerprint
  /// What was looked for in its cells.
  var detectors: DetectorFinding?
}

/// Reads staged outputs back from disk by other code than wrote them (libcsv and zlib), and
/// recounts what was promised.
struct Gate {
  let terms: GateTerms
  let path: String

  /// - Parameter source: the bytes of the file, from disk.
  /// - Throws: `RunError` when the file does not read back as it was meant.
  func inspect(_ source: any ByteSource) throws -> GateReport {
    let raw = HashedSource(source)
    let found: Found
    var content = raw
    switch terms.format {
    case .csv: found = try countCSV(raw)
    case .csvGzip:
      content = HashedSource(GzipReader(raw, file: path, inflater: try ZlibInflater()))
      found = try countCSV(content)
    case .json: found = try countJSON(try raw.all())
    case .jsonLines: found = try countLines(raw)
    }
    return GateReport(
      bytes: raw.count, sha256: raw.digest, contentSHA256: content.digest,
      contentBytes: content.count, rows: found.rows, fingerprint: raw.fingerprint,
      detectors: found.detectors)
  }

  private typealias Found = (rows: Int, detectors: DetectorFinding?)

  private func countCSV(_ source: HashedSource) throws -> Found {
    let reader = try ReferenceReader(source, name: terms.name, delimiter: terms.delimiter)
    var header = ReferenceRow()
    guard try reader.next(&header), header.strings == terms.names else {
      throw RunError(.refused, RunMessages.gateColumns(terms.name))
    }
    var tally = terms.tally
    try reader.tally(&tally)
    return (tally.rows, try terms.verify(tally))
  }

  /// What a row of a JSON file is looked at with; nil where nobody asks.
  private var watch: CellWatch? { terms.detectors.map { CellWatch($0.watched) } }

  private func look(at object: [String: Any], _ watch: CellWatch?) {
    guard let watch else { return }
    let cells = ObjectCells(names: terms.names, object: object)
    for column in terms.names.indices {
      cells.cell(column)?.withUnsafeBytes { watch.take(column, $0) }
    }
  }

  private func judge(_ watch: CellWatch?) throws -> DetectorFinding? {
    guard let watch else { return nil }
    return try terms.detectors?.judge(watch.cells, terms.name)
  }

  private func countJSON(_ content: [UInt8]) throws -> Found {
    let data = Data(content)
    guard let rows = try? JSONSerialization.jsonObject(with: data) as? [[String: Any]] else {
      throw RunError(.refused, RunMessages.gateUnreadable(terms.name))
    }
    guard rows.allSatisfy({ Set($0.keys) == Set(terms.names) }) else {
      throw RunError(.refused, RunMessages.gateColumns(terms.name))
    }
    let watch = watch
    for row in rows { look(at: row, watch) }
    return (rows.count, try judge(watch))
  }

  private func countLines(_ raw: HashedSource) throws -> Found {
    let watch = watch
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
        guard let object, Set(object.keys) == Set(terms.names) else {
          throw RunError(.refused, RunMessages.gateColumns(terms.name))
        }
        look(at: object, watch)
        rows += 1
        line.removeAll(keepingCapacity: true)
      }
    }
    guard line.isEmpty else {
      throw RunError(.refused, RunMessages.gateUnreadable(terms.name))
    }
    return (rows, try judge(watch))
  }
}

/// Hashes what passes through it.
final class HashedSource: ByteSource {
  private let source: any ByteSource
  private var hash = SHA256()
  private(set) var fingerprint = Fingerprint()
  var count: Int { fingerprint.count }

  init(_ source: any ByteSource) { self.source = source }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    try Interruption.check()
    let count = try source.read(into: &buffer, from: start)
    fingerprint.add(buffer, start..<(start + count))
    buffer[start..<(start + count)].withUnsafeBytes { hash.update(bufferPointer: $0) }
    return count
  }

  /// So many bytes, or as many as there are.
  func bytes(_ count: Int) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let more = try read(into: &bytes, from: filled)
      if more == 0 { return Array(bytes[..<filled]) }
      filled += more
    }
    return bytes
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
