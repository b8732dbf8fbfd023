import GeoJSON

/// Finds the district of points, on one thread.
///
/// A point inside of a district is in that one; inside of several (overlaps), in the first of them
/// in the file's order; on a border and inside of none, in the first that has it on its border.
final class DistrictFinder {
  private let grid: DistrictGrid
  private let polygons: GeosPolygons

  /// Points that had to be decided by that rule.
  private(set) var onBorder = 0
  private(set) var inSeveral = 0

  init(_ grid: DistrictGrid) {
    self.grid = grid
    polygons = GeosPolygons(grid.features)
  }

  /// The number of the district, or −1.
  @inline(__always)
  func district(_ x: Double, _ y: Double) -> Int32 {
    switch grid.finding(x, y) {
    case .nowhere: -1
    case .district(let district): district
    case .oneOf(let candidates): decide(x, y, candidates)
    }
  }

  private func decide(_ x: Double, _ y: Double, _ candidates: ArraySlice<Int32>) -> Int32 {
    var (inside, border): (Int32?, Int32?) = (nil, nil)
    var count = 0
    for candidate in candidates {
      switch polygons.relation(x, y, to: Int(candidate)) {
      case .inside:
        count += 1
        inside = inside ?? candidate
      case .border: border = border ?? candidate
      case .outside: break
      }
    }
    if count > 1 { inSeveral += 1 }
    if inside == nil, border != nil { onBorder += 1 }
    return inside ?? border ?? -1
  }
}
