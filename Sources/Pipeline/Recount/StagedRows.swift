import Codecs
import Foundation
import Ingest

/// The rows of a staged or published file, read from disk by other code than wrote them, as often
/// as is asked.
struct StagedRows {
  let terms: GateTerms
  let path: String
  /// The bytes of the file, from its start.
  let open: () throws -> any ByteSource

  /// Hands all rows over.
  /// - Returns: the fingerprint of the file's bytes.
  func hand(to taker: inout some RowTaker) throws -> Fingerprint {
    let raw = HashedSource(try open())
    switch terms.format {
    case .csv: try handCSV(raw, to: &taker)
    case .csvGzip:
      let content = GzipReader(raw, file: path, inflater: try ZlibInflater())
      try handCSV(content, to: &taker)
    case .json:
      let rows = try? JSONSerialization.jsonObject(with: Data(try raw.all())) as? [[String: Any]]
      guard let rows else { throw RunError(.refused, RunMessages.gateUnreadable(terms.name)) }
      for row in rows { taker.take(ObjectCells(names: terms.names, object: row)) }
    case .jsonLines: try handLines(raw, to: &taker)
    }
    return raw.fingerprint
  }

  private func handCSV(_ source: any ByteSource, to taker: inout some RowTaker) throws {
    let reader = try ReferenceReader(source, name: terms.name, delimiter: terms.delimiter)
    var row = ReferenceRow()
    guard try reader.next(&row) else { return }
    while try reader.next(&row) {
      guard row.count == terms.names.count else {
        throw RunError(.refused, RunMessages.gateColumns(terms.name))
      }
      taker.take(row)
    }
  }

  private func handLines(_ raw: HashedSource, to taker: inout some RowTaker) throws {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var line: [UInt8] = []
    while true {
      let count = try raw.read(into: &buffer, from: 0)
      if count == 0 { return }
      for byte in buffer[..<count] {
        guard byte == 10 else {
          line.append(byte)
          continue
        }
        guard
          let object = try? JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
        else { throw RunError(.refused, RunMessages.gateUnreadable(terms.name)) }
        taker.take(ObjectCells(names: terms.names, object: object))
        line.removeAll(keepingCapacity: true)
      }
    }
  }
}
