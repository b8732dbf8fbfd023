import Foundation
import Tabular

extension Purge.Item {
  /// One line.
  /// - Parameter shown: a path as the user would write it.
  public func line(_ language: Language, shown: (String) -> String) -> String {
    let what: Message
    switch kind {
    case .output, .companion: what = Message(en: "file", fr: "fichier")
    case .rejects: what = Message(en: "rejects", fr: "rejets")
    case .sidecar:
      what = Message(en: "proof of hidden persons", fr: "preuve de personnes cachées")
    case .releases: what = Message(en: "memory of a release", fr: "mémoire d’une diffusion")
    case .vault: what = Message(en: "vault rows", fr: "lignes du coffre")
    case .ledger: what = Message(en: "runs in the ledger", fr: "exécutions du registre")
    }
    let name = kind == .vault || kind == .ledger ? "\(count)" : shown(self.name)
    let kept = Message(
      en: "\(age) days old, kept \(limit)", fr: "\(age) jours, gardé \(limit)")
    return "\(word.text(language))  \(what.text(language))  \(name)  (\(kept.text(language)))"
  }

  private var word: Message {
    switch outcome {
    case .purged: Message(en: "purged", fr: "purgé")
    case .due: Message(en: "due", fr: "à purger")
    case .changed:
      Message(en: "left (other bytes than published)", fr: "laissé (octets autres que publiés)")
    case .failed:
      Message(en: "left (the machine refused)", fr: "laissé (la machine a refusé)")
    }
  }

  private struct Record: Encodable {
    let kind: String
    let name: String
    let audience: String?
    let count: Int
    let age: Int
    let limit: Int
    let sha256: String?
    let outcome: String
  }

  /// Items for machines.
  public static func json(_ items: [Purge.Item]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let records = items.map {
      Record(
        kind: $0.kind.rawValue, name: $0.name, audience: $0.audience, count: $0.count,
        age: $0.age, limit: $0.limit, sha256: $0.sha256, outcome: $0.outcome.rawValue)
    }
    return String(decoding: try encoder.encode(records), as: UTF8.self) + "\n"
  }
}

extension Verification {
  /// A line a file.
  public func text(_ language: Language, shown: (String) -> String) -> String {
    files.map { file in
      var line = "\(file.state.word(language))  \(shown(file.path))"
      if !file.proven.isEmpty { line += "  [\(file.proven.joined(separator: "; "))]" }
      if file.state == .intact, !file.unproven.isEmpty {
        let rest = file.unproven.joined(separator: "; ")
        line +=
          "  "
          + Message(en: "not counted again: \(rest)", fr: "non recompté : \(rest)").text(language)
      }
      return line + "\n"
    }.joined()
  }

  private struct Record: Encodable {
    let path: String
    let audience: String
    let state: String
    let purged: String?
    let reason: String?
    let proven: [String]
    let unproven: [String]
  }

  /// For machines.
  public func json(_ language: Language) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let records = files.map { file in
      var (purged, reason) = (String?.none, String?.none)
      if case .purged(let day) = file.state { purged = day }
      if case .broken(let message) = file.state { reason = message.text(language) }
      return Record(
        path: file.path, audience: file.audience, state: file.state.name, purged: purged,
        reason: reason, proven: file.proven, unproven: file.unproven)
    }
    return String(decoding: try encoder.encode(records), as: UTF8.self) + "\n"
  }
}

extension Verification.State {
  fileprivate var name: String {
    switch self {
    case .intact: "intact"
    case .purged: "purged"
    case .missing: "missing"
    case .changed: "changed"
    case .broken: "broken"
    }
  }

  fileprivate func word(_ language: Language) -> String {
    switch self {
    case .intact: Message(en: "intact", fr: "intact").text(language)
    case .purged(let day):
      Message(en: "purged on \(day)", fr: "purgé le \(day)").text(language)
    case .missing: Message(en: "missing", fr: "manquant").text(language)
    case .changed: Message(en: "changed", fr: "modifié").text(language)
    case .broken(let message):
      Message(en: "broken (\(message.en))", fr: "faux (\(message.fr))").text(language)
    }
  }
}
