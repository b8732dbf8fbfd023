/// Places for the nodes of a graph, from left to right: each in a column after those that it reads,
/// what leaves in the last. Edges that pass columns get a bend in each. The order within columns is
/// found by barycentres and swaps of neighbours (Sugiyama, Tagawa and Toda 1981), the best of some
/// sweeps; the same graph is always laid out alike.
package struct LineageLayout {
  /// A node, or a bend of an edge in a column that it passes.
  package struct Item {
    /// Nil for a bend.
    package let node: Int?
    package let column: Int
    /// Of its middle, in pixels.
    package var y = 0.0
    var height: Double { node == nil ? LineageLayout.bendHeight : LineageLayout.nodeHeight }
  }

  package static let nodeWidth = 220.0
  package static let nodeHeight = 64.0
  package static let columnGap = 46.0
  static let bendHeight = 10.0
  static let rowGap = 18.0

  package private(set) var items: [Item] = []
  /// Items from top to bottom, column by column.
  package private(set) var columns: [[Int]] = []
  /// Of each edge: the items that it runs through.
  package private(set) var ways: [[Int]] = []
  private var before: [[Int]] = []
  private var after: [[Int]] = []

  package init(_ graph: LineageGraph) {
    let column = Self.columns(of: graph)
    for node in graph.nodes.indices { items.append(Item(node: node, column: column[node])) }
    for edge in graph.edges {
      var way = [edge.from]
      for passed in (column[edge.from] + 1)..<max(column[edge.to], column[edge.from] + 1) {
        items.append(Item(node: nil, column: passed))
        way.append(items.count - 1)
      }
      ways.append(way + [edge.to])
    }
    columns = Array(repeating: [], count: (column.max() ?? -1) + 1)
    for (index, item) in items.enumerated() { columns[item.column].append(index) }
    before = Array(repeating: [], count: items.count)
    after = before
    for way in ways {
      for (left, right) in zip(way, way.dropFirst()) {
        after[left].append(right)
        before[right].append(left)
      }
    }
    order()
    place()
  }

  package var width: Double {
    let count = Double(max(columns.count, 1))
    return count * Self.nodeWidth + (count - 1) * Self.columnGap
  }

  package var height: Double {
    items.map { $0.y + $0.height / 2 }.max() ?? 0
  }

  package func left(_ item: Int) -> Double {
    Double(items[item].column) * (Self.nodeWidth + Self.columnGap)
  }

  /// How often edges cross between neighbouring columns.
  package var crossings: Int { crossings(columns) }

  /// The longest way to each node; what leaves stands in the last column.
  private static func columns(of graph: LineageGraph) -> [Int] {
    var column = Array(repeating: 0, count: graph.nodes.count)
    // As many passes as the longest way has edges; a circle, which no plan has, would end, too.
    for _ in graph.nodes.indices {
      var isSettled = true
      for edge in graph.edges where column[edge.to] <= column[edge.from] {
        guard column[edge.from] + 1 < graph.nodes.count else { continue }
        column[edge.to] = column[edge.from] + 1
        isSettled = false
      }
      if isSettled { break }
    }
    let last = column.max() ?? 0
    for (index, node) in graph.nodes.enumerated() where node.isEnd { column[index] = last }
    return column
  }

  // MARK: Order

  private mutating func order() {
    var (current, best) = (columns, columns)
    var least = crossings(best)
    for sweep in 0..<16 where least > 0 {
      let isRightward = sweep.isMultiple(of: 2)
      let places = isRightward ? Array(current.indices) : current.indices.reversed()
      for column in places {
        current[column] = sorted(
          current[column], by: isRightward ? before : after,
          beside: isRightward ? column - 1 : column + 1, current)
      }
      swap(&current)
      let count = crossings(current)
      if count < least { (best, least) = (current, count) }
    }
    columns = best
  }

  /// By the mean place of the neighbours; what has none keeps its place.
  private func sorted(
    _ column: [Int], by neighbours: [[Int]], beside other: Int, _ columns: [[Int]]
  ) -> [Int] {
    guard columns.indices.contains(other) else { return column }
    let places = Self.places(columns[other])
    let keyed = column.enumerated().map { place, item -> (key: Double, place: Int, item: Int) in
      let beside = neighbours[item].compactMap { places[$0] }
      guard !beside.isEmpty else {
        let scale = Double(max(columns[other].count, 1)) / Double(max(column.count, 1))
        return (Double(place) * scale, place, item)
      }
      return (Double(beside.reduce(0, +)) / Double(beside.count), place, item)
    }
    return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.item)
  }

  /// Changes neighbours' places as long as that leaves fewer crossings.
  private func swap(_ columns: inout [[Int]]) {
    for column in columns.indices where columns[column].count < 80 {
      let sides = [column - 1, column + 1].filter { columns.indices.contains($0) }
        .map { ($0 < column ? before : after, Self.places(columns[$0])) }
      var isBetter = true
      var rounds = 0
      while isBetter, rounds < 8 {
        isBetter = false
        rounds += 1
        for place in columns[column].indices.dropLast() {
          let (upper, lower) = (columns[column][place], columns[column][place + 1])
          var gain = 0
          for (neighbours, places) in sides {
            let (one, two) = (neighbours[upper], neighbours[lower])
            gain += Self.inversions(one, two, places) - Self.inversions(two, one, places)
          }
          guard gain > 0 else { continue }
          columns[column].swapAt(place, place + 1)
          isBetter = true
        }
      }
    }
  }

  /// Pairs of neighbours of an upper and a lower item that stand the other way round.
  private static func inversions(_ upper: [Int], _ lower: [Int], _ places: [Int: Int]) -> Int {
    var count = 0
    for one in upper {
      for two in lower where (places[one] ?? 0) > (places[two] ?? 0) { count += 1 }
    }
    return count
  }

  private func crossings(_ columns: [[Int]]) -> Int {
    var count = 0
    for (column, next) in zip(columns, columns.dropFirst()) {
      let places = Self.places(next)
      var ends: [Int] = []
      for item in column {
        let own = after[item].compactMap { places[$0] }
        for end in own { count += ends.count { $0 > end } }
        ends += own
      }
    }
    return count
  }

  private static func places(_ column: [Int]) -> [Int: Int] {
    Dictionary(column.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
  }

  // MARK: Places

  /// Puts items beside their neighbours, as far as the others in their column leave room.
  private mutating func place() {
    for column in columns {
      var y = 0.0
      for item in column {
        items[item].y = y + items[item].height / 2
        y += items[item].height + Self.rowGap
      }
    }
    for pass in 0..<12 {
      let isRightward = pass.isMultiple(of: 2)
      for column in isRightward ? columns : columns.reversed() {
        settle(column, beside: isRightward ? before : after)
      }
    }
    let top = items.map { $0.y - $0.height / 2 }.min() ?? 0
    for index in items.indices { items[index].y = (items[index].y - top).rounded() }
  }

  private mutating func settle(_ column: [Int], beside neighbours: [[Int]]) {
    let wanted = column.map { item -> Double in
      let beside = neighbours[item].map { items[$0].y }
      return beside.isEmpty ? items[item].y : beside.reduce(0, +) / Double(beside.count)
    }
    func room(_ place: Int) -> Double {
      (items[column[place]].height + items[column[place + 1]].height) / 2 + Self.rowGap
    }
    var (down, up) = (wanted, wanted)
    for place in column.indices.dropLast() {
      down[place + 1] = max(down[place + 1], down[place] + room(place))
    }
    for place in column.indices.dropLast().reversed() {
      up[place] = min(up[place], up[place + 1] - room(place))
    }
    // Both keep their distances, and so does the mean.
    for (place, item) in column.enumerated() { items[item].y = (down[place] + up[place]) / 2 }
  }
}
