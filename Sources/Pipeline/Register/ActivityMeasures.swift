import Reports
import StageKit
import Tabular

/// How an activity's pipelines protect persons, as far as plans and charter establish it, and how
/// long what they make is kept. What a city does besides is the charter's to say.
struct ActivityMeasures {
  let charter: Charter
  let places: RegisterPlace
  let plans: [Plan]

  var measures: [Message] {
    [Self.check] + pseudonyms + reached.flatMap(rules) + [rejects] + approval + supervision
  }

  /// Audiences that something goes to, in the order of outputs.
  private var reached: [Charter.Audience] {
    var seen: Set<String> = []
    return plans.flatMap(\.leaving).map(\.audience).filter { seen.insert($0.name).inserted }
  }

  private static let check = Message(
    en: "Before a byte is read, fields, choices of rows, purposes and retention are held to the "
      + "charter; before anything is published, the staged files are read back and counted again. "
      + "Ledger and manifests hold counts and hashes, never values.",
    fr: "Avant de lire un octet, champs, choix de lignes, finalités et durées sont confrontés à la "
      + "charte ; avant toute publication, les fichiers préparés sont relus et recomptés. Le "
      + "journal des exécutions et les manifestes contiennent des comptes et des empreintes, "
      + "jamais de valeurs.")

  // MARK: Pseudonyms

  private var uses: [PseudonymUse] {
    plans.flatMap { plan in plan.leaving.flatMap { plan.pseudonymUses(of: $0) } }
  }

  private var pseudonyms: [Message] {
    var seen: Set<String> = []
    return uses.filter { seen.insert($0.scope + "\n" + $0.kind.rawValue).inserted }.map(pseudonym)
  }

  private func pseudonym(_ use: PseudonymUse) -> Message {
    let title = CharterText.line(charter.node?["scopes"]?[use.scope]?["title"])
    let english = use.scope + (title.map { " (\($0.en))" } ?? "")
    let french = use.scope + (title.map { " (\($0.fr))" } ?? "")
    switch use.kind {
    case .keyed:
      return Message(
        en: "Pseudonyms of the scope \(english): HMAC-SHA-256 under a key of its own, which "
          + "comes from the environment or from a file that only its owner can read, never from a "
          + "pipeline; those of different scopes cannot be linked.",
        fr: "Pseudonymes du domaine \(french) : HMAC-SHA-256 sous une clé propre, qui vient "
          + "de l’environnement ou d’un fichier que seul son propriétaire lit, jamais d’un "
          + "pipeline ; ceux de domaines différents ne se rapprochent pas.")
    case .vault:
      return Message(
        en: "Random tokens of the scope \(english): whom they stand for is in a vault, sealed "
          + "under the scope's key.",
        fr: "Jetons tirés au hasard du domaine \(french) : de qui ils sont se trouve dans un "
          + "coffre, scellé sous la clé du domaine.")
    }
  }

  // MARK: Audiences

  private func name(_ audience: Charter.Audience) -> Message {
    Message(
      en: audience.title?.en ?? audience.name, fr: audience.title?.fr ?? audience.name)
  }

  private func rules(_ audience: Charter.Audience) -> [Message] {
    let (name, kinds) = (self.name(audience), audience.allows.sorted().map(\.word))
    let asked = audience.requires.told
    let isAsked = !asked.isEmpty
    var rules = [
      Message(
        en: "\(name.en): only fields that are " + kinds.map(\.en).joined(separator: ", ")
          + (isAsked ? "; " + asked.map(\.en).joined(separator: ", ") : "") + ".",
        fr: "\(name.fr) : seulement des champs de classe "
          + kinds.map(\.fr).joined(separator: ", ")
          + (isAsked ? " ; " + asked.map(\.fr).joined(separator: ", ") : "") + "."),
      Message(
        en: "\(name.en): files with the permissions \(Self.octal(audience.mode))"
          + (audience.group.map { ", group \($0)" } ?? "") + ".",
        fr: "\(name.fr) : fichiers aux droits \(Self.octal(audience.mode))"
          + (audience.group.map { ", groupe \($0)" } ?? "") + "."),
    ]
    if let detectors = audience.detectors, !detectors.kinds.isEmpty {
      let found = detectors.kinds.sorted().map(\.plural)
      rules.append(
        Message(
          en: "\(name.en): before publishing, cells are searched for "
            + found.map(\.en).joined(separator: ", ") + ".",
          fr: "\(name.fr) : avant publication, on cherche dans les cellules "
            + found.map(\.fr).joined(separator: ", ") + "."))
    }
    return rules
  }

  private static func octal(_ mode: UInt16) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private var rejects: Message {
    let folder = places.file(charter.internalFolder)
    return Message(
      en: "Rejected rows are raw: they lie in \(folder), which only the account that runs the "
        + "pipelines can open (0700, files 0600).",
      fr: "Les lignes rejetées sont brutes : elles sont dans \(folder), que seul le compte qui "
        + "exécute les pipelines peut ouvrir (0700, fichiers 0600).")
  }

