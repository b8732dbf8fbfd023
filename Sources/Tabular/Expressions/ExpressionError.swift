/// One fault of an expression: where in its text, what is wrong, and what to do.
public struct ExpressionError: Error, Sendable, Hashable {
  /// A stable identifier for machines.
  public enum Code: String, Sendable, CaseIterable {
    case syntax = "expression-syntax"
    case unknownField = "unknown-field"
    case unknownParameter = "unknown-parameter"
    case unknownFunction = "unknown-function"
    case unknownType = "unknown-type"
    case wrongArguments = "wrong-arguments"
    case wrongType = "wrong-type"
    case notConstant = "not-constant"
    case badPattern = "bad-pattern"
    case badLiteral = "bad-literal"
    case notGrouped = "not-grouped"
    case misplacedAggregate = "misplaced-aggregate"
    case tooComplex = "expression-too-complex"
  }

  /// Which text the position belongs to; only a measure has two.
  public enum Part: Sendable, Hashable {
    case expression
    /// The `where` given next to a measure.
    case condition
  }

  public let code: Code
  public let message: Message
  public let remedy: Message?
  /// Where it starts, in UTF-8 bytes from the start of the expression's text.
  public let offset: Int
  /// The bytes it spans; 0 at the end of the text.
  public let length: Int
  public var part: Part

  public init(
    _ code: Code, _ message: Message, offset: Int, length: Int, remedy: Message? = nil,
    part: Part = .expression
  ) {
    (self.code, self.message, self.remedy) = (code, message, remedy)
    (self.offset, self.length, self.part) = (offset, length, part)
  }

  init(_ code: Code, _ message: Message, at span: Span, remedy: Message? = nil) {
    self.init(code, message, offset: span.offset, length: span.length, remedy: remedy)
  }

  /// A stretch of an expression's text, in UTF-8 bytes.
  struct Span: Sendable, Hashable {
    var offset: Int
    var length: Int
    var end: Int { offset + length }

    /// From the start of this to the end of the other.
    func through(_ other: Self) -> Self { Self(offset: offset, length: other.end - offset) }
  }
}

/// All faults of an expression, in the order of its text; never empty.
public struct ExpressionErrors: Error, Sendable {
  public let errors: [ExpressionError]

  init(_ errors: [ExpressionError]) {
    self.errors = errors.enumerated().sorted {
      ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
    }.map(\.element)
  }
}
