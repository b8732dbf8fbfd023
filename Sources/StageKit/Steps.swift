import Tabular

/// Multiples of a size, as expressions: how numbers are made coarser.
public struct Steps: Sendable {
  /// More than 0.
  public let size: Decimal

  public init(size: Decimal) { self.size = size }

  /// The expression of the greatest multiple that is no more than a field, of the field's type;
  /// of integers a decimal when the size is no whole number. Towards minus infinity, so that all
  /// bins are equally wide, the one around zero too.
  public func floor(_ field: Field) -> String {
    let (x, step) = (ExpressionText.field(field.name), Steps.text(size))
    // A remainder is exact where a quotient would be rounded.
    if field.type == .double {
      return "cast(floor(\(x) / \(step)) as double) * \(step)"
    }
    return "\(x) - ((\(x) % \(step)) + \(step)) % \(step)"
  }

  /// A decimal as expressions write it.
  public static func text(_ value: Decimal) -> String {
    var bytes: [UInt8] = []
    NumberText.append(value.trimmed, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
