/// A column of true, false and unknown while it is being combined.
struct Ternary {
  /// Meaningful where known.
  private(set) var values: [Bool]
  /// Nil when all are known.
  private(set) var known: [Bool]?

  /// One a row of the batch, also from a constant.
  init(_ vector: Vector, _ frame: Frame) {
    let column = vector.isConstant ? vector.expanded(to: frame.rowCount) : vector.column
    if case .boolean(let values) = column.values {
      self.values = values
    } else {
      values = Array(repeating: false, count: frame.rowCount)
    }
    known = column.validity.flags
  }

  /// `and`: false when either is false, whatever the other.
  mutating func and(_ other: Ternary) { combine(other, decisive: false) }

  /// `or`: true when either is true, whatever the other.
  mutating func or(_ other: Ternary) { combine(other, decisive: true) }

  private mutating func combine(_ other: Ternary, decisive: Bool) {
    let (a, b) = (values, other.values)
    guard known != nil || other.known != nil else {
      let rows = Lanes(count: a.count, isConstant: false)
      values =
        decisive
        ? Loop.zip(Lane(a, false), Lane(b, false), rows) { $0 || $1 }
        : Loop.zip(Lane(a, false), Lane(b, false), rows) { $0 && $1 }
      return
    }
    let mine = known ?? Array(repeating: true, count: a.count)
    let theirs = other.known ?? Array(repeating: true, count: b.count)
    values = Loop.rows(min(a.count, b.count)) { row in
      let decided = (mine[row] && a[row] == decisive) || (theirs[row] && b[row] == decisive)
      return decided ? decisive : !decisive
    }
    known = Loop.rows(min(a.count, b.count)) { row in
      (mine[row] && theirs[row]) || (mine[row] && a[row] == decisive)
        || (theirs[row] && b[row] == decisive)
    }
  }

  mutating func negate() { values = Loop.map(values) { !$0 } }

  /// The rows that are not decided yet, for operands that can fail.
  func undecided(decisive: Bool, within active: Validity) -> Validity {
    Validity(
      flags: Loop.rows(values.count) { row in
        active[row] && !((known?[row] ?? true) && values[row] == decisive)
      })
  }

  func vector(_ lanes: Lanes) -> Vector {
    if lanes.isConstant {
      guard let value = values.first, known?.first ?? true else { return .null(.boolean) }
      return Vector(Column(.boolean([value])), isConstant: true)
    }
    return Vector(Column(.boolean(values), validity: Validity(flags: known)))
  }
}

/// `and` and `or` of any number of operands, from left to right: what can fail is only asked
/// where the operands before it leave the result open.
struct Connective: Kernel {
  let isOr: Bool
  var canFail: Bool { false }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    guard let first = operands.first else { return .null(.boolean) }
    var isConstant = true
    let vector = try first.evaluate(frame)
    isConstant = vector.isConstant
    var result = Ternary(vector, frame)
    for operand in operands.dropFirst() {
      var narrowed = frame
      if operand.canFail {
        narrowed.active = result.undecided(decisive: isOr, within: frame.active)
        if narrowed.active.isNowhere { continue }
      }
      let vector = try operand.evaluate(narrowed)
      isConstant = isConstant && vector.isConstant
      let next = Ternary(vector, frame)
      if isOr { result.or(next) } else { result.and(next) }
    }
    return result.vector(Lanes(count: isConstant ? 1 : frame.rowCount, isConstant: isConstant))
  }
}

extension Validity {
  /// Whether no row is valid (and there are rows).
  var isNowhere: Bool {
    guard let flags else { return false }
    return !flags.contains(true)
  }
}

/// `not`.
struct Negation: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    let lanes = frame.lanes(inputs)
    let values = try inputs[0].booleans().values
    return Vector(.boolean(Loop.map(values) { !$0 }), inputs[0].column.validity, lanes)
  }
}
