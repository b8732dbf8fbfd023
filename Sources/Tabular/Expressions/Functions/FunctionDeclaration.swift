/// A function of expressions: its name, what it does, and how a call is checked.
struct FunctionDeclaration: Sendable {
  let name: String
  /// Names in other dialects.
  let aliases: [String]
  /// A call with its arguments named; what is in brackets may be left out.
  let usage: String
  let summary: Message
  let arity: ClosedRange<Int>
  let bind: @Sendable (FunctionCall) -> BoundNode?

  init(
    _ name: String, aliases: [String] = [], _ usage: String, _ arity: ClosedRange<Int>,
    _ summary: Message, bind: @escaping @Sendable (FunctionCall) -> BoundNode?
  ) {
    (self.name, self.aliases, self.usage) = (name, aliases, usage)
    (self.arity, self.summary, self.bind) = (arity, summary, bind)
  }

  /// All functions, in the order of their documentation.
  static let all = numbers + conditionals + texts + dates

  static let named: [String: FunctionDeclaration] = {
    var named: [String: FunctionDeclaration] = [:]
    for function in all {
      for name in [function.name] + function.aliases { named[name] = function }
    }
    return named
  }()
}

/// A function, for documentation.
public struct FunctionDescription: Sendable, Hashable {
  public let name: String
  /// Names that mean the same.
  public let aliases: [String]
  /// `round(x[, digits])`.
  public let usage: String
  public let summary: Message
}

extension Expression {
  /// The functions that expressions may call, aggregates aside.
  public static var functions: [FunctionDescription] {
    FunctionDeclaration.all.map {
      FunctionDescription(
        name: $0.name, aliases: $0.aliases, usage: $0.usage, summary: $0.summary)
    }
  }
}

/// A call that is being checked: as many arguments as the function takes, each of them bound.
struct FunctionCall {
  let binder: Binder
  let name: String
  let arguments: [BoundNode]
  let span: ExpressionError.Span

  /// The arguments in their types, the last type for all that follow; nil after errors.
  func typed(_ types: DataType...) -> [BoundNode]? {
    var results: [BoundNode] = []
    for (index, argument) in arguments.enumerated() {
      let type = types[min(index, types.count - 1)]
      if let result = binder.coerced(argument, to: type) { results.append(result) }
    }
    return results.count == arguments.count ? results : nil
  }

  /// An argument that must be a number.
  func number(_ index: Int) -> BoundNode? {
    let argument = arguments[index]
    if argument.isUntyped { return binder.coerced(argument, to: .integer) }
    guard argument.type.isNumeric else {
      binder.reportNotNumber(argument)
      return nil
    }
    return argument
  }

  /// An argument that must be a date or a datetime without zone.
  func instant(_ index: Int) -> BoundNode? {
    let argument = arguments[index]
    if argument.isUntyped { return binder.coerced(argument, to: .date) }
    switch argument.type {
    case .date, .datetime(zoned: false): return argument
    case .datetime(zoned: true):
      binder.report(
        .wrongType, BindingMessages.needsZone, at: argument.source.span,
        remedy: BindingMessages.zonedRemedy)
    default: _ = binder.coerced(argument, to: .date)
    }
    return nil
  }

  /// The value of an argument that must be a constant text; nil after an error.
  func constantText(_ index: Int, _ what: Message) -> String? {
    guard let text = binder.coerced(arguments[index], to: .text) else { return nil }
    guard let constant = text.constant, case .text(let value) = constant.value(0) else {
      binder.report(.notConstant, BindingMessages.constant(what), at: text.source.span)
      return nil
    }
    return value
  }

  func make(
    _ kernel: any Kernel, _ operands: [BoundNode], type: DataType, decimals: Int? = nil
  ) -> BoundNode {
    binder.make(kernel, operands, type: type, decimals: decimals, at: span)
  }

  /// A constant that the call gets where its author wrote none.
  func integer(_ value: Int64) -> BoundNode {
    BoundNode(
      .constant(Column(.integer([value]))), type: .integer, source: binder.source(span))
  }
}
