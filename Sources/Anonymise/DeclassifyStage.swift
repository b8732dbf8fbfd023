import StageKit
import Tabular

/// `declassify`: lowers fields' classes by decision, not by treatment.
public struct DeclassifyStage: Justified, FieldTreating {
  public static let declaration = StageDeclaration(
    name: "declassify", kind: .rowLocal,
    summary: Message(
      en: "Lowers the classes of fields by a decision that the charter holds, such as the name of "
        + "an elected official. The values stay as they are: nothing is protected.",
      fr: "Abaisse la classe de champs par une décision que porte la charte, comme le nom d’un "
        + "élu. Les valeurs restent telles quelles : rien n’est protégé."),
    options: [
      OptionDeclaration(
        "fields", .map(keys: "field", .choice(["quasi", "aggregate", "plain"])), required: true,
        Message(
          en: "Fields and the classes they get. For each source field behind them the charter has "
            + "an entry under `declassifications` that says the same.",
          fr: "Les champs et la classe que chacun reçoit. Pour chaque champ de source dont ils "
            + "viennent, la charte a une entrée sous `declassifications` qui dit de même.")),
      OptionDeclaration(
        "because", .text, required: true,
        Message(
          en: "Why; stands in the privacy lock.",
          fr: "Pourquoi ; figure dans le verrou de confidentialité.")),
    ],
    privacy: Message(
      en: "The fields get the class said, their origins stay. What was chosen by their values "
        + "before stays marked. Refused without the charter's entry.",
      fr: "Les champs reçoivent la classe dite, leurs origines restent. Ce qui a été choisi "
        + "auparavant par leurs valeurs reste marqué. Refusé sans l’entrée de la charte."),
    promise: StagePromise(
      guarantee: Message(
        en: "None: it changes no value.",
        fr: "Aucune : elle ne change aucune valeur."),
      assumes: Message(
        en: "Whoever decided it in the charter was right.",
        fr: "Qui l’a décidé dans la charte avait raison."),
      leaves: Message(
        en: "Anything: values leave as they are.",
        fr: "Rien n’est protégé : les valeurs sortent telles quelles.")),
    example: "declassify: {fields: {elu: plain}, because: le nom des élus est public}")

  public let output: Facts
  public let justifications: [Justification]
  public let treatedFields: [String]

  public init(_ options: Options, _ binding: Binding) throws {
    let because = options["because"]?.text ?? ""
    if because.allSatisfy(\.isWhitespace) {
      binding.diagnostics.error(
        "wrong-value", at: options["because"]?.position ?? options.position,
        Message(en: "a decision has a reason", fr: "une décision a une raison"))
    }
    var facts = binding.input
    var justifications: [Justification] = []
    for entry in options["fields"]?.entries ?? [] {
      guard let field = binding.field(entry.keyNode),
        let to = entry.value.text.flatMap(PrivacyClass.init(rawValue:)),
        let index = facts.index(of: field.name)
      else { continue }
      facts.fields[index].privacy = field.privacy.reclassed(to)
      justifications.append(
        Justification(
          .declassification(to), field: field, because: because, at: entry.keyPosition))
    }
    try binding.settle()
    (output, self.justifications) = (facts, justifications)
    treatedFields = justifications.map(\.field)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { wanted }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(Project(Array(output.fields.indices)))
  }
}
