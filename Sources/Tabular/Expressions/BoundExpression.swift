/// An expression checked against a schema: its type is known and its fields are column positions.
public struct BoundExpression: Sendable {
  /// The type of the result.
  public let type: DataType
  /// For a decimal whose digits after the point are known (`round(x, 2)`), how many: enough for
  /// every value, and what to print.
  public let decimals: Int?
  /// Positions of the columns that it reads.
  public let fields: Set<Int>
  /// The expression in its canonical writing.
  public let text: String
  let root: BoundNode

  init(_ root: BoundNode, text: String) {
    self.root = root
    self.text = text
    type = root.type
    decimals = root.decimals
    var fields: Set<Int> = []
    root.collectFields(&fields)
    self.fields = fields
  }

  /// The expression that gives a column as it is.
  public static func field(_ position: Int, _ field: ExpressionScope.Field) -> BoundExpression {
    let text = CanonicalWriter.name(field.name)
    let source = BoundNode.Source(span: .init(offset: 0, length: text.utf8.count), text: text)
    return BoundExpression(
      BoundNode(.field(position), type: field.type, decimals: field.decimals, source: source),
      text: text)
  }

  /// The value, when it is the same for all rows whatever they hold.
  public var constant: Value? { root.constant?.value(0) }

  /// The result for each row of a batch.
  /// - Parameter batch: with the columns of the scope, in order; those not in `fields` may be
  ///   absent.
  /// - Throws: `OperatorError` for overflow, division by zero and failing casts.
  public func evaluate(_ batch: Batch) throws -> Column {
    if batch.rowCount == 0 { return .nulls(type, count: 0) }
    return try root.evaluate(Frame(batch: batch)).expanded(to: batch.rowCount)
  }
}
