/// For each row, which of several vectors its value comes from.
struct Choice {
  /// The branch of each row; negative for null.
  var branches: [Int32]

  init(rowCount: Int) { branches = Array(repeating: -1, count: rowCount) }

  /// A column that takes each row from its branch.
  /// - Parameter sources: those that some row chose are not nil.
  func merged(_ sources: [Vector?], type: DataType) throws(KernelFault) -> Vector {
    let flags = Loop.rows(branches.count) { row -> Bool in
      let branch = Int(branches[row])
      guard branch >= 0, let source = sources[branch] else { return false }
      return source.column.validity[source.index(row)]
    }
    let validity = Validity(flags: flags)
    let values: Column.Values =
      switch type {
      case .text: .text(try texts(sources))
      case .boolean:
        .boolean(try pick(sources, null: false) { v throws(KernelFault) in try v.booleans() })
      case .integer:
        .integer(try pick(sources, null: 0) { v throws(KernelFault) in try v.integers() })
      case .double:
        .double(try pick(sources, null: 0) { v throws(KernelFault) in try v.doubles() })
      case .date: .date(try pick(sources, null: 0) { v throws(KernelFault) in try v.dates() })
      case .datetime(let zoned):
        .datetime(
          try pick(sources, null: 0) { v throws(KernelFault) in try v.integers() }, zoned: zoned)
      case .decimal: .decimal(try decimals(sources, flags))
      }
    return Vector(Column(values, validity: validity))
  }

  @inline(__always)
  private func pick<T>(
    _ sources: [Vector?], null: T, _ lane: (Vector) throws(KernelFault) -> Lane<T>
  ) throws(KernelFault) -> [T] {
    var results = Array(repeating: null, count: branches.count)
    for (index, source) in sources.enumerated() {
      guard let source else { continue }
      let values = try lane(source)
      for row in 0..<branches.count where Int(branches[row]) == index {
        results[row] = values[row]
      }
    }
    return results
  }

  private func decimals(
    _ sources: [Vector?], _ flags: [Bool]
  ) throws(KernelFault) -> DecimalValues {
    var scale = 0
    for case let source? in sources { scale = max(scale, try source.decimals().scale) }
    var results: [Int128] = Array(repeating: 0, count: branches.count)
    for (index, source) in sources.enumerated() {
      guard let source else { continue }
      let live = Validity(
        flags: Loop.rows(branches.count) { flags[$0] && Int(branches[$0]) == index })
      guard !live.isNowhere,
        let values = try source.decimals().upscaled(
          to: scale, live: source.isConstant ? .all : live)
      else {
        if live.isNowhere { continue }
        throw .overflow
      }
      for row in 0..<branches.count where live[row] { results[row] = values[source.index(row)] }
    }
    return DecimalValues(scale: scale, digits: .wide(results)).narrowed
  }

  private func texts(_ sources: [Vector?]) throws(KernelFault) -> TextValues {
    if sources.allSatisfy({ $0?.isConstant ?? true }) { return try labels(sources) }
    var pools: [TextValues] = []
    for source in sources { pools.append(try source?.texts() ?? TextValues()) }
    var result = TextValues()
    result.offsets.reserveCapacity(branches.count + 1)
    for row in 0..<branches.count {
      let branch = Int(branches[row])
      guard branch >= 0, let source = sources[branch], source.column.validity[source.index(row)]
      else {
        result.append([])
        continue
      }
      result.append(pools[branch].bytes[pools[branch].range(source.index(row))])
    }
    if result.overflowed { throw .tooLong }
    return result
  }

  /// Constant branches make a dictionary: an entry for null, then one a branch.
  private func labels(_ sources: [Vector?]) throws(KernelFault) -> TextValues {
    var result = TextValues()
    result.append([])
    for source in sources {
      let text = try source?.texts()
      result.append(text.map { $0.bytes[$0.range(0)] } ?? [])
    }
    result.codes = Loop.map(branches) { $0 + 1 }
    return result
  }
}

