import Tabular

/// Expressions evaluated row by row in the most obvious way: the oracle for the kernels.
indirect enum SlowExpression {
  case field(Int, String)
  case literal(Value)
  case null(DataType)
  case arithmetic(String, SlowExpression, SlowExpression, DataType)
  case negate(SlowExpression)
  case compare(String, SlowExpression, SlowExpression)
  case and([SlowExpression])
  case or([SlowExpression])
  case not(SlowExpression)
  case isNull(SlowExpression, Bool)
  case between(SlowExpression, SlowExpression, SlowExpression)
  case isIn(SlowExpression, [SlowExpression])
  case choose([(SlowExpression, SlowExpression)], SlowExpression?)
  /// `case` with a subject.
  case match(SlowExpression, [(SlowExpression, SlowExpression)], SlowExpression?)
  case coalesce([SlowExpression])
  case call(String, [SlowExpression])
  case cast(SlowExpression, DataType)
  case like(SlowExpression, String)

  /// What a row gives.
  enum Outcome: Error {
    /// An error that the engine must also report.
    case failed
    /// Beyond what the oracle follows.
    case unsure
  }

  var text: String {
    switch self {
    case .field(_, let name): name
    case .literal(let value): SlowExpression.literal(value)
    case .null(let type): "cast(null as \(type.name))"
    case .arithmetic(let operation, let a, let b, _): "(\(a.text) \(operation) \(b.text))"
    case .negate(let a): "(- (\(a.text)))"
    case .compare(let operation, let a, let b): "(\(a.text) \(operation) \(b.text))"
    case .and(let all): "(" + all.map(\.text).joined(separator: " and ") + ")"
    case .or(let all): "(" + all.map(\.text).joined(separator: " or ") + ")"
    case .not(let a): "(not \(a.text))"
    case .isNull(let a, let negated): "(\(a.text) is \(negated ? "not " : "")null)"
    case .between(let a, let low, let high): "(\(a.text) between \(low.text) and \(high.text))"
    case .isIn(let a, let items):
      "(\(a.text) in (" + items.map(\.text).joined(separator: ", ") + "))"
    case .choose(let whens, let otherwise):
      "case " + whens.map { "when \($0.text) then \($1.text)" }.joined(separator: " ")
        + (otherwise.map { " else \($0.text)" } ?? "") + " end"
    case .match(let subject, let whens, let otherwise):
      "case \(subject.text) "
        + whens.map { "when \($0.text) then \($1.text)" }.joined(separator: " ")
        + (otherwise.map { " else \($0.text)" } ?? "") + " end"
    case .coalesce(let all): "coalesce(" + all.map(\.text).joined(separator: ", ") + ")"
    case .call(let name, let arguments):
      "\(name)(" + arguments.map(\.text).joined(separator: ", ") + ")"
    case .cast(let a, let type): "cast(\(a.text) as \(type.name))"
    case .like(let a, let pattern): "(\(a.text) like '\(pattern)')"
    }
  }

  static func literal(_ value: Value) -> String {
    switch value {
    case .null: "null"
    case .text(let text):
      "'"
        + text.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''") + "'"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .decimal(let value): decimal(value)
    case .double(let value): "cast('\(value)' as double)"
    case .date(let days): "date '\(iso(days))'"
    case .datetime: "null"
    }
  }

  /// Always with a point.
  static func decimal(_ value: Decimal) -> String {
    var digits = String(value.digits.magnitude)
    while digits.count <= value.scale { digits = "0" + digits }
    digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -value.scale))
    return (value.digits < 0 ? "-" : "") + digits
  }

  static func iso(_ days: Int32) -> String {
    let date = CivilDate(daysSinceEpoch: Int(days))
    func padded(_ value: Int, _ width: Int) -> String {
      String(repeating: "0", count: width - "\(value)".count) + "\(value)"
    }
    return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
  }
}

extension SlowExpression {
  func evaluate(_ row: [Value]) throws(Outcome) -> Value {
    switch self {
    case .field(let index, _): return row[index]
    case .literal(let value): return value
    case .null: return .null
    case .arithmetic(let operation, let a, let b, let type):
      let (x, y) = (try a.evaluate(row), try b.evaluate(row))
      if x == .null || y == .null { return .null }
      return try SlowExpression.arithmetic(operation, x, y, type)
    case .negate(let a):
      let x = try a.evaluate(row)
      if x == .null { return .null }
      return try SlowExpression.arithmetic("-", .integer(0), x, x.type ?? .integer)
    case .compare(let operation, let a, let b):
      let (x, y) = (try a.evaluate(row), try b.evaluate(row))
      return try SlowExpression.compare(operation, x, y)
    case .and(let all): return try SlowExpression.connect(all, false, row)
    case .or(let all): return try SlowExpression.connect(all, true, row)
    case .not(let a):
      guard case .boolean(let value) = try a.evaluate(row) else { return .null }
      return .boolean(!value)
    case .isNull(let a, let negated): return .boolean((try a.evaluate(row) == .null) != negated)
    case .between(let a, let low, let high):
      let (x, y, z) = (try a.evaluate(row), try low.evaluate(row), try high.evaluate(row))
      let above = try SlowExpression.compare(">=", x, y)
      let below = try SlowExpression.compare("<=", x, z)
      return try SlowExpression.connect([.literal(above), .literal(below)], false, row)
    case .isIn(let a, let items):
      return try SlowExpression.connect(items.map { .compare("=", a, $0) }, true, row)
    case .choose(let whens, let otherwise):
      for (condition, result) in whens where try condition.evaluate(row) == .boolean(true) {
        return try result.evaluate(row)
      }
      return try otherwise?.evaluate(row) ?? .null
    case .match(let subject, let whens, let otherwise):
      let value = try subject.evaluate(row)
      for (other, result) in whens {
        let isEqual = try SlowExpression.compare("=", value, try other.evaluate(row))
        if isEqual == .boolean(true) { return try result.evaluate(row) }
      }
      return try otherwise?.evaluate(row) ?? .null
    case .coalesce(let all):
      for expression in all {
        let value = try expression.evaluate(row)
        if value != .null { return value }
      }
      return .null
    case .call(let name, let arguments):
      var values: [Value] = []
      for argument in arguments { values.append(try argument.evaluate(row)) }
      return try SlowExpression.call(name, values)
    case .cast(let a, let type): return try SlowExpression.cast(try a.evaluate(row), type)
    case .like(let a, let pattern):
      guard case .text(let text) = try a.evaluate(row) else { return .null }
      return .boolean(
        SlowExpression.like(Array(text.unicodeScalars)[...], Array(pattern.unicodeScalars)[...]))
    }
  }

