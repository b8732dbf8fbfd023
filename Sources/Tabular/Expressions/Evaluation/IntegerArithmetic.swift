/// `+ - * %` on 64-bit integers. Overflow is an error, never a wrap.
struct IntegerArithmetic: StrictKernel {
  let operation: SyntaxNode.Arithmetic
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.integer) }
    let lanes = frame.lanes(inputs)
    let (a, b) = (try inputs[0].integers(), try inputs[1].integers())
    let (values, suspect) = compute(a, b, lanes)
    // A null row may hold anything: only then look which rows it was.
    if suspect {
      let live = frame.live(validity, lanes)
      for row in 0..<lanes.count where live[row] {
        if let fault = fault(a[row], b[row]) { throw fault }
      }
    }
    return Vector(.integer(values), validity, lanes)
  }

  /// The results, and whether any of them may be wrong.
  private func compute(
    _ a: Lane<Int64>, _ b: Lane<Int64>, _ lanes: Lanes
  ) -> ([Int64], suspect: Bool) {
    // The sign bit of `signs` remembers an overflow without a branch in the loop.
    var signs: Int64 = 0
    var suspect = false
    let values: [Int64]
    switch operation {
    case .add:
      values = Loop.zip(a, b, lanes) {
        let sum = $0 &+ $1
        signs |= ($0 ^ sum) & ($1 ^ sum)
        return sum
      }
    case .subtract:
      values = Loop.zip(a, b, lanes) {
        let difference = $0 &- $1
        signs |= ($0 ^ $1) & ($0 ^ difference)
        return difference
      }
    case .multiply:
      values = Loop.zip(a, b, lanes) {
        let (product, overflow) = $0.multipliedReportingOverflow(by: $1)
        suspect = suspect || overflow
        return product
      }
    case .divide, .remainder:
      values = Loop.zip(a, b, lanes) {
        suspect = suspect || $1 == 0
        // -1 is set apart because the smallest integer over it overflows.
        return $1 == 0 || $1 == -1 ? 0 : $0 % $1
      }
    }
    return (values, suspect || signs < 0)
  }

  private func fault(_ a: Int64, _ b: Int64) -> KernelFault? {
    switch operation {
    case .add: a.addingReportingOverflow(b).overflow ? .overflow : nil
    case .subtract: a.subtractingReportingOverflow(b).overflow ? .overflow : nil
    case .multiply: a.multipliedReportingOverflow(by: b).overflow ? .overflow : nil
    case .divide, .remainder: b == 0 ? .divisionByZero : nil
    }
  }
}

/// `+ - * / %` on doubles. A result that is not finite is an error.
struct DoubleArithmetic: StrictKernel {
  let operation: SyntaxNode.Arithmetic
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.double) }
    let lanes = frame.lanes(inputs)
    let (a, b) = (try inputs[0].doubles(), try inputs[1].doubles())
    // Adding 0 makes a negative zero a plain one.
    let values: [Double] =
      switch operation {
      case .add: Loop.zip(a, b, lanes) { $0 + $1 + 0 }
      case .subtract: Loop.zip(a, b, lanes) { $0 - $1 + 0 }
      case .multiply: Loop.zip(a, b, lanes) { $0 * $1 + 0 }
      case .divide: Loop.zip(a, b, lanes) { $0 / $1 + 0 }
      case .remainder: Loop.zip(a, b, lanes) { $0.truncatingRemainder(dividingBy: $1) + 0 }
      }
    try check(values, b, frame.live(validity, lanes))
    return Vector(.double(values), validity, lanes)
  }

  private func check(
    _ values: [Double], _ divisors: Lane<Double>, _ live: Validity
  ) throws(KernelFault) {
    var suspect = false
    for value in values { suspect = suspect || !value.isFinite }
    guard suspect else { return }
    for row in values.indices where live[row] && !values[row].isFinite {
      let divides = operation == .divide || operation == .remainder
      throw divides && divisors[row] == 0 ? .divisionByZero : .notFinite
    }
  }
}

/// Unary minus and `abs`.
struct SignChange: StrictKernel {
  enum Kind: Sendable {
    case negate
    case absolute
  }
  let kind: Kind
  let type: DataType
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(type) }
    let lanes = frame.lanes(inputs)
    let negates = kind == .negate
    switch inputs[0].column.values {
    case .integer(let values):
      var suspect = false
      let results = Loop.map(values) { value -> Int64 in
        suspect = suspect || value == Int64.min
        return negates || value < 0 ? 0 &- value : value
      }
      if suspect {
        let live = frame.live(validity, lanes)
        for row in values.indices where live[row] && values[row] == Int64.min { throw .overflow }
      }
      return Vector(.integer(results), validity, lanes)
    case .decimal(let values):
      return Vector(
        .decimal(change(values, negates)), validity, lanes)
    case .double(let values):
      return Vector(
        .double(Loop.map(values) { negates ? 0 - $0 : $0.magnitude }), validity, lanes)
    default: throw .misplaced
    }
  }

  private func change(_ values: DecimalValues, _ negates: Bool) -> DecimalValues {
    if case .narrow(let digits) = values.digits {
      var suspect = false
      let results = Loop.map(digits) { value -> Int64 in
        suspect = suspect || value == Int64.min
        return negates || value < 0 ? 0 &- value : value
      }
      if !suspect { return DecimalValues(scale: values.scale, digits: .narrow(results)) }
    }
    // No decimal holds the smallest 128-bit integer: it has 39 digits.
    let results = Loop.map(values.widened) { negates || $0 < 0 ? 0 &- $0 : $0 }
    return DecimalValues(scale: values.scale, digits: .wide(results))
  }
}
