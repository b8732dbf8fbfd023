import Foundation
import Ingest
import Tabular
import Testing

@Suite struct EncodingTests {
  static let schema = Scanning.texts("a", "b")

  /// A plain text longer than what is looked at first, then a line.
  static func late(_ line: [UInt8]) -> [UInt8] {
    Array("a,b\n".utf8) + Array(String(repeating: "1,abcdefgh\n", count: 30_000).utf8) + line
  }

  @Test(arguments: [
    ("windows-1252", [0x80, 0x92, 0xE9, 0x9C] as [UInt8], "€’éœ"), ("latin1", [0xE9, 0xA4], "é¤"),
    ("ISO-8859-15", [0xA4, 0xBD], "€œ"), ("cp1256", [0xE3, 0xCD, 0xE3, 0xCF], "محمد"),
    ("utf8", [0xC3, 0xA9], "é"),
  ])
  func declaredEncodingsAreRead(name: String, bytes: [UInt8], text: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", Array("a,b\n1,".utf8) + bytes + Array("\n".utf8))
    let encoding = try #require(TextEncoding(name: name))
    let scanned = Scanning.scan(folder, ["t.csv"], Self.schema) { $0.dialect.encoding = encoding }
    #expect(scanned.rows == [[.text("1"), .text(text)]])
  }

  @Test func windows1252IsFoundAtOnceInTheHead() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", Array("a,b\n1,caf".utf8) + [0xE9] + Array("\n".utf8))
    let scanned = Scanning.scan(folder, ["t.csv"], Self.schema)
    #expect(scanned.rows == [[.text("1"), .text("café")]])
    let detection = scanned.report?.files[0].detections.first { $0.what == "encoding" }
    #expect(detection?.value == "windows-1252")
    #expect(detection?.evidence.en == "line 2 is not UTF-8")
  }

  @Test(arguments: [1, 3])
  func windows1252FarBehindStartsAgain(threads: Int) throws {
    let folder = try TemporaryFolder()
    try folder.write("a.csv", Self.late(Array("2,caf".utf8) + [0xE9, 0x0A]))
    try folder.write("b.csv", Self.late(Array("2,café\n".utf8)))
    let first = Scanning.scan(folder, ["a.csv", "b.csv"], Self.schema, threads: threads) {
      $0.blockSize = 1 << 14
    }
    let disproved = try #require(first.error as? GuessDisproved)
    #expect(disproved.findings.encodings == ["a.csv": .windows1252, "b.csv": .utf8])
    let second = Scanning.scan(folder, ["a.csv", "b.csv"], Self.schema, threads: threads) {
      $0.findings = disproved.findings
    }
    #expect(second.error == nil)
    #expect(second.rows.count == 60_002)
    #expect(second.rows[30_000] == [.text("2"), .text("café")])
    #expect(second.rows[60_001] == [.text("2"), .text("café")])
  }

  @Test func damagedUTF8LosesRowsAndStaysUTF8() throws {
    let folder = try TemporaryFolder()
    var line = Array("2,éèàùç été\n".utf8)
    line += Array("3,b".utf8) + [0xC3, 0x0A] + Array("4,ok\n".utf8)
    try folder.write("t.csv", Self.late(line))
    let first = Scanning.scan(folder, ["t.csv"], Self.schema)
    let disproved = try #require(first.error as? GuessDisproved)
    #expect(disproved.findings.encodings == ["t.csv": .utf8])
    let scanned = Scanning.scan(folder, ["t.csv"], Self.schema) {
      $0.findings = disproved.findings
    }
    #expect(scanned.rejectedBy == ["invalid_encoding": 1])
    #expect(scanned.rows.count == 30_002)
    #expect(scanned.rejects.last?[1] == "30003")
  }

  @Test func declaredUTF8RejectsWhatIsNot() throws {
    let folder = try TemporaryFolder()
    let text = Array("a,b\n1,".utf8) + [0xE9, 0x0A] + Array("2,ok\n3,".utf8) + [0xFF, 0xFE, 0x0A]
    try folder.write("t.csv", text)
    let scanned = Scanning.scan(folder, ["t.csv"], Self.schema) { $0.dialect.encoding = .utf8 }
    #expect(SourceScanTests.texts(scanned.rows) == ["2"])
    #expect(scanned.rejectedBy == ["invalid_encoding": 2])
  }
}
