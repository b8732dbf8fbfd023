import Tabular

/// Scalars as values of a type that is known from elsewhere.
extension SpecNode {
  /// The scalar as a value: text as it is, numbers with a point, dates and times as ISO 8601
  /// writes them, `true` and `false`. Null is no value.
  /// - Returns: nil when it is not written so.
  public func value(as type: DataType) -> Value? {
    guard let text else { return nil }
    if case .boolean = type { return boolean.map { .boolean($0) } }
    return Value(written: text, as: type)
  }
}

extension Value {
  /// A text as a value of a type, written as scalars of a spec are.
  /// - Returns: nil when it is not written so.
  public init?(written text: String, as type: DataType) {
    let read: Value?
    switch type {
    case .text: read = .text(text)
    case .boolean: read = text == "true" ? .boolean(true) : text == "false" ? .boolean(false) : nil
    case .integer: read = Int64(text).map { .integer($0) }
    case .decimal: read = NumberText.decimal(text.utf8.span).map { .decimal($0) }
    case .double: read = Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case .date: read = IsoText.date(text.utf8.span).map { .date($0) }
    case .datetime(let zoned):
      let found = IsoText.datetime(text.utf8.span)
      read = found.flatMap { $0.1 == zoned ? .datetime($0.0, zoned: zoned) : nil }
    }
    guard let read else { return nil }
    self = read
  }
}

extension Binding {
  /// A scalar as a value of a type; nil after a diagnostic.
  public func value(_ node: SpecNode, as type: DataType) -> Value? {
    if let value = node.value(as: type) { return value }
    diagnostics.error("wrong-value", at: node.position, StageKitMessages.notAValue(of: type))
    return nil
  }
}
