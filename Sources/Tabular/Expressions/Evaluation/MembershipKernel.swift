/// `x in (…)` where the list is constant: looked up in its sorted values. As SQL has it, no match
/// in a list with a null is unknown, not false.
struct MembershipKernel: StrictKernel {
  private enum Members: Sendable {
    case integers([Int64])
    case days([Int32])
    case doubles([Double])
    case texts([[UInt8]])
  }

  private let members: Members
  private let hasNull: Bool
  private let negated: Bool
  var canFail: Bool { false }

  /// Nil for types that are compared one by one (decimals, booleans).
  /// - Parameter items: one-row columns of one type.
  init?(_ items: [Column], negated: Bool) {
    let known = items.filter { $0.validity[0] }
    hasNull = known.count < items.count
    self.negated = negated
    switch items.first?.type {
    case .integer, .datetime:
      members = .integers(
        known.compactMap { column in
          switch column.values {
          case .integer(let values), .datetime(let values, _): values.first
          default: nil
          }
        }.sorted())
    case .date:
      members = .days(
        known.compactMap { if case .date(let values) = $0.values { values.first } else { nil } }
          .sorted())
    case .double:
      members = .doubles(
        known.compactMap { if case .double(let values) = $0.values { values.first } else { nil } }
          .sorted())
    case .text:
      members = .texts(
        known.compactMap { column -> [UInt8]? in
          guard case .text(let texts) = column.values else { return nil }
          return Array(texts.bytes[texts.range(0)])
        }.sorted { TextOrder.compare($0.span, $1.span) < 0 })
    default: return nil
    }
  }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.boolean) }
    let lanes = frame.lanes(inputs)
    let found: [Bool]
    switch (members, inputs[0].column.values) {
    case (.integers(let members), .integer(let values)),
      (.integers(let members), .datetime(let values, _)):
      found = Loop.map(values) { MembershipKernel.contains(members, $0) }
    case (.days(let members), .date(let values)):
      found = Loop.map(values) { MembershipKernel.contains(members, $0) }
    case (.doubles(let members), .double(let values)):
      found = Loop.map(values) { MembershipKernel.contains(members, $0) }
    case (.texts(let members), .text(let values)):
      found = values.perRow { MembershipKernel.contains(members, $0) }
    default: throw .misplaced
    }
    let known = hasNull ? validity.and(Validity(flags: found)) : validity
    let results = negated ? Loop.map(found) { !$0 } : found
    return Vector(.boolean(results), known, lanes)
  }

  @inline(__always)
  private static func contains<T: Comparable>(_ members: [T], _ value: T) -> Bool {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      if members[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < members.count && members[low] == value
  }

  private static func contains(_ members: [[UInt8]], _ value: Span<UInt8>) -> Bool {
    var low = 0
    var high = members.count
    while low < high {
      let middle = (low + high) / 2
      let member = members[middle]
      let order = TextOrder.compare(member.span, value)
      if order == 0 { return true }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return false
  }
}

/// `x in (…)` where the list varies: compared from left to right, what can fail only where there
/// was no match yet.
struct AnyOfKernel: Kernel {
  let negated: Bool
  var canFail: Bool { false }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    guard let first = operands.first else { return .null(.boolean) }
    let subject = try first.evaluate(frame)
    var isConstant = subject.isConstant
    var result = Ternary(Vector(Column(.boolean([false])), isConstant: true), frame)
    for item in operands.dropFirst() {
      var narrowed = frame
      if item.canFail {
        narrowed.active = result.undecided(decisive: Ternary.isTrue, within: frame.active)
        if narrowed.active.isNowhere { continue }
      }
      let value = try item.evaluate(narrowed)
      isConstant = isConstant && value.isConstant
      let equal = try Comparing(comparison: .equal).apply([subject, value], frame)
      result.or(Ternary(equal, frame))
    }
    if negated { result.negate() }
    return result.vector(Lanes(count: isConstant ? 1 : frame.rowCount, isConstant: isConstant))
  }
}
