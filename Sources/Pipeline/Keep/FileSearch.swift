import Codecs
import Foundation
import Glibc
import Ingest

/// Looks for texts in a file, whether it is compressed or not.
package struct FileSearch {
  private let needles: [[UInt8]]

  /// - Parameter texts: none of them empty.
  package init(_ texts: [String]) { needles = texts.map { Array($0.utf8) }.filter { !$0.isEmpty } }

  /// Whether the file holds one of the texts; nil when it cannot be read.
  package func isFound(in path: String) -> Bool? {
    guard access(path, R_OK) == 0, let raw = try? FileDigest.source(path) else { return nil }
    do {
      var head = [UInt8](repeating: 0, count: 2)
      let count = try FileDigest.source(path).read(into: &head, from: 0)
      if count == 2, GzipReader.recognises(head[...]) {
        return try isFound(GzipReader(raw, file: path, inflater: try ZlibInflater()))
      }
      return try isFound(raw)
    } catch {
      return nil
    }
  }

  private func isFound(_ source: any ByteSource) throws -> Bool {
    let longest = needles.map(\.count).max() ?? 0
    var buffer = [UInt8](repeating: 0, count: (1 << 16) + longest)
    var kept = 0
    while true {
      let count = try source.read(into: &buffer, from: kept)
      if count == 0 { return false }
      let filled = kept + count
      let block = Data(buffer[..<filled])
      if needles.contains(where: { block.range(of: Data($0)) != nil }) { return true }
      // A text may lie across two blocks.
      kept = min(max(longest - 1, 0), filled)
      buffer.replaceSubrange(0..<kept, with: Array(buffer[(filled - kept)..<filled]))
    }
  }
}
