import Foundation
import Json
import Tabular

/// Reads feature collections of polygons (RFC 7946, and the `crs` of its predecessor). Positions go
/// straight into rings, so that memory stays a small multiple of what is kept.
public struct GeoJSONReader {
  /// The largest file that is read, in bytes.
  public static let largest = 128 << 20

  private var features: [RawFeature] = []
  private var type: String?
  private var hasFeatures = false
  private var system: String?

  /// The collection in a file.
  public static func read(path: String) throws(GeoJSONError) -> FeatureCollection {
    let facts = try? FileManager.default.attributesOfItem(atPath: path)
    let resolved = URL(filePath: path).resolvingSymlinksInPath().path
    let target = try? FileManager.default.attributesOfItem(atPath: resolved)
    guard facts != nil, target?[.type] as? FileAttributeType == .typeRegular else {
      throw GeoJSONError(GeoJSONMessages.missing, at: nil)
    }
    guard (target?[.size] as? Int ?? 0) <= largest else {
      throw GeoJSONError(GeoJSONMessages.tooLarge(largest), at: nil)
    }
    guard let data = FileManager.default.contents(atPath: resolved) else {
      throw GeoJSONError(GeoJSONMessages.missing, at: nil)
    }
    return try read(Array(data))
  }

  /// The collection in a text.
  /// - Parameter bytes: UTF-8.
  public static func read(_ bytes: [UInt8]) throws(GeoJSONError) -> FeatureCollection {
    guard bytes.count <= largest else {
      throw GeoJSONError(GeoJSONMessages.tooLarge(largest), at: nil)
    }
    var reader = GeoJSONReader()
    do throws(JSONError) {
      try JSONParser.parse(bytes) { parser throws(JSONError) in try reader.document(&parser) }
    } catch {
      throw GeoJSONError(error.message, at: error.position)
    }
    return try reader.collection()
  }

  private mutating func document(_ parser: inout JSONParser) throws(JSONError) {
    let place = parser.position()
    try Self.expectObject(&parser)
    try parser.eachMember { parser, key, keyPlace throws(JSONError) in
      switch key {
      case "type": type = try parser.value().string
      case "features":
        hasFeatures = true
        try parser.eachElement { parser throws(JSONError) in
          features.append(try RawFeature(&parser))
        }
      case "crs": system = try Self.system(try parser.value(), keyPlace)
      default: _ = try parser.value()
      }
    }
    guard type == "FeatureCollection", hasFeatures else {
      throw JSONError(message: GeoJSONMessages.noCollection, position: place)
    }
  }

  static func expectObject(_ parser: inout JSONParser) throws(JSONError) {
    guard parser.current == UInt8(ascii: "{") else {
      throw JSONError(message: GeoJSONMessages.notAnObject, position: parser.position())
    }
  }

  /// The code of the system that `crs` names; nil for degrees of WGS 84.
  private static func system(
    _ node: JSONNode, _ place: JSONPosition
  ) throws(JSONError) -> String? {
    if node.content == .null { return nil }
    let name = node["properties"]?["name"]?.string ?? ""
    if name.hasSuffix("CRS84") { return nil }
    let parts = name.split(separator: ":", omittingEmptySubsequences: true)
    guard parts.count >= 2, parts.contains("EPSG"), let code = parts.last.flatMap({ Int($0) }),
      (1...999_999).contains(code)
    else { throw JSONError(message: GeoJSONMessages.unknownSystem, position: place) }
    return code == 4326 ? nil : "EPSG:\(code)"
  }

  private func collection() throws(GeoJSONError) -> FeatureCollection {
    if system == nil {
      for ring in features.lazy.flatMap(\.polygons).flatMap(\.rings) {
        for position in ring.positions
        where abs(position.x) > 180 || abs(position.y) > 90 {
          throw GeoJSONError(GeoJSONMessages.noDegrees, at: ring.place)
        }
      }
    }
    let table = PropertyTable(features.map(\.properties))
    return FeatureCollection(
      properties: table.properties,
      features: zip(features, table.values).map { feature, values in
        Feature(
          id: feature.id, values: values, polygons: feature.polygons, place: feature.place)
      }, referenceSystem: system)
  }
}

/// A feature as it was read.
struct RawFeature {
  let place: JSONPosition
  private(set) var id: String?
  private(set) var properties: [JSONMember] = []
  private(set) var polygons: [Polygon] = []

  init(_ parser: inout JSONParser) throws(JSONError) {
    place = parser.position()
    try GeoJSONReader.expectObject(&parser)
    var type: String?
    // Closures may not take `self` before it is whole.
    var (id, properties, polygons): (String?, [JSONMember], [Polygon]) = (nil, [], [])
    try parser.eachMember { parser, key, _ throws(JSONError) in
      switch key {
      case "type": type = try parser.value().string
      case "id": id = try parser.value().scalarText
      case "properties": properties = try parser.value().object ?? []
      case "geometry": polygons = try RawGeometry.polygons(&parser)
      default: _ = try parser.value()
      }
    }
    guard type == "Feature" else {
      throw JSONError(message: GeoJSONMessages.noFeature, position: place)
    }
    (self.id, self.properties, self.polygons) = (id, properties, polygons)
  }
}
