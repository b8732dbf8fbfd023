import Foundation
import StageKit
import Tabular

/// What is otherwise than a lock says, in plain words.
extension PrivacyLock {
  /// - Parameter approved: the lock that was signed off.
  /// - Returns: nothing when both say the same.
  public func changes(since approved: PrivacyLock) -> [Message] {
    var changes: [Message] = []
    if purpose != approved.purpose {
      changes.append(Self.purpose(approved.purpose ?? "–", purpose ?? "–"))
    }
    let before = Dictionary(approved.outputs.map { ($0.name, $0) }) { first, _ in first }
    for output in outputs {
      if let old = before[output.name] {
        changes += Self.changes(output, old)
      } else {
        changes.append(Self.newOutput(output))
      }
    }
    for old in approved.outputs where !outputs.contains(where: { $0.name == old.name }) {
      changes.append(Self.goneOutput(old.name))
    }
    for decision in decisions where !approved.decisions.contains(decision) {
      changes.append(Self.newDecision(decision))
    }
    for decision in approved.decisions where !decisions.contains(decision) {
      changes.append(Self.goneDecision(decision))
    }
    // What no sentence above is about still is no longer what was signed off.
    return changes.isEmpty && self != approved ? [Self.otherOrder] : changes
  }

  private static func changes(_ new: Output, _ old: Output) -> [Message] {
    var changes: [Message] = []
    func told(_ what: Message, _ before: String, _ after: String) {
      if before != after { changes.append(changed(new.name, what, before, after)) }
    }
    func list(_ texts: [String]) -> String {
      texts.isEmpty ? "–" : texts.joined(separator: ", ")
    }
    told(Message(en: "audience", fr: "public"), old.audience, new.audience)
    told(Message(en: "path", fr: "chemin"), old.path, new.path)
    told(Message(en: "rows", fr: "lignes"), old.rows, new.rows)
    told(
      Message(en: "guarantees", fr: "garanties"), list(old.guarantees), list(new.guarantees))
    told(
      Message(en: "rows chosen by", fr: "lignes choisies par"), list(old.chosenBy),
      list(new.chosenBy))
    let before = Dictionary(old.fields.map { ($0.name, $0) }) { first, _ in first }
    for field in new.fields {
      let name = "'" + field.name + "'"
      guard let was = before[field.name] else {
        changes.append(newField(new.name, field))
        continue
      }
      told(
        Message(en: "class of \(name)", fr: "classe de \(name)"), list(was.classes),
        list(field.classes))
      told(
        Message(en: "origin of \(name)", fr: "origine de \(name)"), list(was.from),
        list(field.from))
      told(
        Message(en: "treatment of \(name)", fr: "traitement de \(name)"), list(was.treatments),
        list(field.treatments))
    }
    for field in old.fields where !new.fields.contains(where: { $0.name == field.name }) {
      changes.append(goneField(new.name, field.name))
    }
    return changes
  }

  private static func purpose(_ old: String, _ new: String) -> Message {
    Message(en: "purpose: \(old) → \(new)", fr: "finalité : \(old) → \(new)")
  }

  private static func changed(
    _ output: String, _ what: Message, _ old: String, _ new: String
  ) -> Message {
    Message(
      en: "output '\(output)', \(what.en): \(old) → \(new)",
      fr: "sortie « \(output) », \(what.fr) : \(old) → \(new)")
  }

  private static func newOutput(_ output: Output) -> Message {
    let names = output.fields.map(\.name).joined(separator: ", ")
    return Message(
      en: "output '\(output.name)' is new: \(names) for '\(output.audience)'",
      fr: "la sortie « \(output.name) » est nouvelle : \(names) pour « \(output.audience) »")
  }

  private static func goneOutput(_ name: String) -> Message {
    Message(en: "output '\(name)' is gone", fr: "la sortie « \(name) » a disparu")
  }

  private static func newField(_ output: String, _ field: Field) -> Message {
    let classes = field.classes.joined(separator: ", ")
    return Message(
      en: "output '\(output)': field '\(field.name)' (\(classes)) is new",
      fr: "sortie « \(output) » : le champ « \(field.name) » (\(classes)) est nouveau")
  }

  private static func goneField(_ output: String, _ field: String) -> Message {
    Message(
      en: "output '\(output)': field '\(field)' is gone",
      fr: "sortie « \(output) » : le champ « \(field) » a disparu")
  }

  private static func newDecision(_ decision: Decision) -> Message {
    Message(
      en: "field '\(decision.field)' \(decision.what): \(decision.because)",
      fr: "champ « \(decision.field) », \(decision.what) : \(decision.because)")
  }

  private static func goneDecision(_ decision: Decision) -> Message {
    Message(
      en: "field '\(decision.field)' no longer: \(decision.what)",
      fr: "champ « \(decision.field) », plus de : \(decision.what)")
  }

  private static let otherOrder = Message(
    en: "the order of outputs or fields is another", fr: "l’ordre des sorties ou des champs diffère"
  )
}
