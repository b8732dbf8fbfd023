import StageKit
import Tabular

/// Says of a table about persons what its guarantees mean for the three criteria of the European
/// data protection authorities' opinion 05/2014, and what nobody has established.
struct RiskStatement {
  private let facts: Facts

  init(_ facts: Facts) { self.facts = facts }

  var sentences: [Message] { [nature] + guarantees + [singlingOut, linkability, inference] }

  private var pseudonyms: [String] {
    facts.fields.filter { $0.privacy.sortedClasses.contains(.pseudonym) }.map(\.name)
  }

  private var nature: Message {
    if !pseudonyms.isEmpty {
      let names = pseudonyms.joined(separator: ", ")
      return Message(
        en: "Pseudonymised (\(names)): still personal data (GDPR art. 4(5)).",
        fr: "Pseudonymisées (\(names)) : toujours des données personnelles (RGPD art. 4.5).")
    }
    guard facts.isMicrodata else {
      return Message(
        en: "Counts and other results over groups of persons.",
        fr: "Des nombres et d’autres résultats sur des groupes de personnes.")
    }
    return Message(
      en: "Rows of persons, without direct identifiers.",
      fr: "Des lignes de personnes, sans identifiant direct.")
  }

  private var guarantees: [Message] {
    let told = facts.guarantees.map { $0.told(" ≥ ") }.sorted().joined(separator: "; ")
    if told.isEmpty {
      return [
        Message(
          en: "The check before the run establishes no guarantee for these rows.",
          fr: "Le contrôle avant l’exécution n’établit aucune garantie sur ces lignes.")
      ]
    }
    return [Message(en: "Established: \(told).", fr: "Établi : \(told).")]
  }

  private var anonymity: Anonymity? {
    facts.guarantees.compactMap {
      if case .anonymity(let anonymity) = $0 { anonymity } else { nil }
    }.max { $0.k < $1.k }
  }

  private var leastCount: Int? {
    facts.guarantees.compactMap { if case .minCount(let count) = $0 { count } else { nil } }.max()
  }

  private var singlingOut: Message {
    if let anonymity {
      let quasi = anonymity.quasi.sorted().joined(separator: ", ")
      return Message(
        en: "Singling out: each combination of \(quasi) is of at least \(anonymity.k) persons, so "
          + "who knows them points at a person with a probability of at most 1/\(anonymity.k). It "
          + "says nothing of other knowledge.",
        fr: "Individualisation : chaque combinaison de \(quasi) est d’au moins \(anonymity.k) "
          + "personnes ; qui les connaît désigne donc une personne avec une probabilité d’au plus "
          + "1/\(anonymity.k). Cela ne dit rien d’autres connaissances.")
    }
    if !facts.isMicrodata, let leastCount {
      return Message(
        en: "Singling out: every row stands for at least \(leastCount) rows of its source.",
        fr: "Individualisation : chaque ligne représente au moins \(leastCount) lignes de source.")
    }
    let quasi = facts.fields.filter { $0.privacy.sortedClasses.contains(.quasi) }.map(\.name)
    let names = quasi.joined(separator: ", ")
    return Message(
      en: "Singling out: possible" + (quasi.isEmpty ? "." : " by combining \(names)."),
      fr: "Individualisation : possible" + (quasi.isEmpty ? "." : " en combinant \(names)."))
  }

  private var linkability: Message {
    let isLinked = !pseudonyms.isEmpty
    return Message(
      en: isLinked
        ? "Linkability: rows of one person can be linked by pseudonym, in this table and in others "
          + "of the same scope; not across scopes."
        : "Linkability: no field links rows of one person; equal combinations of values may.",
      fr: isLinked
        ? "Corrélation : les lignes d’une même personne se relient par le pseudonyme, dans cette "
          + "table et dans celles du même domaine ; pas d’un domaine à l’autre."
        : "Corrélation : aucun champ ne relie les lignes d’une même personne ; des combinaisons "
          + "égales de valeurs le peuvent.")
  }

  private var inference: Message {
    let guarded = anonymity?.spreads.keys.sorted().joined(separator: ", ") ?? ""
    if !guarded.isEmpty {
      return Message(
        en: "Inference: within each class \(guarded) differ as established above.",
        fr: "Inférence : dans chaque classe, \(guarded) diffèrent comme établi ci-dessus.")
    }
    return Message(
      en: "Inference: not excluded; persons alike in the other fields may be alike in a value.",
      fr: "Inférence : pas exclue ; des personnes semblables par les autres champs peuvent l’être "
        + "par une valeur.")
  }
}