  /// `and` (decisive: false) and `or` (decisive: true), from left to right.
  private static func connect(
    _ all: [SlowExpression], _ decisive: Bool, _ row: [Value]
  ) throws(Outcome) -> Value {
    var isUnknown = false
    for expression in all {
      let value = try expression.evaluate(row)
      if value == .boolean(decisive) { return value }
      if value == .null { isUnknown = true }
    }
    return isUnknown ? .null : .boolean(!decisive)
  }

  private static func arithmetic(
    _ operation: String, _ x: Value, _ y: Value, _ type: DataType
  ) throws(Outcome) -> Value {
    if type == .double {
      guard let a = x.asDouble, let b = y.asDouble else { throw .unsure }
      if b == 0, operation == "/" || operation == "%" { throw .failed }
      let result =
        switch operation {
        case "+": a + b
        case "-": a - b
        case "*": a * b
        case "/": a / b
        default: a.truncatingRemainder(dividingBy: b)
        }
      guard result.isFinite else { throw .failed }
      return .double(result == 0 ? 0 : result)
    }
    guard let a = SlowDecimal(x), let b = SlowDecimal(y) else { throw .unsure }
    guard let result = SlowDecimal.compute(operation, a, b) else { throw .failed }
    if type == .integer {
      guard let digits = result.digits.small, let small = Int64(exactly: digits) else {
        throw .failed
      }
      return .integer(small)
    }
    guard let value = result.value else { throw .unsure }
    return value
  }

  static func less(_ x: Value, _ y: Value) throws(Outcome) -> Bool {
    switch (x, y) {
    case (.text(let a), .text(let b)): return a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.boolean(let a), .boolean(let b)): return !a && b
    case (.date(let a), .date(let b)): return a < b
    case (.double(let a), _):
      guard let b = y.asDouble else { throw .unsure }
      return a < b
    case (_, .double(let b)):
      guard let a = x.asDouble else { throw .unsure }
      return a < b
    default:
      guard let a = SlowDecimal(x), let b = SlowDecimal(y) else { throw .unsure }
      return a < b
    }
  }

  private static func compare(
    _ operation: String, _ x: Value, _ y: Value
  ) throws(Outcome) -> Value {
    if operation.hasPrefix("is") {
      let isSame: Bool
      if x == .null || y == .null {
        isSame = x == y
      } else {
        let (below, above) = (try less(x, y), try less(y, x))
        isSame = !below && !above
      }
      return .boolean(isSame == operation.contains("not"))
    }
    if x == .null || y == .null { return .null }
    let (below, above) = (try less(x, y), try less(y, x))
    switch operation {
    case "=": return .boolean(!below && !above)
    case "<>": return .boolean(below || above)
    case "<": return .boolean(below)
    case "<=": return .boolean(!above)
    case ">": return .boolean(above)
    default: return .boolean(!below)
    }
  }

  private static func like(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "%" {
      return like(text, pattern.dropFirst()) || (!text.isEmpty && like(text.dropFirst(), pattern))
    }
    guard let character = text.first, first == "_" || first == character else { return false }
    return like(text.dropFirst(), pattern.dropFirst())
  }

  private static func cast(_ value: Value, _ type: DataType) throws(Outcome) -> Value {
    switch (value, type) {
    case (.null, _): return .null
    case (.integer(let x), .text): return .text("\(x)")
    case (.boolean(let x), .text): return .text("\(x)")
    case (.date(let x), .text): return .text(iso(x))
    case (.integer, .decimal):
      guard let decimal = value.asDecimal else { throw .unsure }
      return .decimal(decimal)
    case (.integer(let x), .double): return .double(Double(x))
    case (.decimal(let x), .integer):
      let whole = SlowInteger(x.digits).dividing(by: SlowInteger.power(x.scale)).quotient
      guard let small = whole.small, let result = Int64(exactly: small) else { throw .failed }
      return .integer(result)
    default: throw .unsure
    }
  }
}
