/// The 24 districts on the ground: a patchwork of hexagons whose borders are then smoothed.
///
/// Each border vertex exists once and is moved once, so neighbours keep sharing it to the last
/// digit. Only additions, products and quotients are used: the same bits on every machine.
struct DistrictMap {
  /// For each district its ring of border vertices, counter-clockwise, not closed.
  private(set) var rings: [[Int]] = []
  private(set) var vertices: [(x: Double, y: Double)] = []
  private var centres: [(x: Double, y: Double)] = []
  private(set) var areas: [Double] = []

  init(seed: UInt64) throws {
    var dice = Dice(seed: seed, stream: "carte")
    let cells = DistrictMap.ground()
    let owners = DistrictMap.settle(cells, &dice)
    try trace(cells, owners)
    for _ in 0..<3 { smooth() }
    measure()
  }

  /// The hexagons above water: an oval, less the roadstead that opens to the west.
  private static func ground() -> [HexCell] {
    var cells: [HexCell] = []
    for r in -18...18 {
      for q in -40...40 {
        let cell = HexCell(q: q, r: r)
        let x = Double(cell.centre.x) * Ground.kilometresX
        let y = Double(cell.centre.y) * Ground.kilometresY
        let oval = (x / 6.1) * (x / 6.1) + (y / 4.3) * (y / 4.3) + x * y / 90
        let bayX = x + 6.4
        let bayY = y + 0.4
        let bay = bayX * bayX / 6.5 + bayY * bayY / 1.1
        if oval <= 1 && bay > 1 { cells.append(cell) }
      }
    }
    return cells
  }

  /// Which district each cell belongs to: the nearest of 24 centres, evened out three times.
  private static func settle(_ cells: [HexCell], _ dice: inout Dice) -> [Int] {
    var centres: [LatticePoint] = []
    while centres.count < City.districtCount {
      // The best of several candidates is the one farthest from the centres already there.
      let candidates = (0..<24).map { _ in dice.pick(cells).centre }
      let best = candidates.max { distance($0, to: centres) < distance($1, to: centres) }
      if let best { centres.append(best) }
    }
    var owners: [Int] = []
    for _ in 0..<4 {
      owners = cells.map { nearest(centres, to: $0.centre) }
      for district in centres.indices {
        let own = zip(cells, owners).filter { $0.1 == district }.map { $0.0.centre }
        guard !own.isEmpty else { continue }
        centres[district] = LatticePoint(
          x: own.reduce(0) { $0 + $1.x } / own.count, y: own.reduce(0) { $0 + $1.y } / own.count)
      }
    }
    // Codes run from the middle of the city outwards.
    let middle = LatticePoint(x: 0, y: 0)
    let order = centres.indices.sorted {
      let a = squared(centres[$0], middle)
      let b = squared(centres[$1], middle)
      return a != b ? a < b : $0 < $1
    }
    var code = [Int](repeating: 0, count: order.count)
    for (rank, district) in order.enumerated() { code[district] = rank }
    return owners.map { code[$0] }
  }

  /// Squared distance on the ground; a lattice unit eastwards counts √3 of one northwards.
  private static func squared(_ a: LatticePoint, _ b: LatticePoint) -> Int {
    3 * (a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)
  }

  private static func distance(_ point: LatticePoint, to centres: [LatticePoint]) -> Int {
    centres.map { squared($0, point) }.min() ?? Int.max
  }

  private static func nearest(_ centres: [LatticePoint], to point: LatticePoint) -> Int {
    var best = 0
    for index in centres.indices
    where squared(centres[index], point) < squared(centres[best], point) {
      best = index
    }
    return best
  }
}

