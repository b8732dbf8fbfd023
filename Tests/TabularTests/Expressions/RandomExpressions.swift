import Tabular

/// A small generator of random numbers with a seed, so that a failure can be seen again.
struct ExpressionDice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func pick<T>(_ items: [T]) -> T { items[Int.random(in: 0..<items.count, using: &self)] }
}

/// Random typed expressions over random batches.
struct RandomExpressions {
  var dice: ExpressionDice

  static let fields: [(name: String, type: DataType, decimals: Int?)] = [
    ("i", .integer, nil), ("j", .integer, nil), ("d", .decimal, nil), ("e", .decimal, nil),
    ("x", .double, nil), ("t", .text, nil), ("u", .text, nil), ("b", .boolean, nil),
    ("day", .date, nil),
  ]

  static let types: [DataType] = [.integer, .decimal, .double, .text, .boolean, .date]

  // MARK: Values

  mutating func value(_ type: DataType) -> Value {
    switch type {
    case .integer:
      .integer(
        dice.pick([
          0, 1, -1, 2, 3, 7, -12, 100, Int64.random(in: -1000...1000, using: &dice),
          Int64.max, Int64.min, Int64.max / 2,
        ]))
    case .decimal:
      .decimal(
        Decimal(
          digits: Int128(Int64.random(in: -99_999...99_999, using: &dice)),
          scale: Int.random(in: 0...dice.pick([2, 4, 9]), using: &dice)))
    case .double: .double(dice.pick([0, 1, -1.5, 0.1, 1e10, 1e-3, 1e300, 123.456]))
    case .boolean: .boolean(dice.chance(50))
    case .date: .date(Int32.random(in: -30_000...30_000, using: &dice))
    case .text, .datetime:
      .text(
        dice.pick(["", "a", "b", "été", "a;b;c", "  x ", "ÉCOLE", "aa", "ß", "日本", "z'q", "%_"]))
    }
  }

  /// A column in one of its forms: nulls with anything under them, dictionaries with entries
  /// that nobody uses, decimals wide or with more digits than they need.
  mutating func column(_ cells: [Value], _ type: DataType) -> Column {
    let filled = cells.map { $0 == .null ? value(type) : $0 }
    let flags = cells.map { $0 != .null }
    guard let plain = Column(filled, type: type) else { return .nulls(type, count: cells.count) }
    var values = plain.values
    switch plain.values {
    case .text(let texts) where dice.chance(60):
      let distinct = (0..<texts.count).map { texts.string($0) } + ["unused", ""]
      let unique = Array(Set(distinct)).sorted()
      let codes = (0..<texts.count).map { row in
        Int32(unique.firstIndex(of: texts.string(row)) ?? 0)
      }
      var pool = TextValues(unique)
      pool.codes = codes
      values = .text(pool)
    case .decimal(var decimals):
      if dice.chance(50) {
        let scale = decimals.scale + Int.random(in: 0...4, using: &dice)
        let factor = Decimal.powersOfTen[scale - decimals.scale]
        decimals = DecimalValues(scale: scale, digits: .wide(decimals.widened.map { $0 * factor }))
        if dice.chance(50) { decimals = decimals.narrowed }
      }
      values = .decimal(decimals)
    default: break
    }
    return Column(values, validity: Validity(flags: flags))
  }

  mutating func rows(_ count: Int) -> [[Value]] {
    let nulls = dice.pick([0, 20, 50])
    return (0..<count).map { _ in
      Self.fields.map { dice.chance(nulls) ? .null : value($0.type) }
    }
  }

  mutating func batch(_ rows: [[Value]]) -> Batch {
    var columns: [Column] = []
    for (index, field) in Self.fields.enumerated() {
      columns.append(column(rows.map { $0[index] }, field.type))
    }
    return Batch(columns: columns, rowCount: rows.count, sequence: 0)
  }

  // MARK: Expressions

  mutating func expression(_ type: DataType, depth: Int) -> SlowExpression {
    if depth == 0 || dice.chance(10) { return leaf(type) }
    switch Int.random(in: 0..<10, using: &dice) {
    case 0 where dice.chance(40):
      let subject = dice.pick(Self.types)
      return .match(
        expression(subject, depth: depth - 1),
        (0...1).map { _ in
          (expression(subject, depth: depth - 1), expression(type, depth: depth - 1))
        }, dice.chance(70) ? expression(type, depth: depth - 1) : nil)
    case 0:
      return .choose(
        (0...Int.random(in: 0...1, using: &dice)).map { _ in
          (expression(.boolean, depth: depth - 1), expression(type, depth: depth - 1))
        }, dice.chance(70) ? expression(type, depth: depth - 1) : nil)
    case 1:
      return .coalesce([expression(type, depth: depth - 1), expression(type, depth: depth - 1)])
    case 2:
      let name = dice.pick(["greatest", "least", "nullif"])
      return .call(name, [expression(type, depth: depth - 1), expression(type, depth: depth - 1)])
    default: return operation(type, depth: depth - 1)
    }
  }

  private mutating func leaf(_ type: DataType) -> SlowExpression {
    let candidates = Self.fields.indices.filter { Self.fields[$0].type == type }
    if dice.chance(70), !candidates.isEmpty {
      let index = dice.pick(candidates)
      return .field(index, Self.fields[index].name)
    }
    return dice.chance(10) ? .null(type) : .literal(value(type))
  }

