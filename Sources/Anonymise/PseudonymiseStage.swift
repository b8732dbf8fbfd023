import StageKit
import Tabular

/// `pseudonymise`: replaces values by pseudonyms.
public struct PseudonymiseStage: PseudonymMaking {
  public static let declaration = StageDeclaration(
    name: "pseudonymise", kind: .rowLocal,
    summary: Message(
      en: "Replaces values by pseudonyms: the same value always has the same one, and only who "
        + "holds the key can tell whose it is. Pseudonyms are still personal data.",
      fr: "Remplace des valeurs par des pseudonymes : la même valeur a toujours le même, et seul "
        + "qui tient la clé peut dire de qui il est. Un pseudonyme reste une donnée personnelle."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields to replace.", fr: "Les champs à remplacer.")),
      OptionDeclaration(
        "scope", .text, required: true,
        Message(
          en: "What the pseudonyms are for, such as a research project: it names the key, and "
            + "pseudonyms of different scopes cannot be linked.",
          fr: "À quoi servent les pseudonymes, comme un projet de recherche : il nomme la clé, et "
            + "des pseudonymes de domaines différents ne se rapprochent pas.")),
      OptionDeclaration(
        "domain", .text, default: "each field's name",
        Message(
          en: "What the values are. Tables can be joined on pseudonyms when scope and domain are "
            + "the same.",
          fr: "Ce que sont les valeurs. Des tables se joignent par les pseudonymes quand scope et "
            + "domain sont les mêmes.")),
      OptionDeclaration(
        "format", .choice(Pseudonyms.Format.allCases.map(\.rawValue)), default: "hex",
        Message(
          en: "How pseudonyms are written: 4 bits a character (hex) or 5 (base32).",
          fr: "Comment les pseudonymes sont écrits : 4 bits par caractère (hex) ou 5 (base32).")),
      OptionDeclaration(
        "length", .integer(16...64), default: "32",
        Message(
          en: "Characters, up to 64 (hex) or 51 (base32). With b bits, that is 4 or 5 a "
            + "character, n different values have two of the same pseudonym with a probability "
            + "of at most n² / 2^(b+1): for ten million values 1.5e-25 at 32 hex characters, "
            + "2.8e-6 at 16.",
          fr: "Nombre de caractères, jusqu’à 64 (hex) ou 51 (base32). Avec b bits, soit 4 ou 5 "
            + "par caractère, n valeurs différentes en ont deux de même pseudonyme avec une "
            + "probabilité d’au plus n² / 2^(b+1) : pour dix millions de valeurs, 1,5e-25 avec "
            + "32 caractères hex, 2,8e-6 avec 16.")),
      OptionDeclaration(
        "key", .integer(1...1_000_000), default: "the newest",
        Message(
          en: "The number of the scope's key, as `octroi keys list` tells it. While keys are "
            + "rotated, a copy of the field with the old number gives the old pseudonyms beside "
            + "the new ones.",
          fr: "Le numéro de la clé du domaine, donné par `octroi keys list`. Pendant une "
            + "rotation, une copie du champ avec l’ancien numéro donne les anciens pseudonymes à "
            + "côté des nouveaux.")),
    ],
    privacy: Message(
      en: "The field becomes a pseudonym (HMAC-SHA-256 over scope, domain and the text in NFC; "
        + "null stays null); what is sensitive stays sensitive too, since a few values are told "
        + "by their frequency.",
      fr: "Le champ devient un pseudonyme (HMAC-SHA-256 du domaine d’emploi, du domaine de "
        + "valeurs et du texte en NFC ; ce qui est vide le reste) ; ce qui est sensible le "
        + "reste aussi, car peu de valeurs se reconnaissent à leur fréquence."),
    promise: StagePromise(
      guarantee: Message(
        en: "Without the key nobody can compute or reverse a pseudonym.",
        fr: "Sans la clé, nul ne peut calculer ni renverser un pseudonyme."),
      assumes: Message(
        en: "The key stays secret.",
        fr: "La clé reste secrète."),
      leaves: Message(
        en: "That two rows are of the same person; who stands out by the other fields; values "
          + "that the key's holder tries out.",
        fr: "Que deux lignes sont de la même personne ; qui se distingue par les autres champs "
          + "; les valeurs qu’essaie qui tient la clé.")),
    example: "pseudonymise: {fields: [courriel], scope: recherche-2026}")

  public let output: Facts
  private let made: PseudonymFields
  private let key: Int?

  public init(_ options: Options, _ binding: Binding) throws {
    made = try PseudonymFields(options, binding, format: .hex, length: 32)
    key = options["key"]?.integer
    output = made.facts
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { made.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    var key = try context.keys.key(scope: made.scope, id: self.key)
    defer { Secrecy.wipe(&key) }
    guard key.count >= 32 else { throw OperatorError(TreatmentMessages.shortKey(made.scope)) }
    return made.operation { domain in
      let pseudonyms = Pseudonyms(
        key: key, scope: made.scope, domain: domain, format: made.format, length: made.length)
      return { PseudonymAnswers(pseudonyms) }
    }
  }

  public var treatedFields: [String] { made.names }

  public var pseudonymUses: [PseudonymUse] { made.uses(.keyed, key: key) }
}

private final class PseudonymAnswers: TextAnswers {
  private let pseudonyms: Pseudonyms

  init(_ pseudonyms: Pseudonyms) { self.pseudonyms = pseudonyms }

  func answer(_ text: Span<UInt8>, into answer: inout [UInt8]) throws -> Bool {
    pseudonyms.append(of: text, to: &answer)
    return true
  }
}
