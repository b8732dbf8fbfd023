import Codecs
import Ingest
import Tabular
import Testing

/// Many compressed files, inflated side by side: what comes out must not tell.
@Suite struct SideBySideTests {
  static let schema = Scanning.texts("a", "b")

  /// Files of very different sizes, every fifth of them plain.
  static func files(_ folder: TemporaryFolder, _ count: Int, seed: UInt64) throws -> [String] {
    var numbers = SeededNumbers(seed)
    return try (0..<count).map { file in
      var text = "a,b\n"
      for row in 0..<Int.random(in: 0...300, using: &numbers) {
        // Now and then too few fields, or a line within a field.
        switch Int.random(in: 0..<20, using: &numbers) {
        case 0: text += "\(file)-\(row)\n"
        case 1: text += "\(file)-\(row),\"l\n\(row)\"\n"
        default: text += "\(file)-\(row),\(String(repeating: "x", count: row % 37))\n"
        }
      }
      let bytes = Array(text.utf8)
      if file % 5 == 4 {
        try folder.write("\(file).csv", bytes)
        return "\(file).csv"
      }
      try folder.write("\(file).csv.gz", try GzipWriter.compress(bytes))
      return "\(file).csv.gz"
    }
  }

  @Test(arguments: [700, 1 << 14, 1 << 20])
  func threadsChangeNothing(block: Int) throws {
    let folder = try TemporaryFolder()
    let names = try Self.files(folder, 23, seed: UInt64(block))
    let scan = { (threads: Int) in
      Scanning.scan(folder, names, Self.schema, threads: threads) { $0.blockSize = block }
    }
    let alone = scan(1)
    #expect(alone.error == nil && alone.rows.count > 1_000)
    for threads in [2, 9] {
      let together = scan(threads)
      #expect(together.error == nil)
      #expect(together.rows == alone.rows)
      #expect(together.rejects == alone.rejects)
      #expect(together.counts == alone.counts)
      #expect(together.report?.files.map(\.identity) == alone.report?.files.map(\.identity))
    }
  }

  /// A file read ahead that is damaged is told when its turn comes: the first in order, always.
  @Test(arguments: [1, 2, 6]) func theFirstDamagedFileIsTold(threads: Int) throws {
    let folder = try TemporaryFolder()
    let names = try Self.files(folder, 12, seed: 5)
    for damaged in [5, 6, 11] {
      let whole = try folder.read(names[damaged])
      try folder.write(names[damaged], Array(whole.dropLast(9)))
    }
    for block in [700, 1 << 20] {
      let scanned = Scanning.scan(folder, names, Self.schema, threads: threads) {
        $0.blockSize = block
      }
      #expect(scanned.ingestError?.code == "truncated_gzip")
      #expect(scanned.ingestError?.file == names[5])
      #expect(scanned.report == nil)
    }
  }
}
