/// What a window computes for each row from the rows of its partition.
public enum WindowFunction: Sendable, Hashable {
  /// The argument n rows before, null at the edge.
  case lag(Int)
  /// The argument n rows after, null at the edge.
  case lead(Int)
  /// The argument less the one n rows before: for dates in days. Null where either is.
  case difference(Int)
  /// Over this row and the n − 1 before it (n ≥ 1), fewer at the edge; nulls are skipped, and over
  /// no value at all the result is null.
  case rollingSum(Int)
  /// Of scale max(6, own), half away from zero.
  case rollingMean(Int)
  case rollingMin(Int)
  case rollingMax(Int)
  /// From the partition's first row to this one.
  case cumulativeSum
  /// 1 for the first; equal rows share it and leave a gap.
  case rank
  /// 1 for the first; equal rows share it, without gaps.
  case denseRank
  /// 1 for the first; equal rows by ordinal.
  case rowNumber
  /// The argument in percent (0…100) of the partition's sum, at scale max(6, own), half away from
  /// zero; null where the sum is zero.
  case percentOfTotal

  /// The name in specs and messages.
  public var name: String {
    switch self {
    case .lag: "lag"
    case .lead: "lead"
    case .difference: "difference"
    case .rollingSum: "rolling_sum"
    case .rollingMean: "rolling_mean"
    case .rollingMin: "rolling_min"
    case .rollingMax: "rolling_max"
    case .cumulativeSum: "cumulative_sum"
    case .rank: "rank"
    case .denseRank: "dense_rank"
    case .rowNumber: "row_number"
    case .percentOfTotal: "percent_of_total"
    }
  }

  /// Whether it takes a column.
  public var takesArgument: Bool {
    switch self {
    case .rank, .denseRank, .rowNumber: false
    default: true
    }
  }

  /// The type of the result, or nil where the function does not apply.
  /// - Parameter argument: nil for a function without argument.
  public func resultType(_ argument: DataType?) -> DataType? {
    guard let argument else { return takesArgument ? nil : .integer }
    switch self {
    case .lag, .lead, .rollingMin, .rollingMax: return argument
    case .rollingSum, .cumulativeSum: return argument.isNumeric ? argument : nil
    case .difference: return argument == .date ? .integer : argument.isNumeric ? argument : nil
    case .rollingMean, .percentOfTotal: return AggregateFunction.mean.resultType(argument)
    case .rank, .denseRank, .rowNumber: return nil
    }
  }
}
