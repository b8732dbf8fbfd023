/// Pieces of expressions that stages write themselves.
public enum ExpressionText {
  /// A field's name, quoted whatever it holds.
  public static func field(_ name: String) -> String { quoted(name, by: "\"") }

  /// A text literal.
  public static func literal(_ text: String) -> String { quoted(text, by: "'") }

  private static func quoted(_ text: String, by mark: Unicode.Scalar) -> String {
    var out = String.UnicodeScalarView([mark])
    // Scalars and not characters: a quote with an accent is a quote still.
    for scalar in text.unicodeScalars {
      out.append(scalar)
      if scalar == mark { out.append(mark) }
    }
    out.append(mark)
    return String(out)
  }
}
