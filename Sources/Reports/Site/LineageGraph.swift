import Tabular

/// How tables come about: sources, steps and what leaves, each after those that it reads.
public struct LineageGraph: Sendable {
  public enum Kind: Sendable, Hashable {
    case source, step, output, report
  }

  public struct Node: Sendable {
    public let kind: Kind
    public let title: Message
    public let detail: Message

    public init(_ kind: Kind, title: Message, detail: Message) {
      (self.kind, self.title, self.detail) = (kind, title, detail)
    }

    var isEnd: Bool { kind == .output || kind == .report }
  }

  public struct Edge: Sendable, Hashable {
    public let from: Int
    public let to: Int
  }

  public private(set) var nodes: [Node] = []
  public private(set) var edges: [Edge] = []
  private var known: Set<Edge> = []

  public init() {}

  /// - Returns: the node's number.
  public mutating func add(_ node: Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  /// Says once that a node reads another.
  public mutating func connect(_ from: Int, to: Int) {
    let edge = Edge(from: from, to: to)
    guard from != to, nodes.indices.contains(from), nodes.indices.contains(to),
      known.insert(edge).inserted
    else { return }
    edges.append(edge)
  }
}
