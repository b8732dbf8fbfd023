import Codecs
import Foundation
import Ingest
import Tabular
import TestSupport
import Testing

/// Small dirty files, record by record.
@Suite struct SourceScanTests {
  static let people = """
    {"fields": [
      {"name": "id", "type": "string", "constraints": {"required": true, "pattern": "[0-9]{3}"}},
      {"name": "nom", "type": "string"},
      {"name": "date", "type": "date", "format": "%d/%m/%Y"},
      {"name": "prix", "type": "number", "decimalChar": ",", "groupChar": " ",
       "constraints": {"minimum": 0}},
      {"name": "ok", "type": "boolean", "trueValues": ["VRAI"], "falseValues": ["FAUX"]}
     ], "primaryKey": "id", "missingValues": ["", "NR"]}
    """

  static func texts(_ rows: [[Value]], _ column: Int = 0) -> [String] {
    rows.map { row in
      if case .text(let text) = row[column] { text } else { "·" }
    }
  }

  @Test func readsTypesAndNothing() throws {
    let text = "id;nom;date;prix;ok\n001;A;03/02/2024;1 234,5;VRAI\n002;\"\";;NR;\n"
    let scanned = try Scanning.scan(text, try Scanning.schema(Self.people))
    #expect(scanned.error == nil)
    let day = try #require(CivilDate(year: 2024, month: 2, day: 3)?.daysSinceEpoch)
    #expect(
      scanned.rows == [
        [
          .text("001"), .text("A"), .date(Int32(day)), .decimal(Decimal(digits: 12345, scale: 1)),
          .boolean(true),
        ],
        [.text("002"), .text(""), .null, .null, .null],
      ])
    #expect(scanned.counts.read == 2 && scanned.counts.passed == 2)
    let file = try #require(scanned.report?.files.first)
    #expect(file.dialect.delimiter == UInt8(ascii: ";"))
    #expect(file.textBytes == text.utf8.count && file.bytes == text.utf8.count)
    #expect(file.identity.count == 64)
    #expect(scanned.report?.rejectFile == nil)
  }

  /// The identity is SHA-256 over the digests of the file's pieces of 1 MiB, however many.
  @Test(arguments: [500_000, 2 << 20, 3 << 20, (5 << 20) + 3])
  func identitiesAreThoseOfPython(size: Int) throws {
    guard let python = Program.python else { return }
    let script = """
      import hashlib, sys
      pieces, file = hashlib.sha256(), open(sys.argv[1], "rb")
      while piece := file.read(1 << 20):
          pieces.update(hashlib.sha256(piece).digest())
      print(pieces.hexdigest())
      """
    let folder = try TemporaryFolder()
    let line = Array("r,\(String(repeating: "x", count: 253))\n".utf8)
    var text = Array("a,b\n".utf8)
    while text.count < size - line.count { text += line }
    text += Array("z,".utf8) + Array(repeating: UInt8(ascii: "y"), count: size - text.count - 2)
    let path = try folder.write("t.csv", text)
    let expected = try Program.run(python, ["-c", script, path]).output
    for threads in [1, 3] {
      let scanned = Scanning.scan(folder, ["t.csv"], Scanning.texts("a", "b"), threads: threads)
      #expect(scanned.report?.files[0].identity == expected.trimmingCharacters(in: .newlines))
    }
  }

  @Test func footersAreSaidAndOldRejectsGo() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "id;nom;date;prix;ok\n001;A;;1;\n;;;;\nTotal;;;1;\nSource : ville\n")
    let old = try folder.write("rejects-1.csv", "old")
    var scanned = Scanning.scan(folder, ["t.csv"], try Scanning.schema(Self.people))
    #expect(scanned.skippedBy == ["footer": 2, "empty_row": 1] && scanned.counts.rejected == 0)
    #expect(scanned.report?.files[0].detections.contains { $0.what == "footer" } ?? false)
    #expect(!FileManager.default.fileExists(atPath: old))
    // What is declared is not guessed.
    scanned = Scanning.scan(folder, ["t.csv"], try Scanning.schema(Self.people)) {
      $0.dialect.footerRecords = 1
    }
    #expect(scanned.skippedBy == ["footer": 1, "empty_row": 1])
    #expect(scanned.rejectedBy == ["bad_pattern": 1])
  }

  /// Every way of leaving, once.
  static let dirty =
    "Titre du relevé\n\nid;nom;date;prix;ok\n"
    + "001;A;03/02/2024;1;VRAI\n"
    + "\n"
    + "002;B;31/02/2024;1;VRAI\n"  // no such day
    + "003;C;03/02/2024;n.c.;VRAI\n"  // no number
    + "004;D;03/02/2024;1;oui\n"  // no boolean
    + "005;E;03/02/2024;-1;VRAI\n"  // below the minimum
    + "006;F;03/02/2024;1\n"  // too few
    + "007;G;03/02/2024;1;VRAI;x\n"  // too many
    + "008;\"H\" x;03/02/2024;1;VRAI\n"  // stray quote
    + "009;I;03/02/2024;#N/A;VRAI\n"  // a spreadsheet's error
    + "1,23E+11;J;03/02/2024;1;VRAI\n"  // a spreadsheet's identifier
    + "11;K;03/02/2024;1;VRAI\n"  // lost zeros
    + "12x;L;03/02/2024;1;VRAI\n"  // pattern
    + ";M;03/02/2024;1;VRAI\n"  // required
    + "001;N;03/02/2024;1;VRAI\n"  // key
    + "id;nom;date;prix;ok\n"  // header again
    + ";;;;\n"  // nothing
    + "014;\"O\nP\";03/02/2024;1;VRAI;\n"  // two lines, and a trailing delimiter
    + "015;#REF!;03/02/2024;1;VRAI\n"  // warned
    + "016;CafÃ©;03/02/2024;1;VRAI\n"  // warned
    + "017;Q\u{0};03/02/2024;1;VRAI\n"  // zero byte
    + "018;\"R;03/02/2024;1;VRAI\n"  // not closed
    + "Total;;;12;\n"

  @Test(arguments: [1, 2, 4], [64, 100, 1 << 20])
  func everyRecordIsAccountedFor(threads: Int, block: Int) throws {
    let scanned = try Scanning.scan(
      Self.dirty, try Scanning.schema(Self.people), threads: threads
    ) { $0.blockSize = block }
    #expect(scanned.error == nil)
    #expect(Self.texts(scanned.rows) == ["001", "014", "015", "016"])
    #expect(scanned.rows[1][1] == .text("O\nP"))
    #expect(
      scanned.rejectedBy == [
        "bad_date": 1, "bad_number": 1, "bad_boolean": 1, "out_of_range": 1, "too_few_fields": 1,
        "too_many_fields": 1, "stray_quote": 1, "excel_error": 1, "scientific_identifier": 1,
        "lost_leading_zeros": 1, "bad_pattern": 1, "missing_required": 1, "duplicate_key": 1,
        "nul_byte": 1, "unclosed_quote": 1,
      ])
    #expect(
      scanned.skippedBy == [
        "blank": 2, "preamble": 1, "repeated_header": 1, "empty_row": 1, "footer": 1,
      ])
    #expect(scanned.counts.warnedBy == [.excelError: 1, .mojibake: 1])
    #expect(scanned.counts.read == 25)
    // Physical lines, in order.
    let lines = scanned.rejects.dropFirst().map { $0[1] }
    #expect(
      lines == [
        "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18", "25", "26",
      ])
    #expect(scanned.rejects.map(\.count).allSatisfy { $0 == 10 })
  }

  @Test func rejectsTellPlaceAndReason() throws {
    let text = "\u{FEFF}id;nom;date;prix;ok\n001;é\"x\";03/02/2024;1;VRAI\n002;\"a;b\";xx;1;VRAI\n"
    let scanned = try Scanning.scan(text, try Scanning.schema(Self.people))
    #expect(
      scanned.rejects == [
        [
          "file", "line", "line_byte_position", "byte_position", "column_idx", "column_name",
          "error_type", "csv_line", "error_message", "rule",
        ],
        [
          "t.csv", "3", "51", "61", "3", "date", "CAST", "002;\"a;b\";xx;1;VRAI",
          "not a date of this format", "date %d/%m/%Y",
        ],
      ])
    let path = try #require(scanned.report?.rejectFile)
    #expect(path.hasSuffix("rejects-1.csv"))
  }

  @Test func rejectFilesAreTheOwnersAlone() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "id;nom;date;prix;ok\n001;A;xx;1;VRAI\n")
    // Whatever lies there is replaced, whoever could read it.
    let place = try folder.write("rejects-1.csv", "old")
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: place)
    let scanned = Scanning.scan(folder, ["t.csv"], try Scanning.schema(Self.people))
    #expect(scanned.rejects.count == 2)
    let attributes = try FileManager.default.attributesOfItem(atPath: place)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func unreadFieldsAreCheckedAndLeftOut() throws {
    let text = "id;nom;date;prix;ok\n001;A;xx;1;VRAI\n002;B;03/02/2024;2;VRAI\n"
    let schema = try Scanning.schema(Self.people)
    var scanned = try Scanning.scan(text, schema) { $0.wanted = ["prix"] }
    #expect(scanned.rows == [[.null, .null, .null, .decimal(Decimal(digits: 2, scale: 0)), .null]])
    #expect(scanned.rejectedBy == ["bad_date": 1])
    scanned = try Scanning.scan(text, schema) {
      $0.wanted = ["prix"]
      $0.checksUnreadFields = false
    }
    #expect(scanned.rows.count == 2)
  }

  @Test func limitsAreExact() throws {
    let rows = (0..<200).map {
      "\($0 < 10 ? "00" : $0 < 100 ? "0" : "")\($0);A;;\($0 < 2 ? "x" : "1");"
    }
    let text = "id;nom;date;prix;ok\n" + rows.joined(separator: "\n") + "\n\n\n"
    let schema = try Scanning.schema(Self.people)
    func error(_ limit: RejectLimit) throws -> IngestError? {
      try Scanning.scan(text, schema) { $0.rejectLimit = limit }.ingestError
    }
    #expect(try error(.count(2)) == nil)
    #expect(try error(.share(Decimal(digits: 1, scale: 2))) == nil)
    #expect(try error(.share(Decimal(digits: 999, scale: 5)))?.code == "too_many_rejects")
    let refused = try #require(try error(.count(1)))
    #expect(refused.code == "too_many_rejects" && refused.kind.exitCode == 1)
    #expect(refused.message.en.contains("2 of"))
  }

  @Test func theFirstOfEqualKeysStays() throws {
    // Rows that were rejected do not hold a key; the second of two good ones goes, in any file.
    let folder = try TemporaryFolder()
    let head = "id;nom;date;prix;ok\n"
    try folder.write("a.csv", head + "001;A;xx;;\n001;B;;;\n002;C;;;\n")
    try folder.write("b.csv", head + "002;D;;;\n003;E;;;\n001;F;;;\n")
    for threads in [1, 4] {
      let scanned = Scanning.scan(
        folder, ["a.csv", "b.csv"], try Scanning.schema(Self.people), threads: threads
      ) { $0.blockSize = 64 }
      #expect(Self.texts(scanned.rows, 1) == ["B", "C", "E"])
      #expect(scanned.rejectedBy == ["bad_date": 1, "duplicate_key": 2])
    }
  }

  @Test func uniqueFieldsLetNothingRepeatButNull() throws {
    let schema = try Scanning.schema(
      """
      {"fields": [{"name": "a", "type": "number", "constraints": {"unique": true}},
                  {"name": "b", "type": "string"}], "uniqueKeys": [["a", "b"]]}
      """)
    let scanned = try Scanning.scan("a,b\n1.5,x\n1.50,y\n,z\n,w\n2,x\n", schema)
    #expect(Self.texts(scanned.rows, 1) == ["x", "z", "w", "x"])
  }

  /// Only rows that pass are counted by their day: none that was rejected, for a key that repeats
  /// neither. A moment's day is the one it falls on, before 1970, too.
  @Test func daysAreThoseOfRowsThatPass() throws {
    let folder = try TemporaryFolder()
    let head = "id;nom;date;prix;ok\n"
    try folder.write("a.csv", head + "001;A;03/02/2024;;\n002;B;03/02/2024;;\n003;C;;;\n")
    try folder.write("b.csv", head + "001;D;03/02/2024;;\n004;E;31/12/1969;;\nx;F;04/02/2024;;\n")
    let day = try #require(CivilDate(year: 2024, month: 2, day: 3)?.daysSinceEpoch)
    for threads in [1, 4] {
      let scanned = Scanning.scan(
        folder, ["a.csv", "b.csv"], try Scanning.schema(Self.people), threads: threads
      ) {
        $0.blockSize = 64
        $0.dated = "date"
      }
      #expect(scanned.report?.days == [day: 2, -1: 1])
    }
    let schema = try Scanning.schema(
      """
      {"fields": [{"name": "a", "type": "datetime"}, {"name": "b", "type": "string"}]}
      """)
    let moments = """
      a,b
      1969-12-31T23:59:59Z,x
      1970-01-01T00:00:00Z,x
      9999-12-31T23:59:59Z,x

      """
    let scanned = try Scanning.scan(moments, schema) { $0.dated = "a" }
    let last = try #require(CivilDate(year: 9999, month: 12, day: 31)?.daysSinceEpoch)
    #expect(scanned.report?.days == [-1: 1, 0: 1, last: 1], "\(scanned.rejectedBy)")
  }
}
