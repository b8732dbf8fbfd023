/// Types: what is expected, what is common, what converts by itself.
extension Binder {
  /// A node that must be of a type.
  func bind(_ node: SyntaxNode, as type: DataType) -> BoundNode? {
    guard let bound = bind(node) else { return nil }
    return coerced(bound, to: type)
  }

  /// All nodes, each of which must be of a type; nil when one is not.
  func all(_ nodes: [SyntaxNode], as type: DataType) -> [BoundNode]? {
    complete(nodes.map { bind($0, as: type) })
  }

  private func complete(_ nodes: [BoundNode?]) -> [BoundNode]? {
    let bound = nodes.compactMap { $0 }
    return bound.count == nodes.count ? bound : nil
  }

  /// A node that must be a number; a bare null is taken as an integer.
  func number(_ node: SyntaxNode) -> BoundNode? {
    guard let bound = bind(node) else { return nil }
    if bound.isUntyped { return coerced(bound, to: .integer) }
    guard bound.type.isNumeric else {
      reportNotNumber(bound)
      return nil
    }
    return bound
  }

  func reportNotNumber(_ node: BoundNode) {
    let remedy: Message? =
      switch node.type {
      case .date, .datetime: BindingMessages.dateArithmetic
      case .text: BindingMessages.castRemedy(.decimal)
      default: nil
      }
    let wanted = Message(en: "a number", fr: "un nombre")
    report(
      .wrongType,
      Message(
        en: BindingMessages.expected(wanted.en, node.type).en,
        fr: BindingMessages.expected(wanted.fr, node.type).fr),
      at: node.source.span, remedy: remedy)
  }

  /// The node in a type that it converts to by itself; nil after an error.
  func coerced(_ node: BoundNode, to type: DataType) -> BoundNode? {
    if node.isUntyped {
      return BoundNode(.constant(.nulls(type, count: 1)), type: type, source: node.source)
    }
    if node.type == type { return node }
    if Binder.widens(node.type, to: type) {
      return make(
        Widening(type: type), [node], type: type,
        decimals: type == .decimal ? 0 : nil, at: node.source.span)
    }
    report(
      .wrongType, BindingMessages.expected(type.name, node.type), at: node.source.span,
      remedy: remedy(for: node, wanted: type))
    return nil
  }

  static func widens(_ from: DataType, to: DataType) -> Bool {
    switch (from, to) {
    case (.integer, .decimal), (.integer, .double), (.decimal, .double),
      (.date, .datetime(zoned: false)):
      true
    default: false
    }
  }

  private func remedy(for node: BoundNode, wanted: DataType) -> Message? {
    switch (node.type, wanted) {
    case (.text, .date), (.text, .datetime):
      node.constant != nil ? BindingMessages.dateRemedy : BindingMessages.castRemedy(wanted)
    case (.datetime(zoned: true), .date), (.date, .datetime(zoned: true)),
      (.datetime, .datetime):
      BindingMessages.zoneRemedy
    case (_, .boolean):
      Message(
        en: "a condition compares something: `x = 1`, `x is not null`",
        fr: "une condition compare quelque chose : `x = 1`, `x is not null`")
    default:
      CastKernel.exists(from: node.type, to: wanted) ? BindingMessages.castRemedy(wanted) : nil
    }
  }

  /// The nodes in their common type; nil after an error. Bare nulls take the type of the others.
  func unified(_ nodes: [SyntaxNode]) -> [BoundNode]? {
    guard let bound = complete(nodes.map { bind($0) }) else { return nil }
    return unified(bound)
  }

  func unified(_ bound: [BoundNode]) -> [BoundNode]? {
    var common: DataType?
    for node in bound where !node.isUntyped {
      guard let soFar = common else {
        common = node.type
        continue
      }
      if soFar == node.type || Binder.widens(node.type, to: soFar) { continue }
      guard Binder.widens(soFar, to: node.type) else {
        reportMix(soFar, node, bound)
        return nil
      }
      common = node.type
    }
    guard let common else { return bound }
    return complete(bound.map { coerced($0, to: common) })
  }

  /// A constant text next to something else is what was written wrongly, on whichever side it
  /// stands.
  private func reportMix(_ first: DataType, _ node: BoundNode, _ all: [BoundNode]) {
    if first == .text, let text = all.first(where: { $0.type == .text && $0.constant != nil }) {
      report(
        .wrongType, BindingMessages.different(node.type, .text), at: text.source.span,
        remedy: remedy(for: text, wanted: node.type))
    } else {
      report(
        .wrongType, BindingMessages.different(first, node.type), at: node.source.span,
        remedy: remedy(for: node, wanted: first))
    }
  }

  /// The digits after the point that hold for all of several nodes; integers have none.
  func commonDecimals(_ nodes: [BoundNode]) -> Int? {
    var digits = 0
    for node in nodes where !(node.constant.map { !$0.validity[0] } ?? false) {
      guard let own = node.type == .integer ? 0 : node.decimals else { return nil }
      digits = max(digits, own)
    }
    return nodes.first?.type == .decimal ? digits : nil
  }

  // MARK: Arithmetic

  func arithmetic(
    _ operation: SyntaxNode.Arithmetic, _ left: SyntaxNode, _ right: SyntaxNode,
    _ span: ExpressionError.Span
  ) -> BoundNode? {
    let (a, b) = (bind(left), bind(right))
    guard let a, let b else { return nil }
    if operation == .add, a.type == .text, b.type == .text, !a.isUntyped, !b.isUntyped {
      report(
        .wrongType, BindingMessages.plusOnTexts, at: a.source.span,
        remedy: BindingMessages.concatenateRemedy)
      return nil
    }
    for node in [a, b] where !node.isUntyped && !node.type.isNumeric { reportNotNumber(node) }
    guard [a, b].allSatisfy({ $0.isUntyped || $0.type.isNumeric }) else { return nil }
    let types = [a, b].filter { !$0.isUntyped }.map(\.type)
    if types.contains(.double) {
      guard let x = coerced(a, to: .double), let y = coerced(b, to: .double) else { return nil }
      return make(DoubleArithmetic(operation: operation), [x, y], type: .double, at: span)
    }
    guard let x = a.isUntyped ? coerced(a, to: .integer) : a,
      let y = b.isUntyped ? coerced(b, to: .integer) : b
    else { return nil }
    if operation == .divide {
      return make(DecimalDivision(), [x, y], type: .decimal, at: span)
    }
    if !types.contains(.decimal) {
      return make(IntegerArithmetic(operation: operation), [x, y], type: .integer, at: span)
    }
    let digits = resultDecimals(operation, x, y)
    let kernel: any Kernel =
      operation == .multiply ? DecimalMultiplication() : DecimalAddition(operation: operation)
    return make(kernel, [x, y], type: .decimal, decimals: digits, at: span)
  }

  private func resultDecimals(
    _ operation: SyntaxNode.Arithmetic, _ a: BoundNode, _ b: BoundNode
  ) -> Int? {
    guard let x = a.type == .integer ? 0 : a.decimals, let y = b.type == .integer ? 0 : b.decimals
    else { return nil }
    return operation == .multiply ? min(x + y, DecimalValues.maximumScale) : max(x, y)
  }
}
