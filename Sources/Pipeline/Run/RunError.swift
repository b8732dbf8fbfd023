import Glibc
import Ingest
import Tabular

/// How a run ended, as the command's exit code.
public enum ExitClass: Int32, Sendable {
  case done = 0
  /// Data or gate refused.
  case refused = 1
  /// The spec or the command line is wrong.
  case spec = 2
  /// An input is missing or unreadable.
  case input = 3
  /// The machine failed.
  case machine = 4
  /// Another run holds the lock.
  case locked = 75
  case interrupted = 130
  case terminated = 143
}

/// Why a run did not publish. Carries no cell values and no keys.
public struct RunError: Error, Sendable {
  public let exit: ExitClass
  public let message: Message
  public let remedy: Message?

  public init(_ exit: ExitClass, _ message: Message, remedy: Message? = nil) {
    (self.exit, self.message, self.remedy) = (exit, message, remedy)
  }

  /// The machine's refusal, from `errno`.
  package static func machine(_ doing: Message, _ path: String, _ number: Int32) -> RunError {
    let reason = String(cString: strerror(number))
    return RunError(
      .machine,
      Message(
        en: "cannot \(doing.en) '\(path)': \(reason)",
        fr: "impossible de \(doing.fr) « \(path) » : \(reason)"),
      remedy: number == ENOSPC || number == EFBIG || number == EDQUOT
        ? Message(en: "free some space and run again", fr: "libérez de la place et relancez")
        : Message(
          en: "check the folder and its permissions", fr: "vérifiez le dossier et ses droits"))
  }
}

extension RunError {
  /// `error: …`, and on a line of its own what to do.
  public func text(_ language: Language) -> String {
    let line = Message(en: "error: \(message.en)", fr: "erreur : \(message.fr)").text(language)
    return line + "\n" + (remedy.map { "  " + $0.text(language) + "\n" } ?? "")
  }

  /// An input's failure, with its exit code.
  package init(_ error: IngestError) {
    let place = [error.file, error.line.map(String.init), error.column.map(String.init)]
    let prefix = place.compactMap { $0.map { $0 + ":" } }.joined()
    let start = prefix.isEmpty ? "" : prefix + " "
    self.init(
      ExitClass(rawValue: error.kind.exitCode) ?? .input,
      Message(en: start + error.message.en, fr: start + error.message.fr), remedy: error.remedy)
  }
}
