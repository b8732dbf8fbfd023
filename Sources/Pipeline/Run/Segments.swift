import StageKit

/// The plan's DAG cut where rows must stop: each segment takes batches from one producer and
/// pushes them through a tree of fused row-local stages into breakers, side tables and outputs.
struct Segments {
  struct Segment {
    /// The node whose batches feed it: a source, a breaker, or a table collected for this.
    let producer: Int
    /// Nodes worked on in it, the producer first, each after its input.
    var nodes: [Int]
    /// Segments that must be over before it begins.
    var after: Set<Int>
  }

  private(set) var all: [Segment] = []
  /// The segment that each node's batches come out of.
  private(set) var of: [Int: Int] = [:]
  /// Nodes whose batches must be kept whole: side tables, and inputs that a cycle cut off.
  private(set) var collected: Set<Int> = []
  /// Row-local nodes that begin a segment because a side of theirs needs the one before.
  private(set) var cut: Set<Int> = []

  /// - Parameter goals: the nodes to be worked out; nil for those of the outputs.
  init(_ plan: Plan, goals: Set<Int>? = nil) {
    let needed = Self.needed(plan, goals ?? Set(plan.leaving.map(\.node)))
    for node in plan.nodes where needed.contains(node.id) {
      switch node.work {
      case .source:
        begin(node.id, after: [])
      case .stage(_, let stage, let input, let sides):
        collected.formUnion(sides.values)
        place(node.id, type(of: stage).declaration.kind, input: input, sides: sides.values.sorted())
      }
    }
  }

  /// The nodes that some goal comes from; a source that nothing reads is not scanned.
  static func needed(_ plan: Plan, _ goals: Set<Int>) -> Set<Int> {
    var needed = goals
    for node in plan.nodes.reversed() where needed.contains(node.id) {
      guard case .stage(_, _, let input, let sides) = node.work else { continue }
      needed.insert(input)
      needed.formUnion(sides.values)
    }
    return needed
  }

  private mutating func begin(_ node: Int, after: Set<Int>) {
    of[node] = all.count
    all.append(Segment(producer: node, nodes: [node], after: after))
  }

  private mutating func place(_ node: Int, _ kind: StageKind, input: Int, sides: [Int]) {
    guard var home = of[input] else { return }
    let sideSegments = Set(sides.compactMap { of[$0] })
    if sideSegments.contains(where: { reaches($0, home) }) {
      // The side table comes out of this very segment: the input is kept until it is complete.
      collected.insert(input)
      cut.insert(node)
      all.append(Segment(producer: input, nodes: [input], after: [home]))
      home = all.count - 1
    }
    all[home].after.formUnion(sideSegments.subtracting([home]))
    all[home].nodes.append(node)
    if kind == .rowLocal {
      of[node] = home
    } else {
      begin(node, after: [home])
    }
  }

  /// Whether `start` is `goal` or waits for it, at whatever remove.
  private func reaches(_ start: Int, _ goal: Int) -> Bool {
    start == goal || all[start].after.contains { reaches($0, goal) }
  }

  /// An order in which each segment stands after those it waits for, the earliest first.
  var order: [Int] {
    var done: Set<Int> = []
    var order: [Int] = []
    while order.count < all.count {
      guard
        let next = all.indices.first(where: {
          !done.contains($0) && all[$0].after.isSubset(of: done)
        })
      else { return order }
      done.insert(next)
      order.append(next)
    }
    return order
  }
}
