import Reports
import Tabular
import Testing

/// Drawings of lineage, on graphs of all shapes.
@Suite struct LineageLayoutTests {
  private static func node(_ kind: LineageGraph.Kind) -> LineageGraph.Node {
    let text = Message(en: "x", fr: "x")
    return LineageGraph.Node(kind, title: text, detail: text)
  }

  /// A graph as plans have them: whoever reads stands after what it reads.
  private static func graph(_ random: inout SeededNumbers) -> LineageGraph {
    var graph = LineageGraph()
    let sources = Int.random(in: 1...6, using: &random)
    let steps = Int.random(in: 0...12, using: &random)
    for _ in 0..<sources { _ = graph.add(node(.source)) }
    for _ in 0..<steps {
      let step = graph.add(node(.step))
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        graph.connect(Int.random(in: 0..<step, using: &random), to: step)
      }
    }
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let end = graph.add(node(Bool.random(using: &random) ? .output : .report))
      graph.connect(Int.random(in: 0..<(sources + steps), using: &random), to: end)
    }
    return graph
  }

  @Test func everyNodeHasAPlaceAfterWhatItReads() {
    var random = SeededNumbers(seed: 7)
    for _ in 0..<300 {
      let graph = Self.graph(&random)
      let layout = LineageLayout(graph)
      let items = layout.items
      let ways = zip(graph.edges, layout.ways).allSatisfy { edge, way in
        items[way[0]].node == edge.from && way.last.map { items[$0].node } == edge.to
          && way.dropFirst().dropLast().allSatisfy { items[$0].node == nil }
          && zip(way, way.dropFirst()).allSatisfy { items[$1].column == items[$0].column + 1 }
      }
      #expect(ways && layout.ways.count == graph.edges.count)
      let last = items.map(\.column).max()
      #expect(
        graph.nodes.enumerated().allSatisfy { index, node in
          node.kind == .source || node.kind == .step || items[index].column == last
        })
      let isApart = layout.columns.allSatisfy { column in
        zip(column, column.dropFirst()).allSatisfy { upper, lower in
          let both = items[upper].node != nil && items[lower].node != nil
          return items[lower].y - items[upper].y >= (both ? LineageLayout.nodeHeight : 1)
        }
      }
      #expect(isApart, "things lie on each other")
      #expect(items.allSatisfy { $0.y >= 0 && $0.y <= layout.height })
    }
  }

  /// As many crossings as there are pairs of pieces of ways that change sides: counted one by one.
  @Test func crossingsAreCountedAndFew() {
    var random = SeededNumbers(seed: 11)
    var (found, plain) = (0, 0)
    for _ in 0..<200 {
      let graph = Self.graph(&random)
      let layout = LineageLayout(graph)
      #expect(layout.crossings == Self.crossings(layout, layout.columns))
      let unsorted = layout.columns.map { $0.sorted() }
      #expect(layout.crossings <= Self.crossings(layout, unsorted))
      found += layout.crossings
      plain += Self.crossings(layout, unsorted)
    }
    #expect(found * 4 < plain, "\(found) of \(plain) are left")
  }

  private static func crossings(_ layout: LineageLayout, _ columns: [[Int]]) -> Int {
    var place: [Int: Int] = [:]
    for column in columns {
      for (index, item) in column.enumerated() { place[item] = index }
    }
    let pieces = layout.ways.flatMap { Array(zip($0, $0.dropFirst())) }
    var count = 0
    for (index, one) in pieces.enumerated() {
      for other in pieces[(index + 1)...]
      where layout.items[one.0].column == layout.items[other.0].column {
        let left = (place[one.0] ?? 0) - (place[other.0] ?? 0)
        let right = (place[one.1] ?? 0) - (place[other.1] ?? 0)
        if left * right < 0 { count += 1 }
      }
    }
    return count
  }

  /// A tree can be drawn without any.
  @Test func aTreeHasNoCrossing() {
    var random = SeededNumbers(seed: 13)
    for _ in 0..<100 {
      var graph = LineageGraph()
      _ = graph.add(Self.node(.source))
      for _ in 0..<Int.random(in: 1...14, using: &random) {
        let parent = Int.random(in: 0..<graph.nodes.count, using: &random)
        graph.connect(parent, to: graph.add(Self.node(.step)))
      }
      #expect(LineageLayout(graph).crossings == 0)
    }
  }

  @Test func labelsFitAndSayWhenTheyWereCut() {
    #expect(LabelText.cut("quartiers", to: 178, size: 14) == "quartiers")
    let long = LabelText.cut(String(repeating: "demandes ", count: 9), to: 178, size: 14)
    #expect(long.hasSuffix("…") && long.count < 30 && long.hasPrefix("demandes demandes"))
    #expect(LabelText.cut(String(repeating: "語", count: 40), to: 178, size: 14).count <= 13)
    #expect(LabelText.cut("", to: 178, size: 14) == "")
  }
}

/// Random numbers that come again (SplitMix64).
private struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