  private var approval: [Message] {
    plans.filter { LockCheck(plan: $0).isRequired }.map { plan in
      let lock = places.file(PrivacyLock.path(of: plan.file))
      return Message(
        en: "What leaves is approved in \(lock); a run that would do otherwise is refused.",
        fr: "Ce qui sort est approuvé dans \(lock) ; une exécution qui ferait autrement est "
          + "refusée.")
    }
  }

  private var supervision: [Message] {
    let shows = plans.contains { plan in
      plan.leaving.contains { $0.showsPersons(plan.nodes[$0.node].facts) }
    }
    guard shows else { return [] }
    var told: [Message] = []
    if let supervisor = charter.anonymisation.supervisor {
      told.append(
        Message(
          en: "Anonymisation is supervised by: \(supervisor).",
          fr: "L’anonymisation est supervisée par : \(supervisor)."))
    }
    if let last = charter.anonymisation.assessedUntil {
      told.append(
        Message(
          en: "The risk of exports is to be assessed again by \(Day.text(last)).",
          fr: "Le risque des exports est à réévaluer d’ici le \(Day.text(last))."))
    }
    return told
  }

  // MARK: Keeping

  /// How long outputs and rejected rows are kept; rows of persons without a limit are a gap.
  func keeping(_ activity: Message, _ gaps: RegisterGaps) -> [Message] {
    var told: [Message] = []
    for audience in reached {
      let name = self.name(audience)
      let days = charter.node?["audiences"]?[audience.name]?["retention_days"]?.integer
      if let days {
        told.append(
          Message(
            en: "\(name.en): files are removed after \(days) days.",
            fr: "\(name.fr) : les fichiers sont retirés après \(days) jours."))
      } else {
        told.append(
          Message(
            en: "\(name.en): files are kept without limit.",
            fr: "\(name.fr) : les fichiers sont gardés sans limite."))
        askLimit(audience, activity, gaps)
      }
    }
    told += vault(gaps)
    let rejects = charter.node?["rejects"]?["retention_days"]?.integer
    told.append(
      rejects.map { days in
        Message(
          en: "Rejected rows are removed after \(days) days.",
          fr: "Les lignes rejetées sont retirées après \(days) jours.")
      }
        ?? Message(
          en: "Rejected rows are kept without limit.",
          fr: "Les lignes rejetées sont gardées sans limite."))
    if rejects == nil {
      gaps.add(
        nil, Self.limit, of: Message(en: "rejected rows", fr: "lignes rejetées"),
        at: gaps.position("rejects"), "rejects: retention_days", rule: RegisterItem.retention.rule)
    }
    return told
  }

  /// How long the vault keeps whom tokens stand for, where an output holds tokens.
  private func vault(_ gaps: RegisterGaps) -> [Message] {
    guard uses.contains(where: { $0.kind == .vault }) else { return [] }
    if let days = charter.node?["retention"]?["vault_days"]?.integer {
      return [
        Message(
          en: "The vault forgets a token \(days) days after its last use.",
          fr: "Le coffre oublie un jeton \(days) jours après son dernier emploi.")
      ]
    }
    gaps.add(
      nil, Self.limit, of: Message(en: "the vault", fr: "le coffre"),
      at: gaps.position("retention"), "retention: vault_days", rule: RegisterItem.retention.rule)
    return [
      Message(
        en: "The vault keeps tokens without limit.", fr: "Le coffre garde les jetons sans limite.")
    ]
  }

  private static let limit = Message(en: "Time limit", fr: "Limite de durée")

  private func askLimit(
    _ audience: Charter.Audience, _ activity: Message, _ gaps: RegisterGaps
  ) {
    let showsPersons = plans.contains { plan in
      plan.leaving.contains { output in
        let facts = plan.nodes[output.node].facts
        return output.audience.name == audience.name && facts.isMicrodata && facts.isAboutPersons
      }
    }
    guard showsPersons else { return }
    gaps.add(
      nil, Self.limit, of: name(audience), at: gaps.position("audiences", audience.name),
      "audiences: \(audience.name): retention_days", rule: RegisterItem.retention.rule)
  }
}

extension Charter.Requirements {
  /// What an audience's tables about persons must be, a few words each.
  fileprivate var told: [Message] {
    var told: [Message] = []
    func add(_ text: String?) { if let text { told.append(Message(en: text, fr: text)) } }
    add(minCount.map { "min_count ≥ \($0)" })
    add(rounding.map { "rounding ≥ \($0)" })
    add(perturbationMillionths.map { "perturbation ≥ \(Guarantee.share($0))" })
    add(k.map { "k ≥ \($0)" })
    add(l.map { "l ≥ \($0)" })
    add(closenessMillionths.map { "t ≤ \(Guarantee.share($0))" })
    add(dominanceMillionths.map { "dominance ≤ \(Guarantee.share($0))" })
    if let datePrecision {
      told.append(
        Message(
          en: "dates no finer than \(datePrecision.rawValue)",
          fr: "dates pas plus fines que : \(datePrecision.french)"))
    }
    if let placeMetres {
      told.append(
        Message(
          en: "places no finer than \(placeMetres) m",
          fr: "lieux pas plus fins que \(placeMetres) m"))
    }
    return told
  }
}
