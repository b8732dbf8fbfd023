import Json
import Tabular

/// The places of a GeoJSON file (RFC 7946) that have an area, with what is said of them.
public struct FeatureCollection: Sendable, Hashable {
  /// What features say of themselves, in the order in which the file first names it.
  public let properties: [Property]
  /// In the order of the file.
  public let features: [Feature]
  /// The reference system that the file names (`EPSG:2154`); nil for degrees of WGS 84, longitude
  /// first.
  public let referenceSystem: String?

  /// The property of a name.
  public func property(_ name: String) -> Property? { properties.first { $0.name == name } }

  /// The number of positions in all rings.
  public var positionCount: Int {
    features.reduce(0) { count, feature in
      count + feature.polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.positions.count } }
    }
  }
}

/// A property of features, with the type that fits all of its values.
public struct Property: Sendable, Hashable {
  public let name: String
  /// Text where some are texts, keeping the digits of numbers as written; nil where some are lists
  /// or objects.
  public let type: DataType?
  /// Whether it is missing or null for some feature.
  public let isNullable: Bool
}

/// A place with its area and what is said of it.
public struct Feature: Sendable, Hashable {
  /// The file's own `id`, numbers as written.
  public let id: String?
  /// In the order of the collection's properties, each of its type; null where nothing is said.
  public let values: [Value]
  /// One for a Polygon, several for a MultiPolygon, none where the geometry is null or empty.
  public let polygons: [Polygon]
  /// Where it stands in the file.
  public let place: JSONPosition
}

/// An outer ring and the holes in it.
public struct Polygon: Sendable, Hashable {
  /// The outer ring first, then holes. At least one.
  public let rings: [Ring]
}

/// A closed line: at least four positions, the last like the first. Either way round.
public struct Ring: Sendable, Hashable {
  public let positions: [Position]
  /// Where it stands in the file.
  public let place: JSONPosition
}

/// A point: longitude and latitude in degrees, or easting and northing in the file's system.
public struct Position: Sendable, Hashable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) { (self.x, self.y) = (x, y) }
}
