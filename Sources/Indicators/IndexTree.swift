import StageKit
import Tabular

/// An index with what it is made of: domains, dimensions, indicators.
struct IndexTree: Sendable {
  /// How high an element stands.
  enum Level: String, Sendable, CaseIterable, Comparable {
    case indicator, dimension, domain, index

    static func < (left: Level, right: Level) -> Bool { left.height < right.height }

    var height: Int { Level.allCases.firstIndex(of: self) ?? 0 }
  }

  struct Node: Sendable {
    let name: String
    let level: Level
    let title: Message?
    /// As declared, at least 0; its share among its siblings counts.
    fileprivate(set) var weight: Double
    let parent: Int?
    /// In their declared order.
    var children: [Int] = []
    /// Its place among the indicators.
    let indicator: Int?
  }

  /// Each after its parent; the index itself first.
  private(set) var nodes: [Node] = []
  private(set) var indicators: [Indicator] = []

  /// Adds an element below another.
  /// - Returns: its number.
  @discardableResult
  mutating func add(
    _ name: String, _ level: Level, title: Message?, weight: Double, below parent: Int?,
    _ indicator: Indicator? = nil
  ) -> Int {
    nodes.append(
      Node(
        name: name, level: level, title: title, weight: weight, parent: parent,
        indicator: indicator == nil ? nil : indicators.count))
    if let indicator { indicators.append(indicator) }
    let id = nodes.count - 1
    if let parent { nodes[parent].children.append(id) }
    return id
  }

  /// Takes other weights, one an element.
  mutating func reweigh(_ weights: [Double]) {
    for (node, weight) in zip(nodes.indices, weights) { nodes[node].weight = weight }
  }

  /// All but the indicators, each before its children.
  var composites: [Int] { nodes.indices.filter { nodes[$0].indicator == nil } }

  /// The number of an indicator's node.
  func node(ofIndicator place: Int) -> Int { nodes.firstIndex { $0.indicator == place } ?? 0 }

  /// An element and all above it, up to the index.
  func lineage(_ node: Int) -> [Int] {
    var line = [node]
    while let parent = nodes[line[line.count - 1]].parent { line.append(parent) }
    return line
  }

  /// The places of the indicators at or below an element.
  func indicators(below node: Int) -> [Int] {
    nodes.indices.filter { lineage($0).contains(node) }.compactMap { nodes[$0].indicator }
  }

  /// What an element weighs among its siblings, made to add up to 1.
  func shares(_ weights: [Double]) -> [Double] {
    nodes.indices.map { node in
      guard let parent = nodes[node].parent else { return 1 }
      let sum = nodes[parent].children.reduce(0) { $0 + weights[$1] }
      return sum > 0 ? weights[node] / sum : 0
    }
  }

  /// What an element weighs in the whole index: shares multiplied down the tree.
  func effective(_ weights: [Double]) -> [Double] {
    let shares = shares(weights)
    var effective = shares
    for node in nodes.indices {
      if let up = nodes[node].parent { effective[node] *= effective[up] }
    }
    return effective
  }
}

/// An indicator as declared.
struct Indicator: Sendable {
  /// Where its values come from.
  struct Measure: Sendable {
    let table: String
    let field: Field
  }

  let name: String
  let title: Message?
  let unit: String?
  /// 1, or −1 where less is better.
  let direction: Double
  let target: Double?
  let posts: (low: Double, high: Double)?
  let audiences: [String]
  /// Nil where nothing gives it; then `absence` may say why.
  let measure: Measure?
  let absence: Message?
  /// By name; with how many of its units a value is told for.
  let denominator: (name: String, scale: Double)?
  /// Nil for the index's own.
  let imputation: Imputation?
  let treatment: Treatment?
  let normalisation: Normalisation?
  /// The key of the unit that distances are taken to; nil for the index's own.
  let reference: Value?
}
