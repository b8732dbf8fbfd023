/// `= <> < <= > >=` on two inputs of one type (integers and decimals mix). Null when an input is.
struct Comparing: StrictKernel {
  /// Not `distinct` nor `notDistinct`.
  let comparison: SyntaxNode.Comparison
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.boolean) }
    let lanes = frame.lanes(inputs)
    let values = try compare(inputs[0], inputs[1], validity, lanes)
    return Vector(.boolean(values), validity, lanes)
  }

  /// The outcome for each lane; anything where `validity` is false.
  func compare(
    _ a: Vector, _ b: Vector, _ validity: Validity, _ lanes: Lanes
  ) throws(KernelFault) -> [Bool] {
    switch (a.column.values, b.column.values) {
    case (.integer(let x), .integer(let y)), (.datetime(let x, _), .datetime(let y, _)):
      outcome(Lane(x, a.isConstant), Lane(y, b.isConstant), lanes)
    case (.double(let x), .double(let y)):
      outcome(Lane(x, a.isConstant), Lane(y, b.isConstant), lanes)
    case (.date(let x), .date(let y)):
      outcome(Lane(x, a.isConstant), Lane(y, b.isConstant), lanes)
    case (.boolean(let x), .boolean(let y)):
      outcome(
        Lane(Loop.map(x) { $0 ? UInt8(1) : 0 }, a.isConstant),
        Lane(Loop.map(y) { $0 ? UInt8(1) : 0 }, b.isConstant), lanes)
    case (.text(let x), .text(let y)):
      TextComparing(comparison: comparison)
        .outcome(x, a.isConstant, y, b.isConstant, lanes)
    default: try decimals(a, b, validity, lanes)
    }
  }

  @inline(__always)
  private func outcome<T: Comparable>(_ a: Lane<T>, _ b: Lane<T>, _ lanes: Lanes) -> [Bool] {
    switch comparison {
    case .equal, .notDistinct: Loop.zip(a, b, lanes) { $0 == $1 }
    case .unequal, .distinct: Loop.zip(a, b, lanes) { $0 != $1 }
    case .less: Loop.zip(a, b, lanes) { $0 < $1 }
    case .lessOrEqual: Loop.zip(a, b, lanes) { $0 <= $1 }
    case .greater: Loop.zip(a, b, lanes) { $0 > $1 }
    case .greaterOrEqual: Loop.zip(a, b, lanes) { $0 >= $1 }
    }
  }

  private func decimals(
    _ a: Vector, _ b: Vector, _ validity: Validity, _ lanes: Lanes
  ) throws(KernelFault) -> [Bool] {
    switch try AlignedDecimals.of(a, b, live: validity) {
    case .narrow(let x, let y, _): return outcome(x, y, lanes)
    case .wide(let x, let y, _): return outcome(x, y, lanes)
    case nil:
      // The values are too far apart for one scale, so one by one.
      let (left, right) = (try a.decimals(), try b.decimals())
      var results = Array(repeating: false, count: lanes.count)
      for row in 0..<lanes.count where validity[row] {
        let (x, y) = (left.decimal(a.index(row)), right.decimal(b.index(row)))
        results[row] = comparison.holds(less: x < y, equal: x == y)
      }
      return results
    }
  }
}

extension SyntaxNode.Comparison {
  /// Whether the comparison holds between two values in this order.
  @inline(__always)
  func holds(less: Bool, equal: Bool) -> Bool {
    switch self {
    case .equal, .notDistinct: equal
    case .unequal, .distinct: !equal
    case .less: less
    case .lessOrEqual: less || equal
    case .greater: !less && !equal
    case .greaterOrEqual: !less
    }
  }
}

/// `is [not] distinct from`: nulls are values equal to each other, so the result is never null.
struct DistinctTest: StrictKernel {
  let negated: Bool
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    let lanes = frame.lanes(inputs)
    let (a, b) = (inputs[0], inputs[1])
    let both = frame.validity(inputs)
    let equal: [Bool] =
      if let both {
        try Comparing(comparison: .equal).compare(a, b, both, lanes)
      } else {
        Array(repeating: false, count: lanes.count)
      }
    let left = Lane(a.column.validity.allFlags(a.column.count), a.isConstant)
    let right = Lane(b.column.validity.allFlags(b.column.count), b.isConstant)
    let results = Loop.rows(lanes.count) { row -> Bool in
      let (x, y) = (left[row], right[row])
      let same = x && y ? equal[row] : x == y
      return same == negated
    }
    return Vector(.boolean(results), .all, lanes)
  }
}

/// `is [not] null`.
struct NullTest: StrictKernel {
  let negated: Bool
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) -> Vector {
    let lanes = frame.lanes(inputs)
    guard let flags = inputs[0].column.validity.flags else {
      return Vector(Column(.boolean([negated])), isConstant: true)
    }
    return Vector(.boolean(Loop.map(flags) { $0 == negated }), .all, lanes)
  }
}

/// `x between low and high`, which evaluates `x` once.
struct BetweenTest: StrictKernel {
  let negated: Bool
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    let above = try Comparing(comparison: .greaterOrEqual).apply([inputs[0], inputs[1]], frame)
    let below = try Comparing(comparison: .lessOrEqual).apply([inputs[0], inputs[2]], frame)
    var result = Ternary(above, frame)
    result.and(Ternary(below, frame))
    if negated { result.negate() }
    return result.vector(frame.lanes(inputs))
  }
}
