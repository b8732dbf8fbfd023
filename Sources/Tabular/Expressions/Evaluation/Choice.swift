/// For each row, which of several vectors its value comes from.
struct Choice {
  /// The source of each row; negative for null.
  private(set) var indices: [Int32]
  private(set) var sources: [Vector] = []
  private let lanes: Lanes

  init(rowCount: Int) {
    indices = Array(repeating: -1, count: rowCount)
    lanes = Lanes(count: rowCount, isConstant: false)
  }

  /// Adds a source, from which the flagged rows take their value.
  mutating func add(_ source: Vector, _ taken: [Bool]) {
    let index = Int32(clamping: sources.count)
    sources.append(source)
    indices = Loop.zip(Lane(indices, false), Lane(taken, false), lanes) { $1 ? index : $0 }
  }

  /// A column that takes each row from its source.
  func merged(_ type: DataType) throws(KernelFault) -> Vector {
    let flags = validFlags()
    let values: Column.Values =
      switch type {
      case .text: .text(try texts(flags))
      case .boolean: .boolean(try pick(false) { v throws(KernelFault) in try v.booleans() })
      case .integer: .integer(try pick(0) { v throws(KernelFault) in try v.integers() })
      case .double: .double(try pick(0) { v throws(KernelFault) in try v.doubles() })
      case .date: .date(try pick(0) { v throws(KernelFault) in try v.dates() })
      case .datetime(let zoned):
        .datetime(try pick(0) { v throws(KernelFault) in try v.integers() }, zoned: zoned)
      case .decimal: .decimal(try decimals(flags))
      }
    return Vector(Column(values, validity: Validity(flags: flags)))
  }

  private func validFlags() -> [Bool] {
    var flags = Loop.map(indices) { $0 >= 0 }
    for (index, source) in sources.enumerated() {
      guard let own = source.column.validity.flags else { continue }
      let wanted = Int32(clamping: index)
      if source.isConstant {
        flags = Loop.zip(Lane(flags, false), Lane(indices, false), lanes) { $0 && $1 != wanted }
      } else {
        let kept = Loop.zip(Lane(own, false), Lane(indices, false), lanes) { $0 || $1 != wanted }
        flags = Loop.zip(Lane(flags, false), Lane(kept, false), lanes) { $0 && $1 }
      }
    }
    return flags
  }

  @inline(__always)
  private func pick<T>(
    _ null: T, _ lane: (Vector) throws(KernelFault) -> Lane<T>
  ) throws(KernelFault) -> [T] {
    if sources.count == 2 {
      let (a, b) = (try lane(sources[0]), try lane(sources[1]))
      return Loop.rows(indices.count) { indices[$0] == 0 ? a[$0] : b[$0] }
    }
    var results = Array(repeating: null, count: indices.count)
    for (index, source) in sources.enumerated() {
      let values = try lane(source)
      let wanted = Int32(clamping: index)
      for row in 0..<indices.count where indices[row] == wanted { results[row] = values[row] }
    }
    return results
  }

  private func decimals(_ flags: [Bool]) throws(KernelFault) -> DecimalValues {
    var scale = 0
    for source in sources { scale = max(scale, try source.decimals().scale) }
    var aligned: [DecimalValues] = []
    for (index, source) in sources.enumerated() {
      let values = try source.decimals()
      let wanted = Int32(clamping: index)
      let live = Validity(
        flags: values.scale == scale
          ? nil
          : Loop.zip(Lane(flags, false), Lane(indices, false), lanes) { $0 && $1 == wanted })
      guard let scaled = values.upscaled(to: scale, live: source.isConstant ? .all : live)
      else { throw .overflow }
      aligned.append(scaled)
    }
    var lanes: [Lane<Int64>] = []
    for (values, source) in zip(aligned, sources) {
      if case .narrow(let digits) = values.digits { lanes.append(Lane(digits, source.isConstant)) }
    }
    if lanes.count == sources.count {
      let digits = Loop.rows(indices.count) { row -> Int64 in
        let index = Int(indices[row])
        return index >= 0 ? lanes[index][row] : 0
      }
      return DecimalValues(scale: scale, digits: .narrow(digits))
    }
    let digits = Loop.rows(indices.count) { row -> Int128 in
      let index = Int(indices[row])
      return flags[row] ? aligned[index][sources[index].index(row)] : 0
    }
    return DecimalValues(scale: scale, digits: .wide(digits)).narrowed
  }

  private func texts(_ flags: [Bool]) throws(KernelFault) -> TextValues {
    if sources.allSatisfy({ $0.isConstant }) { return try labels() }
    var pieces = TextPieces(rowCount: indices.count)
    for (index, source) in sources.enumerated() {
      let wanted = Int32(clamping: index)
      pieces.add(
        try source.texts(), isConstant: source.isConstant,
        rows: Loop.zip(Lane(flags, false), Lane(indices, false), lanes) { $0 && $1 == wanted })
    }
    return try pieces.joined()
  }

