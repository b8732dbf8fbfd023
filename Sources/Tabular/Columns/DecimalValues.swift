/// Exact decimals of a column: integers at one scale. Narrow (64 bits) as read; wide (128 bits)
/// where sums, products or a mix of scales need it.
public struct DecimalValues: Sendable {
  /// The scaled integers: value = digits / 10^scale.
  public enum Digits: Sendable {
    case narrow([Int64])
    case wide([Int128])
  }

  /// The largest number of digits after the point.
  public static let maximumScale = 18

  /// Digits after the point, 0…18.
  public var scale: Int
  public var digits: Digits

  public init(scale: Int, digits: Digits) {
    self.scale = scale
    self.digits = digits
  }

  /// The number of rows.
  public var count: Int {
    switch digits {
    case .narrow(let values): values.count
    case .wide(let values): values.count
    }
  }

  /// The scaled integer of a row, at this column's scale.
  public subscript(row: Int) -> Int128 {
    switch digits {
    case .narrow(let values): Int128(values[row])
    case .wide(let values): values[row]
    }
  }

  /// All scaled integers in 128 bits.
  public var widened: [Int128] {
    switch digits {
    case .narrow(let values): values.map { Int128($0) }
    case .wide(let values): values
    }
  }

  /// The values at `rows`, in that order.
  public func gathered(_ rows: [Int32]) -> DecimalValues {
    switch digits {
    case .narrow(let values):
      DecimalValues(scale: scale, digits: .narrow(rows.map { values[Int($0)] }))
    case .wide(let values):
      DecimalValues(scale: scale, digits: .wide(rows.map { values[Int($0)] }))
    }
  }
}
