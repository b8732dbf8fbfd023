import Tabular

/// A parameter of the pipeline, resolved.
public struct ParameterValue: Sendable, Hashable {
  public let type: DataType
  public let value: Value
  /// What its author says of its values; nil when nothing is said.
  public let privacy: PrivacyClass?

  public init(type: DataType, value: Value, privacy: PrivacyClass? = nil) {
    (self.type, self.value, self.privacy) = (type, value, privacy)
  }

  /// Whether the value may be written down, in a ledger, a manifest or a plan: as its author says;
  /// else texts and long numbers, which may be a person's, may not.
  public var isTellable: Bool {
    if let privacy { return privacy == .plain || privacy == .aggregate }
    switch value {
    case .boolean, .date: return true
    case .integer(let number): return number.magnitude < 10_000_000
    default: return false
    }
  }
}

/// What a stage is bound to: its input's facts, the other tables, the parameters; and where it
/// reports.
public struct Binding {
  public let input: Facts
  /// Facts of the tables that a stage may name, by name.
  public let tables: [String: Facts]
  public let parameters: [String: ParameterValue]
  public let diagnostics: Diagnostics
  /// Resolves a file named in the spec to a path to open; nil (after a diagnostic) when it lies
  /// outside the project and that is not allowed.
  public let resolveFile: (SpecNode) -> String?
  /// The document of a YAML file named in the spec; nil after a diagnostic.
  public let readFile: (SpecNode) -> SpecNode?
  private let errorsBefore: Int

  public init(
    input: Facts, tables: [String: Facts], parameters: [String: ParameterValue],
    diagnostics: Diagnostics, resolveFile: @escaping (SpecNode) -> String?,
    readFile: @escaping (SpecNode) -> SpecNode? = { _ in nil }
  ) {
    (self.input, self.tables, self.parameters) = (input, tables, parameters)
    (self.diagnostics, self.resolveFile) = (diagnostics, resolveFile)
    self.readFile = readFile
    errorsBefore = diagnostics.errorCount
  }

  /// Whether something was reported as an error since the binding began.
  public var hasErrors: Bool { diagnostics.errorCount > errorsBefore }

  /// To be called when all options have been looked at.
  /// - Throws: `StageRejected` when something was reported as an error since the binding began.
  public func settle() throws {
    if hasErrors { throw StageRejected() }
  }

  /// A value that was found.
  /// - Throws: `StageRejected` when there is none, which has been reported.
  public func require<T>(_ value: T?) throws -> T {
    guard let value else { throw StageRejected() }
    return value
  }

  /// The field that a node names, after a diagnostic if there is none.
  public func field(_ node: SpecNode, in facts: Facts? = nil) -> Field? {
    let facts = facts ?? input
    let name = node.text ?? ""
    if let field = facts.field(name) { return field }
    let near = Suggestion.nearest(to: name, among: facts.names)
    diagnostics.error(
      "unknown-field", at: node.position, StageKitMessages.unknownField(name, near: near),
      remedy: StageKitMessages.fieldsAre(facts.names))
    return nil
  }

  /// The fields that a node (one name or a list) names, without those that are unknown or
  /// repeated (after diagnostics).
  public func fields(_ node: SpecNode, in facts: Facts? = nil) -> [Field] {
    var found: [Field] = []
    for item in node.items ?? [node] {
      guard let field = field(item, in: facts) else { continue }
      if found.contains(where: { $0.name == field.name }) {
        diagnostics.error(
          "repeated-field", at: item.position, StageKitMessages.repeatedField(field.name))
      } else {
        found.append(field)
      }
    }
    return found
  }

  /// The facts of the table that a node names, after a diagnostic if there is none.
  public func table(_ node: SpecNode) -> Facts? {
    let name = node.text ?? ""
    if let facts = tables[name] { return facts }
    let near = Suggestion.nearest(to: name, among: tables.keys.sorted())
    diagnostics.error(
      "unknown-table", at: node.position, StageKitMessages.unknownTable(name, near: near))
    return nil
  }
}
