import Tabular

/// A part of a pipeline's file whose members each give several tables, such as `indicators:`. A
/// member becomes steps like those that authors write, so that planning, running and accounting
/// know nothing of it.
public protocol Block {
  /// The key at the top of the file, with the shape of a member.
  static var declaration: OptionDeclaration { get }
  static var member: [OptionDeclaration] { get }
  /// The stages that its tables are made by; not for authors.
  static var stages: [any Stage.Type] { get }
  static var documentation: BlockDocumentation { get }
  /// The tables of a member, the one that the others are made of first.
  static func steps(of entry: SpecNode.Entry) -> [BlockStep]
}

/// A step that a block's member stands for: one stage after a table.
public struct BlockStep: Sendable {
  public let name: String
  /// What people call its table.
  public let title: Message
  /// Names the table that it reads.
  public let from: SpecNode
  public let stage: String
  public let body: SpecNode

  public init(
    name: String, title: Message, from: SpecNode, stage: String, body: SpecNode
  ) {
    (self.name, self.title, self.from) = (name, title, from)
    (self.stage, self.body) = (stage, body)
  }
}
