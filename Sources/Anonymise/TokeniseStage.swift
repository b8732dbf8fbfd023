import StageKit
import Tabular

/// `tokenise`: replaces values by random tokens that a vault remembers.
public struct TokeniseStage: PseudonymMaking {
  public static let declaration = StageDeclaration(
    name: "tokenise", kind: .rowLocal,
    summary: Message(
      en: "Replaces values by random tokens that a vault remembers: who holds the scope's key can "
        + "tell whose a token is, and a person can be forgotten. Tokens are still personal data.",
      fr: "Remplace des valeurs par des jetons tirés au hasard qu’un coffre retient : qui tient la "
        + "clé du domaine peut dire de qui est un jeton, et une personne peut être oubliée. Un "
        + "jeton reste une donnée personnelle."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields to replace.", fr: "Les champs à remplacer.")),
      OptionDeclaration(
        "scope", .text, required: true,
        Message(
          en: "What the tokens are for: it names the key that the vault's values are sealed under, "
            + "and tokens of different scopes cannot be linked.",
          fr: "À quoi servent les jetons : il nomme la clé sous laquelle les valeurs du coffre "
            + "sont scellées, et des jetons de domaines différents ne se rapprochent pas.")),
      OptionDeclaration(
        "domain", .text, default: "each field's name",
        Message(
          en: "What the values are. Tables can be joined on tokens when scope and domain are the "
            + "same.",
          fr: "Ce que sont les valeurs. Des tables se joignent par les jetons quand scope et "
            + "domain sont les mêmes.")),
      OptionDeclaration(
        "format", .choice(Pseudonyms.Format.allCases.map(\.rawValue)), default: "base32",
        Message(
          en: "How tokens are written: 4 bits a character (hex) or 5 (base32).",
          fr: "Comment les jetons sont écrits : 4 bits par caractère (hex) ou 5 (base32).")),
      OptionDeclaration(
        "length", .integer(16...64), default: "26",
        Message(
          en: "Characters, up to 64 (hex) or 51 (base32). With b bits, n values have two of the "
            + "same token with a probability of at most n² / 2^(b+1).",
          fr: "Nombre de caractères, jusqu’à 64 (hex) ou 51 (base32). Avec b bits, n valeurs en "
            + "ont deux de même jeton avec une probabilité d’au plus n² / 2^(b+1).")),
    ],
    privacy: Message(
      en: "The field becomes a pseudonym; what is sensitive stays sensitive too. Tokens are "
        + "drawn at random: another vault gives others.",
      fr: "Le champ devient un pseudonyme ; ce qui est sensible le reste aussi. Les jetons sont "
        + "tirés au hasard : un autre coffre en donne d’autres."),
    promise: StagePromise(
      guarantee: Message(
        en: "A token has nothing to do with its value, so that without the vault and its key "
          + "nobody can compute or reverse it; once the vault's row is gone (`octroi forget`, "
          + "`octroi purge`) nobody can at all.",
        fr: "Un jeton n’a rien à voir avec sa valeur ; sans le coffre et sa clé, nul ne peut le "
          + "calculer ni le renverser ; une fois la ligne du coffre partie (`octroi forget`, "
          + "`octroi purge`), plus personne ne le peut."),
      assumes: Message(
        en: "Vault and key stay secret.",
        fr: "Coffre et clé restent secrets."),
      leaves: Message(
        en: "That two rows are of the same person; who stands out by the other fields.",
        fr: "Que deux lignes sont de la même personne ; qui se distingue par les autres champs.")),
    example: "tokenise: {fields: [courriel], scope: suivi-2026}")

  public let output: Facts
  private let made: PseudonymFields

  public init(_ options: Options, _ binding: Binding) throws {
    made = try PseudonymFields(options, binding, format: .base32, length: 26)
    output = made.facts
  }

  public var treatedFields: [String] { made.names }

  public var pseudonymUses: [PseudonymUse] { made.uses(.vault) }

  public func needs(_ wanted: Set<String>) -> Set<String> { made.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    try made.operation { domain in
      let book = try context.vault.book(scope: made.scope, domain: domain)
      return { [format = made.format, length = made.length] in TokenAnswers(book, format, length) }
    }
  }
}

private final class TokenAnswers: TextAnswers {
  private let book: any TokenBook
  private let format: Pseudonyms.Format
  private let length: Int

  init(_ book: any TokenBook, _ format: Pseudonyms.Format, _ length: Int) {
    (self.book, self.format, self.length) = (book, format, length)
  }

  func answer(_ text: Span<UInt8>, into answer: inout [UInt8]) throws -> Bool {
    var normal: [UInt8] = []
    Normalisation.nfc(text, to: &normal)
    try book.token(of: normal).withUnsafeBytes { format.append($0, length: length, to: &answer) }
    return true
  }
}
