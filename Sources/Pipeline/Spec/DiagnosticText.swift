import Foundation
import StageKit
import Tabular

/// Findings as people and machines read them.
public enum DiagnosticText {
  /// `file:line:col: error: message`, the remedy on a line of its own.
  public static func lines(_ diagnostics: [Diagnostic], _ language: Language) -> String {
    diagnostics.map { diagnostic in
      let place = diagnostic.position
      let head =
        "\(place.file):\(place.line):\(place.column): \(word(diagnostic.severity, language))"
      var text = head + diagnostic.message.text(language) + "\n"
      if let remedy = diagnostic.remedy { text += "    " + remedy.text(language) + "\n" }
      return text
    }.joined()
  }

  private static func word(_ severity: Diagnostic.Severity, _ language: Language) -> String {
    switch severity {
    case .error: Message(en: "error: ", fr: "erreur : ").text(language)
    case .warning: Message(en: "warning: ", fr: "avertissement : ").text(language)
    case .note: Message(en: "note: ", fr: "note : ").text(language)
    }
  }

  private struct Record: Encodable {
    let severity: String
    let code: String
    let file: String
    let line: Int
    let column: Int
    let message: String
    let remedy: String?
  }

  /// A JSON array.
  public static func json(_ diagnostics: [Diagnostic], _ language: Language) throws -> String {
    let records = diagnostics.map {
      Record(
        severity: $0.severity.rawValue, code: $0.code, file: $0.position.file,
        line: $0.position.line, column: $0.position.column, message: $0.message.text(language),
        remedy: $0.remedy?.text(language))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(records), as: UTF8.self) + "\n"
  }
}
