/// The borders of areas, cut where more than two of them meet: each stretch is held once, whoever
/// it belongs to, so that what is done to it is done for all.
package struct SharedBorders {
  package struct Point: Hashable {
    package var x: Int32
    package var y: Int32

    package init(x: Int32, y: Int32) { (self.x, self.y) = (x, y) }
  }

  /// A stretch, run through one way or the other.
  private struct Use {
    let arc: Int
    let isReversed: Bool
  }

  package private(set) var arcs: [[Point]] = []
  /// By area, then ring.
  private var uses: [[[Use]]] = []

  /// - Parameter rings: by area; without the first point again at the end.
  package init(_ rings: [[[Point]]]) {
    let junctions = Self.junctions(rings)
    var known: [[Point]: Int] = [:]
    uses = rings.map { area in
      area.compactMap { ring in
        guard ring.count >= 3 else { return nil }
        return Self.stretches(of: ring, junctions).map { stretch in
          let (arc, isReversed) = Self.canonical(stretch)
          if let index = known[arc] { return Use(arc: index, isReversed: isReversed) }
          known[arc] = arcs.count
          arcs.append(arc)
          return Use(arc: arcs.count - 1, isReversed: isReversed)
        }
      }
    }
  }

  /// Points whose neighbours are not the same two in all rings.
  private static func junctions(_ rings: [[[Point]]]) -> Set<Point> {
    var neighbours: [Point: (Point, Point)] = [:]
    var junctions: Set<Point> = []
    for ring in rings.joined() where ring.count >= 3 {
      for (index, point) in ring.enumerated() {
        let before = ring[index == 0 ? ring.count - 1 : index - 1]
        let after = ring[index + 1 == ring.count ? 0 : index + 1]
        guard let known = neighbours[point] else {
          neighbours[point] = (before, after)
          continue
        }
        if known != (before, after), known != (after, before) { junctions.insert(point) }
      }
    }
    return junctions
  }

  /// A ring from junction to junction, ends included; without one, all of it from its least point.
  private static func stretches(of ring: [Point], _ junctions: Set<Point>) -> [[Point]] {
    guard let start = ring.firstIndex(where: junctions.contains) else {
      let least = ring.indices.min { (ring[$0].x, ring[$0].y) < (ring[$1].x, ring[$1].y) } ?? 0
      let turned = Array(ring[least...] + ring[..<least])
      return [turned + [turned[0]]]
    }
    var stretches: [[Point]] = [[]]
    for point in ring[start...] + ring[..<start] + [ring[start]] {
      stretches[stretches.count - 1].append(point)
      if stretches[stretches.count - 1].count > 1, junctions.contains(point) {
        stretches.append([point])
      }
    }
    stretches.removeLast()
    return stretches
  }

  /// The same stretch whichever way it is run through.
  private static func canonical(_ stretch: [Point]) -> (arc: [Point], isReversed: Bool) {
    for (one, other) in zip(stretch, stretch.reversed()) where one != other {
      let isReversed = (other.x, other.y) < (one.x, one.y)
      return (isReversed ? stretch.reversed() : stretch, isReversed)
    }
    // Closed: its second point decides.
    guard stretch.count > 2 else { return (stretch, false) }
    let (one, other) = (stretch[1], stretch[stretch.count - 2])
    let isReversed = (other.x, other.y) < (one.x, one.y)
    return (isReversed ? stretch.reversed() : stretch, isReversed)
  }

  /// Leaves out points that lie no farther than the tolerance from the line without them; a ring
  /// keeps three points, and so its area.
  package mutating func simplify(tolerance: Double) {
    let whole = arcs
    arcs = whole.map { Self.simplified($0, tolerance) }
    for ring in uses.joined() {
      var finer = tolerance
      while finer > 0, Set(ring.flatMap { arcs[$0.arc] }).count < 3 {
        finer = finer < 0.5 ? 0 : finer / 2
        for use in ring { arcs[use.arc] = Self.simplified(whole[use.arc], finer) }
      }
    }
  }

  /// Douglas and Peucker's choice, with a stack instead of recursion.
  private static func simplified(_ arc: [Point], _ tolerance: Double) -> [Point] {
    guard arc.count > 2 else { return arc }
    var isKept = [Bool](repeating: false, count: arc.count)
    (isKept[0], isKept[arc.count - 1]) = (true, true)
    var waiting = [(0, arc.count - 1)]
    while let (start, end) = waiting.popLast() {
      guard end - start > 1 else { continue }
      var farthest = (distance: -1.0, index: start)
      for index in start + 1..<end {
        let distance = Self.distance(arc[index], arc[start], arc[end])
        if distance > farthest.distance { farthest = (distance, index) }
      }
      guard farthest.distance > tolerance * tolerance else { continue }
      isKept[farthest.index] = true
      waiting.append((start, farthest.index))
      waiting.append((farthest.index, end))
    }
    return arc.indices.filter { isKept[$0] }.map { arc[$0] }
  }

  /// The square of a point's distance from a line between two, or from both when they are one.
  private static func distance(_ point: Point, _ start: Point, _ end: Point) -> Double {
    let (dx, dy) = (Double(end.x) - Double(start.x), Double(end.y) - Double(start.y))
    let (px, py) = (Double(point.x) - Double(start.x), Double(point.y) - Double(start.y))
    let length = dx * dx + dy * dy
    guard length > 0 else { return px * px + py * py }
    let share = min(max((px * dx + py * dy) / length, 0), 1)
    let (ox, oy) = (px - share * dx, py - share * dy)
    return ox * ox + oy * oy
  }

  /// An area's rings, put together again; first and last points are the same.
  package func rings(of area: Int) -> [[Point]] {
    uses[area].map { ring in
      var points: [Point] = []
      for use in ring {
        let arc = use.isReversed ? arcs[use.arc].reversed() : arcs[use.arc]
        points += points.isEmpty ? arc[...] : arc.dropFirst()
      }
      return points
    }
  }
}
