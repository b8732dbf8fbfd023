import Foundation
import Ingest

/// What became of a text written anew, and the cells of it as the other parser reads them.
struct CleanReading {
  let rows: [[String]]
  let counts: CleanCounts
  let report: CleanReport
  let bytes: [UInt8]

  init(_ bytes: [UInt8], block: Int = 1 << 18, _ change: (inout CleanOptions) -> Void = { _ in })
    throws
  {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", bytes)
    var options = CleanOptions()
    change(&options)
    var written: [UInt8] = []
    let copy = try CleanCopy(InputFile(name: "t.csv", path: path), options, block: block)
    report = try copy.run { written += $0 }
    counts = report.counts
    self.bytes = written
    rows = try CleanReading.read(written)
  }

  init(_ text: String, _ change: (inout CleanOptions) -> Void = { _ in }) throws {
    try self.init(Array(text.utf8), change)
  }

  static func read(_ bytes: [UInt8]) throws -> [[String]] {
    let reader = try ReferenceReader(BytesSource(bytes), name: "clean.csv")
    var rows: [[String]] = []
    var row = ReferenceRow()
    while try reader.next(&row) { rows.append(row.strings) }
    return rows
  }
}
