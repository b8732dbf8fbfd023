/// Finds the levels that cost least among those that hide every person, one level a field.
///
/// Nodes are met in the order of the least that they can cost. One of which nothing is known
/// begins a path to the top, on which the first feasible node is found by halves: below an
/// infeasible node all are infeasible. It ends where the next node must cost more than the best.
/// Where rows may be left out, only some models are of use for that: those of which a class that
/// joins another cannot fail anew. The others are tried node by node.
package struct FullDomainSearch {
  package struct Solution: Sendable {
    package var levels: [Int]
    package var score: Double
    package var suppressedRows: Int
    /// Classes that stay.
    package var classes: Int
    /// Whether no levels cost less, as far as is known.
    package var isOptimal: Bool
  }

  private enum State: UInt8 { case unknown, infeasible, feasible, scored }

  private let requirement: Requirement
  private let budget: Int
  private let domains: [QuasiDomain]
  private let objective: Objective
  private let lattice: Lattice
  /// In which order nodes are met.
  private let promises: [Double]
  /// The least that nodes cost, as far as is known.
  private var bounds: [Double]
  private var states: [State]
  private var cache: ClassCache
  private var best: (node: Int, height: Int, solution: Solution)?
  /// Nodes that were looked at.
  package private(set) var looked = 0

  /// - Parameters:
  ///   - budget: nodes to look at, at most, ≥ 1.
  package init(
    _ requirement: Requirement, budget: Int, lattice: Lattice, domains: [QuasiDomain],
    tuples: Classes, objective: Objective
  ) {
    (self.requirement, self.budget) = (requirement, budget)
    (self.lattice, self.domains, self.objective) = (lattice, domains, objective)
    promises = (0..<lattice.count).map { objective.promise(lattice.levels($0)) }
    bounds = objective.isTold ? promises : Array(repeating: 0, count: lattice.count)
    states = Array(repeating: .unknown, count: lattice.count)
    cache = ClassCache(tuples, domains)
  }

  /// - Returns: nil when no levels will do, or none were found within the budget.
  package mutating func run() -> Solution? { run {} }

  /// The same, for as long as nobody asks to stop.
  /// - Parameter checkpoint: called before each node that is looked at.
  package mutating func run(_ checkpoint: () throws -> Void) rethrows -> Solution? {
    look(lattice.count - 1)
    let promises = promises
    let order = (0..<lattice.count).sorted {
      promises[$0] != promises[$1] ? promises[$0] < promises[$1] : $0 < $1
    }
    var isOptimal = true
    for node in order {
      if let best, bounds[node] > best.solution.score {
        if objective.isTold { break }
        continue
      }
      try checkpoint()
      if states[node] == .unknown { try climb(from: node, checkpoint) }
      if looked >= budget {
        isOptimal = false
        break
      }
      if states[node] == .feasible { look(node) }
    }
    best?.solution.isOptimal = isOptimal
    return best?.solution
  }

  /// Settles a path of unknown nodes from a node to the top.
  private mutating func climb(from node: Int, _ checkpoint: () throws -> Void) rethrows {
    var path = [node]
    while let last = path.last {
      let next = lattice.successors(last).filter { states[$0] == .unknown }
        .min { promises[$0] != promises[$1] ? promises[$0] < promises[$1] : $0 < $1 }
      guard let next else { break }
      path.append(next)
    }
    var (low, high) = (0, path.count)
    while low < high, looked < budget {
      try checkpoint()
      let middle = (low + high) / 2
      look(path[middle])
      if states[path[middle]] == .infeasible { low = middle + 1 } else { high = middle }
    }
  }

  /// Makes the classes of a node and settles what follows from them.
  private mutating func look(_ node: Int) {
    looked += 1
    let levels = lattice.levels(node)
    let classes = cache.classes(levels)
    if requirement.isHopeless(classes) { return mark(node, .infeasible) { $0.predecessors($1) } }
    let verdict = requirement.verdict(classes)
    if verdict.isRefusedBelow { return mark(node, .infeasible) { $0.predecessors($1) } }
    mark(node, .feasible) { $0.successors($1) }
    states[node] = .scored
    if !objective.isTold { raise(node, to: objective.least(classes)) }
    if verdict.isRefused { return }
    let score = objective.score(levels, failing: verdict.failing, of: classes)
    let height = levels.reduce(0, +)
    if let best {
      let known = (best.solution.score, best.height, best.node)
      guard (score, height, node) < known else { return }
    }
    let solution = Solution(
      levels: levels, score: score, suppressedRows: verdict.rows,
      classes: classes.count - verdict.failing.count, isOptimal: true)
    best = (node, height, solution)
  }

  /// Coarser nodes cost no less.
  private mutating func raise(_ node: Int, to bound: Double) {
    var open = [node]
    while let node = open.popLast() {
      guard bounds[node] < bound else { continue }
      bounds[node] = bound
      open += lattice.successors(node)
    }
  }

  private mutating func mark(_ node: Int, _ state: State, _ next: (Lattice, Int) -> [Int]) {
    states[node] = state
    var open = [node]
    while let node = open.popLast() {
      for other in next(lattice, node) where states[other] == .unknown {
        states[other] = state
        open.append(other)
      }
    }
  }
}

/// Makes the classes of levels from those of finer ones that were made before: some are kept, the
/// latest, and no more than twice what the tuples take.
private struct ClassCache {
  private let domains: [QuasiDomain]
  private let tuples: Classes
  private var kept: [(levels: [Int], classes: Classes, bytes: Int)] = []
  private var held = 0
  private let most: Int
  private static let size = 64

  init(_ tuples: Classes, _ domains: [QuasiDomain]) {
    (self.tuples, self.domains) = (tuples, domains)
    most = max(2 * tuples.bytes, 1 << 22)
  }

  mutating func classes(_ levels: [Int]) -> Classes {
    var (from, source, cost): ([Int]?, Classes, Int) = (nil, tuples, tuples.bytes)
    for (known, classes, bytes) in kept where bytes < cost {
      if zip(known, levels).allSatisfy({ $0 <= $1 }) {
        (from, source, cost) = (known, classes, bytes)
      }
    }
    var made = source.rolledUp(KeyMap(domains, levels, from: from))
    made.shorten(KeyMap(domains, levels))
    let bytes = made.bytes
    // Large ones save little and cost memory.
    guard bytes * 4 < most || bytes < 1 << 16 else { return made }
    kept.append((levels, made, bytes))
    held += bytes
    while kept.count > ClassCache.size || held > most { held -= kept.removeFirst().bytes }
    return made
  }
}
