import Ingest
import Testing

/// Rejects by the thousand, and of several causes: each is told once, in order and in its words.
@Suite struct ManyRejectsTests {
  static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "constraints": {"required": true, "maximum": 90}},
      {"name": "note", "type": "string", "constraints": {"enum": ["été", "oui"]}}
    ]}
    """

  /// A row that passes, and one of each way not to.
  static let rows: [(text: String, cells: [String]?)] = [
    ("1,oui", nil),
    ("x,oui", ["1", "id", "CAST", "x,oui", "not a number", "type integer"]),
    (
      "91,oui",
      ["1", "id", "CONSTRAINT", "91,oui", "outside the bounds", "maximum 90"]
    ),
    (
      ",oui",
      ["1", "id", "CONSTRAINT", ",oui", "a required value is missing", "required"]
    ),
    (
      "2,\"no\"",
      ["2", "note", "CONSTRAINT", "2,\"no\"", "not one of the allowed values", "enum"]
    ),
    (
      "3,oui,été",
      ["", "", "TOO MANY COLUMNS", "3,oui,été", "too many fields", "2 fields, not 3"]
    ),
    ("4", ["", "", "MISSING COLUMNS", "4", "too few fields", "2 fields, not 1"]),
    (
      "5,\"a\"b",
      ["2", "", "UNQUOTED VALUE", "5,\"a\"b", "text follows a closing quote", "CSV"]
    ),
  ]

  @Test(arguments: [TextEncoding.utf8, .windows1252, .utf16LittleEndian], [1, 3])
  func everyCauseIsToldInOrder(encoding: TextEncoding, threads: Int) throws {
    var numbers = SeededNumbers(19)
    let picked = (0..<3000).map { _ in Int.random(in: 0..<Self.rows.count, using: &numbers) }
    var text = "id,note\n"
    var expected: [[String]] = []
    for (line, row) in picked.enumerated() {
      if let cells = Self.rows[row].cells {
        let start = Self.bytes(text, encoding).count
        expected.append(["t.csv", String(line + 2), String(start)] + cells)
      }
      text += Self.rows[row].text + "\n"
      // Measuring the whole text anew for each row is for small texts only.
      if line > 400 { break }
    }
    let folder = try TemporaryFolder()
    try folder.write("t.csv", Self.bytes(text, encoding))
    let scanned = Scanning.scan(
      folder, ["t.csv"], try Scanning.schema(Self.schema), threads: threads
    ) {
      $0.dialect.encoding = encoding
      $0.dialect.footerRecords = 0
      $0.blockSize = 300
    }
    #expect(scanned.error == nil)
    let found = scanned.rejects.dropFirst().map { Array($0[0...2] + $0[4...]) }
    #expect(found == expected)
    #expect(scanned.counts.rejected == expected.count)
  }

  private static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
    switch encoding {
    case .utf16LittleEndian: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .windows1252: text.unicodeScalars.map { UInt8($0.value) }
    default: Array(text.utf8)
    }
  }

  /// Bytes that are no UTF-8 in a broken line are not held against the row before it.
  @Test func aGoodRowBeforeABrokenLineStays() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "t.csv", Array("id,note\n1,oui\n2,x".utf8) + [0xFF] + Array(",y\n3,oui\n".utf8))
    let scanned = Scanning.scan(folder, ["t.csv"], try Scanning.schema(Self.schema)) {
      $0.dialect.encoding = .utf8
    }
    #expect(scanned.rows.count == 2)
    #expect(scanned.rejectedBy == ["too_many_fields": 1])
    #expect(scanned.rejects.last?[7] == "2,x\u{FFFD},y")
  }
}
