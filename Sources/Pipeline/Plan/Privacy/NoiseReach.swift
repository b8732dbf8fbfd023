/// Where noisy figures come from and go to.
struct NoiseReach {
  private let nodes: [PlanNode]
  private let outputs: [PlannedOutput]

  init(_ nodes: [PlanNode], _ outputs: [PlannedOutput]) {
    (self.nodes, self.outputs) = (nodes, outputs)
  }

  /// The nodes that a node reads, itself with them; ascending.
  func read(by node: Int) -> [Int] { nodes.read(by: [node]).sorted() }

  /// The charter's entries of all sources that a node reads, each once.
  func sources(of node: Int) -> [String] {
    Set(
      read(by: node).compactMap { id in
        if case .source(let source) = nodes[id].work { source.governance.id } else { nil }
      }
    ).sorted()
  }

  /// The audiences of all outputs that read a node, by name.
  func audiences(of node: Int) -> [Charter.Audience] {
    var found: [String: Charter.Audience] = [:]
    for output in outputs where read(by: output.node).contains(node) {
      found[output.audience.name] = output.audience
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }
}
