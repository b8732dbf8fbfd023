import Tabular

/// Scalars as values of a type that is known from elsewhere.
extension SpecNode {
  /// The scalar as a value: text as it is, numbers with a point, dates and times as ISO 8601
  /// writes them, `true` and `false`. Null is no value.
  /// - Returns: nil when it is not written so.
  public func value(as type: DataType) -> Value? {
    guard let text else { return nil }
    let bytes = Array(text.utf8)
    switch type {
    case .text: return .text(text)
    case .boolean: return boolean.map { .boolean($0) }
    case .integer: return Int64(text).map { .integer($0) }
    case .decimal: return NumberText.decimal(bytes.span).map { .decimal($0) }
    case .double: return Double(text).flatMap { $0.isFinite ? .double($0) : nil }
    case .date: return IsoText.date(bytes.span).map { .date($0) }
    case .datetime(let zoned):
      guard let (micros, hasZone) = IsoText.datetime(bytes.span), hasZone == zoned
      else { return nil }
      return .datetime(micros, zoned: zoned)
    }
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
