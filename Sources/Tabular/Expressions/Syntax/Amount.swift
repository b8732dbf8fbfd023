/// Numbers or days whose sum tells a size, and never for how many something holds: as a source had
/// them, or made evenly of such. `a·x + b` over whole numbers can only single values out by being
/// rounded, so whatever is not known to be exact is no amount.
public struct Amount: Sendable, Hashable {
  /// Digits after the point that values have, at most; nil for doubles, of which every operation
  /// rounds.
  public var digits: Int?
  /// Whether values are as a source had them.
  public var isAsRead: Bool
  /// Whether a constant is added to each: a sum then tells of how many it is, too.
  public var isShifted: Bool

  public init(digits: Int?, isAsRead: Bool = true, isShifted: Bool = false) {
    (self.digits, self.isAsRead, self.isShifted) = (digits, isAsRead, isShifted)
  }

  /// That of values that may be any of several; nil where one is none.
  public static func ofEither(_ all: [Amount?]) -> Amount? {
    let amounts = all.compactMap { $0 }
    guard amounts.count == all.count, let first = amounts.first else { return nil }
    return amounts.dropFirst().reduce(first) { one, other in
      let digits = one.digits.flatMap { own in other.digits.map { max(own, $0) } }
      return Amount(
        digits: digits, isAsRead: one.isAsRead && other.isAsRead,
        isShifted: one.isShifted || other.isShifted)
    }
  }

  /// What a field is to the amounts that are made of it.
  public enum Part: Sendable, Hashable {
    case amount(Amount)
    /// It may be told row by row, so that nothing made of it alone counts: a weight, a rate. Has
    /// digits as an amount has.
    case told(digits: Int?)
  }
}

/// Which results of an expression are amounts.
extension SyntaxTree {
  /// The amount that the result is: it grows and shrinks evenly with the amounts that it reads. A
  /// comparison, a `case`, a rest, a power, a rounding or an absolute value
  /// (`abs(x - 64) - abs(x - 65)`) may make of them 1 for those for whom something holds, and 0 for
  /// the others, whose sum is their number. So may a product of an amount with itself, and all that
  /// has to be rounded to the digits that decimals have, or to those of a double.
  /// - Parameters:
  ///   - part: what a field is; nil where nothing is known of it.
  ///   - areApart: whether two sets of fields are made of different ones.
  ///   - type: of the result.
  /// - Returns: nil for what is no amount, or reads none.
  public func amount(
    giving type: DataType, of part: @escaping (String) -> Amount.Part?,
    areApart: @escaping (Set<String>, Set<String>) -> Bool
  ) -> Amount? {
    let reading = AmountReading(part: part, areApart: areApart)
    guard case .amount(let amount) = reading.part(of: root) else { return nil }
    // Where a parameter is a double, everything computed with it is.
    return type == .double && amount.digits != nil ? nil : amount
  }
}

private struct AmountReading {
  let part: (String) -> Amount.Part?
  let areApart: (Set<String>, Set<String>) -> Bool

  /// Digits after the point that a quotient has at least.
  private static let quotientDigits = 6

  func part(of node: SyntaxNode) -> Amount.Part? {
    if let digits = told(node) { return .told(digits: digits) }
    switch node.kind {
    case .field(let name): return part(name)
    case .negate(let inner): return changed(inner) { $0 }
    case .arithmetic(let operation, let left, let right):
      switch operation {
      case .add, .subtract: return sum(left, right)
      case .multiply: return product(left, right)
      case .divide: return quotient(left, right)
      case .remainder: return nil
      }
    case .cast(let inner, let name, isTry: false): return cast(inner, to: name)
    case .call(let call): return days(call)
    default: return nil
    }
  }

  /// Digits of what may be told row by row: nil within for doubles, nil for what may not be told.
  private func told(_ node: SyntaxNode) -> Int?? {
    var isDouble = false
    var isTold = true
    node.walk { node in
      switch node.kind {
      case .field(let name):
        guard case .told(let digits) = part(name) else { return isTold = false }
        if digits == nil { isDouble = true }
      case .literal(.double): isDouble = true
      case .cast(_, let name, _) where name.type == .double: isDouble = true
      default: break
      }
    }
    guard isTold else { return nil }
    if isDouble { return .some(nil) }
    switch node.kind {
    case .literal(.integer): return 0
    case .literal(.decimal(let value)): return value.trimmed.scale
    case .negate(let inner): return told(inner)
    case .field(let name):
      if case .told(let digits) = part(name) { return digits }
      return DecimalValues.maximumScale
    default: return DecimalValues.maximumScale
    }
  }

