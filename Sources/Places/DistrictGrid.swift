import GeoJSON

/// A grid over districts that knows of each cell in which district it wholly lies, or which ones
/// its points have to be asked for.
final class DistrictGrid: Sendable {
  let features: [Feature]
  private let box: Box
  private let side: Int
  private let (perX, perY): (Double, Double)
  /// Of each cell: −1 in no district, d wholly in district d, else −2 − the number of a list.
  private let cells: [Int32]
  /// Where each list of candidates begins.
  private let starts: [Int32]
  private let candidates: [Int32]

  /// - Parameter features: their areas valid.
  init(_ features: [Feature]) {
    let boxes = features.map(\.box)
    var all = Box()
    for box in boxes where !box.isEmpty {
      all.extend(to: Position(x: box.minX, y: box.minY))
      all.extend(to: Position(x: box.maxX, y: box.maxY))
    }
    var builder = Builder(features, boxes, all)
    if !all.isEmpty { for feature in features.indices { builder.add(feature) } }
    self.features = features
    (box, side) = (all, builder.side)
    perX = builder.width > 0 ? 1 / builder.width : 0
    perY = builder.height > 0 ? 1 / builder.height : 0
    (cells, starts, candidates) = builder.settled()
  }

  /// What a cell says of a point in it.
  enum Finding {
    case nowhere
    case district(Int32)
    /// The point has to be asked for.
    case oneOf(ArraySlice<Int32>)
  }

  @inline(__always)
  func finding(_ x: Double, _ y: Double) -> Finding {
    // Also what is no number lies outside.
    guard x >= box.minX, x <= box.maxX, y >= box.minY, y <= box.maxY else { return .nowhere }
    let column = min(Int((x - box.minX) * perX), side - 1)
    let row = min(Int((y - box.minY) * perY), side - 1)
    let cell = cells[row * side + column]
    if cell >= 0 { return .district(cell) }
    if cell == -1 { return .nowhere }
    let list = Int(-2 - cell)
    return .oneOf(candidates[Int(starts[list])..<Int(starts[list + 1])])
  }

  /// Divides the box into quarters, and these again, as long as a border runs through them.
  private struct Builder {
    let side: Int
    let width: Double
    let height: Double
    private let boxes: [Box]
    private let all: Box
    private let polygons: GeosPolygons
    /// A point that is reckoned to lie in a cell lies in the cell thus enlarged.
    private let slack: Double
    private var cells: [Int32]
    private var mixed: [Int: [Int32]] = [:]

    init(_ features: [Feature], _ boxes: [Box], _ all: Box) {
      side = features.count <= 100 ? 512 : 1024
      (self.boxes, self.all) = (boxes, all)
      polygons = GeosPolygons(features)
      width = all.isEmpty ? 0 : (all.maxX - all.minX) / Double(side)
      height = all.isEmpty ? 0 : (all.maxY - all.minY) / Double(side)
      let farthest = [all.minX, all.maxX, all.minY, all.maxY].map { abs($0) }.max() ?? 0
      slack = all.isEmpty ? 0 : 1e-6 * max(width, height) + 8 * farthest.ulp
      cells = Array(repeating: -1, count: side * side)
    }

    mutating func add(_ feature: Int) { add(feature, 0, 0, side) }

    private mutating func add(_ feature: Int, _ column: Int, _ row: Int, _ size: Int) {
      let box = Box(
        minX: all.minX + Double(column) * width - slack,
        minY: all.minY + Double(row) * height - slack,
        maxX: all.minX + Double(column + size) * width + slack,
        maxY: all.minY + Double(row + size) * height + slack)
      guard box.meets(boxes[feature]) else { return }
      // Large squares are seldom wholly inside, and asking costs most for them.
      let relation = size > side / 4 ? Relation.border : polygons.relation(box, to: feature)
      switch relation {
      case .outside: return
      case .inside:
        for y in row..<row + size {
          for x in column..<column + size { note(feature, y * side + x, isWhole: true) }
        }
      case .border where size == 1: note(feature, row * side + column, isWhole: false)
      case .border:
        let half = size / 2
        for (x, y) in [(0, 0), (half, 0), (0, half), (half, half)] {
          add(feature, column + x, row + y, half)
        }
      }
    }

    private mutating func note(_ feature: Int, _ cell: Int, isWhole: Bool) {
      let district = Int32(truncatingIfNeeded: feature)
      if isWhole, cells[cell] == -1 {
        cells[cell] = district
        return
      }
      // Districts that overlap are all asked for.
      var list = mixed[cell] ?? []
      if cells[cell] >= 0 { list.append(cells[cell]) }
      mixed[cell] = list + [district]
      cells[cell] = -2
    }

    func settled() -> (cells: [Int32], starts: [Int32], candidates: [Int32]) {
      var (cells, starts, candidates): ([Int32], [Int32], [Int32]) = (cells, [0], [])
      for cell in cells.indices where cells[cell] == -2 {
        cells[cell] = -2 - Int32(truncatingIfNeeded: starts.count - 1)
        candidates += (mixed[cell] ?? []).sorted()
        starts.append(Int32(truncatingIfNeeded: candidates.count))
      }
      return (cells, starts, candidates)
    }
  }
}
