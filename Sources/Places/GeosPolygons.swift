import CGEOS
import GeoJSON

/// Where a point lies in relation to an area.
enum Relation {
  case inside
  case border
  case outside
}

/// Areas of features as prepared geometries of GEOS, made when they are first asked for. Belongs to
/// one thread: contexts and what prepared geometries learn are shared by nobody.
final class GeosPolygons {
  private let context: OpaquePointer?
  private let features: [Feature]
  private var prepared: [(geometry: OpaquePointer, prepared: OpaquePointer)?]
  private var isTried: [Bool]

  init(_ features: [Feature]) {
    context = GEOS_init_r()
    self.features = features
    prepared = Array(repeating: nil, count: features.count)
    isTried = Array(repeating: false, count: features.count)
  }

  deinit {
    for pair in prepared {
      guard let pair else { continue }
      GEOSPreparedGeom_destroy_r(context, pair.prepared)
      GEOSGeom_destroy_r(context, pair.geometry)
    }
    GEOS_finish_r(context)
  }

  /// Where a point lies in relation to a feature's area. Exact for these doubles.
  func relation(_ x: Double, _ y: Double, to feature: Int) -> Relation {
    guard let area = area(feature), let point = GEOSGeom_createPointFromXY_r(context, x, y)
    else { return .outside }
    defer { GEOSGeom_destroy_r(context, point) }
    if GEOSPreparedContains_r(context, area, point) == 1 { return .inside }
    return GEOSPreparedIntersects_r(context, area, point) == 1 ? .border : .outside
  }

  /// Where a whole rectangle lies: inside, outside, or partly one and partly the other.
  func relation(_ box: Box, to feature: Int) -> Relation {
    guard let area = area(feature),
      let rectangle = GEOSGeom_createRectangle_r(context, box.minX, box.minY, box.maxX, box.maxY)
    else { return .border }
    defer { GEOSGeom_destroy_r(context, rectangle) }
    if GEOSPreparedIntersects_r(context, area, rectangle) == 0 { return .outside }
    return GEOSPreparedContainsProperly_r(context, area, rectangle) == 1 ? .inside : .border
  }

  /// Why a feature's area is none, as GEOS says it, and where; nil for sound ones.
  func fault(_ feature: Int) -> (reason: String, position: Position?)? {
    guard let geometry = geometry(feature) else { return ("Invalid Coordinate", nil) }
    defer { GEOSGeom_destroy_r(context, geometry) }
    var reason: UnsafeMutablePointer<CChar>?
    var place: OpaquePointer?
    let verdict = GEOSisValidDetail_r(context, geometry, 0, &reason, &place)
    defer {
      if let reason { GEOSFree_r(context, reason) }
      if let place { GEOSGeom_destroy_r(context, place) }
    }
    if verdict == 1 { return nil }
    var position = Position(x: 0, y: 0)
    let isPlaced =
      place.map {
        GEOSGeomGetX_r(context, $0, &position.x) == 1
          && GEOSGeomGetY_r(context, $0, &position.y) == 1
      } ?? false
    let text = reason.flatMap { String(validatingCString: $0) } ?? ""
    return (text, isPlaced ? position : nil)
  }

  private func area(_ feature: Int) -> OpaquePointer? {
    if !isTried[feature] {
      isTried[feature] = true
      if let geometry = geometry(feature) {
        if let made = GEOSPrepare_r(context, geometry) {
          prepared[feature] = (geometry, made)
        } else {
          GEOSGeom_destroy_r(context, geometry)
        }
      }
    }
    return prepared[feature]?.prepared
  }

  /// A feature's area as one geometry, the caller's to destroy.
  private func geometry(_ feature: Int) -> OpaquePointer? {
    var parts: [OpaquePointer?] = features[feature].polygons.compactMap { polygon in
      var rings: [OpaquePointer?] = polygon.rings.compactMap { ring($0) }
      let isWhole = rings.count == polygon.rings.count
      guard isWhole, let outer = rings.first ?? nil else {
        for ring in rings { GEOSGeom_destroy_r(context, ring) }
        return nil
      }
      rings.removeFirst()
      return GEOSGeom_createPolygon_r(context, outer, &rings, UInt32(rings.count))
    }
    guard parts.count == features[feature].polygons.count else {
      for part in parts { GEOSGeom_destroy_r(context, part) }
      return nil
    }
    let kind = Int32(GEOS_MULTIPOLYGON.rawValue)
    return GEOSGeom_createCollection_r(context, kind, &parts, UInt32(parts.count))
  }

  private func ring(_ ring: Ring) -> OpaquePointer? {
    var numbers: [Double] = []
    numbers.reserveCapacity(2 * ring.positions.count)
    for position in ring.positions {
      numbers.append(position.x)
      numbers.append(position.y)
    }
    let count = UInt32(ring.positions.count)
    guard let sequence = GEOSCoordSeq_copyFromBuffer_r(context, numbers, count, 0, 0) else {
      return nil
    }
    return GEOSGeom_createLinearRing_r(context, sequence)
  }
}

/// A rectangle along the axes.
struct Box: Sendable, Hashable {
  var minX = Double.infinity
  var minY = Double.infinity
  var maxX = -Double.infinity
  var maxY = -Double.infinity

  var isEmpty: Bool { minX > maxX }

  mutating func extend(to position: Position) {
    (minX, maxX) = (Swift.min(minX, position.x), Swift.max(maxX, position.x))
    (minY, maxY) = (Swift.min(minY, position.y), Swift.max(maxY, position.y))
  }

  func meets(_ other: Box) -> Bool {
    minX <= other.maxX && other.minX <= maxX && minY <= other.maxY && other.minY <= maxY
  }

  init() {}

  init(_ positions: some Sequence<Position>) {
    for position in positions { extend(to: position) }
  }

  init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    (self.minX, self.minY, self.maxX, self.maxY) = (minX, minY, maxX, maxY)
  }
}

extension Feature {
  var box: Box { Box(polygons.lazy.flatMap(\.rings).flatMap(\.positions)) }
}
