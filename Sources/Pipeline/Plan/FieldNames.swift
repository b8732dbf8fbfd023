import Tabular

/// What fields are called whose author says nothing.
enum FieldNames {
  /// `delai_median` as `Delai median`.
  static func title(of name: String) -> Message {
    var words = name.split(separator: "_").map(String.init)
    if words.count > 1, unit(of: name) != nil { words.removeLast() }
    let text = words.joined(separator: " ")
    let title = text.prefix(1).uppercased() + text.dropFirst()
    return Message(en: title, fr: title)
  }

  /// Per cent, where the name says so.
  static func unit(of name: String) -> String? {
    ["_pct", "_percent", "_pourcent"].contains { name.hasSuffix($0) } ? "%" : nil
  }
}
