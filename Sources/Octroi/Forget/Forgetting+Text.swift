import Foundation
import Tabular

extension Forgetting {
  /// The answer for people. Pseudonyms are shown where a file holds them, for the letter to its
  /// recipients; identifiers never.
  /// - Parameter shown: a path as the user would write it.
  public func text(_ language: Language, isDry: Bool, shown: (String) -> String) -> String {
    var lines: [String] = []
    let rows =
      isDry
      ? Message(
        en: "\(vaultRows) row(s) of the vault would be removed",
        fr: "\(vaultRows) ligne(s) du coffre seraient retirées")
      : Message(
        en: "\(vaultRows) row(s) of the vault removed",
        fr: "\(vaultRows) ligne(s) du coffre retirée(s)")
    lines.append(rows.text(language))
    lines += ledgerLines(language, shown)
    lines += memoryLines(language, isDry, shown)
    for export in held { lines += Self.lines(export, language, shown) }
    for path in paths(of: earlier) {
      lines.append(
        Message(
          en: "\(shown(path)): not there now; earlier runs may have published it",
          fr: "\(shown(path)) : plus maintenant ; des exécutions passées ont pu le publier"
        ).text(language))
    }
    for path in inClear {
      lines.append(
        Message(
          en: "\(shown(path)): holds an identifier in clear",
          fr: "\(shown(path)) : contient un identifiant en clair"
        ).text(language))
    }
    for scope in unknownScopes {
      lines.append(
        Message(
          en: "scope '\(scope)': its key is not at hand, so nothing can be said",
          fr: "domaine « \(scope) » : sa clé n’est pas là, on n’en peut rien dire"
        ).text(language))
    }
    lines.append(
      Message(
        en: "Remove the person from the sources and run the pipelines again; tell the recipients.",
        fr: "Retirez la personne des sources et relancez les pipelines ; avertissez les "
          + "destinataires."
      ).text(language))
    return lines.joined(separator: "\n") + "\n"
  }

  /// What the ledger cannot tell.
  private func ledgerLines(_ language: Language, _ shown: (String) -> String) -> [String] {
    var lines: [Message] = []
    if !knowsRuns {
      lines.append(
        Message(
          en: "the ledger knows of no run: files that are no longer there, and who received them, "
            + "cannot be told",
          fr: "le registre ne connaît aucune exécution : les fichiers qui ne sont plus là, et qui "
            + "les a reçus, ne peuvent pas être dits"))
    }
    if !unremembered.isEmpty {
      let count = unremembered.count
      lines.append(
        Message(
          en: "the ledger does not know of \(count) published file\(count == 1 ? "" : "s"): "
            + "pseudonyms were looked for as the pipelines make them now; "
            + "others would not be found",
          fr:
            "le registre ne connaît pas \(count) fichier\(count == 1 ? " publié" : "s publiés") : "
            + "les pseudonymes y ont été cherchés tels que les pipelines les font maintenant ; "
            + "d’autres ne seraient pas trouvés"))
    }
    lines += unplanned.map(shown).map { file in
      Message(
        en: "\(file): does not pass its check, so that nothing can be said of the pseudonyms that "
          + "it makes now",
        fr: "\(file) : ne passe pas son contrôle, et rien ne peut être dit des pseudonymes qu’il "
          + "fait maintenant")
    }
    return lines.map { $0.text(language) }
  }

  private func memoryLines(
    _ language: Language, _ isDry: Bool, _ shown: (String) -> String
  ) -> [String] {
    var lines: [Message] = []
    if releases > 0 {
      lines.append(
        isDry
          ? Message(
            en: "the person would be taken out of the memory of \(releases) release(s)",
            fr: "la personne serait retirée de la mémoire de \(releases) diffusion(s)")
          : Message(
            en: "the person was taken out of the memory of \(releases) release(s)",
            fr: "la personne a été retirée de la mémoire de \(releases) diffusion(s)"))
      lines.append(
        Message(
          en: "  hashes of combinations stay there, tied to nobody, until `retention: "
            + "{releases_days: …}` ends them",
          fr: "  des empreintes de combinaisons y restent, rattachées à personne, jusqu’à ce que "
            + "`retention: {releases_days: …}` y mette fin"))
    }
    lines += unreadReleases.map(shown).map { path in
      Message(
        en: "\(path): was changed, so that nobody can tell whether the person is in it",
        fr: "\(path) : a été modifié, et nul ne peut dire si la personne y est")
    }
    return lines.map { $0.text(language) }
  }

  private var held: [Export] { exports.filter { $0.isHeld == true } }
  private var earlier: [Export] { exports.filter { $0.isHeld != true } }

  private func paths(of exports: [Export]) -> [String] {
    Set(exports.map(\.path)).subtracting(held.map(\.path)).sorted()
  }

  private static func lines(
    _ export: Export, _ language: Language, _ shown: (String) -> String
  ) -> [String] {
    let recipients = export.recipients.isEmpty ? "-" : export.recipients
    let runs =
      export.runs == 0
      ? Message(
        en: "the ledger does not know when it was published",
        fr: "le registre ne sait pas quand il a été publié")
      : Message(
        en: "published by \(export.runs) run(s), \(export.first) to \(export.last)",
        fr: "publié par \(export.runs) exécution(s), du \(export.first) au \(export.last)")
    return [
      Message(
        en: "\(shown(export.path)): holds \(export.pseudonym) (scope \(export.scope))",
        fr: "\(shown(export.path)) : contient \(export.pseudonym) (domaine \(export.scope))"
      ).text(language),
      "  "
        + Message(
          en: "audience \(export.audience); recipients: \(recipients); \(runs.en)",
          fr: "public \(export.audience) ; destinataires : \(recipients) ; \(runs.fr)"
        ).text(language),
    ]
  }

  private struct Record: Encodable {
    struct Place: Encodable {
      let path: String
      let output: String
      let audience: String
      let recipients: String
      let runs: Int
      let first: String
      let last: String
      let scope: String
      /// Only where a file holds it.
      let pseudonym: String?
      let held: Bool?
    }

    let vaultRows: Int
    let releases: Int
    let unreadReleases: [String]
    let exports: [Place]
    let inClear: [String]
    let unknownScopes: [String]
    let ledgerKnowsRuns: Bool
    let unremembered: [String]
    let unplanned: [String]
  }

  /// The answer for machines.
  public func json() throws -> String {
    var places = held.map { Self.place($0, $0.pseudonym) }
    for path in paths(of: earlier) {
      if let export = earlier.first(where: { $0.path == path }) {
        places.append(Self.place(export, nil))
      }
    }
    let record = Record(
      vaultRows: vaultRows, releases: releases, unreadReleases: unreadReleases, exports: places,
      inClear: inClear, unknownScopes: unknownScopes, ledgerKnowsRuns: knowsRuns,
      unremembered: unremembered, unplanned: unplanned)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
  }

  private static func place(_ export: Export, _ pseudonym: String?) -> Record.Place {
    Record.Place(
      path: export.path, output: export.output, audience: export.audience,
      recipients: export.recipients, runs: export.runs, first: export.first, last: export.last,
      scope: export.scope, pseudonym: pseudonym, held: export.isHeld)
  }
}
