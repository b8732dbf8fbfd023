import StageKit
import Tabular

/// `redact_text`: replaces what is found of identifiers inside free text.
public struct RedactTextStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "redact_text", kind: .rowLocal,
    summary: Message(
      en: "Finds identifiers inside free text, French or English, and puts a word in their place: "
        + "e-mail addresses, telephones, national numbers, accounts, plates, addresses, names.",
      fr: "Trouve les identifiants dans un texte libre, français ou anglais, et met un mot à leur "
        + "place : adresses électroniques, téléphones, numéros nationaux, comptes bancaires, "
        + "plaques, adresses, noms."),
    options: options,
    privacy: Message(
      en: "Classes stay: what was not found is still there, so free text stays what it was until "
        + "the charter declassifies it.",
      fr: "Les classes restent : ce qui n’a pas été trouvé est encore là ; un texte libre reste "
        + "donc ce qu’il était tant que la charte ne le déclasse pas."),
    promise: StagePromise(
      guarantee: Message(
        en: "What has a form or check digits is replaced, and so are names behind a civility or "
          + "with a known given name, and the row's own names (`names_from`), whatever their "
          + "capitals and accents.",
        fr: "Est remplacé ce qui a une forme ou une clé de contrôle, de même que les noms après "
          + "une civilité ou avec un prénom connu, et les noms de la ligne elle-même "
          + "(`names_from`), quels que soient majuscules et accents."),
      assumes: Message(
        en: "The text is French or English, and somebody has read a sample of what comes out.",
        fr: "Le texte est en français ou en anglais, et quelqu’un a relu un échantillon de ce qui "
          + "sort."),
      leaves: Message(
        en: "Names alone or unknown, in small letters, misspelt; nicknames; addresses without "
          + "number; dates of birth without a word for it; other languages; and persons told by "
          + "what happened to them.",
        fr: "Les noms seuls, inconnus, en minuscules ou mal écrits ; les surnoms ; les adresses "
          + "sans numéro ; les dates de naissance sans mot qui le dise ; les autres langues ; et "
          + "les personnes reconnaissables à ce qui leur est arrivé.")),
    example: "redact_text: {fields: [notes], names_from: [nom, prenom]}")

  private static let options = [
    OptionDeclaration(
      "fields", .fields, required: true,
      Message(en: "The fields, all texts.", fr: "Les champs, tous des textes.")),
    OptionDeclaration(
      "kinds", .list(.choice(Identifier.allCases.map(\.rawValue))), default: "all",
      Message(en: "What is looked for.", fr: "Ce qui est cherché.")),
    OptionDeclaration(
      "names_from", .fields,
      Message(
        en: "Fields that name the row's own person: their words are found wherever they stand.",
        fr: "Les champs qui nomment la personne de la ligne : leurs mots sont trouvés où qu’ils "
          + "soient.")),
    OptionDeclaration(
      "with", .text, default: "the kind's name",
      Message(
        en: "One text in place of all; else `[courriel]`, `[nom]`… say what was there.",
        fr: "Un seul texte à la place de tout ; sinon `[courriel]`, `[nom]`… disent ce qui était "
          + "là.")),
    OptionDeclaration(
      "language", .choice(["fr", "en"]), default: "fr",
      Message(
        en: "Of the words that are put in: `[email]` in English.",
        fr: "Celle des mots mis à la place : `[email]` en anglais.")),
  ]

  public let output: Facts
  public var treatedFields: [String] { fields }
  private let fields: [String]
  private let names: [String]
  private let kinds: Set<Identifier>
  private let with: String?
  private let language: Language

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    let named = options["names_from"].map { binding.fields($0) } ?? []
    for (field, place) in zip(fields, node.items ?? [node]) {
      binding.isOfType(field, [.text], at: place.position)
    }
    if let place = options["names_from"] {
      for (field, item) in zip(named, place.items ?? [place]) {
        binding.isOfType(field, [.text], at: item.position)
        guard fields.contains(where: { $0.name == field.name }) else { continue }
        binding.diagnostics.error(
          "repeated-field", at: item.position,
          Message(
            en: "'\(field.name)' cannot name the person and be redacted",
            fr: "« \(field.name) » ne peut pas à la fois nommer la personne et être caviardé"))
      }
    }
    let kinds = (options["kinds"]?.items ?? []).compactMap { $0.text.flatMap(Identifier.init) }
    if let place = options["kinds"], kinds.isEmpty {
      binding.diagnostics.error(
        "wrong-value", at: place.position,
        Message(en: "name one kind at least", fr: "nommez au moins une sorte"))
    }
    try binding.settle()
    self.kinds = kinds.isEmpty ? Set(Identifier.allCases) : Set(kinds)
    names = named.map(\.name)
    with = options["with"]?.text
    language = options["language"]?.text == "en" ? .en : .fr
    output = fields.reduce(binding.input) { facts, field in facts.setting(field) }
    self.fields = fields.map(\.name)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> {
    wanted.isDisjoint(with: fields) ? wanted : wanted.union(names)
  }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let isWanted = !context.wanted.isDisjoint(with: fields)
    let (told, remark) = (fields.joined(separator: ", "), context.remark)
    return .rowLocal(
      Redaction(
        columns: fields.filter { context.wanted.contains($0) }.compactMap { output.index(of: $0) },
        names: isWanted ? names.compactMap { output.index(of: $0) } : [], kinds: kinds,
        replacement: { with ?? "[\($0.tag.text(language))]" },
        told: { remark(Self.remark(told, $0)) }))
  }

  /// What a run's report says: how many of each kind.
  private static func remark(_ fields: String, _ counts: Redaction.Counts) -> Message {
    let found = Identifier.allCases.filter { counts[$0] > 0 }
    func list(_ language: Language) -> String {
      found.map { "\($0.tag.text(language)) \(counts[$0])" }.joined(separator: ", ")
    }
    guard !found.isEmpty else {
      return Message(
        en: "redact_text \(fields): nothing found in \(counts.texts) texts",
        fr: "redact_text \(fields) : rien trouvé dans \(counts.texts) textes")
    }
    return Message(
      en:
        "redact_text \(fields): \(counts.changed) of \(counts.texts) texts changed (\(list(.en)))",
      fr: "redact_text \(fields) : textes modifiés \(counts.changed) sur \(counts.texts) "
        + "(\(list(.fr)))")
  }
}
