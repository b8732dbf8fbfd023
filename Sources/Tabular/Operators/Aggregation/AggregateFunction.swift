/// What an aggregate computes over the rows of a group. Nulls are skipped, as in SQL; over no
/// value at all, counts are 0 and everything else is null.
public enum AggregateFunction: Sendable, Hashable {
  /// Rows, or values of the argument.
  case count
  /// Different values, exactly; equal decimals of different scales count once.
  case countDistinct
  /// Exact; a double's is the exact sum, rounded once.
  case sum
  /// Exact sum over count: for integers and decimals of scale max(6, own), half away from zero;
  /// for doubles rounded once.
  case mean
  /// Bytes order texts.
  case min
  case max
  /// `quantile(0.5)`.
  case median
  /// The fraction, 0…1. Linear interpolation between neighbours (SQL's `percentile_cont`), exact
  /// for decimals at scale max(6, own); for dates and datetimes, the lower neighbour.
  case quantile(Decimal)
  /// Of a sample (n − 1); null below two values.
  case stddev
  /// The value of the first row, by ordinal, that has one.
  case first
  case last
  /// The group's sum (without argument: its count) over that of all groups, 0…1, at scale
  /// max(6, own); null where the total is zero.
  case share

  /// The name in expressions and messages.
  public var name: String {
    switch self {
    case .count: "count"
    case .countDistinct: "count_distinct"
    case .sum: "sum"
    case .mean: "mean"
    case .min: "min"
    case .max: "max"
    case .median: "median"
    case .quantile: "quantile"
    case .stddev: "stddev"
    case .first: "first"
    case .last: "last"
    case .share: "share"
    }
  }

  /// The type of the result, or nil where the function does not apply.
  /// - Parameter argument: nil for a call without argument.
  public func resultType(_ argument: DataType?) -> DataType? {
    guard let argument else {
      return switch self {
      case .count: .integer
      case .share: .decimal
      default: nil
      }
    }
    switch self {
    case .count, .countDistinct: return .integer
    case .sum: return argument.isNumeric ? argument : nil
    case .min, .max, .first, .last: return argument
    case .stddev: return argument.isNumeric ? .double : nil
    case .mean, .share: return AggregateFunction.quotient(argument)
    case .median, .quantile:
      return switch argument {
      case .date, .datetime: argument
      default: AggregateFunction.quotient(argument)
      }
    }
  }

  /// What dividing values of the type gives.
  private static func quotient(_ type: DataType) -> DataType? {
    switch type {
    case .integer, .decimal: .decimal
    case .double: .double
    case .text, .boolean, .date, .datetime: nil
    }
  }
}
