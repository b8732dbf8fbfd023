import Foundation
import GeoJSON
import Json
import Tabular
import TestSupport
import Testing

@Suite struct GeoJSONReaderTests {
  static let square = "[[[0,0],[1,0],[1,1],[0,1],[0,0]]]"

  static func collection(_ features: String, _ more: String = "") -> String {
    "{\"type\":\"FeatureCollection\",\(more)\"features\":[\(features)]}"
  }

  static func feature(_ geometry: String, _ properties: String = "{}") -> String {
    "{\"type\":\"Feature\",\"properties\":\(properties),\"geometry\":\(geometry)}"
  }

  static func read(_ text: String) throws -> FeatureCollection {
    try GeoJSONReader.read(Array(text.utf8))
  }

  static func failure(_ text: String) -> GeoJSONError? {
    do {
      _ = try GeoJSONReader.read(Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test func readsTheSampleCity() throws {
    let path = Repository.root.appending(path: "seeds/quartiers.geojson").path
    let city = try GeoJSONReader.read(path: path)
    #expect(city.features.count == 24)
    #expect(city.referenceSystem == nil)
    #expect(city.features[0].id == "Q01")
    #expect(
      city.properties.map(\.name) == ["quartier", "nom", "secteur", "population"])
    #expect(city.property("population")?.type == .integer)
    #expect(
      city.features[0].values == [
        .text("Q01"), .text("Cœur-de-Ville"), .text("Nord-Centre"), .integer(16128),
      ])
    #expect(city.features[0].polygons[0].rings[0].positions[0] == Position(x: -5.4, y: 46.698421))
  }

  @Test func readsHolesSeveralPartsAndTypesBehindCoordinates() throws {
    let polygon =
      "{\"coordinates\":[[[0,0],[9,0],[9,9],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],\"type\":\"Polygon\"}"
    let parts =
      "{\"type\":\"MultiPolygon\",\"coordinates\":[\(Self.square),[[[5,5,12.5],[6,5,1],[6,6,1],[5,5,9]]]]}"
    let read = try Self.read(
      Self.collection(
        [polygon, parts, "null", "{\"type\":\"Polygon\",\"coordinates\":[]}"]
          .map { Self.feature($0) }.joined(separator: ",")))
    #expect(read.features.map { $0.polygons.map(\.rings.count) } == [[2], [1, 1], [], []])
    #expect(read.positionCount == 4 + 4 + 5 + 4)
  }

  @Test func propertiesTakeTheTypeThatFitsAll() throws {
    let features = [
      "{\"a\":1,\"b\":1,\"c\":true,\"d\":\"x\",\"e\":1,\"f\":null,\"g\":[1],\"h\":1e400,\"i\":1}",
      "{\"a\":2,\"b\":1.50,\"c\":null,\"d\":7,\"e\":\"2A\",\"g\":3,\"h\":2,\"i\":false}",
    ]
    let read = try Self.read(
      Self.collection(features.map { Self.feature("null", $0) }.joined(separator: ",")))
    let types = read.properties.map { "\($0.name) \($0.type?.name ?? "-") \($0.isNullable)" }
    #expect(
      types == [
        "a integer false", "b decimal false", "c boolean true", "d text false", "e text false",
        "f text true", "g - false", "h double false", "i text false",
      ])
    #expect(read.features[1].values[1] == .decimal(Decimal(digits: 15, scale: 1)))
    #expect(read.features.map { $0.values[4] } == [.text("1"), .text("2A")])
    #expect(read.features.map { $0.values[8] } == [.text("1"), .text("false")])
  }

  @Test func namesTheReferenceSystem() throws {
    func system(_ name: String) throws -> String? {
      let crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"\(name)\"}},"
      return try Self.read(Self.collection("", crs)).referenceSystem
    }
    #expect(try system("urn:ogc:def:crs:OGC:1.3:CRS84") == nil)
    #expect(try system("urn:ogc:def:crs:EPSG::2154") == "EPSG:2154")
    #expect(try system("EPSG:4326") == nil)
    #expect(try system("EPSG:32198") == "EPSG:32198")
    #expect(throws: GeoJSONError.self) { try system("Lambert 93") }
  }

  @Test(arguments: [
    ("{\"type\":\"Feature\"}", 1, 1),
    ("[]", 1, 1),
    (collection("7"), 1, 41),
    (collection("{\"type\":\"Place\"}"), 1, 41),
    (collection("\n" + feature("{\"type\":\"Point\",\"coordinates\":[1,2]}")), 2, 46),
    (collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[1,2],[1,2]]}")), 2, 78),
    (
      collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[0,0]]]}")), 2,
      79
    ),
    (
      collection(
        "\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[2,2]]]}")),
      2, 79
    ),
    (collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1]]]}")), 2, 86),
    (collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,1e999]]]}")), 2, 83),
    (collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,\"a\"]]]}")), 2, 83),
    (collection("\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[]]}")), 2, 78),
    (
      collection(
        "\n" + feature("{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[700000,0],[1,1],[0,0]]]}")),
      2, 79
    ),
    (collection("\n" + feature("null")) + "x", 2, 53),
  ])
  func tellsWhereWhatIsWrong(_ text: String, _ line: Int, _ column: Int) {
    let error = Self.failure(text)
    #expect(
      error?.place == JSONPosition(line: line, column: column),
      "\(text): \(String(describing: error))")
  }

  /// Whatever is cut off or altered is refused or read, and traps nowhere.
  @Test func damagedTextsAreSurvived() throws {
    let text = Array(
      Self.collection(
        Self.feature("{\"type\":\"MultiPolygon\",\"coordinates\":[\(Self.square)]}", "{\"a\":1.5}")
      ).utf8)
    let cuts = text.indices.filter { (try? GeoJSONReader.read(Array(text[..<$0]))) != nil }
    #expect(cuts.isEmpty)
    var smallest = Int.max
    for place in text.indices {
      for byte in "[]{},:\"0-e. ".utf8 {
        var damaged = text
        damaged[place] = byte
        guard let read = try? GeoJSONReader.read(damaged) else { continue }
        for ring in read.features.flatMap(\.polygons).flatMap(\.rings) {
          smallest = min(smallest, ring.positions.count)
        }
      }
    }
    #expect(smallest >= 4)
  }

  @Test func filesThatAreNoneAreRefused() throws {
    #expect(throws: GeoJSONError.self) { try GeoJSONReader.read(path: "/nowhere/at-all") }
    #expect(throws: GeoJSONError.self) { try GeoJSONReader.read(path: "/dev/zero") }
    #expect(throws: GeoJSONError.self) { try GeoJSONReader.read(path: Repository.root.path) }
  }
}
