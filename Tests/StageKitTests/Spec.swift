import StageKit
import Tabular

/// Specs made by hand.
enum Spec {
  static let file = "p.yml"

  static func at(_ line: Int = 3, _ column: Int = 5) -> SpecPosition {
    SpecPosition(file: file, line: line, column: column)
  }

  static func plain(_ text: String, column: Int = 5) -> SpecNode {
    SpecNode(.scalar(text, .plain), at: at(3, column))
  }

  static func quoted(_ text: String, column: Int = 5) -> SpecNode {
    SpecNode(.scalar(text, .quoted), at: at(3, column))
  }

  static func list(_ items: [SpecNode]) -> SpecNode { SpecNode(.sequence(items), at: at()) }

  static func map(_ entries: [(String, SpecNode)]) -> SpecNode {
    SpecNode(
      .mapping(
        entries.enumerated().map { index, entry in
          SpecNode.Entry(key: entry.0, keyPosition: at(4 + index, 7), value: entry.1)
        }), at: at())
  }

  static func field(
    _ name: String, _ type: DataType = .integer, _ privacy: PrivacyClass = .plain,
    nullable: Bool = true
  ) -> Field {
    Field(
      name, type, privacy: Privacy(privacy, from: FieldOrigin(source: "s", field: name)),
      nullable: nullable)
  }

  static func binding(
    _ fields: [Field], tables: [String: Facts] = [:], parameters: [String: ParameterValue] = [:]
  ) -> Binding {
    Binding(
      input: Facts(fields: fields), tables: tables, parameters: parameters,
      diagnostics: Diagnostics(), resolveFile: { $0.text })
  }
}

extension Diagnostics {
  /// Place and code of each finding.
  var told: [String] { sorted.map { "\($0.position.line):\($0.position.column) \($0.code)" } }
}