/// `case`: conditions and results in turn, then the `else` if there is one. A result that can
/// fail is computed for the rows of its branch only.
struct CaseKernel: Kernel {
  let type: DataType
  var canFail: Bool { type == .decimal }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    var choice = Choice(rowCount: frame.rowCount)
    var open = frame.active
    var sources: [Vector?] = []
    let pairs = operands.count / 2
    for pair in 0..<pairs where !open.isNowhere {
      var narrowed = frame
      narrowed.active = open
      let condition = Ternary(try operands[2 * pair].evaluate(narrowed), frame)
      let taken = Loop.rows(frame.rowCount) { row in
        open[row] && condition.values[row] && (condition.known?[row] ?? true)
      }
      let left = Loop.rows(frame.rowCount) { row in open[row] && !taken[row] }
      sources.append(try branch(operands[2 * pair + 1], taken, frame))
      let index = Int32(sources.count - 1)
      for row in 0..<frame.rowCount where taken[row] { choice.branches[row] = index }
      open = Validity(flags: left)
    }
    if operands.count % 2 == 1, let otherwise = operands.last, !open.isNowhere {
      let rest = Loop.rows(frame.rowCount) { open[$0] }
      sources.append(try branch(otherwise, rest, frame))
      let index = Int32(sources.count - 1)
      for row in 0..<frame.rowCount where rest[row] { choice.branches[row] = index }
    }
    return try choice.merged(sources, type: type)
  }

  private func branch(_ node: BoundNode, _ rows: [Bool], _ frame: Frame) throws -> Vector? {
    let active = Validity(flags: rows)
    if active.isNowhere { return nil }
    var narrowed = frame
    narrowed.active = active
    return try node.evaluate(narrowed)
  }
}

/// `coalesce`: each operand is only asked for the rows that are still null.
struct CoalesceKernel: Kernel {
  let type: DataType
  var canFail: Bool { type == .decimal }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    var choice = Choice(rowCount: frame.rowCount)
    var open = frame.active
    var sources: [Vector?] = []
    for operand in operands where !open.isNowhere {
      var narrowed = frame
      narrowed.active = open
      let vector = try operand.evaluate(narrowed)
      if sources.isEmpty, frame.active.flags == nil, vector.column.validity.flags == nil {
        return vector
      }
      sources.append(vector)
      let index = Int32(sources.count - 1)
      let valid = vector.column.validity
      let left = Loop.rows(frame.rowCount) { row in open[row] && !valid[vector.index(row)] }
      for row in 0..<frame.rowCount where open[row] && !left[row] {
        choice.branches[row] = index
      }
      open = Validity(flags: left)
    }
    return try choice.merged(sources, type: type)
  }
}

/// `nullif(a, b)`: null where the two are equal, else `a`.
struct NullIfKernel: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    // The third input is `a` in its own type, where the comparison needed another.
    let value = inputs.count == 3 ? inputs[2] : inputs[0]
    let equal = try Comparing(comparison: .equal).apply([inputs[0], inputs[1]], frame)
    if equal.isNullConstant { return value }
    let outcome = try equal.booleans()
    let lanes = frame.lanes(inputs)
    let known = equal.column.validity
    let valid = value.column.validity
    let flags = Loop.rows(lanes.count) { row -> Bool in
      let isEqual = known[equal.index(row)] && outcome[row]
      return valid[value.index(row)] && !isEqual
    }
    let column = lanes.isConstant ? value.column : value.expanded(to: lanes.count)
    return Vector(
      Column(column.values, validity: Validity(flags: flags)), isConstant: lanes.isConstant)
  }
}

/// `greatest` and `least`; nulls do not take part.
struct ExtremeKernel: StrictKernel {
  let type: DataType
  let isGreatest: Bool
  var canFail: Bool { type == .decimal }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard var best = inputs.first else { return .null(type) }
    let comparing = Comparing(comparison: isGreatest ? .greater : .less)
    for next in inputs.dropFirst() {
      if best.isNullConstant {
        best = next
        continue
      }
      if next.isNullConstant { continue }
      let lanes = frame.lanes([best, next])
      let (old, new) = (best.column.validity, next.column.validity)
      let better = try comparing.compare(
        next, best, lanes.isConstant ? .all : .init(flags: both(best, next, lanes)), lanes)
      var choice = Choice(rowCount: lanes.count)
      choice.branches = Loop.rows(lanes.count) { row in
        let hasOld = old[best.index(row)]
        guard new[next.index(row)] else { return hasOld ? 0 : -1 }
        return hasOld && !better[row] ? 0 : 1
      }
      best = try choice.merged([best, next], type: type)
      best.isConstant = lanes.isConstant
    }
    return best
  }

  private func both(_ a: Vector, _ b: Vector, _ lanes: Lanes) -> [Bool] {
    Loop.rows(lanes.count) {
      a.column.validity[a.index($0)] && b.column.validity[b.index($0)]
    }
  }
}