  private func changed(_ node: SyntaxNode, _ change: (Amount) -> Amount?) -> Amount.Part? {
    guard case .amount(var amount) = part(of: node) else { return nil }
    amount.isAsRead = false
    return change(amount).map { .amount($0) }
  }

  private func sum(_ left: SyntaxNode, _ right: SyntaxNode) -> Amount.Part? {
    switch (part(of: left), part(of: right)) {
    case (.amount(let x), .amount(let y)):
      guard let a = x.digits, let b = y.digits else { return nil }
      return .amount(
        Amount(digits: max(a, b), isAsRead: false, isShifted: x.isShifted || y.isShifted))
    case (.amount(let x), .told(let told)), (.told(let told), .amount(let x)):
      guard let a = x.digits, let b = told else { return nil }
      return .amount(Amount(digits: max(a, b), isAsRead: false, isShifted: true))
    default: return nil
    }
  }

  private func product(_ left: SyntaxNode, _ right: SyntaxNode) -> Amount.Part? {
    let digits: Int
    let isShifted: Bool
    switch (part(of: left), part(of: right)) {
    case (.amount(let x), .amount(let y)):
      // Of one amount, factors make any function of it: `(x - 1) * (x - 2) / 2` of 1, 2 and 3.
      guard let a = x.digits, let b = y.digits, areApart(fields(left), fields(right)) else {
        return nil
      }
      (digits, isShifted) = (a + b, x.isShifted && y.isShifted)
    case (.amount(let x), .told(let told)), (.told(let told), .amount(let x)):
      guard let a = x.digits, let b = told else { return nil }
      (digits, isShifted) = (a + b, x.isShifted)
    default: return nil
    }
    guard digits <= DecimalValues.maximumScale else { return nil }
    return .amount(Amount(digits: digits, isAsRead: false, isShifted: isShifted))
  }

  /// Divided by a constant, where no digit is lost.
  private func quotient(_ left: SyntaxNode, _ right: SyntaxNode) -> Amount.Part? {
    guard let more = AmountReading.digitsMore(dividingBy: right) else { return nil }
    return changed(left) { amount in
      guard let digits = amount.digits, digits + more <= AmountReading.quotientDigits else {
        return nil
      }
      return Amount(digits: digits + more, isAsRead: false, isShifted: amount.isShifted)
    }
  }

  /// How many digits more a quotient has than what is divided; nil where it may have no end.
  private static func digitsMore(dividingBy node: SyntaxNode) -> Int? {
    let divisor: Decimal
    switch node.kind {
    case .literal(.integer(let value)): divisor = Decimal(digits: Int128(value), scale: 0)
    case .literal(.decimal(let value)): divisor = value.trimmed
    case .negate(let inner): return digitsMore(dividingBy: inner)
    default: return nil
    }
    guard divisor.digits != 0 else { return nil }
    return (0...quotientDigits).first { Decimal.powersOfTen[$0] % divisor.digits == 0 }
  }

  private func cast(_ inner: SyntaxNode, to name: SyntaxNode.TypeName) -> Amount.Part? {
    guard case .amount(let amount) = part(of: inner), name.scale == nil,
      SyntaxTree(root: inner, text: "").parameterNames.isEmpty
    else { return nil }
    switch name.type {
    case .decimal where amount.digits != nil: return .amount(amount)
    case .integer where amount.digits == 0: return .amount(amount)
    // Past 2^53 doubles round.
    case .double where amount.isAsRead:
      return .amount(Amount(digits: nil, isShifted: amount.isShifted))
    // The day of a time.
    case .date where amount.isAsRead: return .amount(amount)
    default: return nil
    }
  }

  /// Functions of days that only count them.
  private func days(_ call: SyntaxNode.Call) -> Amount.Part? {
    switch (call.name, call.arguments.count) {
    case ("days_between", 2): return apart(call.arguments[0], call.arguments[1])
    case ("add_days", 2):
      return told(call.arguments[1]) == nil ? nil : apart(call.arguments[0], call.arguments[1])
    case ("year", 1):
      guard case .amount(let amount) = part(of: call.arguments[0]), amount.isAsRead else {
        return nil
      }
      return .amount(amount)
    default: return nil
    }
  }

  private func apart(_ left: SyntaxNode, _ right: SyntaxNode) -> Amount.Part? {
    guard case .amount(var amount) = sum(left, right) else { return nil }
    amount.digits = 0
    return .amount(amount)
  }

  private func fields(_ node: SyntaxNode) -> Set<String> {
    Set(SyntaxTree(root: node, text: "").fieldNames)
  }
}
