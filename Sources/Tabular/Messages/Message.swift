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
}
