import Foundation

extension MapShapes {
  /// Areas from GeoJSON (RFC 7946): polygons and multipolygons of a feature collection.
  /// - Returns: nil when it is something else.
  public init?(geoJSON bytes: [UInt8]) {
    guard let file = try? JSONDecoder().decode(Collection.self, from: Data(bytes)) else {
      return nil
    }
    let areas = file.features.map { feature -> Area in
      var properties = feature.properties?.mapValues(\.text) ?? [:]
      if let id = feature.id { properties["id"] = id.text }
      return Area(properties: properties, rings: feature.geometry?.rings ?? [])
    }
    guard areas.contains(where: { !$0.rings.isEmpty }) else { return nil }
    self.init(areas)
  }

  private struct Collection: Decodable { let features: [Feature] }

  private struct Feature: Decodable {
    let id: Scalar?
    let properties: [String: Scalar]?
    let geometry: Geometry?
  }

  private struct Scalar: Decodable {
    let text: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let text = try? container.decode(String.self) {
        self.text = text
      } else if let number = try? container.decode(Int.self) {
        text = String(number)
      } else {
        text = (try? container.decode(Double.self)).map { String($0) } ?? ""
      }
    }
  }

  private struct Geometry: Decodable {
    let rings: [[(x: Double, y: Double)]]

    enum CodingKeys: CodingKey { case type, coordinates }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let places: [[[Double]]]
      switch try container.decode(String.self, forKey: .type) {
      case "Polygon": places = try container.decode([[[Double]]].self, forKey: .coordinates)
      case "MultiPolygon":
        places = try container.decode([[[[Double]]]].self, forKey: .coordinates).flatMap { $0 }
      default: places = []
      }
      rings = places.map { ring in ring.compactMap { $0.count > 1 ? ($0[0], $0[1]) : nil } }
    }
  }
}
