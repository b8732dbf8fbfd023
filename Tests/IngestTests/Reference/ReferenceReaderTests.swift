import Codecs
import Ingest
import Testing

@Suite struct ReferenceReaderTests {
  static func rows(_ text: String, block: Int = 1 << 16) throws -> [[String]] {
    let reader = try ReferenceReader(BytesSource(Array(text.utf8)), name: "t.csv", blockSize: block)
    var rows: [[String]] = []
    var row = ReferenceRow()
    while try reader.next(&row) { rows.append(row.strings) }
    return rows
  }

  static let cases: [(String, [[String]])] = [
    ("a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
    ("a,b\r\n1,\"x\r\ny\"\r\n", [["a", "b"], ["1", "x\r\ny"]]),
    ("a\n\nb", [["a"], [], ["b"]]),
    ("a\r\rb\r", [["a"], [], ["b"]]),
    ("a\r\n\r\n", [["a"], []]),
    (" a , \"b\"\n".replacing("\"", with: ""), [[" a ", " b"]]),
    ("\"a\"\"b\",\"\",\n", [["a\"b", "", ""]]),
    ("x,", [["x", ""]]),
    ("\u{FEFF}é,b\n", [["é", "b"]]),
    ("", []),
    ("\n", [[]]),
    ("\"\"", [[""]]),
  ]

  @Test(arguments: 0..<12, [1, 2, 3, 4, 7, 64])
  func readsAsWritten(index: Int, block: Int) throws {
    let (text, expected) = Self.cases[index]
    #expect(try Self.rows(text, block: block) == expected)
  }

  @Test func nullsAreNotEmptyTexts() throws {
    let reader = try ReferenceReader(BytesSource(Array("a,,\"\"\n".utf8)), name: "t.csv")
    var row = ReferenceRow()
    #expect(try reader.next(&row))
    #expect((0..<3).map(row.isNull) == [false, true, false])
    #expect(try !reader.next(&row))
    #expect(!reader.hadByteOrderMark)
  }

  @Test(arguments: ["a\"b,c\n", "\"a\" ,b\n", "\"q\" z\"\n", "\"open\n", "ok\n\"a\"b\n"])
  func isStrict(text: String) {
    #expect(throws: IngestError.self) { try Self.rows(text) }
  }

  @Test func longFieldsAreRefused() throws {
    let text = "a," + String(repeating: "x", count: ReferenceReader.longestField + 5)
    do {
      _ = try Self.rows(text)
      Issue.record("no error")
    } catch let error as IngestError {
      #expect(error.code == "field_too_long")
    }
  }

  @Test func compressedFilesAreKnownByContent() throws {
    let folder = try TemporaryFolder()
    let compressed = try GzipWriter.compress(Array("a;b\n1;2\n".utf8))
    let path = try folder.write("x.csv", compressed)
    let reader = try ReferenceReader(path: path, delimiter: UInt8(ascii: ";"))
    var row = ReferenceRow()
    #expect(try reader.next(&row))
    #expect(try reader.next(&row))
    #expect(row.strings == ["1", "2"])
    let cut = try folder.write("cut.csv.gz", Array(compressed.dropLast(3)))
    let broken = try ReferenceReader(path: cut, name: "cut")
    do {
      while try broken.next(&row) {}
      Issue.record("no error")
    } catch let error as IngestError {
      #expect(error.code == "truncated_gzip")
      #expect(error.file == "cut")
    }
  }
}
