import Testing

import Reports

/// Borders that neighbours share are made simpler once: no gap opens.
@Suite struct BordersTests {
  typealias Point = SharedBorders.Point

  /// A grid of areas whose borders wiggle, alike on both sides.
  private func grid(_ size: Int, seed: UInt64) -> [[[Point]]] {
    var state = seed
    func next() -> Int32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int32(truncatingIfNeeded: state >> 33) % 40
    }
    let steps = 10
    func corner(_ x: Int, _ y: Int) -> Point { Point(x: Int32(x * 1000), y: Int32(y * 1000)) }
    var across: [[[Point]]] = []
    var down: [[[Point]]] = []
    for y in 0...size {
      across.append(
        (0..<size).map { x in
          (1..<steps).map { step -> Point in
            let along = Int32(x * 1000 + step * 100)
            return Point(x: along, y: Int32(y * 1000) + next())
          }
        })
    }
    for y in 0..<size {
      down.append(
        (0...size).map { x in
          (1..<steps).map { step -> Point in
            let along = Int32(y * 1000 + step * 100)
            return Point(x: Int32(x * 1000) + next(), y: along)
          }
        })
    }
    var areas: [[[Point]]] = []
    for y in 0..<size {
      for x in 0..<size {
        var ring = [corner(x, y)] + across[y][x] + [corner(x + 1, y)] + down[y][x + 1]
        ring += [corner(x + 1, y + 1)] + across[y + 1][x].reversed()
        ring += [corner(x, y + 1)] + down[y][x].reversed()
        areas.append([(x + y).isMultiple(of: 2) ? ring : ring.reversed()])
      }
    }
    return areas
  }

  private func area(_ ring: [Point]) -> Int {
    var twice = 0
    for (one, other) in zip(ring, ring.dropFirst()) {
      let (x, y) = (Int(one.x), Int(one.y))
      twice += x * Int(other.y) - Int(other.x) * y
    }
    return abs(twice)
  }

  @Test(arguments: [1, 2, 7] as [UInt64])
  func everyInnerEdgeHasTwoOwners(_ seed: UInt64) {
    let size = 6
    let areas = grid(size, seed: seed)
    var borders = SharedBorders(areas)
    let before = (0..<areas.count).map { borders.rings(of: $0)[0].count }.reduce(0, +)
    borders.simplify(tolerance: 60)
    var owners: [[Point]: Int] = [:]
    var vertices = 0
    for index in areas.indices {
      let ring = borders.rings(of: index)[0]
      vertices += ring.count
      #expect(ring.first == ring.last && ring.count >= 4)
      for (one, other) in zip(ring, ring.dropFirst()) {
        let edge = (one.x, one.y) < (other.x, other.y) ? [one, other] : [other, one]
        owners[edge, default: 0] += 1
      }
    }
    #expect(vertices * 5 < before, "\(before) points became \(vertices)")
    #expect(owners.values.allSatisfy { $0 <= 2 })
    // Outer edges have one owner, and there are four sides of them.
    let outer = owners.filter { $0.value == 1 }.keys
    func isOuter(_ point: Point) -> Bool {
      let (x, y) = (point.x, point.y)
      return x <= 40 || y <= 40 || x >= 5_960 || y >= 5_960
    }
    #expect(outer.allSatisfy { edge in edge.allSatisfy(isOuter) })
    // Nothing is lost between them: the areas are the whole.
    let parts = areas.indices.reduce(0) { $0 + area(borders.rings(of: $1)[0]) }
    #expect(abs(parts - 2 * 36_000_000) < 2 * 36_000_000 / 50)
  }

  @Test func islandsAndSliversKeepThreePoints() {
    var island: [Point] = []
    for step in 0..<40 {
      let height = step < 20 ? step : 40 - step
      island.append(Point(x: Int32(step % 2), y: Int32(height)))
    }
    var borders = SharedBorders([[island], [[Point(x: 0, y: 0)]]])
    borders.simplify(tolerance: 1000)
    #expect(Set(borders.rings(of: 0)[0]).count >= 3)
    #expect(borders.rings(of: 1).isEmpty)
  }

  /// An enclave and the hole that it fills are one border.
  @Test func enclavesFillTheirHoles() {
    var hole: [Point] = []
    for step in 0..<36 {
      let (side, place) = (step / 9, step % 9)
      let along = Int32(30 + place * 4)
      let back = Int32(66 - place * 4)
      hole.append(
        [
          Point(x: along, y: 30), Point(x: 66, y: along), Point(x: back, y: 66),
          Point(x: 30, y: back),
        ][side])
    }
    let outside = [
      Point(x: 0, y: 0), Point(x: 100, y: 0), Point(x: 100, y: 100), Point(x: 0, y: 100),
    ]
    var borders = SharedBorders([[outside, hole], [hole.reversed()]])
    borders.simplify(tolerance: 2)
    #expect(Set(borders.rings(of: 0)[1]) == Set(borders.rings(of: 1)[0]))
  }
}
