import Tabular

/// A stage's options as written, checked for shape against its declaration.
public struct Options: Sendable {
  /// The stage's own position: where its name stands.
  public let position: SpecPosition
  private let values: [String: SpecNode]

  public init(_ values: [String: SpecNode], at position: SpecPosition) {
    (self.values, self.position) = (values, position)
  }

  /// The option as written; null counts as not given.
  public subscript(name: String) -> SpecNode? {
    guard let node = values[name], !node.isNull else { return nil }
    return node
  }
}

/// Decodes YAML against declarations and reports every misfit with its position.
public struct OptionDecoder {
  public let diagnostics: Diagnostics

  public init(_ diagnostics: Diagnostics) { self.diagnostics = diagnostics }

  /// A stage's body.
  /// - Returns: nil after diagnostics when the body does not fit.
  public func options(
    of declaration: StageDeclaration, body: SpecNode, at position: SpecPosition
  ) -> Options? {
    if let shorthand = declaration.shorthand, declaration.bodyIsMap || body.entries == nil,
      let option = declaration.options.first(where: { $0.name == shorthand })
    {
      guard !body.isNull else {
        return record(declaration.options, [], owner: declaration.name, at: position)
          .map { Options($0, at: position) }
      }
      guard fits(body, option.type, name: declaration.name) else { return nil }
      return Options([shorthand: body], at: position)
    }
    guard let entries = body.isNull ? [] : body.entries else {
      report(declaration.name, body, expected: OptionShape.record)
      return nil
    }
    return record(declaration.options, entries, owner: declaration.name, at: position)
      .map { Options($0, at: position) }
  }

  /// A mapping of declared keys.
  /// - Returns: the values by name, or nil after diagnostics.
  public func record(
    _ declarations: [OptionDeclaration], _ entries: [SpecNode.Entry], owner: String,
    at position: SpecPosition
  ) -> [String: SpecNode]? {
    var values: [String: SpecNode] = [:]
    var sound = true
    for entry in entries {
      guard let declaration = declarations.first(where: { $0.name == entry.key }) else {
        let names = declarations.map(\.name)
        diagnostics.error(
          "unknown-key", at: entry.keyPosition,
          StageKitMessages.unknownOption(
            entry.key, of: owner, near: Suggestion.nearest(to: entry.key, among: names)),
          remedy: entry.value.isNull
            ? OptionShape.splitText : StageKitMessages.optionsAre(names))
        sound = false
        continue
      }
      if entry.value.isNull, !declaration.required { continue }
      if !fits(entry.value, declaration.type, name: entry.key) { sound = false }
      values[entry.key] = entry.value
    }
    for declaration in declarations where declaration.required && values[declaration.name] == nil {
      guard !entries.contains(where: { $0.key == declaration.name }) else { continue }
      diagnostics.error(
        "missing-key", at: position,
        StageKitMessages.missingOption(declaration.name, of: owner), remedy: declaration.summary)
      sound = false
    }
    return sound ? values : nil
  }

  /// Whether a node has a declared shape; reports the innermost misfit.
  public func fits(_ node: SpecNode, _ type: OptionType, name: String) -> Bool {
    switch type {
    case .list(let element):
      guard let items = node.items else { return report(name, node, expected: type) }
      return items.reduce(true) { fits($1, element, name: name) && $0 }
    case .map(_, let value):
      guard let entries = node.entries else { return report(name, node, expected: type) }
      return entries.reduce(true) { sound, entry in
        let silent = OptionDecoder(Diagnostics())
        if entry.value.isNull, !silent.fits(entry.value, value, name: entry.key) {
          return report(
            entry.key, entry.value, expected: OptionShape.description(value), within: node)
        }
        return fits(entry.value, value, name: entry.key) && sound
      }
    case .record(let declarations):
      guard let entries = node.entries else { return report(name, node, expected: type) }
      return record(declarations, entries, owner: name, at: node.position) != nil
    case .either(let alternatives):
      // A mapping or list goes to the alternative of its kind, so that its own misfits are told.
      let ofKind = alternatives.filter { OptionShape.sameKind(node, $0) }
      if ofKind.count == 1 { return fits(node, ofKind[0], name: name) }
      let silent = OptionDecoder(Diagnostics())
      if ofKind.contains(where: { silent.fits(node, $0, name: name) }) { return true }
      return report(name, node, expected: type)
    case .fields:
      guard let items = node.items else {
        return node.text != nil || report(name, node, expected: type)
      }
      return items.reduce(true) { fits($1, .field, name: name) && $0 }
    default:
      return OptionShape.scalarFits(node, type) || report(name, node, expected: type)
    }
  }

  @discardableResult
  private func report(_ name: String, _ node: SpecNode, expected: OptionType) -> Bool {
    report(name, node, expected: OptionShape.description(expected))
  }

  @discardableResult
  private func report(
    _ name: String, _ node: SpecNode, expected: Message, within parent: SpecNode? = nil
  ) -> Bool {
    diagnostics.error(
      "wrong-shape", at: node.position, StageKitMessages.wrongShape(name, expected: expected),
      remedy: OptionShape.remedy(for: parent ?? node))
    return false
  }
}
