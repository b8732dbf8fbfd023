import Tabular

/// How option types look in YAML, in words and as a check of scalars.
package enum OptionShape {
  static let record = Message(en: "a mapping of keys", fr: "un ensemble de clés")

  /// Whether a node could be of this type at all: mapping, list or scalar.
  static func sameKind(_ node: SpecNode, _ type: OptionType) -> Bool {
    switch (node.content, type) {
    case (_, .stage): true
    case (.mapping, .map), (.mapping, .record): true
    case (.sequence, .list), (.sequence, .fields): true
    case (.mapping, _), (.sequence, _): false
    case (.scalar, .map), (.scalar, .record), (.scalar, .list): false
    case (.scalar, _): true
    }
  }

  static func scalarFits(_ node: SpecNode, _ type: OptionType) -> Bool {
    switch type {
    case .expression, .measure, .field, .fields, .table, .text, .file: node.text != nil
    case .name: node.text.map(isName) ?? false
    case .boolean: node.boolean != nil
    case .integer(let range): node.integer.map(range.contains) ?? false
    case .number(let range): node.number.map(range.contains) ?? false
    case .limit: RowLimit(node) != nil
    case .choice(let choices): node.text.map(choices.contains) ?? false
    case .literal: if case .scalar = node.content { true } else { false }
    case .stage: true
    case .list, .map, .record, .either: false
    }
  }

  /// Letters (of any script), digits and `_`, not beginning with a digit.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return text.unicodeScalars.allSatisfy {
      $0 == "_" || ("0"..."9").contains($0) || $0.properties.isAlphabetic
    }
  }

  /// The type in words.
  package static func description(_ type: OptionType) -> Message {
    switch type {
    case .expression: Message(en: "an expression", fr: "une expression")
    case .measure: Message(en: "an expression over aggregates", fr: "une expression d’agrégats")
    case .field: Message(en: "a field's name", fr: "le nom d’un champ")
    case .fields:
      Message(en: "a field's name or a list of them", fr: "le nom d’un champ ou une liste de noms")
    case .name:
      Message(
        en: "a name (letters, digits and _, no digit first)",
        fr: "un nom (lettres, chiffres et _, sans chiffre au début)")
    case .table: Message(en: "a step's or source's name", fr: "le nom d’une étape ou d’une source")
    case .text: Message(en: "text", fr: "un texte")
    case .boolean: Message(en: "true or false", fr: "true ou false")
    case .integer(let range):
      Message(
        en: "a whole number from \(bound(range.lowerBound)) to \(bound(range.upperBound))",
        fr: "un nombre entier de \(bound(range.lowerBound)) à \(bound(range.upperBound))")
    case .number(let range):
      Message(
        en: "a number from \(range.lowerBound) to \(range.upperBound)",
        fr: "un nombre de \(range.lowerBound) à \(range.upperBound)")
    case .limit:
      Message(en: "a share such as 1% or a count such as 20", fr: "une part (1%) ou un compte (20)")
    case .choice(let choices):
      Message(
        en: "one of " + choices.joined(separator: ", "),
        fr: "parmi " + choices.joined(separator: ", "))
    case .literal: Message(en: "a single value", fr: "une valeur simple")
    case .stage: Message(en: "a stage with its options", fr: "une opération et ses options")
    case .file: Message(en: "a file's path", fr: "le chemin d’un fichier")
    case .list(let element):
      Message(
        en: "a list, each \(description(element).en)",
        fr: "une liste, chacun \(description(element).fr)")
    case .map(let keys, let value):
      Message(
        en: "a mapping from \(keys) to \(description(value).en)",
        fr: "un ensemble « \(keys) : \(description(value).fr) »")
    case .record: record
    case .either(let alternatives):
      Message(
        en: alternatives.map { description($0).en }.joined(separator: ", or "),
        fr: alternatives.map { description($0).fr }.joined(separator: ", ou "))
    }
  }

  private static func bound(_ value: Int) -> String {
    value == Int.max ? "∞" : value == Int.min ? "−∞" : String(value)
  }

  /// An unquoted comma inside braces splits an expression; YAML then sees keys without values.
  static func remedy(for node: SpecNode) -> Message? {
    guard let entries = node.entries, entries.contains(where: { $0.value.isNull }) else {
      return nil
    }
    return splitText
  }

  static let splitText = Message(
    en: "an unquoted comma or colon inside braces splits the text: quote the expression",
    fr: "une virgule ou un deux-points sans guillemets entre accolades coupe le texte : "
      + "mettez l’expression entre guillemets")
}

/// `1%`, `0.01` or `20`: a share of the rows or a count.
public enum RowLimit: Sendable, Hashable {
  /// Parts per million, so that the comparison stays in integers.
  case share(perMillion: Int)
  case count(Int)

  public init?(_ node: SpecNode) {
    guard var text = node.text else { return nil }
    if let count = Int(text) {
      guard count >= 0 else { return nil }
      self = .count(count)
      return
    }
    var scale = 1_000_000.0
    if text.hasSuffix("%") {
      text.removeLast()
      while text.hasSuffix(" ") || text.hasSuffix("\u{a0}") { text.removeLast() }
      scale = 10_000
    }
    guard let share = Double(text), share.isFinite, share >= 0, share * scale <= 1_000_000
    else { return nil }
    self = .share(perMillion: Int((share * scale).rounded()))
  }

  /// Whether `part` of `whole` rows stays within the limit.
  public func allows(_ part: Int, of whole: Int) -> Bool {
    switch self {
    case .count(let most): part <= most
    case .share(let perMillion):
      Int128(part) * 1_000_000 <= Int128(whole) * Int128(perMillion)
    }
  }
}
