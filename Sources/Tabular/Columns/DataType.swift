/// The type of a column. Types come from schemas and expressions, never from the data.
public enum DataType: Hashable, Sendable {
  /// UTF-8 text.
  case text
  case boolean
  /// 64-bit signed integer.
  case integer
  /// Exact scaled integer; the scale (≤ 18 digits after the point) belongs to each batch's values,
  /// so no semantics may depend on it: `1.5` and `1.50` are the same value.
  case decimal
  /// IEEE 754 double, only where a decimal cannot hold the values.
  case double
  /// Days since 1970-01-01 (proleptic Gregorian).
  case date
  /// Microseconds since 1970-01-01T00:00:00, in UTC when `zoned`, else local wall-clock time.
  case datetime(zoned: Bool)

  /// The name used in messages, `cast(… as name)` and documentation.
  public var name: String {
    switch self {
    case .text: "text"
    case .boolean: "boolean"
    case .integer: "integer"
    case .decimal: "decimal"
    case .double: "double"
    case .date: "date"
    case .datetime(let zoned): zoned ? "datetimez" : "datetime"
    }
  }

  /// Whether arithmetic applies.
  public var isNumeric: Bool {
    switch self {
    case .integer, .decimal, .double: true
    case .text, .boolean, .date, .datetime: false
    }
  }
}
