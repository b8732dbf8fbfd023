/// What an expression may name: the fields of its input, in the order of the batch's columns, and
/// the parameters of the pipeline.
public struct ExpressionScope: Sendable {
  /// A column of the batches that the expression will read.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let type: DataType
    /// Digits after the point, for decimals of fixed precision.
    public let decimals: Int?

    public init(name: String, type: DataType, decimals: Int? = nil) {
      (self.name, self.type, self.decimals) = (name, type, decimals)
    }
  }

  public let fields: [Field]
  /// The values of `:name`, resolved.
  public let parameters: [String: Value]
  /// Their declared types, needed where a value is null.
  public let parameterTypes: [String: DataType]
  let positions: [String: Int]

  /// - Parameter fields: a batch's columns, in order.
  public init(
    fields: [(name: String, type: DataType, decimals: Int?)],
    parameters: [String: Value] = [:], parameterTypes: [String: DataType] = [:]
  ) {
    self.init(
      fields.map { Field(name: $0.name, type: $0.type, decimals: $0.decimals) },
      parameters: parameters, parameterTypes: parameterTypes)
  }

  /// - Parameter fields: a batch's columns, in order.
  public init(
    _ fields: [Field], parameters: [String: Value] = [:],
    parameterTypes: [String: DataType] = [:]
  ) {
    self.fields = fields
    self.parameters = parameters
    self.parameterTypes = parameterTypes
    positions = Dictionary(
      fields.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { a, _ in a })
  }
}
