/// A text for people, in every language the product speaks: both are always given, next to each
/// other, so neither can lack or drift.
public struct Message: Sendable, Hashable {
  public let en: String
  public let fr: String

  public init(en: String, fr: String) {
    self.en = en
    self.fr = fr
  }

  /// The text in a language.
  public func text(_ language: Language) -> String {
    switch language {
    case .en: en
    case .fr: fr
    }
  }
}

/// The languages of messages and reports.
public enum Language: String, Sendable, CaseIterable {
  case en
  case fr

  /// A number with its thousands set apart.
  public func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    let sign = number < 0 ? "\u{2212}" : ""
    var left = digits.utf8.count
    guard left > 3 else { return sign + digits }
    var text = sign
    for digit in digits.unicodeScalars {
      text.unicodeScalars.append(digit)
      left -= 1
      if left > 0, left.isMultiple(of: 3) { text += self == .fr ? "\u{202f}" : "," }
    }
    return text
  }
}
