import Tabular

/// What of a text is hidden.
public enum Masking: Sendable {
  /// All but some characters at the ends; all of a text that has no more than those.
  case ends(first: Int, last: Int)
  /// All of the part before `@` but its first character; its length is not shown. Without `@`,
  /// everything.
  case email
  /// All digits but the last two, signs between them kept; all digits when there are fewer than
  /// six.
  case phone

  /// Whether what stays is too short to identify alone.
  public var hidesMost: Bool {
    switch self {
    case .ends(let first, let last): first + last <= 4
    case .email, .phone: true
    }
  }

  /// The text with what is hidden replaced.
  public func masked(_ text: String, with mask: Character = "*") -> String {
    let characters = Array(text)
    switch self {
    case .ends(let first, let last):
      let hidden = characters.count - first - last
      guard hidden > 0 else { return String(repeating: mask, count: characters.count) }
      return String(characters.prefix(first)) + String(repeating: mask, count: hidden)
        + String(characters.suffix(last))
    case .email:
      let three = String(repeating: mask, count: 3)
      guard let at = characters.lastIndex(of: "@"), at > 0 else { return three }
      return String(characters[0]) + three + String(characters[at...])
    case .phone:
      let digits = characters.count(where: \.isNumber)
      var hidden = digits < 6 ? digits : digits - 2
      return String(
        characters.map { character -> Character in
          guard character.isNumber, hidden > 0 else { return character }
          hidden -= 1
          return mask
        })
    }
  }
}
