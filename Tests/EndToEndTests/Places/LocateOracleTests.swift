import Foundation
import TestSupport
import Testing

/// `locate` through the binary, held to shapely and pyproj.
@Suite struct LocateOracleTests {
  /// Districts that meet, with a hole, an island in the hole, a part apart and a gap.
  static let islands = """
    {"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [
      [[2.0, 47.0], [2.11, 46.99], [2.1, 47.1], [2.013, 47.11], [2.0, 47.0]],
      [[2.04, 47.04], [2.06, 47.043], [2.063, 47.06], [2.04, 47.06], [2.04, 47.04]]]}},
    {"type": "Feature", "properties": {"code": "B"}, "geometry": {"type": "MultiPolygon", "coordinates": [
      [[[2.11, 46.99], [2.2, 47.0], [2.2, 47.1], [2.1, 47.1], [2.11, 46.99]]],
      [[[2.045, 47.045], [2.055, 47.046], [2.055, 47.055], [2.045, 47.055], [2.045, 47.045]]]]}},
    {"type": "Feature", "properties": {"code": "C"}, "geometry": {"type": "Polygon", "coordinates": [
      [[2.15, 47.05], [2.25, 47.05], [2.25, 47.15], [2.15, 47.05]]]}}
    ]}
    """

  static let city: String = {
    let text = (try? Repository.text("seeds/quartiers.geojson")) ?? ""
    return text.replacingOccurrences(of: "\"quartier\":", with: "\"code\":")
  }()

  static func pipeline(crs: String?) -> String {
    """
    octroi: 1
    pipeline: essai
    purpose: essai
    charter: charte.yml
    sources:
      points:
        path: points.csv
        schema: points.schema.json
        governance: lignes
    steps:
      places:
        from: points
        stages:
          - locate:
              longitude: lon
              latitude: lat
              in: quartiers.geojson
              take: code
    \(crs.map { "          crs: \($0)" } ?? "")
          - drop: [lon, lat]
    outputs:
      places: {from: places, audience: internal, path: out/places.csv}
    """
  }

  static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain"},
      {"name": "lon", "type": "number", "privacy": "plain"},
      {"name": "lat", "type": "number", "privacy": "plain"}]}
    """

  @Test(arguments: [(islands, 1), (city, 2)])
  func districtsAreShapelys(_ geojson: String, _ seed: Int) throws {
    let project = try TinyProject()
    let folder = project.folder
    let borders = try folder.write(geojson, to: "quartiers.geojson").path
    try folder.write(Self.schema, to: "points.schema.json")
    try folder.write(Self.pipeline(crs: nil), to: "essai.yml")
    let points = folder.url.appending(path: "points.csv").path
    let made = try OracleTests.python("places.py", ["points", borders, points, "\(seed)", "4000"])
    #expect(made.status == 0, "\(made.errors)")
    let run = try project.octroi(["run", "essai.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let found = folder.url.appending(path: "out/places.csv").path
    let judged = try OracleTests.python("places.py", ["check", borders, points, found])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test(arguments: ["EPSG:2154", "EPSG:32631", "EPSG:3857"])
  func otherSystemsArePyprojs(_ crs: String) throws {
    let project = try TinyProject()
    let folder = project.folder
    let borders = try folder.write(Self.islands, to: "quartiers.geojson").path
    try folder.write(Self.schema, to: "points.schema.json")
    try folder.write(Self.pipeline(crs: crs), to: "essai.yml")
    let degrees = folder.url.appending(path: "degres.csv").path
    let points = folder.url.appending(path: "points.csv").path
    let made = try OracleTests.python("places.py", ["points", borders, degrees, "3", "2000"])
    #expect(made.status == 0, "\(made.errors)")
    let carried = try OracleTests.python("places.py", ["carry", degrees, points, crs])
    #expect(carried.status == 0, "\(carried.errors)")
    let run = try project.octroi(["run", "essai.yml"])
    #expect(run.status == 0, "\(run.errors)")
    let found = folder.url.appending(path: "out/places.csv").path
    let judged = try OracleTests.python("places.py", ["check", borders, points, found, crs])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }
}
