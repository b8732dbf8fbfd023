import Tabular

/// What sums of an expression's results tell: a size, or for how many something personal holds.
extension Facts {
  /// The amount that an expression over this table is, as far as persons are concerned.
  /// - Parameter type: of its result.
  public func amount(_ tree: SyntaxTree, giving type: DataType) -> Amount? {
    tree.amount(giving: type, of: amountPart, areApart: areApart)
  }

  private func amountPart(_ name: String) -> Amount.Part? {
    guard let field = field(name) else { return nil }
    let isPersonal = field.privacy.isPersonal
    switch field.type {
    // What became a text was written anew.
    case .text, .boolean: return isPersonal ? nil : .told(digits: 0)
    case _ where isPersonal: return field.amount.map { .amount($0) }
    case .double: return .told(digits: nil)
    case .decimal: return .told(digits: DecimalValues.maximumScale)
    case .integer, .date, .datetime: return .told(digits: 0)
    }
  }

  /// Whether two sets of fields come from different fields of the sources.
  public func areApart(_ one: Set<String>, _ other: Set<String>) -> Bool {
    func origins(_ names: Set<String>) -> Set<FieldOrigin> {
      names.reduce(into: []) { $0.formUnion(field($1)?.privacy.origins ?? []) }
    }
    let (left, right) = (origins(one), origins(other))
    return !left.isEmpty && !right.isEmpty && left.isDisjoint(with: right)
  }

  /// Whether something personal decides on an expression's results, row by row, so that even the
  /// number of different ones tells for how many it holds: a condition, or a field that makes what
  /// identifies persons alike or empty.
  public func isDecided(_ tree: SyntaxTree, _ expression: BoundExpression) -> Bool {
    let personal = fields(of: expression).filter(\.privacy.isPersonal)
    guard !personal.isEmpty else { return false }
    let origins = personal.reduce(into: Set<FieldOrigin>()) {
      $0.formUnion($1.privacy.personal.origins)
    }
    let isPlainTuple = tree.isTuple && personal.count(where: \.nullable) < 2
    return tree.decides || personal.contains(where: \.isDecided)
      || (origins.count > 1 && !isPlainTuple)
  }
}