  private mutating func operation(_ type: DataType, depth: Int) -> SlowExpression {
    switch type {
    case .integer: return integer(depth)
    case .decimal:
      switch Int.random(in: 0..<6, using: &dice) {
      case 0: return .call("abs", [expression(.decimal, depth: depth)])
      case 1: return .negate(expression(.decimal, depth: depth))
      case 2:
        let places = Int64.random(in: 0...8, using: &dice)
        return .call("round", [expression(.decimal, depth: depth), .literal(.integer(places))])
      case 3: return .cast(expression(.integer, depth: depth), .decimal)
      case 4:
        let mixed = dice.pick([DataType.integer, .decimal])
        return .arithmetic(
          "/", expression(mixed, depth: depth), expression(.integer, depth: depth), .decimal)
      default:
        return .arithmetic(
          dice.pick(["+", "-", "*", "/", "%"]), expression(.decimal, depth: depth),
          expression(dice.pick([.integer, .decimal]), depth: depth), .decimal)
      }
    case .double:
      if dice.chance(20) { return .cast(expression(.integer, depth: depth), .double) }
      return .arithmetic(
        dice.pick(["+", "-", "*", "/", "%"]), expression(.double, depth: depth),
        expression(.double, depth: depth), .double)
    case .text, .datetime: return text(depth)
    case .boolean: return condition(depth)
    case .date:
      return .call(
        "add_days", [expression(.date, depth: depth), expression(.integer, depth: depth)])
    }
  }

  private mutating func integer(_ depth: Int) -> SlowExpression {
    switch Int.random(in: 0..<8, using: &dice) {
    case 0: return .call("abs", [expression(.integer, depth: depth)])
    case 1: return .negate(expression(.integer, depth: depth))
    case 2: return .call("length", [expression(.text, depth: depth)])
    case 3:
      return .call(
        dice.pick(["year", "month", "day", "weekday"]), [expression(.date, depth: depth)])
    case 4:
      return .call(
        "days_between", [expression(.date, depth: depth), expression(.date, depth: depth)])
    case 5:
      let x = expression(.decimal, depth: depth)
      return dice.chance(50) ? .cast(x, .integer) : .call("floor", [x])
    default:
      return .arithmetic(
        dice.pick(["+", "-", "*", "%"]), expression(.integer, depth: depth),
        expression(.integer, depth: depth), .integer)
    }
  }

  private mutating func text(_ depth: Int) -> SlowExpression {
    let subject = expression(.text, depth: depth)
    switch Int.random(in: 0..<7, using: &dice) {
    case 0: return .call(dice.pick(["lower", "upper", "trim"]), [subject])
    case 1: return .call("concat", [subject, expression(.text, depth: depth)])
    case 2:
      return .call(
        "replace", [subject, expression(.text, depth: 0), expression(.text, depth: 0)])
    case 3:
      return .call(
        "substr",
        [
          subject, .literal(.integer(Int64.random(in: -3...3, using: &dice))),
          dice.chance(50)
            ? .literal(.integer(Int64.random(in: -1...3, using: &dice)))
            : .call("length", [expression(.text, depth: 0)]),
        ])
    case 4:
      return .call(
        "split_part",
        [
          subject, dice.chance(70) ? .literal(.text(";")) : expression(.text, depth: 0),
          .literal(.integer(dice.pick([1, 2, -1, 3, 0]))),
        ])
    case 5: return .cast(expression(dice.pick([.integer, .boolean, .date]), depth: depth), .text)
    default: return .call("lower", [subject])
    }
  }

  private mutating func condition(_ depth: Int) -> SlowExpression {
    let type = dice.pick(Self.types)
    func numeric(_ type: DataType) -> [DataType] {
      type == .integer || type == .decimal ? [.integer, .decimal] : [type]
    }
    switch Int.random(in: 0..<9, using: &dice) {
    case 0, 1:
      let count = Int.random(in: 2...3, using: &dice)
      let operands = (0..<count).map { _ in expression(.boolean, depth: depth) }
      return dice.chance(50) ? .and(operands) : .or(operands)
    case 2: return .not(expression(.boolean, depth: depth))
    case 3: return .isNull(expression(type, depth: depth), dice.chance(50))
    case 4:
      return .between(
        expression(type, depth: depth), expression(type, depth: 0), expression(type, depth: 0))
    case 5:
      let isConstant = dice.chance(50)
      return .isIn(
        expression(type, depth: depth),
        (0..<3).map { _ in
          isConstant
            ? dice.chance(10) ? .null(type) : .literal(value(type)) : expression(type, depth: 0)
        })
    case 6:
      if dice.chance(50) {
        return .like(
          expression(.text, depth: depth), dice.pick(["%", "a%", "%é", "_", "%;%", "a_%", "é%é"]))
      }
      return .call("starts_with", [expression(.text, depth: depth), expression(.text, depth: 0)])
    default:
      let operation = dice.pick([
        "=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from",
      ])
      return .compare(
        operation, expression(type, depth: depth),
        expression(dice.pick(numeric(type)), depth: depth))
    }
  }
}
