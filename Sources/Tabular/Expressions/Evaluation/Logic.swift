/// A column of true, false and unknown while it is being combined, a byte a row: false is 0,
/// unknown 1 and true 2, so that `and` is the smaller and `or` the larger.
struct Ternary {
  static let isFalse: UInt8 = 0
  static let isUnknown: UInt8 = 1
  static let isTrue: UInt8 = 2

  private(set) var states: [UInt8]

  /// One a row of the batch, also from a constant.
  init(_ vector: Vector, _ frame: Frame) {
    guard case .boolean(let values) = vector.column.values else {
      states = Array(repeating: Ternary.isUnknown, count: frame.rowCount)
      return
    }
    if vector.isConstant {
      let known = vector.column.validity[0]
      let state = !known ? Ternary.isUnknown : values[0] ? Ternary.isTrue : Ternary.isFalse
      states = Array(repeating: state, count: frame.rowCount)
    } else if let flags = vector.column.validity.flags {
      let lanes = Lanes(count: values.count, isConstant: false)
      states = Loop.zip(Lane(values, false), Lane(flags, false), lanes) {
        $1 ? ($0 ? 2 : 0) : 1
      }
    } else {
      states = Loop.map(values) { $0 ? 2 : 0 }
    }
  }

  /// `and`: false when either is false, whatever the other.
  mutating func and(_ other: Ternary) {
    let lanes = Lanes(count: states.count, isConstant: false)
    states = Loop.zip(Lane(states, false), Lane(other.states, false), lanes) { min($0, $1) }
  }

  /// `or`: true when either is true, whatever the other.
  mutating func or(_ other: Ternary) {
    let lanes = Lanes(count: states.count, isConstant: false)
    states = Loop.zip(Lane(states, false), Lane(other.states, false), lanes) { max($0, $1) }
  }

  mutating func negate() { states = Loop.map(states) { 2 - $0 } }

  /// The rows that are not decided yet, for operands that can fail.
  func undecided(decisive: UInt8, within active: Validity) -> Validity {
    Validity(flags: Loop.map(states) { $0 != decisive }).and(active)
  }

  func vector(_ lanes: Lanes) -> Vector {
    if lanes.isConstant {
      guard let state = states.first, state != Ternary.isUnknown else { return .null(.boolean) }
      return Vector(Column(.boolean([state == Ternary.isTrue])), isConstant: true)
    }
    var unknown: UInt8 = 0
    for state in states { unknown |= state & Ternary.isUnknown }
    let known = unknown == 0 ? nil : Loop.map(states) { $0 != Ternary.isUnknown }
    return Vector(
      Column(
        .boolean(Loop.map(states) { $0 == Ternary.isTrue }), validity: Validity(flags: known)))
  }
}

/// `and` and `or` of any number of operands, from left to right: what can fail is only asked
/// where the operands before it leave the result open.
struct Connective: Kernel {
  let isOr: Bool
  var canFail: Bool { false }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    guard let first = operands.first else { return .null(.boolean) }
    let vector = try first.evaluate(frame)
    var isConstant = vector.isConstant
    var result = Ternary(vector, frame)
    let decisive = isOr ? Ternary.isTrue : Ternary.isFalse
    for operand in operands.dropFirst() {
      var narrowed = frame
      if operand.canFail {
        narrowed.active = result.undecided(decisive: decisive, within: frame.active)
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

  /// A flag a row, also where none is needed.
  func allFlags(_ count: Int) -> [Bool] { flags ?? Array(repeating: true, count: count) }
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
