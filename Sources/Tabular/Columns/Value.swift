/// One cell, outside the hot paths: literals, parameters, messages, tests, small reports.
public enum Value: Sendable, Hashable {
  case null
  case text(String)
  case boolean(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case double(Double)
  /// Days since 1970-01-01.
  case date(Int32)
  /// Microseconds since 1970-01-01T00:00:00.
  case datetime(Int64, zoned: Bool)

  /// The type, or nil for null.
  public var type: DataType? {
    switch self {
    case .null: nil
    case .text: .text
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .double: .double
    case .date: .date
    case .datetime(_, let zoned): .datetime(zoned: zoned)
    }
  }
}

extension Column {
  /// The cell at a row; for messages, tests and small tables.
  public func value(_ row: Int) -> Value {
    guard validity[row] else { return .null }
    return switch values {
    case .text(let values): .text(values.string(row))
    case .boolean(let values): .boolean(values[row])
    case .integer(let values): .integer(values[row])
    case .decimal(let values): .decimal(Decimal(digits: values[row], scale: values.scale))
    case .double(let values): .double(values[row])
    case .date(let values): .date(values[row])
    case .datetime(let values, let zoned): .datetime(values[row], zoned: zoned)
    case .absent: .null
    }
  }

  /// A column from single values; nil when a value is not of `type`. Integers are taken as
  /// decimals or doubles where those are asked for.
  public init?(_ cells: [Value], type: DataType) {
    var flags: [Bool] = []
    flags.reserveCapacity(cells.count)
    for cell in cells { flags.append(cell != .null) }
    guard let values = Column.storage(cells, type) else { return nil }
    self.init(values, validity: Validity(flags: flags))
  }

  private static func storage(_ cells: [Value], _ type: DataType) -> Values? {
    switch type {
    case .text:
      collect(cells, null: "") { if case .text(let v) = $0 { v } else { nil } }
        .map { .text(TextValues($0)) }
    case .boolean:
      collect(cells, null: false) { if case .boolean(let v) = $0 { v } else { nil } }
        .map { .boolean($0) }
    case .integer:
      collect(cells, null: 0) { if case .integer(let v) = $0 { v } else { nil } }
        .map { .integer($0) }
    case .decimal: decimals(cells)
    case .double: collect(cells, null: 0) { $0.asDouble }.map { .double($0) }
    case .date:
      collect(cells, null: 0) { if case .date(let v) = $0 { v } else { nil } }
        .map { .date($0) }
    case .datetime(let zoned):
      collect(cells, null: 0) { if case .datetime(let v, zoned) = $0 { v } else { nil } }
        .map { .datetime($0, zoned: zoned) }
    }
  }

  private static func collect<T>(_ cells: [Value], null: T, _ pick: (Value) -> T?) -> [T]? {
    var result: [T] = []
    result.reserveCapacity(cells.count)
    for cell in cells {
      if cell == .null {
        result.append(null)
      } else if let value = pick(cell) {
        result.append(value)
      } else {
        return nil
      }
    }
    return result
  }

  private static func decimals(_ cells: [Value]) -> Values? {
    let zero = Decimal(digits: 0, scale: 0)
    guard let values = collect(cells, null: zero, { $0.asDecimal }) else { return nil }
    let scale = values.reduce(0) { max($0, $1.scale) }
    var digits: [Int128] = []
    digits.reserveCapacity(values.count)
    for value in values {
      guard let scaled = value.rescaled(to: scale) else { return nil }
      digits.append(scaled.digits)
    }
    return .decimal(DecimalValues(scale: scale, digits: .wide(digits)).narrowed)
  }
}

extension Value {
  /// The value as a decimal, for integers and decimals.
  public var asDecimal: Decimal? {
    switch self {
    case .integer(let value): Decimal(digits: Int128(value), scale: 0)
    case .decimal(let value): value
    case .null, .text, .boolean, .double, .date, .datetime: nil
    }
  }

  /// The value as a double, for numbers.
  public var asDouble: Double? {
    switch self {
    case .double(let value): value
    case .integer(let value): Double(value)
    case .decimal(let value): value.nearestDouble
    case .null, .text, .boolean, .date, .datetime: nil
    }
  }
}

extension DecimalValues {
  /// The same values in 64 bits where all of them fit.
  public var narrowed: DecimalValues {
    guard case .wide(let values) = digits else { return self }
    var narrow: [Int64] = []
    narrow.reserveCapacity(values.count)
    for value in values {
      guard let small = Int64(exactly: value) else { return self }
      narrow.append(small)
    }
    return DecimalValues(scale: scale, digits: .narrow(narrow))
  }
}
