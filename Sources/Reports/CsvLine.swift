import Tabular

/// A line of CSV by RFC 4180, for small files of our own texts.
public enum CsvLine {
  /// - Parameter shape: whose delimiter counts, and whether formulas are disarmed.
  public static func text(_ cells: [String], _ shape: TextShape = .opendata) -> String {
    let delimiter = Unicode.Scalar(shape.delimiter)
    return cells.map { cell($0, delimiter, shape.guardsFormulas) }
      .joined(separator: String(delimiter)) + "\r\n"
  }

  private static func cell(
    _ text: String, _ delimiter: Unicode.Scalar, _ guardsFormulas: Bool
  ) -> String {
    let bytes = Array(text.utf8)
    let isFormula = guardsFormulas && FormulaGuard.isFormula(bytes.span)
    // A CR LF is one character and would hide both.
    let signs: [Unicode.Scalar] = [delimiter, "\"", "\r", "\n"]
    let needsQuotes = isFormula || text.unicodeScalars.contains { signs.contains($0) }
    guard needsQuotes else { return text }
    return "\"" + (isFormula ? "'" : "") + text.replacing("\"", with: "\"\"") + "\""
  }
}
