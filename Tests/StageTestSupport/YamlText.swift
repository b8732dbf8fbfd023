import StageKit
import Yams

/// YAML in tests as positioned nodes.
public enum YamlText {
  /// - Throws: `YamlError` when it is no YAML.
  public static func node(_ text: String, file: String) throws -> SpecNode {
    guard let root = try Yams.compose(yaml: text) else {
      return SpecNode(.mapping([]), at: SpecPosition(file: file, line: 1, column: 1))
    }
    return node(root, file)
  }

  private static func node(_ node: Node, _ file: String) -> SpecNode {
    let position = place(node.mark, file)
    switch node {
    case .scalar(let scalar):
      let style: SpecNode.ScalarStyle =
        switch scalar.style {
        case .singleQuoted, .doubleQuoted: .quoted
        case .literal, .folded: .block
        default: .plain
        }
      return SpecNode(.scalar(scalar.string, style), at: position)
    case .sequence(let sequence):
      return SpecNode(.sequence(sequence.map { Self.node($0, file) }), at: position)
    case .mapping(let mapping):
      let entries = mapping.map { key, value in
        SpecNode.Entry(
          key: key.string ?? "", keyPosition: place(key.mark, file), value: Self.node(value, file))
      }
      return SpecNode(.mapping(entries), at: position)
    case .alias:
      return SpecNode(.mapping([]), at: position)
    }
  }

  private static func place(_ mark: Mark?, _ file: String) -> SpecPosition {
    SpecPosition(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1)
  }
}
