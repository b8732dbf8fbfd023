import Tabular

/// Names that stages give to new fields.
extension Binding {
  /// Whether a name may be given: letters, digits and `_`, and no field of that name yet; reports
  /// what is wrong.
  /// - Parameters:
  ///   - taken: the names that are there already.
  ///   - remedy: what to do when the name is taken.
  @discardableResult
  public func isNewName(
    _ name: String, at position: SpecPosition, among taken: some Collection<String>,
    remedy: Message? = nil
  ) -> Bool {
    guard isName(name, at: position) else { return false }
    guard !taken.contains(name) else {
      diagnostics.error(
        "field-exists", at: position, StageKitMessages.fieldExists(name), remedy: remedy)
      return false
    }
    return true
  }

  /// Whether a name can be written in expressions as it is; reports it if not.
  @discardableResult
  public func isName(
    _ name: String, at position: SpecPosition, remedy: Message? = nil
  ) -> Bool {
    guard OptionShape.isName(name) else {
      diagnostics.error(
        "wrong-name", at: position, StageKitMessages.notAName(name),
        remedy: remedy ?? StageKitMessages.nameRule)
      return false
    }
    return true
  }

  /// Whether a field has one of the types; reports it if not.
  @discardableResult
  public func isOfType(
    _ field: Field, _ types: [DataType], at position: SpecPosition, remedy: Message? = nil
  ) -> Bool {
    if types.contains(field.type) { return true }
    diagnostics.error(
      "wrong-type", at: position, StageKitMessages.wrongType(field, types), remedy: remedy)
    return false
  }
}