  /// Constant sources make a dictionary: an entry for null, then one a source.
  private func labels() throws(KernelFault) -> TextValues {
    var result = TextValues()
    result.append([])
    for source in sources {
      let text = try source.texts()
      result.append(text.bytes[text.range(0)])
    }
    result.codes = Loop.map(indices) { $0 + 1 }
    return result
  }
}

/// `case`: conditions and results in turn, then the `else` if there is one. A result is computed
/// for the rows of its branch only, as far as it can fail.
struct CaseKernel: Kernel {
  let type: DataType
  /// Whether the first operand is what the conditions are compared with.
  let hasSubject: Bool
  var canFail: Bool { type == .decimal }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    let subject = hasSubject ? try operands[0].evaluate(frame) : nil
    let branches = Array(operands.dropFirst(hasSubject ? 1 : 0))
    var choice = Choice(rowCount: frame.rowCount)
    let lanes = Lanes(count: frame.rowCount, isConstant: false)
    var open = frame.active.allFlags(frame.rowCount)
    for pair in 0..<branches.count / 2 {
      guard open.contains(true) else { break }
      var vector = try branches[2 * pair].evaluate(frame.restricted(to: open))
      if let subject {
        vector = try Comparing(comparison: .equal).apply([subject, vector], frame)
      }
      let condition = Ternary(vector, frame)
      let taken = Loop.zip(Lane(open, false), Lane(condition.states, false), lanes) {
        $0 && $1 == Ternary.isTrue
      }
      guard taken.contains(true) else { continue }
      choice.add(try branches[2 * pair + 1].evaluate(frame.restricted(to: taken)), taken)
      open = Loop.zip(Lane(open, false), Lane(taken, false), lanes) { $0 && !$1 }
    }
    if branches.count % 2 == 1, let otherwise = branches.last, open.contains(true) {
      choice.add(try otherwise.evaluate(frame.restricted(to: open)), open)
    }
    return try choice.merged(type)
  }
}

extension Frame {
  /// The same batch, of which only the flagged rows count.
  func restricted(to rows: [Bool]) -> Frame {
    var frame = self
    frame.active = Validity(flags: rows)
    return frame
  }
}

/// `coalesce`: each operand is only asked for the rows that are still null.
struct CoalesceKernel: Kernel {
  let type: DataType
  var canFail: Bool { type == .decimal }

  func run(_ operands: [BoundNode], _ frame: Frame) throws -> Vector {
    var choice = Choice(rowCount: frame.rowCount)
    let lanes = Lanes(count: frame.rowCount, isConstant: false)
    var open = frame.active.allFlags(frame.rowCount)
    for (index, operand) in operands.enumerated() {
      guard open.contains(true) else { break }
      let vector = try operand.evaluate(index == 0 ? frame : frame.restricted(to: open))
      guard let flags = vector.column.validity.flags else {
        if index == 0 { return vector }
        choice.add(vector, open)
        break
      }
      // A constant null settles nothing.
      if vector.isConstant { continue }
      let taken = Loop.zip(Lane(open, false), Lane(flags, false), lanes) { $0 && $1 }
      choice.add(vector, taken)
      open = Loop.zip(Lane(open, false), Lane(flags, false), lanes) { $0 && !$1 }
    }
    return try choice.merged(type)
  }
}

/// `nullif(a, b)`: null where the two are equal, else `a`.
struct NullIfKernel: StrictKernel {
  /// The type that `a` is compared in, where that is not its own.
  let comparedAs: DataType?
  var canFail: Bool { comparedAs == .datetime(zoned: false) }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    let value = inputs[0]
    let compared: Vector =
      if let comparedAs { try Widening(type: comparedAs).apply([value], frame) } else { value }
    let equal = try Comparing(comparison: .equal).apply([compared, inputs[1]], frame)
    if equal.isNullConstant { return value }
    let outcome = Ternary(equal, frame).states
    let lanes = frame.lanes(inputs)
    let column = lanes.isConstant ? value.column : value.expanded(to: lanes.count)
    let valid = column.validity.allFlags(lanes.count)
    let flags = Loop.zip(Lane(valid, false), Lane(outcome, false), lanes) {
      $0 && $1 != Ternary.isTrue
    }
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
      let old = flags(best, lanes)
      let new = flags(next, lanes)
      let both = Loop.zip(Lane(old, false), Lane(new, false), lanes) { $0 && $1 }
      let better = try comparing.compare(next, best, Validity(flags: both), lanes)
      let wins = Loop.rows(lanes.count) { new[$0] && (!old[$0] || better[$0]) }
      var choice = Choice(rowCount: lanes.count)
      choice.add(best, old)
      choice.add(next, wins)
      best = try choice.merged(type)
      best.isConstant = lanes.isConstant
    }
    return best
  }

  private func flags(_ vector: Vector, _ lanes: Lanes) -> [Bool] {
    let validity = vector.column.validity
    if vector.isConstant { return Array(repeating: validity[0], count: lanes.count) }
    return validity.allFlags(lanes.count)
  }
}
