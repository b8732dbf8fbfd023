import Codecs
import Foundation
import Ingest
import Tabular
import Testing

/// Files that are not what they should be.
@Suite struct FileTroubleTests {
  static let schema = Scanning.texts("a", "b")

  static func failure(
    _ bytes: [UInt8], _ change: (inout SourceDescription) -> Void = { _ in }
  ) throws -> IngestError? {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", bytes)
    return Scanning.scan(folder, ["t.csv"], schema, change).ingestError
  }

  @Test func emptyAndBinaryFilesAreNamed() throws {
    #expect(try Self.failure([])?.code == "empty_file")
    #expect(try Self.failure([0xEF, 0xBB, 0xBF])?.code == "empty_file")
    #expect(try Self.failure(Array("\n\n".utf8))?.code == "empty_file")
    #expect(try Self.failure([0x50, 0x4B, 3, 4, 20, 0])?.code == "not_csv")
    #expect(try Self.failure(Array("<!DOCTYPE html><html>".utf8))?.code == "not_csv")
    #expect(try Self.failure(Array("{\"a\": 1}".utf8))?.code == "not_csv")
    var numbers = SeededNumbers(1)
    let noise = (0..<5000).map { _ in UInt8(truncatingIfNeeded: numbers.next()) }
    #expect(try Self.failure([1] + noise)?.code == "binary")
    let nulls = Array("a,b\n".utf8) + [UInt8](repeating: 0, count: 5000)
    #expect(try Self.failure(nulls)?.code == "binary")
    let wide = Array("a,b\n1,2\n3,4\n".utf8).flatMap { (byte: UInt8) -> [UInt8] in [byte, 0] }
    let unmarked = try #require(try Self.failure(wide))
    #expect(unmarked.code == "utf16_without_mark")
    #expect(unmarked.remedy?.en.contains("utf-16le") ?? false)
  }

  @Test func headerOnlyIsNoRow() throws {
    let scanned = try Scanning.scan("a,b\n", Self.schema)
    #expect(scanned.error == nil && scanned.rows.isEmpty && scanned.counts.read == 0)
    #expect(try Scanning.scan("a,b", Self.schema).error == nil)
  }

