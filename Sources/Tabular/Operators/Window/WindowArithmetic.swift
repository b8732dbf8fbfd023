/// The window functions that calculate: differences, rolling and cumulative sums and means,
/// percentages. All of them exact, doubles rounded once.
struct WindowArithmetic {
  let call: Window.Call
  let frame: WindowFrame
  /// Of numbers or dates.
  let argument: Column

  private var overflow: OperatorError {
    OperatorMessages.overflow(call.function.name, call.name)
  }

  func column() throws -> Column {
    if case .double(let values) = argument.values { return try doubles(values) }
    let (digits, scale) = try exactDigits()
    switch call.function {
    case .difference(let distance): return try differences(digits, scale, distance)
    case .rollingSum(let width): return try rolling(digits, scale, width, mean: false)
    case .rollingMean(let width): return try rolling(digits, scale, width, mean: true)
    case .cumulativeSum: return try rolling(digits, scale, .max, mean: false)
    case .percentOfTotal: return try percentages(digits, scale)
    default: throw OperatorMessages.wrongColumn
    }
  }

  private func exactDigits() throws -> ([Int128], Int) {
    if let decimals = argument.decimals { return (decimals.widened, decimals.scale) }
    guard let words = OrderedWords.of(argument) else { throw OperatorMessages.wrongColumn }
    return (words.map { Int128($0) }, 0)
  }

  /// A column of the function's type from digits.
  private func made(_ digits: [Int128], _ scale: Int, _ valid: [Bool]) throws -> Column {
    let validity = Validity(flags: valid)
    guard call.function.resultType(argument.type) == .integer else {
      let values = DecimalValues(scale: scale, digits: .wide(digits)).narrowed
      return Column(.decimal(values), validity: validity)
    }
    var integers: [Int64] = []
    integers.reserveCapacity(digits.count)
    for value in digits {
      guard let integer = Int64(exactly: value) else { throw overflow }
      integers.append(integer)
    }
    return Column(.integer(integers), validity: validity)
  }

  private func differences(
    _ digits: [Int128], _ scale: Int, _ distance: Int
  ) throws -> Column {
    let before = frame.neighbours(distance, before: true)
    var results = [Int128](repeating: 0, count: digits.count)
    var valid = [Bool](repeating: false, count: digits.count)
    for row in digits.indices where before[row] >= 0 && argument.validity[row] {
      let other = Int(before[row])
      guard argument.validity[other] else { continue }
      let (difference, overflows) = digits[row].subtractingReportingOverflow(digits[other])
      if overflows { throw overflow }
      results[row] = difference
      valid[row] = true
    }
    return try made(results, scale, valid)
  }

  private func rolling(
    _ digits: [Int128], _ scale: Int, _ width: Int, mean: Bool
  ) throws -> Column {
    let width = Swift.max(width, 1)
    let resultScale = mean ? MeasureResult.quotientScale(scale) : scale
    let factor = Decimal.powersOfTen[resultScale - scale]
    var results = [Int128](repeating: 0, count: digits.count)
    var valid = [Bool](repeating: false, count: digits.count)
    for partition in frame.partitions {
      var (sum, count): (Int128, Int128) = (0, 0)
      for place in partition {
        if place - partition.lowerBound >= width {
          let leaving = Int(frame.order[place - width])
          if argument.validity[leaving] {
            sum = try exactly(sum.subtractingReportingOverflow(digits[leaving]))
            count -= 1
          }
        }
        let row = Int(frame.order[place])
        if argument.validity[row] {
          sum = try exactly(sum.addingReportingOverflow(digits[row]))
          count += 1
        }
        guard count > 0 else { continue }
        valid[row] = true
        results[row] =
          mean
          ? divideHalfAway(try exactly(sum.multipliedReportingOverflow(by: factor)), by: count)
          : sum
      }
    }
    return try made(results, resultScale, valid)
  }

