import StageKit
import Tabular

/// `mask`: hides a part of texts.
public struct MaskStage: FieldTreating {
  public static let declaration = StageDeclaration(
    name: "mask", kind: .rowLocal,
    summary: Message(
      en: "Hides a part of texts behind asterisks.",
      fr: "Cache une partie des textes derrière des astérisques."),
    options: [
      OptionDeclaration(
        "fields", .fields, required: true,
        Message(en: "The fields, all texts.", fr: "Les champs, tous des textes.")),
      OptionDeclaration(
        "pattern", .choice(["email", "phone"]),
        Message(
          en: "email: `d***@ville.example`; phone: all digits but the last two.",
          fr: "email : `d***@ville.example` ; phone : tous les chiffres sauf les deux derniers.")),
      OptionDeclaration(
        "keep_first", .integer(0...100), default: "0",
        Message(
          en: "Characters that stay at the start. A text that has no more than stay is hidden "
            + "whole.",
          fr: "Les caractères qui restent au début. Un texte qui n’en a pas plus qu’il n’en reste "
            + "est caché en entier.")),
      OptionDeclaration(
        "keep_last", .integer(0...100), default: "0",
        Message(en: "Characters that stay at the end.", fr: "Les caractères qui restent à la fin.")
      ),
      OptionDeclaration(
        "with", .text, default: "*",
        Message(
          en: "The character that hides the others.", fr: "Le caractère qui cache les autres.")),
    ],
    privacy: Message(
      en: "What was direct or a pseudonym becomes quasi where no more than four characters stay "
        + "at the ends. Other classes stay.",
      fr: "Ce qui était direct ou pseudonyme devient quasi si quatre caractères au plus restent "
        + "aux bouts. Les autres classes restent."),
    promise: StagePromise(
      guarantee: Message(
        en: "The hidden characters are not in the table any more.",
        fr: "Les caractères cachés ne sont plus dans la table."),
      assumes: Message(
        en: "What stays is shared by many.",
        fr: "Ce qui reste est partagé par beaucoup."),
      leaves: Message(
        en: "What stays can identify in combination, and so can the length of a text and the "
          + "domain of an e-mail.",
        fr: "Ce qui reste peut identifier par recoupement, de même que la longueur d’un texte "
          + "et le domaine d’un courriel.")),
    example: "mask: {fields: [telephone], pattern: phone}")

  public let output: Facts
  public var treatedFields: [String] { fields }
  private let fields: [String]
  private let masking: Masking
  private let mask: Character

  public init(_ options: Options, _ binding: Binding) throws {
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    for (field, place) in zip(fields, node.items ?? [node]) {
      binding.isOfType(field, [.text], at: place.position)
    }
    let ends = ["keep_first", "keep_last"].compactMap { options[$0] }
    switch options["pattern"]?.text {
    case "email": masking = .email
    case "phone": masking = .phone
    default:
      masking = .ends(
        first: options["keep_first"]?.integer ?? 0, last: options["keep_last"]?.integer ?? 0)
    }
    if options["pattern"] != nil, let end = ends.first {
      binding.diagnostics.error(
        "one-of", at: end.position,
        Message(
          en: "give either 'pattern' or what to keep",
          fr: "donnez « pattern » ou bien ce qui reste"))
    }
    let with = options["with"]?.text ?? "*"
    mask = with.first ?? "*"
    if with.count != 1, let place = options["with"] {
      binding.diagnostics.error(
        "wrong-value", at: place.position,
        Message(en: "this must be one character", fr: "il faut un seul caractère"))
    }
    try binding.settle()
    var facts = binding.input
    for field in fields {
      var masked = field
      if masking.hidesMost {
        masked.privacy = field.privacy.turning([.direct, .pseudonym], into: .quasi)
      }
      facts = facts.setting(masked)
    }
    (output, self.fields) = (facts, fields.map(\.name))
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    let (masking, mask) = (masking, mask)
    let changes = fields.compactMap { output.index(of: $0) }.map { column in
      TextMap.Change(column: column) { MaskAnswers(masking, mask) }
    }
    return .rowLocal(TextMap(changes))
  }
}

private final class MaskAnswers: TextAnswers {
  private let masking: Masking
  private let mask: Character

  init(_ masking: Masking, _ mask: Character) { (self.masking, self.mask) = (masking, mask) }

  func answer(_ text: Span<UInt8>, into answer: inout [UInt8]) throws -> Bool {
    var bytes: [UInt8] = []
    for index in text.indices { bytes.append(text[index]) }
    answer += masking.masked(String(decoding: bytes, as: UTF8.self), with: mask).utf8
    return true
  }
}