  @Test func everyTruncationOfAGzipFileIsAnError() throws {
    let text = "a,b\n" + (0..<20).map { "\($0),x\($0 * 7919 % 101)\n" }.joined()
    let whole = try GzipWriter.compress(Array(text.utf8))
    let folder = try TemporaryFolder()
    for count in 1..<whole.count {
      try folder.write("t.csv.gz", Array(whole[0..<count]))
      let scanned = Scanning.scan(folder, ["t.csv.gz"], Self.schema)
      // One byte of it is no gzip file yet, and no table either.
      #expect(scanned.error != nil, "cut to \(count)")
      #expect(scanned.report == nil)
      if count > 1 { #expect(scanned.ingestError?.code == "truncated_gzip", "cut to \(count)") }
    }
    try folder.write("t.csv.gz", whole)
    #expect(Scanning.scan(folder, ["t.csv.gz"], Self.schema).rows.count == 20)
  }

  @Test func plainAndGzipGiveTheSame() throws {
    let text = "a,b\n" + (0..<5000).map { "\($0),\"l\n\($0)\"\n" }.joined()
    let folder = try TemporaryFolder()
    try folder.write("t.csv", text)
    let bytes = Array(text.utf8)
    let cut = 20_001
    try folder.write(
      "t.gz",
      try GzipWriter.compress(Array(bytes[..<cut])) + GzipWriter.compress(Array(bytes[cut...])))
    let plain = Scanning.scan(folder, ["t.csv"], Self.schema, threads: 3)
    let zipped = Scanning.scan(folder, ["t.gz"], Self.schema, threads: 3)
    #expect(plain.rows.count == 5000 && plain.rows == zipped.rows)
    #expect(zipped.report?.files[0].isGzip == true)
    #expect(zipped.report?.files[0].textBytes == bytes.count)
    #expect(plain.report?.files[0].identity != zipped.report?.files[0].identity)
  }

  @Test func aFileThatGrowsIsRefused() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", "a,b\n" + String(repeating: "1,2\n", count: 100_000))
    let file = InputFile(name: "t.csv", path: path)
    var source = SourceDescription(name: "t", files: [file], schema: Self.schema)
    source.blockSize = 1 << 12
    let scan = try SourceScan.open(
      source, Resources(threads: 1, memory: 1 << 28, scratch: folder.path))
    _ = try scan.next()
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("3,4\n".utf8))
    try handle.close()
    var failure: IngestError?
    do {
      while try scan.next() != nil {}
    } catch {
      failure = error as? IngestError
    }
    #expect(failure?.code == "changed_while_read")
    #expect(failure?.kind.exitCode == 3)
    #expect(scan.report == nil)
  }

  @Test func theSameContentTwiceIsRefused() throws {
    let folder = try TemporaryFolder()
    for name in ["a.csv", "b.csv"] { try folder.write(name, "a,b\n1,2\n") }
    let refused = Scanning.scan(folder, ["a.csv", "b.csv"], Self.schema)
    #expect(refused.ingestError?.code == "same_content")
    #expect(refused.ingestError?.file == "b.csv")
    let allowed = Scanning.scan(folder, ["a.csv", "b.csv"], Self.schema) {
      $0.allowsSameContent = true
    }
    #expect(allowed.rows.count == 2)
  }

  @Test func aFieldWithoutEndIsOneReject() throws {
    // Larger than any record may be: one line goes, the rest is read.
    let long = String(repeating: "x", count: 5 << 20)
    let text = "a,b\n1,2\n3,\(long)\n5,6\n"
    for block in [1 << 12, 1 << 20] {
      let scanned = try Scanning.scan(text, Self.schema) { $0.blockSize = block }
      #expect(scanned.error == nil)
      #expect(SourceScanTests.texts(scanned.rows) == ["1", "5"])
      #expect(scanned.rejectedBy == ["field_too_long": 1])
      #expect(scanned.rejects.last?[1] == "3")
      #expect((scanned.rejects.last?[7].utf8.count ?? 0) == 1 << 16)
      #expect(scanned.report?.files[0].textBytes == text.utf8.count)
    }
    let ending = try Scanning.scan("a,b\n1,2\n\"3,\(long)", Self.schema)
    #expect(SourceScanTests.texts(ending.rows) == ["1"])
    #expect(ending.counts.rejected == 1)
  }

  @Test func carriageReturnsAndUTF16AreRead() throws {
    let old = try Scanning.scan("a;b\r1;x\r2;y\r", Self.schema)
    #expect(SourceScanTests.texts(old.rows, 1) == ["x", "y"])
    let folder = try TemporaryFolder()
    let text = "a\tb\n1\té😀\n2\t\"l\n2\"\n3\tx\ty\n"
    for big in [false, true] {
      let units = Array(text.utf16).flatMap { unit in
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
        return big ? [high, low] : [low, high]
      }
      try folder.write("t.csv", (big ? [0xFE, 0xFF] : [0xFF, 0xFE]) + units)
      for block in [64, 1 << 20] {
        let scanned = Scanning.scan(folder, ["t.csv"], Self.schema) { $0.blockSize = block }
        #expect(SourceScanTests.texts(scanned.rows, 1) == ["é😀", "l\n2"])
        #expect(scanned.rejects.last?[1] == "5")
        // Bytes of the file: the mark, then two a unit.
        let before = "a\tb\n1\té😀\n2\t\"l\n2\"\n".utf16.count * 2 + 2
        #expect(scanned.rejects.last?[2] == String(before))
        #expect(scanned.report?.files[0].textBytes == units.count + 2)
      }
    }
  }

  /// Lines within quotes that look like records, for longer than a guess looks back.
  @Test(arguments: [1, 3])
  func textThatLooksLikeRecordsIsReadAgain(threads: Int) throws {
    let folder = try TemporaryFolder()
    let lines = String(repeating: "9," + String(repeating: "x", count: 398) + "\n", count: 180)
    let rows = (0..<4).map { "\($0),\"\(lines)\"\n" }.joined()
    try folder.write("t.csv", Array(("a,b\n" + rows).utf8))
    let scan = { (findings: Findings) in
      Scanning.scan(folder, ["t.csv"], Self.schema, threads: threads) {
        ($0.findings, $0.blockSize) = (findings, 1 << 15)
        $0.dialect.quote = .some(UInt8(ascii: "\""))
      }
    }
    let first = scan(Findings())
    let disproved = try #require(first.error as? GuessDisproved)
    #expect(disproved.findings == Findings(cutsAreWalked: true))
    let second = scan(disproved.findings)
    #expect(second.error == nil)
    #expect(second.rows.count == 4)
    #expect(second.rows.allSatisfy { $0[1] == .text(lines) })
  }
}