extension DistrictMap {
  /// Walks around each district along the edges it does not share with itself.
  private mutating func trace(_ cells: [HexCell], _ owners: [Int]) throws {
    var numbers: [LatticePoint: Int] = [:]
    for district in 0..<City.districtCount {
      var edges: Set<[LatticePoint]> = []
      let own = zip(cells, owners).filter { $0.1 == district }.map(\.0)
      for cell in own {
        let corners = cell.corners
        for (index, from) in corners.enumerated() {
          edges.insert([from, corners[(index + 1) % corners.count]])
        }
      }
      var next: [LatticePoint: LatticePoint] = [:]
      var start: LatticePoint?
      for cell in own {
        let corners = cell.corners
        for (index, from) in corners.enumerated() {
          let to = corners[(index + 1) % corners.count]
          guard !edges.contains([to, from]) else { continue }
          next[from] = to
          if start == nil { start = from }
        }
      }
      rings.append(try ring(of: district, start: start, next: next, &numbers))
    }
  }

  private mutating func ring(
    of district: Int, start: LatticePoint?, next: [LatticePoint: LatticePoint],
    _ numbers: inout [LatticePoint: Int]
  ) throws -> [Int] {
    guard let start else { throw SampleError.brokenMap("\(City.code(district)) has no ground") }
    var ring: [Int] = []
    var point = start
    repeat {
      if let number = numbers[point] {
        ring.append(number)
      } else {
        numbers[point] = vertices.count
        ring.append(vertices.count)
        vertices.append((Double(point.x), Double(point.y)))
      }
      guard let following = next[point] else {
        throw SampleError.brokenMap("the border of \(City.code(district)) is open")
      }
      point = following
    } while point != start
    guard ring.count == next.count else {
      throw SampleError.brokenMap("\(City.code(district)) is not in one piece")
    }
    return ring
  }

  /// Moves each vertex half-way to the mean of its neighbours on the borders.
  private mutating func smooth() {
    var neighbours = [[Int]](repeating: [], count: vertices.count)
    for ring in rings {
      for (index, from) in ring.enumerated() {
        let to = ring[(index + 1) % ring.count]
        if !neighbours[from].contains(to) { neighbours[from].append(to) }
        if !neighbours[to].contains(from) { neighbours[to].append(from) }
      }
    }
    let before = vertices
    for (index, around) in neighbours.enumerated() where !around.isEmpty {
      let count = Double(around.count)
      let x = around.reduce(0.0) { $0 + before[$1].x } / count
      let y = around.reduce(0.0) { $0 + before[$1].y } / count
      vertices[index] = ((before[index].x + x) / 2, (before[index].y + y) / 2)
    }
  }

  /// Areas in km² and centroids, by the shoelace formula.
  private mutating func measure() {
    for ring in rings {
      var doubled = 0.0
      var cx = 0.0
      var cy = 0.0
      for (index, from) in ring.enumerated() {
        let a = vertices[from]
        let b = vertices[ring[(index + 1) % ring.count]]
        let cross = a.x * b.y - b.x * a.y
        doubled += cross
        cx += (a.x + b.x) * cross
        cy += (a.y + b.y) * cross
      }
      areas.append(doubled / 2 * Ground.kilometresX * Ground.kilometresY)
      centres.append((cx / (3 * doubled), cy / (3 * doubled)))
    }
  }

  /// Longitude and latitude of a point, in degrees with six decimals (about 10 cm).
  private static func degrees(_ point: (x: Double, y: Double)) -> [String] {
    [sixDecimals(Ground.longitude(point.x)), sixDecimals(Ground.latitude(point.y))]
  }

  private static func sixDecimals(_ value: Double) -> String {
    let scaled = Int((value * 1_000_000).rounded())
    let size = abs(scaled)
    return (scaled < 0 ? "-" : "") + "\(size / 1_000_000)." + padded(size % 1_000_000, 6)
  }

  /// The centroid of a district, as longitude and latitude.
  func position(_ district: Int) -> [String] { DistrictMap.degrees(centres[district]) }

  /// Where a district lies, for grouping districts: lattice units from the middle.
  func offset(_ district: Int) -> (x: Double, y: Double) { centres[district] }

  /// The border of a district as a closed GeoJSON ring.
  func ring(_ district: Int) -> OrderedJSON {
    let ring = rings[district]
    return .list(
      (ring + ring.prefix(1)).map { number in
        .list(DistrictMap.degrees(vertices[number]).map(OrderedJSON.digits))
      })
  }
}
