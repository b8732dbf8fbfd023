import Ingest
import Tabular
import Testing

/// Files whose columns are not quite those of the schema.
@Suite struct ColumnDriftTests {
  static let schema = """
    {"fields": [{"name": "date_ouverture", "aliases": ["ouverture"]}, {"name": "quartier"},
                {"name": "nom"}]}
    """

  static func scan(
    _ texts: [String], _ policy: FilePolicy?
  ) throws -> Scanned {
    let folder = try TemporaryFolder()
    var names: [String] = []
    for (index, text) in texts.enumerated() {
      names.append("\(index).csv")
      try folder.write("\(index).csv", text)
    }
    return Scanning.scan(folder, names, try Scanning.schema(schema)) { $0.policy = policy }
  }

  @Test func columnsMatchByNameThenByAlias() throws {
    let scanned = try Self.scan(
      ["quartier;extra;ouverture;nom\nQ1;x;2024;A\n", "nom;date_ouverture;quartier\nB;2025;Q2\n"],
      nil)
    #expect(
      scanned.rows == [
        [.text("2024"), .text("Q1"), .text("A")], [.text("2025"), .text("Q2"), .text("B")],
      ])
    let file = try #require(scanned.report?.files.first)
    #expect(file.undeclared == ["extra"])
    #expect(file.aliases.map(\.column) == ["ouverture"])
  }

  @Test func nearMissesAreProposedAndNeverTaken() throws {
    let scanned = try Self.scan(["Date d'ouverture;quartier;nom\n2024;Q1;A\n"], nil)
    let error = try #require(scanned.ingestError)
    #expect(error.code == "missing_column" && error.kind.exitCode == 1)
    #expect(error.line == 1 && error.file == "0.csv")
    #expect(error.remedy?.en.contains("\"aliases\": [\"Date d'ouverture\"]") ?? false)
  }

  @Test func policiesSayWhatMayLack() throws {
    let full = "date_ouverture;quartier;nom\n2024;Q1;A\n"
    let short = "date_ouverture;nom\n2025;B\n"
    #expect(try Self.scan([full, short], nil).ingestError?.code == "missing_column")
    let union = try Self.scan([full, short], .union)
    #expect(
      union.rows == [
        [.text("2024"), .text("Q1"), .text("A")], [.text("2025"), .null, .text("B")],
      ])
    #expect(union.report?.files[1].missing == ["quartier"])
    #expect(try Self.scan([short], .union).ingestError?.code == "missing_column")
    let more = "date_ouverture;quartier;nom;x\n2024;Q1;A;1\n"
    #expect(try Self.scan([more], .exact).ingestError?.code == "undeclared_column")
    #expect(try Self.scan([more], .subset).error == nil)
  }

  @Test func namesOfTheirOwnCanBeDeclared() throws {
    let folder = try TemporaryFolder()
    try folder.write("t.csv", "nom,nom,,a\nx,y,z,w\n")
    let scanned = Scanning.scan(
      folder, ["t.csv"], Scanning.texts("nom_2", "column_3"))
    #expect(scanned.rows == [[.text("y"), .text("z")]])
    #expect(scanned.report?.files[0].renamed.map(\.name) == ["nom_2", "column_3"])
  }

  @Test func filesWithoutHeaderAreReadByPlaceWhenDeclared() throws {
    let text = "1;2024-01-02;5,5\n2;2024-01-03;6,5\n"
    let schema = Scanning.texts("n", "jour", "prix")
    #expect(try Scanning.scan(text, schema).ingestError?.code == "no_header")
    let scanned = try Scanning.scan(text, schema) { $0.dialect.hasHeader = false }
    #expect(scanned.rows.count == 2 && scanned.counts.read == 2)
    #expect(scanned.rows[0][1] == .text("2024-01-02"))
  }

  @Test func trailingDelimitersAreNoColumn() throws {
    let scanned = try Scanning.scan("a;b;\n1;2;\n3;4\n5;6;7\n", Scanning.texts("a", "b"))
    #expect(SourceScanTests.texts(scanned.rows) == ["1", "3"])
    #expect(scanned.rejectedBy == ["too_many_fields": 1])
  }

  @Test func escapesAreResolved() throws {
    let text = "a,b\n1,\"x \\\"y\\\", z\"\n2,\"c:\\\\d\"\n3,\"p \\\"q\\\"\"\n"
    let scanned = try Scanning.scan(text, Scanning.texts("a", "b"))
    #expect(SourceScanTests.texts(scanned.rows, 1) == ["x \"y\", z", "c:\\d", "p \"q\""])
  }
}
