import Foundation
import StageKit
import Tabular

/// A plan beside the lock that was signed off.
struct LockCheck {
  let plan: Plan

  enum Finding {
    case matches
    case missing(path: String)
    case unreadable(path: String)
    case differs(path: String, [Message])
  }

  /// Whether a charter's audience asks for the lock.
  var isRequired: Bool { plan.leaving.contains { $0.audience.needsApproval } }

  var finding: Finding {
    let path = PrivacyLock.path(of: plan.file)
    let shown = SpecFiles.shown(path)
    guard let data = FileManager.default.contents(atPath: path) else {
      return .missing(path: shown)
    }
    guard let text = String(validating: data, as: UTF8.self),
      let approved = PrivacyLock(text, file: shown)
    else { return .unreadable(path: shown) }
    let changes = PrivacyLock(plan).changes(since: approved)
    return changes.isEmpty ? .matches : .differs(path: shown, changes)
  }

  /// Says in a check what a run would be refused for; where no audience asks for the lock, says
  /// only that it is out of date.
  func warn(_ diagnostics: Diagnostics) {
    guard let (message, remedy) = trouble else { return }
    let start = SpecPosition(file: plan.file, line: 1, column: 1)
    let code = isRequired ? "privacy-lock" : "stale-lock"
    diagnostics.warning(code, at: start, message, remedy: remedy)
  }

  /// - Throws: `RunError` when an audience asks for a lock and it does not say what would leave.
  func enforce() throws {
    guard isRequired, let (message, remedy) = trouble else { return }
    throw RunError(.refused, message, remedy: remedy)
  }

  private var trouble: (Message, Message)? {
    switch finding {
    case .matches: nil
    case .missing(let path):
      isRequired ? (Self.missing(path), Self.remedy(plan.file)) : nil
    case .unreadable(let path): (Self.unreadable(path), Self.remedy(plan.file))
    case .differs(let path, let changes):
      (Self.differs(path, changes), Self.remedy(plan.file))
    }
  }

  private static func missing(_ path: String) -> Message {
    Message(
      en: "the charter asks for approval, and there is no privacy lock '\(path)'",
      fr: "la charte exige une approbation, et il n’y a pas de verrou de confidentialité "
        + "« \(path) »")
  }

  private static func unreadable(_ path: String) -> Message {
    Message(
      en: "'\(path)' cannot be read as a privacy lock",
      fr: "« \(path) » n’est pas lisible comme verrou de confidentialité")
  }

  private static func differs(_ path: String, _ changes: [Message]) -> Message {
    func list(_ text: (Message) -> String) -> String {
      changes.map { "\n    - " + text($0) }.joined()
    }
    return Message(
      en: "what would leave is not what '\(path)' says:" + list(\.en),
      fr: "ce qui sortirait n’est pas ce que dit « \(path) » :" + list(\.fr))
  }

  private static func remedy(_ pipeline: String) -> Message {
    Message(
      en: "`octroi check --lock \(pipeline)` writes it anew; the data protection officer reviews "
        + "and commits it",
      fr: "`octroi check --lock \(pipeline)` l’écrit de nouveau ; la personne déléguée à la "
        + "protection des données le relit et le verse au dépôt")
  }
}
