/// Writes a tree in its canonical form: see `SyntaxTree.canonical`.
enum CanonicalWriter {
  static func text(_ node: SyntaxNode) -> String {
    var out = ""
    write(node, above: Parser.Binding.lowest, to: &out)
    return out
  }

  /// A field's name, in double quotes where it needs them.
  static func name(_ name: String) -> String {
    let word = name.lowercased()
    // `count(distinct x)` would take the name for its own word.
    var isPlain = !name.isEmpty && !Keywords.reserved.contains(word) && word != "distinct"
    for (index, scalar) in name.unicodeScalars.enumerated() {
      let fits =
        scalar == "_"
        || (index == 0 ? scalar.properties.isXIDStart : scalar.properties.isXIDContinue)
      isPlain = isPlain && fits
    }
    return isPlain ? name : quoted(name, "\"")
  }

  private static func quoted(_ text: String, _ quote: Character) -> String {
    var out = String(quote)
    for character in text.unicodeScalars {
      out.unicodeScalars.append(character)
      if Character(character) == quote { out.append(quote) }
    }
    out.append(quote)
    return out
  }

  /// How tightly a node binds: what binds less than its place asks for is put in parentheses.
  private static func binding(_ node: SyntaxNode) -> Int {
    switch node.kind {
    case .or: Parser.Binding.or
    case .and: Parser.Binding.and
    case .not: Parser.Binding.not
    case .isNull, .compare(.distinct, _, _), .compare(.notDistinct, _, _): Parser.Binding.isTest
    case .compare: Parser.Binding.comparison
    case .isIn, .between, .like: Parser.Binding.membership
    case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _), .concatenate:
      Parser.Binding.sum
    case .arithmetic: Parser.Binding.product
    case .negate: Parser.Binding.sign
    case .literal(let value): isNegative(value) ? Parser.Binding.sign : Int.max
    case .field, .parameter, .cast, .choose, .call: Int.max
    }
  }

  private static func isNegative(_ value: Value) -> Bool {
    switch value {
    case .integer(let value): value < 0
    case .decimal(let value): value.digits < 0
    case .double(let value): value.sign == .minus
    case .null, .text, .boolean, .date, .datetime: false
    }
  }

  private static func write(_ node: SyntaxNode, above: Int, to out: inout String) {
    let needsParentheses = binding(node) <= above
    if needsParentheses { out += "(" }
    writeBare(node, to: &out)
    if needsParentheses { out += ")" }
  }

  private static func writeBare(_ node: SyntaxNode, to out: inout String) {
    let level = binding(node)
    switch node.kind {
    case .literal(let value): out += literal(value)
    case .field(let name): out += self.name(name)
    case .parameter(let name): out += ":" + name
    case .negate(let operand):
      // A sign before a number would become part of it.
      let isNumber = if case .literal = operand.kind { true } else { false }
      out += "-"
      write(operand, above: isNumber ? Int.max : level, to: &out)
    case .not(let operand):
      out += "not "
      write(operand, above: level - 1, to: &out)
    case .arithmetic(let operation, let left, let right):
      infix(left, " \(operation.rawValue) ", right, level, to: &out)
    case .concatenate(let left, let right): infix(left, " || ", right, level, to: &out)
    case .compare(let comparison, let left, let right):
      let isTest = comparison == .distinct || comparison == .notDistinct
      write(left, above: isTest ? level - 1 : level, to: &out)
      out += " \(comparison.rawValue) "
      write(right, above: isTest ? Parser.Binding.comparison : level, to: &out)
    case .and(let operands): chain(operands, " and ", level, to: &out)
    case .or(let operands): chain(operands, " or ", level, to: &out)
    case .isNull(let operand, let negated):
      write(operand, above: level - 1, to: &out)
      out += negated ? " is not null" : " is null"
    case .isIn(let subject, let items, let negated):
      write(subject, above: level - 1, to: &out)
      out += negated ? " not in (" : " in ("
      list(items, to: &out)
      out += ")"
    case .between(let subject, let low, let high, let negated):
      write(subject, above: level - 1, to: &out)
      out += negated ? " not between " : " between "
      infix(low, " and ", high, level + 1, to: &out)
    case .like(let like): self.like(like, level, to: &out)
    case .cast(let operand, let type, let isTry):
      out += isTry ? "try_cast(" : "cast("
      write(operand, above: Parser.Binding.lowest, to: &out)
      out += " as \(self.type(type)))"
    case .choose(let operand, let whens, let otherwise):
      choose(operand, whens, otherwise, to: &out)
    case .call(let call): self.call(call, to: &out)
    }
  }

  private static func infix(
    _ left: SyntaxNode, _ word: String, _ right: SyntaxNode, _ level: Int, to out: inout String
  ) {
    write(left, above: level - 1, to: &out)
    out += word
    write(right, above: level, to: &out)
  }

  private static func chain(
    _ operands: [SyntaxNode], _ word: String, _ level: Int, to out: inout String
  ) {
    for (index, operand) in operands.enumerated() {
      if index > 0 { out += word }
      write(operand, above: level, to: &out)
    }
  }

  private static func list(_ items: [SyntaxNode], to out: inout String) {
    for (index, item) in items.enumerated() {
      if index > 0 { out += ", " }
      write(item, above: Parser.Binding.lowest, to: &out)
    }
  }

  private static func like(_ like: SyntaxNode.Like, _ level: Int, to out: inout String) {
    write(like.subject, above: level - 1, to: &out)
    out += (like.negated ? " not" : "") + (like.ignoresCase ? " ilike " : " like ")
    write(like.pattern, above: level, to: &out)
    if let escape = like.escape {
      out += " escape "
      write(escape, above: level, to: &out)
    }
  }

  private static func choose(
    _ operand: SyntaxNode?, _ whens: [SyntaxNode.When], _ otherwise: SyntaxNode?,
    to out: inout String
  ) {
    out += "case"
    if let operand {
      out += " "
      write(operand, above: Parser.Binding.lowest, to: &out)
    }
    for when in whens {
      out += " when "
      write(when.condition, above: Parser.Binding.lowest, to: &out)
      out += " then "
      write(when.result, above: Parser.Binding.lowest, to: &out)
    }
    if let otherwise {
      out += " else "
      write(otherwise, above: Parser.Binding.lowest, to: &out)
    }
    out += " end"
  }

  private static func call(_ call: SyntaxNode.Call, to out: inout String) {
    out += call.name + (call.isDistinct ? "(distinct " : "(")
    if call.isStar { out += "*" }
    list(call.arguments, to: &out)
    out += ")"
    if let filter = call.filter {
      out += " filter (where "
      write(filter, above: Parser.Binding.lowest, to: &out)
      out += ")"
    }
  }

  static func type(_ name: SyntaxNode.TypeName) -> String {
    guard let precision = name.precision else { return name.type.name }
    return "decimal(\(precision), \(name.scale ?? 0))"
  }

  static func literal(_ value: Value) -> String {
    var bytes: [UInt8] = []
    switch value {
    case .null: return "null"
    case .text(let text): return quoted(text, "'")
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .decimal(let value):
      NumberText.append(value, to: &bytes)
      // A decimal without digits after the point keeps a point, so that it stays a decimal.
      if value.scale == 0 { bytes.append(UInt8(ascii: ".")) }
    case .double(let value):
      let text = String(value).lowercased()
      return text.contains("e") ? text : text + "e0"
    case .date(let days):
      IsoText.append(date: days, to: &bytes)
      return "date '" + String(decoding: bytes, as: UTF8.self) + "'"
    case .datetime(let micros, let zoned):
      IsoText.append(datetime: micros, zoned: zoned, to: &bytes)
      return "timestamp '" + String(decoding: bytes, as: UTF8.self) + "'"
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
