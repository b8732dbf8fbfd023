/// A typed column of one batch: values with validity. Rows that are null hold an arbitrary value
/// (zero or an empty text by convention) that nothing may read.
public struct Column: Sendable {
  /// The storage behind each `DataType`.
  public enum Values: Sendable {
    case text(TextValues)
    case boolean([Bool])
    case integer([Int64])
    case decimal(DecimalValues)
    case double([Double])
    /// Days since 1970-01-01.
    case date([Int32])
    /// Microseconds since 1970-01-01T00:00:00.
    case datetime([Int64], zoned: Bool)
    /// A column that the plan proved unused, so that the scan did not decode it: it keeps its
    /// place among the columns, and nothing may read it.
    case absent(DataType, count: Int)
  }

  public var values: Values
  public var validity: Validity

  /// - Parameter validity: as many flags as values, if any.
  public init(_ values: Values, validity: Validity = .all) {
    self.values = values
    self.validity = validity
  }

  public var type: DataType {
    switch values {
    case .text: .text
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .double: .double
    case .date: .date
    case .datetime(_, let zoned): .datetime(zoned: zoned)
    case .absent(let type, _): type
    }
  }

  /// Whether the plan left this column out.
  public var isAbsent: Bool {
    if case .absent = values { true } else { false }
  }

  /// The number of rows.
  public var count: Int {
    switch values {
    case .text(let values): values.count
    case .boolean(let values): values.count
    case .integer(let values), .datetime(let values, _): values.count
    case .decimal(let values): values.count
    case .double(let values): values.count
    case .date(let values): values.count
    case .absent(_, let count): count
    }
  }

  /// The rows at the indices, in that order (indices may repeat).
  public func gathered(_ rows: [Int32]) -> Column {
    let picked: Values =
      switch values {
      case .text(let values): .text(values.gathered(rows))
      case .boolean(let values): .boolean(rows.map { values[Int($0)] })
      case .integer(let values): .integer(rows.map { values[Int($0)] })
      case .decimal(let values): .decimal(values.gathered(rows))
      case .double(let values): .double(rows.map { values[Int($0)] })
      case .date(let values): .date(rows.map { values[Int($0)] })
      case .datetime(let values, let zoned):
        .datetime(rows.map { values[Int($0)] }, zoned: zoned)
      case .absent(let type, _): .absent(type, count: rows.count)
      }
    return Column(picked, validity: validity.gathered(rows))
  }

  /// A column of `count` nulls.
  public static func nulls(_ type: DataType, count: Int) -> Column {
    let values: Values =
      switch type {
      case .text: .text(TextValues(offsets: Array(repeating: 0, count: count + 1)))
      case .boolean: .boolean(Array(repeating: false, count: count))
      case .integer: .integer(Array(repeating: 0, count: count))
      case .decimal:
        .decimal(DecimalValues(scale: 0, digits: .narrow(Array(repeating: 0, count: count))))
      case .double: .double(Array(repeating: 0, count: count))
      case .date: .date(Array(repeating: 0, count: count))
      case .datetime(let zoned): .datetime(Array(repeating: 0, count: count), zoned: zoned)
      }
    return Column(values, validity: Validity(flags: Array(repeating: false, count: count)))
  }
}