  private func percentages(_ digits: [Int128], _ scale: Int) throws -> Column {
    let resultScale = MeasureResult.quotientScale(scale)
    var results = [Int128](repeating: 0, count: digits.count)
    var valid = [Bool](repeating: false, count: digits.count)
    for partition in frame.partitions {
      let rows = partition.map { Int(frame.order[$0]) }.filter { argument.validity[$0] }
      let total = rows.reduce(WideInteger(0)) { $0 + WideInteger(digits[$1]) }
      for row in rows {
        let part = WideInteger(digits[row]).scaled(resultScale + 2)
        guard let percentage = part.dividedHalfAway(by: total) else { continue }
        guard let word = percentage.word else { throw overflow }
        results[row] = word
        valid[row] = true
      }
    }
    return try made(results, resultScale, valid)
  }

  private func exactly(_ result: (partialValue: Int128, overflow: Bool)) throws -> Int128 {
    if result.overflow { throw overflow }
    return result.partialValue
  }
}

extension WindowArithmetic {
  private func doubles(_ values: [Double]) throws -> Column {
    var results = [Double](repeating: 0, count: values.count)
    var valid = [Bool](repeating: false, count: values.count)
    switch call.function {
    case .difference(let distance):
      let before = frame.neighbours(distance, before: true)
      for row in values.indices where before[row] >= 0 && argument.validity[row] {
        guard argument.validity[Int(before[row])] else { continue }
        results[row] = values[row] - values[Int(before[row])]
        valid[row] = true
      }
    case .rollingSum(let width): rolling(values, width, mean: false, &results, &valid)
    case .rollingMean(let width): rolling(values, width, mean: true, &results, &valid)
    case .cumulativeSum: rolling(values, .max, mean: false, &results, &valid)
    case .percentOfTotal: percentages(values, &results, &valid)
    default: throw OperatorMessages.wrongColumn
    }
    return Column(.double(results), validity: Validity(flags: valid))
  }

  private func rolling(
    _ values: [Double], _ width: Int, mean: Bool, _ results: inout [Double], _ valid: inout [Bool]
  ) {
    let width = Swift.max(width, 1)
    for partition in frame.partitions {
      var sum = SlidingSum()
      for place in partition {
        if place - partition.lowerBound >= width {
          let leaving = Int(frame.order[place - width])
          if argument.validity[leaving] { sum.remove(values[leaving]) }
        }
        let row = Int(frame.order[place])
        if argument.validity[row] { sum.add(values[row]) }
        guard sum.count > 0 else { continue }
        valid[row] = true
        results[row] = mean ? sum.mean : sum.sum
      }
    }
  }

  private func percentages(
    _ values: [Double], _ results: inout [Double], _ valid: inout [Bool]
  ) {
    for partition in frame.partitions {
      let rows = partition.map { Int(frame.order[$0]) }.filter { argument.validity[$0] }
      var total = SlidingSum()
      for row in rows { total.add(values[row]) }
      if total.sum == 0 { continue }
      for row in rows {
        results[row] = values[row] / total.sum * 100
        valid[row] = true
      }
    }
  }
}

/// An exact sum of doubles that terms can also leave.
struct SlidingSum {
  private var finite = ExactSums()
  private var (infinite, negative, undefined) = (0, 0, 0)
  private(set) var count = 0

  init() { finite.grow(to: 1) }

  mutating func add(_ value: Double) {
    count += 1
    if value.isFinite { finite.add(value) } else { note(value, 1) }
  }

  /// - Parameter value: one that was added.
  mutating func remove(_ value: Double) {
    count -= 1
    if value.isFinite { finite.add(-value) } else { note(value, -1) }
  }

  /// Rounded once, ties to even.
  var sum: Double { special ?? finite.sum(0) }

  var mean: Double { special ?? finite.mean(0, over: Int64(count)) ?? 0 }

  private var special: Double? {
    if undefined > 0 || (infinite > 0 && negative > 0) { return .nan }
    return infinite > 0 ? .infinity : negative > 0 ? -.infinity : nil
  }

  private mutating func note(_ value: Double, _ change: Int) {
    if value.isNaN {
      undefined += change
    } else if value > 0 {
      infinite += change
    } else {
      negative += change
    }
  }
}
