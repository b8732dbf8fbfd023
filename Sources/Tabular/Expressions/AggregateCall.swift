extension AggregateFunction {
  /// The names that measures may use, with those of other dialects.
  static let named: [String: AggregateFunction] = [
    "count": .count, "count_distinct": .countDistinct, "sum": .sum, "mean": .mean, "avg": .mean,
    "min": .min, "max": .max, "median": .median,
    "quantile": .quantile(Decimal(digits: 5, scale: 1)), "stddev": .stddev, "first": .first,
    "last": .last, "share": .share,
  ]

  /// How many arguments a call takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .count, .share: 0...1
    case .quantile: 2...2
    default: 1...1
    }
  }

  /// A call, for messages.
  var usage: String {
    switch self {
    case .count, .share: name + "([x])"
    case .quantile: name + "(x, 0.9)"
    default: name + "(x)"
    }
  }
}

/// An aggregate of a measure: what to compute over which rows.
public struct AggregateCall: Sendable {
  public let function: AggregateFunction
  /// Nil for `count()` and `share()`.
  public let argument: BoundExpression?
  /// Rows for which this is not true do not take part: the measure's `where` and the call's
  /// `filter`, both.
  public let condition: BoundExpression?
  public let type: DataType
  /// Digits after the point that suffice, where known.
  public let decimals: Int?
  /// The call in its canonical writing.
  public let text: String
  /// Where the call stands in the measure's text, in UTF-8 bytes.
  public let offset: Int
  public let length: Int
}

/// A measure of an aggregate: an expression over aggregate calls, such as
/// `1000 * count() / first(population)`.
public struct BoundMeasure: Sendable {
  /// Each different call once.
  public let calls: [AggregateCall]
  /// To be evaluated over batches of a row a group, whose columns are the group keys and then the
  /// results of `calls`.
  public let outer: BoundExpression

  public var type: DataType { outer.type }
  public var decimals: Int? { outer.decimals }
  /// Positions of the input's columns that the calls read.
  public var fields: Set<Int> {
    calls.reduce(into: []) {
      $0.formUnion($1.argument?.fields ?? [])
      $0.formUnion($1.condition?.fields ?? [])
    }
  }
}
