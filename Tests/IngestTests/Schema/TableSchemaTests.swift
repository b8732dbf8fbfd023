import Ingest
import Tabular
import Testing

@Suite struct TableSchemaTests {
  static func read(_ text: String) -> SchemaReading {
    TableSchemaReader.read(Array(text.utf8), file: "schema.json")
  }

  /// In the manner of the schemas that French administrations publish.
  static let published = """
    {
      "$schema": "https://frictionlessdata.io/schemas/table-schema.json",
      "name": "bornes", "title": "Bornes de recharge", "description": "…",
      "countryCode": "FR", "homepage": "https://exemple.fr", "keywords": ["mobilité"],
      "path": "https://exemple.fr/schema.json", "version": "1.2.0", "created": "2019-12-13",
      "contributors": [{"title": "A. B.", "email": "a@exemple.fr", "role": "author"}],
      "sources": [{"title": "Décret", "path": "https://exemple.fr/decret"}],
      "resources": [{"title": "Valide", "path": "https://exemple.fr/valide.csv"}],
      "fields": [
        {"name": "id", "description": "Identifiant", "example": "FR-1", "type": "string",
         "x-entity": "borne",
         "constraints": {"required": true, "unique": true, "pattern": "^FR-\\\\d+$"}},
        {"name": "contact", "format": "email", "constraints": {"required": "false"}},
        {"name": "gratuit", "type": "boolean", "trueValues": ["VRAI", "true"],
         "falseValues": ["FAUX", "false"], "arrayItem": {"type": "string"}},
        {"name": "puissance", "type": "number", "decimalChar": ",", "groupChar": " ",
         "bareNumber": false, "constraints": {"minimum": 0, "maximum": "50000"}},
        {"name": "pose", "type": "date", "format": "%d/%m/%Y"},
        {"name": "lieu", "type": "geopoint"},
        {"name": "url", "type": "string", "constraints": {"format": "uri", "minLength": 3}},
        {"name": "usage", "type": "string", "constraints": {"enum": ["public", "privé"]}},
        {"name": "annee", "type": "year", "missingValues": ["", {"value": "NC", "label": "?"}]}
      ],
      "missingValues": ["", "NA"], "primaryKey": "id",
      "custom_checks": [{"name": "french-siret-value", "params": {"column": "id"}}]
    }
    """

  @Test func publishedSchemasLoadAsTheyAre() throws {
    let reading = Self.read(Self.published)
    #expect(reading.errors == [])
    let schema = try #require(reading.schema)
    #expect(schema.primaryKey == ["id"])
    #expect(schema.missingValues == ["", "NA"])
    #expect(
      schema.fields.map(\.dataType) == [
        .text, .text, .boolean, .decimal, .date, .text, .text, .text, .integer,
      ])
    let id = try #require(schema.field("id"))
    #expect(id.constraints.required && id.constraints.unique)
    #expect(id.constraints.pattern == "^FR-\\d+$")
    #expect(schema.field("contact")?.constraints.required == false)
    let power = try #require(schema.field("puissance"))
    #expect(power.decimalChar == "," && power.groupChar == " " && !power.bareNumber)
    #expect(power.constraints.minimum == "0" && power.constraints.maximum == "50000")
    #expect(schema.field("usage")?.constraints.oneOf == ["public", "privé"])
    #expect(schema.field("annee")?.missingValues == ["", "NC"])
    let paths = Set(reading.ignored.map(\.path))
    #expect(paths.isSuperset(of: ["homepage", "fields[0].example", "fields[0].x-entity"]))
    let unmade = reading.ignored.filter { !$0.documents }.map(\.path)
    #expect(unmade == ["custom_checks", "fields[6].constraints.format"])
  }

  @Test func ourExtensionsAreRead() throws {
    let reading = Self.read(
      """
      {"fields": [{"name": "n", "type": "number", "privacy": "quasi", "aliases": ["N", "nb"],
        "titles": {"fr": "Nombre", "en": "Number"}, "decimals": 2, "double": true}],
       "fieldsMatch": ["subset"], "uniqueKeys": [["n"]]}
      """)
    let schema = try #require(reading.schema)
    let field = try #require(schema.field("n"))
    #expect(field.privacy == "quasi" && field.aliases == ["N", "nb"] && field.decimals == 2)
    #expect(field.titles == ["fr": "Nombre", "en": "Number"])
    #expect(field.dataType == .double)
    #expect(schema.fieldsMatch == .subset && schema.uniqueKeys == [["n"]])
    #expect(reading.ignored.isEmpty)
  }

  @Test func allErrorsComeInOnePassWithTheirPlaces() {
    let reading = Self.read(
      """
      {"fields": [
        {"name": "a", "type": "strin"},
        {"type": "string"},
        {"name": "b", "constraints": {"minLength": -1, "enum": "x"}},
        {"name": "a", "decimalChar": ",", "groupChar": ","}
       ],
       "primaryKey": ["c"], "missingValues": "x"}
      """)
    #expect(reading.schema == nil)
    #expect(reading.errors.map(\.line) == [2, 3, 4, 4, 5, 5, 7, 7])
    #expect(
      reading.errors.map(\.code) == [
        "schema_unknown_type", "schema_name", "schema_type", "schema_type", "schema_duplicate",
        "schema_numbers", "schema_unknown_field", "schema_type",
      ])
    #expect(reading.errors[0].column == 25)
    #expect(reading.errors.allSatisfy { $0.kind == .invalid && $0.file == "schema.json" })
  }

  @Test func whatCannotBeUsedIsSaidBeforeDataIsRead() {
    let reading = Self.read(
      """
      {"fields": [
        {"name": "a", "type": "date", "format": "%Q"},
        {"name": "b", "type": "number", "decimalChar": ",",
         "constraints": {"minimum": "1,5", "maximum": "deux"}},
        {"name": "c", "type": "integer", "constraints": {"enum": [1, "2", "x"]}},
        {"name": "d", "constraints": {"pattern": "(["}},
        {"name": "e", "constraints": {"pattern": "^(?!x).*$", "minimum": "a"}},
        {"name": "f", "type": "date", "format": "%d/%m/%Y",
         "constraints": {"minimum": "01/02/2020", "maximum": "2030-01-31"}}
       ]}
      """)
    #expect(
      reading.errors.map(\.code) == [
        "schema_format", "schema_bound", "schema_bound", "schema_pattern",
      ])
    #expect(reading.errors.map(\.line) == [2, 4, 5, 6])
    #expect(
      reading.ignored.map(\.path) == [
        "fields[4].constraints.minimum", "fields[4].constraints.pattern",
      ])
  }

  @Test(arguments: ["[]", "{}", "{\"fields\": []}", "{\"fields\": 1}", "not json"])
  func whatIsNoSchemaIsAnError(text: String) {
    #expect(Self.read(text).schema == nil)
    #expect(Self.read(text).errors.count == 1)
  }
}
