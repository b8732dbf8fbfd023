import GeoJSON
import Tabular

extension MapShapes {
  /// Areas of a GeoJSON file that is given by its bytes.
  /// - Throws: `GeoJSONError`.
  public init(geoJSON bytes: [UInt8]) throws(GeoJSONError) {
    let collection = try GeoJSONReader.read(bytes)
    self.init(
      collection.features.map { feature in
        var properties: [String: String] = [:]
        if let id = feature.id { properties["id"] = id }
        for (property, value) in zip(collection.properties, feature.values) {
          switch value {
          case .text(let text): properties[property.name] = text
          case .integer(let number): properties[property.name] = String(number)
          default: continue
          }
        }
        let rings = feature.polygons.flatMap(\.rings).map { ring in
          ring.positions.map { (x: $0.x, y: $0.y) }
        }
        return Area(properties: properties, rings: rings)
      })
  }
}
