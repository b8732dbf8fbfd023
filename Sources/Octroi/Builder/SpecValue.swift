import StageKit
import Tabular

/// What stands behind a key of a pipeline, written in Swift: literals of texts, numbers, booleans,
/// lists and records, as YAML would have them.
public indirect enum SpecValue: Sendable {
  case text(String)
  /// A number or boolean, as YAML writes it.
  case plain(String)
  case list([SpecValue])
  /// In the order in which it was written.
  case record([(key: String, value: SpecValue)])

  /// The value as the planner reads it. One place stands for all of it: Swift tells no other.
  func node(at position: SpecPosition) -> SpecNode {
    switch self {
    case .text(let text): SpecNode(.scalar(text, .block), at: position)
    case .plain(let text): SpecNode(.scalar(text, .plain), at: position)
    case .list(let values): SpecNode(.sequence(values.map { $0.node(at: position) }), at: position)
    case .record(let entries):
      SpecNode(
        .mapping(
          entries.map {
            SpecNode.Entry(key: $0.key, keyPosition: position, value: $0.value.node(at: position))
          }), at: position)
    }
  }
}

extension SpecValue: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) { self = .text(value) }
}

extension SpecValue: ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  public init(integerLiteral value: Int) { self = .plain(String(value)) }
  public init(booleanLiteral value: Bool) { self = .plain(value ? "true" : "false") }
}

extension SpecValue: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  public init(arrayLiteral elements: SpecValue...) { self = .list(elements) }
  public init(dictionaryLiteral elements: (String, SpecValue)...) {
    self = .record(elements.map { ($0.0, $0.1) })
  }
}
