import StageKit
import Tabular

/// A pipeline that stands in no YAML file: its document, the file whose lines its positions tell,
/// and the folder in which its relative paths start.
public struct WrittenPipeline: Sendable {
  public let document: SpecNode
  public let file: String
  public let folder: String

  public init(document: SpecNode, file: String, folder: String) {
    (self.document, self.file, self.folder) = (document, file, folder)
  }

  /// Keys and values alone, without their places: what a ledger remembers the pipeline by.
  var text: String { Self.text(document) }

  private static func text(_ node: SpecNode) -> String {
    switch node.content {
    case .scalar(let text, _): String(text.utf8.count) + ":" + text
    case .sequence(let items): "[" + items.map(text).joined(separator: ",") + "]"
    case .mapping(let entries):
      "{"
        + entries.map { "\($0.key.utf8.count):\($0.key)=" + text($0.value) }
        .joined(separator: ",") + "}"
    }
  }
}
