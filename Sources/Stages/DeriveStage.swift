import StageKit
import Tabular

/// `derive`: computes fields, one after the other.
public struct DeriveStage: Stage {
  public static let declaration = StageDeclaration(
    name: "derive", kind: .rowLocal,
    summary: Message(
      en: "Computes fields from the others of the row.",
      fr: "Calcule des champs à partir des autres de la ligne."),
    options: [
      OptionDeclaration(
        "fields", .map(keys: "name", .expression), required: true,
        Message(
          en: "New fields and their expressions, in order: later ones may use earlier ones. A "
            + "field that is there already is replaced if its expression reads it "
            + "(`courriel: lower(courriel)`); otherwise it is an error.",
          fr: "Les nouveaux champs et leurs expressions, dans l’ordre : les suivants peuvent se "
            + "servir des précédents. Un champ déjà présent est remplacé si son expression le lit "
            + "(`courriel: lower(courriel)`) ; sinon c’est une erreur."))
    ],
    shorthand: "fields", bodyIsMap: true,
    privacy: Message(
      en: "A computed field carries the classes of all fields that it reads.",
      fr: "Un champ calculé porte les classes de tous les champs qu’il lit."),
    example: """
      derive:
        reste: prevu - depense
        depasse: reste < 0
      """)

  public let output: Facts
  private let computed: ComputedFields

  public init(_ options: Options, _ binding: Binding) throws {
    var computed = ComputedFields(of: binding.input)
    var failed: Set<String> = []
    for entry in options["fields"]?.entries ?? [] {
      let facts = computed.facts
      guard let tree = binding.tree(entry.value),
        // What reads a field that could not be computed would only repeat its faults.
        failed.isDisjoint(with: tree.fieldNames),
        let expression = binding.expression(entry.value, in: facts)
      else {
        failed.insert(entry.key)
        continue
      }
      if !facts.names(of: expression).contains(entry.key) {
        let isFree = binding.isNewName(
          entry.key, at: entry.keyPosition, among: facts.names, remedy: Self.replaceRemedy)
        guard isFree else { continue }
      }
      computed.set(
        facts.field(entry.key, computing: expression, written: tree, binding.parameters),
        to: expression)
    }
    try binding.settle()
    (output, self.computed) = (computed.facts, computed)
  }

  public func needs(_ wanted: Set<String>) -> Set<String> { computed.needs(wanted) }

  public func operation(_ context: StageContext) throws -> StageOperation {
    .rowLocal(computed.rowOperator)
  }

  private static let replaceRemedy = Message(
    en: "take another name, or drop the field before; a field is replaced only by what is "
      + "computed from it",
    fr: "prenez un autre nom, ou retirez d’abord ce champ ; un champ n’est remplacé que par ce "
      + "qui est calculé à partir de lui")
}
