import StageKit
import Tabular

extension KAnonymiseBinding {
  /// How the values of a field that is published in ranges are ordered.
  static func kind(
    of field: Field, at node: SpecNode, _ binding: Binding
  ) -> RangeValues.Kind? {
    switch field.type {
    case .integer, .decimal: return .number
    case .date: return .date
    default:
      binding.diagnostics.error(
        "wrong-type", at: node.position,
        Message(
          en: "'\(field.name)' is \(field.type.name): ranges are of whole numbers, decimals and "
            + "dates",
          fr: "« \(field.name) » est de type \(field.type.name) : les plages sont d’entiers, de "
            + "décimaux et de dates"))
      return nil
    }
  }

  /// Whether the quasi-identifiers are published in ranges; what does not go with that is told.
  static func areRanges(_ options: Options, _ quasi: [Quasi], _ binding: Binding) -> Bool {
    guard let entries = options["quasi"]?.entries,
      entries.contains(where: { $0.value.text == ranges })
    else { return false }
    for entry in entries where entry.value.text != ranges {
      binding.diagnostics.error(
        "wrong-value", at: entry.value.position,
        Message(
          en: "all quasi-identifiers are published in ranges, or none",
          fr: "tous les quasi-identifiants sont publiés en plages, ou aucun"),
        remedy: Message(
          en: "two stages of this kind would not give one guarantee: give every field a hierarchy",
          fr: "deux opérations de ce genre ne donneraient pas une garantie : donnez à chaque "
            + "champ une hiérarchie"))
    }
    for name in ["objective", "weights", "nodes", "local_recoding", "solution", "population"] {
      guard let node = options[name] else { continue }
      binding.diagnostics.error(
        "wrong-value", at: node.position,
        Message(
          en: "`\(name)` does not go with ranges, which are found without levels",
          fr: "`\(name)` ne va pas avec des plages, trouvées sans niveaux"))
    }
    return true
  }

  static func ranged(_ quasi: [Quasi], _ input: Facts) -> [PartitioningBreaker.Quasi] {
    quasi.compactMap { one in
      guard let column = input.index(of: one.field.name), let kind = one.ranges else { return nil }
      return PartitioningBreaker.Quasi(name: one.field.name, column: column, kind: kind)
    }
  }
}
