import Foundation
import Ingest
import Tabular
import TestSupport
import Testing

@Suite struct FileProfileTests {
  static func profile(_ bytes: [UInt8]) throws -> FileProfile {
    let folder = try TemporaryFolder()
    let path = try folder.write("t.csv", bytes)
    return try FileProfile.of(
      InputFile(name: "t.csv", path: path),
      Resources(threads: 1, memory: 1 << 28, scratch: folder.path))
  }

  static func profile(_ text: String) throws -> FileProfile { try profile(Array(text.utf8)) }

  /// One column, many times over.
  static func field(_ cells: [String], name: String = "x") throws -> FileProfile.Column {
    let text = "\(name);autre\n" + cells.map { "\($0);z\n" }.joined()
    return try #require(try profile(text).columns.first)
  }

  @Test func typesAreThoseThatTheWholeColumnProves() throws {
    #expect(try Self.field(["1", "2", "30"]).field.type == .integer)
    let price = try Self.field(["1,5", "1 234,25", "7"]).field
    #expect(price.type == .number && price.decimalChar == "," && price.groupChar == " ")
    let unit = try Self.field(["1,50 €", "2 €"]).field
    #expect(unit.type == .number && !unit.bareNumber)
    let american = try Self.field(["1,234.5", "2.25"]).field
    #expect(american.decimalChar == "." && american.groupChar == ",")
    #expect(try Self.field(["03/02/2024", "25/02/2024"]).field.format == "%d/%m/%Y")
    #expect(try Self.field(["03/02/2024", "02/25/2024"]).field.format == "%m/%d/%Y")
    let hours = try Self.field(["2024-01-31 08:00", "2024-02-01 09:30"]).field
    #expect(hours.type == .datetime && hours.format == "any")
    #expect(try Self.field(["2024-01-31T08:00:00Z"]).field.format == "default")
    #expect(
      try Self.field(["25/12/2024 08:00:00", "01/01/2025 00:00:00"]).field.format
        == "%d/%m/%Y %H:%M:%S")
    let flag = try Self.field(["VRAI", "FAUX", "VRAI"]).field
    #expect(flag.type == .boolean && flag.trueValues == ["VRAI"] && flag.falseValues == ["FAUX"])
    #expect(try Self.field(["3 févr. 2024", "1 mars 2024"]).field.format == "%d %B %Y")
    #expect(try Self.field(["20240131", "20240201"], name: "date_x").field.format == "%Y%m%d")
  }

  @Test func codesStayTexts() throws {
    let postal = try Self.field(["01000", "44000"]).field
    #expect(postal.type == .string && postal.constraints.pattern == "[0-9]{5}")
    let id = try Self.field(["202411000010", "202411000020", "2,02501E+11"])
    #expect(id.field.type == .string && id.doubts.count == 1)
    #expect(try Self.field(["20240131", "20240201"]).field.type == .integer)
  }

  @Test func ambiguityIsSaidAndNeverGuessed() throws {
    let dates = try Self.field(["03/02/2024", "05/06/2024"])
    #expect(dates.field.type == .string && dates.doubts.count == 1)
    let numbers = try Self.field(["1.250", "3.400"])
    #expect(numbers.field.type == .string && numbers.doubts.count == 1)
    #expect(try Self.field(["1.250", "3.40"]).field.type == .number)
    #expect(try Self.field(["1.250.000", "3.400"]).field.groupChar == ".")
  }

  @Test func missingMarkersAreFound() throws {
    let profile = try Self.profile("a;b\n1;NR\n2;3\nNR;4\nn/a;5\n")
    #expect(profile.missingValues == ["NR", "n/a"])
    #expect(profile.columns.map(\.field.type) == [.integer, .integer])
    #expect(profile.columns[0].missing == 2 && profile.columns[0].values == 2)
  }

  @Test func classesAreProposedByNamesAndShapes() throws {
    let names = [
      ("Nom de famille", "direct"), ("prenomUsager", "direct"), ("Date de naissance", "quasi"),
      ("SEXE", "quasi"), ("nom_quartier", "plain"), ("handicap", "sensitive"),
      ("numero_dossier", "pseudonym"), ("montant", "plain"), ("Commentaire", "direct"),
    ]
    for (name, privacy) in names {
      #expect(try Self.field(["1", "2"], name: name).field.privacy == privacy, "\(name)")
    }
    let shapes: [(String, [String], String)] = [
      ("email", ["a.b@exemple.fr", "c@exemple.org"], "direct"),
      ("phone", ["06 12 34 56 78", "+33 1 23 45 67 89"], "direct"),
      ("nir", ["255081416802538"], "direct"),
      ("siret", ["73282932000074"], "plain"),
      ("plate", ["AB-123-CD"], "pseudonym"),
      ("iban", ["FR1420041010050500013M02606"], "direct"),
      ("siret", ["35600000000048", "35600000000001"], "plain"),
      ("niss", ["85073003328", "17073003384"], "direct"),
      ("ice", ["001561191000066"], "plain"),
      ("plate", ["1234 AB 75"], "pseudonym"),
      ("ip_address", ["192.168.1.10", "2001:db8::ff00:42:8329"], "pseudonym"),
      ("address", ["12 bis, rue de la Paix", "7 AVENUE HASSAN II", "12 Main Street"], "direct"),
      ("coordinates", ["48.8566, 2.3522", "-4.05 9.7"], "quasi"),
      ("name", ["Aïcha BENALI", "DUPONT Jean-Pierre", "Traoré"], "direct"),
      (
        "phone",
        [
          "0612345678", "+212 6 12 34 56 78", "00221 77 123 45 67", "(514) 555-1234",
          "514-555-1234", "70 12 34 56", "77 123 45 67", "6 99 12 34 56", "0470 12 34 56",
        ], "direct"
      ),
    ]
    for (kind, cells, privacy) in shapes {
      let column = try Self.field(cells, name: "z")
      #expect(column.detected.map(\.kind.rawValue) == [kind])
      #expect(column.field.privacy == privacy)
    }
  }

  @Test func whatOnlyLooksPersonalIsNotTakenForIt() throws {
    let cells: [(String, [String])] = [
      ("code", ["01.051.01.01", "02.010.20.07"]), ("siret", ["00042401000015", "00042401000016"]),
      ("école", ["Jean Moulin", "Louise Michel"]), ("voie", ["12 rue Pasteur", "3 rue Foch"]),
      ("valeur", ["12 345 678", "98 765 432"]), ("x", ["2024-01-31 08:00", "2024-02-01 09:30"]),
      ("lieu", ["Saint-Denis", "Port-Louis"]), ("ref", ["12-34-56", "98-76-54"]),
    ]
    for (name, cells) in cells {
      let column = try Self.field(cells, name: name)
      #expect(column.field.privacy != "direct", "\(name): \(column.privacyReason.en)")
    }
  }

  @Test func aNameIsAPersonsAmongPersons() throws {
    let persons = try Self.profile("nom;né_le;sexe\nA;1/2/1970;F\nB;3/4/1980;M\n")
    #expect(persons.columns[0].field.privacy == "direct")
    let things = try Self.profile("nom;surface\nA;12\nB;13\n")
    #expect(things.columns[0].field.privacy == nil)
  }

  @Test func threadsChangeNothing() throws {
    let base = Repository.root.path + "/SampleData"
    let folder = try TemporaryFolder()
    for path in ["bibliotheque/adherents.csv", "demandes/demandes-2024-11.csv.gz"] {
      let profiles = try [1, 4].map { threads in
        try FileProfile.of(
          InputFile(name: "t", path: base + "/" + path),
          Resources(threads: threads, memory: 1 << 28, scratch: folder.path))
      }
      #expect(profiles[0].schemaText == profiles[1].schemaText)
      #expect(profiles[0].counts == profiles[1].counts)
      for (one, four) in zip(profiles[0].columns, profiles[1].columns) {
        #expect(one.detected.map(\.count) == four.detected.map(\.count))
        #expect(one.missing == four.missing && one.kinds == four.kinds)
      }
    }
  }

  @Test func theProposedSchemaReadsItsFile() throws {
    let text =
      "Extrait du 3 mars\n\nid;Né le;ville;prix\n"
      + (10..<90).map { "0\($0);\($0 % 28 + 1)/02/1970;V\($0 % 5);\($0),5\n" }.joined()
    let folder = try TemporaryFolder()
    try folder.write("t.csv", text)
    let profile = try Self.profile(text)
    let schema = try Scanning.schema(profile.schemaText)
    #expect(schema == profile.schema)
    let scanned = Scanning.scan(folder, ["t.csv"], schema) { $0.rejectLimit = .count(0) }
    #expect(scanned.error == nil && scanned.rows.count == 80)
    #expect(profile.counts.read == 82 && profile.counts.passed == 80)
    #expect(schema.fields.map(\.type) == [.string, .date, .string, .number])
  }

  @Test func theSampleProposesMuchOfItsSchemas() throws {
    let base = Repository.root.path + "/SampleData"
    let folder = try TemporaryFolder()
    let resources = Resources(threads: 1, memory: 1 << 28, scratch: folder.path)
    let parking = try FileProfile.of(
      InputFile(name: "t", path: base + "/stationnement/tickets-2026-08.csv.gz"), resources)
    #expect(
      parking.columns.map(\.field.type) == [
        .string, .datetime, .integer, .number, .string, .string, .string,
      ])
    #expect(parking.columns[5].field.privacy == "pseudonym")
    let requests = try FileProfile.of(
      InputFile(name: "t", path: base + "/demandes/demandes-2024-11.csv.gz"), resources)
    #expect(requests.dialect.encoding == .windows1252)
    #expect(
      requests.columns.map(\.field.type) == [
        .string, .date, .date, .string, .string, .string, .string, .string, .string, .string, .date,
        .number, .string,
      ])
    #expect(requests.columns[8].field.privacy == "direct")
    #expect(requests.columns[10].field.privacy == "quasi")
    #expect(requests.missingValues.contains("NR") && !requests.missingValues.contains("#N/A"))
  }
}
