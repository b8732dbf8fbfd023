import Foundation

/// Areas of a map: each with its properties and its rings, in degrees.
public struct MapShapes: Sendable {
  public struct Area: Sendable {
    /// Names and codes, as texts.
    public let properties: [String: String]
    /// Outlines and holes alike; first and last points are the same.
    public let rings: [[(x: Double, y: Double)]]

    public init(properties: [String: String], rings: [[(x: Double, y: Double)]]) {
      (self.properties, self.rings) = (properties, rings)
    }
  }

  public let areas: [Area]

  public init(_ areas: [Area]) { self.areas = areas }

  /// The property whose values name most of the units; nil when none names any.
  public func property(naming units: Set<String>) -> String? {
    var found: [String: Int] = [:]
    for area in areas {
      for (name, value) in area.properties where units.contains(value) {
        found[name, default: 0] += 1
      }
    }
    return found.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}

/// Areas ready to be drawn: borders that neighbours share were made simpler once, so that no gap
/// opens between them.
public struct MapDrawing: Sendable {
  public let width: Int
  public let height: Int
  /// By area: a path's data, and where a number may stand in it.
  public let areas: [(path: String, centre: (x: Int, y: Int), extent: Int)]
  /// Points in all paths.
  public let vertices: Int

  /// The width that paths are drawn on.
  private static let across = 1000.0

  /// - Parameter tolerance: how far a border may move, in thousandths of the width.
  public init(_ shapes: MapShapes, tolerance: Double = 1.4) {
    let plane = MapPlane(shapes, width: Self.across)
    let rings = shapes.areas.map { area in area.rings.map { plane.points($0) } }
    var borders = SharedBorders(rings)
    borders.simplify(tolerance: tolerance * Double(MapPlane.fine))
    (width, height) = (Int(Self.across), plane.height)
    var vertices = 0
    areas = shapes.areas.indices.map { area in
      let outlines = borders.rings(of: area).map { ring in ring.map(MapPlane.drawn) }
      var path = ""
      for ring in outlines { vertices += Self.append(ring, to: &path) }
      let largest = outlines.max { abs(Self.area($0)) < abs(Self.area($1)) } ?? []
      let xs = largest.map(\.x)
      let extent = (xs.max() ?? 0) - (xs.min() ?? 0)
      return (path, Self.inside(largest), extent)
    }
    self.vertices = vertices
  }

  /// Writes a ring by steps from point to point.
  /// - Returns: its points, those that fell together once.
  private static func append(_ ring: [(x: Int, y: Int)], to path: inout String) -> Int {
    guard let first = ring.first else { return 0 }
    path += "M\(first.x),\(first.y)l"
    var (last, count) = (first, 1)
    for point in ring.dropFirst().dropLast() where point != last {
      if count > 1, point.x - last.x >= 0 { path += " " }
      path += "\(point.x - last.x)"
      if point.y - last.y >= 0 { path += "," }
      path += "\(point.y - last.y)"
      (last, count) = (point, count + 1)
    }
    if path.hasSuffix("l") { path.removeLast() }
    path += "z"
    return count
  }

  /// Twice the area, signed.
  private static func area(_ ring: [(x: Int, y: Int)]) -> Int {
    zip(ring, ring.dropFirst()).reduce(0) { $0 + $1.0.x * $1.1.y - $1.1.x * $1.0.y }
  }

  /// A point inside: in the middle of the widest stretch of a few lines across.
  private static func inside(_ ring: [(x: Int, y: Int)]) -> (x: Int, y: Int) {
    let ys = ring.map(\.y)
    guard let top = ys.min(), let bottom = ys.max(), bottom > top else {
      return ring.first ?? (0, 0)
    }
    var best = (width: -1.0, x: 0.0, y: 0.0)
    for part in 3...7 {
      let y = Double(top) + Double(bottom - top) * Double(part) / 10 + 0.5
      var crossings: [Double] = []
      for (a, b) in zip(ring, ring.dropFirst()) where (Double(a.y) < y) != (Double(b.y) < y) {
        let share = (y - Double(a.y)) / Double(b.y - a.y)
        crossings.append(Double(a.x) + share * Double(b.x - a.x))
      }
      crossings.sort()
      for pair in stride(from: 0, to: crossings.count - 1, by: 2) {
        let width = crossings[pair + 1] - crossings[pair]
        // The middle is best, other things being equal.
        let worth = width * (1 - Double(abs(part - 5)) * 0.08)
        if worth > best.width { best = (worth, (crossings[pair] + crossings[pair + 1]) / 2, y) }
      }
    }
    return (Int(best.x.rounded()), Int(best.y.rounded()))
  }
}

/// Degrees onto a plane: equirectangular, true at the middle's latitude.
private struct MapPlane {
  /// Steps of a drawn unit in which points are told apart.
  static let fine = 16
  let scale: Double
  let left: Double
  let top: Double
  let stretch: Double
  let height: Int

  init(_ shapes: MapShapes, width: Double) {
    var (west, east, south, north) = (
      Double.infinity, -Double.infinity, Double.infinity, -Double.infinity
    )
    for area in shapes.areas {
      for ring in area.rings {
        for point in ring {
          (west, east) = (min(west, point.x), max(east, point.x))
          (south, north) = (min(south, point.y), max(north, point.y))
        }
      }
    }
    // What are no degrees are metres, and are drawn as they are.
    let isPlane = west < -180 || east > 360 || south < -90 || north > 90
    stretch = isPlane ? 1 : max(cos((south + north) / 2 * .pi / 180), 0.01)
    let across = (east - west) * stretch
    let margin = 8.0
    let isFlat = !(across > 0) || !across.isFinite
    scale = isFlat ? 1 : (width - 2 * margin) / across
    left = (west.isFinite ? west : 0) - margin / scale / stretch
    top = (north.isFinite ? north : 0) + margin / scale
    let tall = (north - south) * scale + 2 * margin
    height = tall.isFinite ? Int(min(max(tall, 1), 4000).rounded(.up)) : 1
  }

  /// Points in sixteenths of a drawn unit, those that fall together once.
  func points(_ ring: [(x: Double, y: Double)]) -> [SharedBorders.Point] {
    var points: [SharedBorders.Point] = []
    points.reserveCapacity(ring.count)
    let fine = Double(Self.fine)
    for place in ring {
      let x = (place.x - left) * stretch * scale * fine
      let y = (top - place.y) * scale * fine
      guard x.isFinite, y.isFinite else { continue }
      let point = SharedBorders.Point(
        x: Int32(min(max(x, -1e8), 1e8).rounded()), y: Int32(min(max(y, -1e8), 1e8).rounded()))
      if point != points.last { points.append(point) }
    }
    if points.count > 1, points.first == points.last { points.removeLast() }
    return points
  }

  static func drawn(_ point: SharedBorders.Point) -> (x: Int, y: Int) {
    ((Int(point.x) + fine / 2) >> 4, (Int(point.y) + fine / 2) >> 4)
  }
}
