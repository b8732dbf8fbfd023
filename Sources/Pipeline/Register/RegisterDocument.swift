import Reports
import StageKit
import Tabular

/// How a register is written.
public enum RegisterFormat: String, Sendable, CaseIterable {
  case html
  case markdown
  case csv
  case json

  /// The one that a file's name asks for; nil for another ending.
  public init?(ofPath path: String) {
    switch path.lowercased().split(separator: ".").last.map(String.init) {
    case "html", "htm": self = .html
    case "md", "markdown": self = .markdown
    case "csv": self = .csv
    case "json": self = .json
    default: return nil
    }
  }
}

/// A register of processing activities as a text of one of the formats, with what is to be said of
/// it. Where a pipeline does not pass the check there is none: what it would do is not known, and a
/// register without it would say that it is whole.
public struct RegisterDocument: Sendable {
  /// Nil after errors.
  public let text: String?
  /// Things that are missing are warnings.
  public let diagnostics: [Diagnostic]

  /// - Throws: `RunError` when it cannot be written.
  public init(_ project: ProjectPlans, _ format: RegisterFormat, _ language: Language) throws {
    let found = Diagnostics()
    for diagnostic in project.diagnostics { found.add(diagnostic) }
    let register = RegisterReader(project: project, diagnostics: found).register()
    do {
      text =
        found.hasErrors
        ? nil
        : try register.map { register in
          switch format {
          case .html: RegisterPage(register, language).html
          case .markdown: RegisterMarkdown(register, language).markdown
          case .csv: RegisterTable(register, language).csv
          case .json: try RegisterRecord(register).json()
          }
        }
    } catch {
      throw RunError.explaining(error)
    }
    diagnostics = found.sorted
  }
}
