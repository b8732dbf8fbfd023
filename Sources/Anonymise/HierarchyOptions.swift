import StageKit
import Tabular

/// A hierarchy as a pipeline writes it: a file as ARX writes them, or a few words that say how it
/// is built. What is built ends in `*`, where all values are alike.
enum HierarchyOptions {
  static let alternatives: [OptionType] = [.file, .record(built)]
  static let type = OptionType.either(alternatives)

  private static let built = [
    OptionDeclaration(
      "intervals",
      .record([
        OptionDeclaration(
          "from", .integer(-1_000_000_000...1_000_000_000), required: true,
          Message(en: "The least value.", fr: "La plus petite valeur.")),
        OptionDeclaration(
          "to", .integer(-1_000_000_000...1_000_000_000), required: true,
          Message(en: "The greatest value.", fr: "La plus grande valeur.")),
        OptionDeclaration(
          "widths", .list(.integer(2...1_000_000_000)), required: true,
          Message(
            en: "Values in an interval, level by level, each a multiple of the one before.",
            fr: "Les valeurs d’un intervalle, niveau par niveau, chacune multiple de la "
              + "précédente.")),
      ]),
      Message(
        en: "Whole numbers in intervals that begin at multiples of their width.",
        fr: "Des entiers en intervalles qui commencent aux multiples de leur largeur.")),
    OptionDeclaration(
      "dates",
      .record([
        OptionDeclaration(
          "from", .text, required: true,
          Message(en: "The first day, as 1920-01-31.", fr: "Le premier jour, comme 1920-01-31.")),
        OptionDeclaration(
          "to", .text, required: true, Message(en: "The last day.", fr: "Le dernier jour.")),
        OptionDeclaration(
          "levels", .list(.choice(HierarchyDates.Level.allCases.map(\.rawValue))), required: true,
          Message(en: "Level by level.", fr: "Niveau par niveau.")),
      ]), Message(en: "Days.", fr: "Des jours.")),
    OptionDeclaration(
      "prefixes",
      .record([
        OptionDeclaration(
          "digits", .integer(1...5),
          Message(
            en: "All numbers of so many digits are values.",
            fr: "Tous les nombres d’autant de chiffres sont des valeurs.")),
        OptionDeclaration(
          "values", .list(.text), Message(en: "Or these are.", fr: "Ou celles-ci.")),
        OptionDeclaration(
          "keep", .list(.integer(1...50)), required: true,
          Message(
            en: "Characters that stay, level by level, ever fewer; a `*` stands for each other.",
            fr: "Les caractères qui restent, niveau par niveau, de moins en moins ; un `*` "
              + "remplace chaque autre.")),
      ]), Message(en: "Codes by their beginnings.", fr: "Des codes par leurs débuts.")),
    OptionDeclaration(
      "places", groups(3),
      Message(
        en: "Groups with their values, or with groups that have them: `{Rive nord: [Q01, Q02]}`.",
        fr: "Des groupes avec leurs valeurs, ou avec des groupes qui les ont : "
          + "`{Rive nord: [Q01, Q02]}`.")),
  ]

  private static func groups(_ depth: Int) -> OptionType {
    let values = OptionType.list(.text)
    return .map(keys: "group", depth == 1 ? values : .either([values, groups(depth - 1)]))
  }

  /// Values that a hierarchy may have.
  static let most = 200_000

  /// The values and, level by level, what they become.
  /// - Parameter isNested: whether each level has to be made of the one before.
  /// - Returns: nil after diagnostics.
  static func levels(
    _ node: SpecNode, _ binding: Binding, isNested: Bool = true
  ) -> [[String]]? {
    guard let levels = node.entries == nil ? file(node, binding) : built(node, binding) else {
      return nil
    }
    guard isNested, let fault = QuasiDomain.fault(levels) else { return levels }
    report(
      node, binding,
      Message(
        en: "value \(fault.leaf + 1) of the hierarchy is like an earlier one at level "
          + "\(fault.level - 1) and no longer at level \(fault.level)",
        fr: "la valeur \(fault.leaf + 1) de la hiérarchie est pareille à une autre avant elle au "
          + "niveau \(fault.level - 1) et ne l’est plus au niveau \(fault.level)"))
    return nil
  }

  private static func file(_ node: SpecNode, _ binding: Binding) -> [[String]]? {
    guard let path = binding.resolveFile(node) else { return nil }
    do throws(Hierarchy.Fault) {
      return try Hierarchy(path: path).levels
    } catch {
      report(node, binding, error.message)
      return nil
    }
  }

  private static func built(_ node: SpecNode, _ binding: Binding) -> [[String]]? {
    guard let entry = node.entries?.first, node.entries?.count == 1 else {
      report(
        node, binding,
        Message(
          en: "a hierarchy is built of one of intervals, dates, prefixes and places",
          fr: "une hiérarchie se construit de l’un parmi intervals, dates, prefixes et places"))
      return nil
    }
    do throws(Hierarchy.Fault) {
      let levels =
        switch entry.key {
        case "intervals": try intervals(entry.value)
        case "dates": try HierarchyDates.levels(entry.value)
        case "prefixes": try prefixes(entry.value)
        default: try HierarchyGroups(entry.value).levels
        }
      return levels + [Array(repeating: "*", count: levels.first?.count ?? 0)]
    } catch {
      report(entry.value, binding, error.message)
      return nil
    }
  }

  private static func report(_ node: SpecNode, _ binding: Binding, _ message: Message) {
    binding.diagnostics.error("bad-hierarchy", at: node.position, message)
  }

  private static func intervals(_ node: SpecNode) throws(Hierarchy.Fault) -> [[String]] {
    let (from, to) = (node["from"]?.integer ?? 0, node["to"]?.integer ?? 0)
    let widths = node["widths"]?.items?.compactMap(\.integer) ?? []
    guard from <= to, to - from < most else { throw tooMany }
    for (width, next) in zip(widths, widths.dropFirst()) where next % width != 0 || next == width {
      throw Hierarchy.Fault(
        message: Message(
          en: "each width of intervals must be a multiple of the one before",
          fr: "chaque largeur d’intervalles doit être multiple de la précédente"))
    }
    let values = Array(from...to)
    return [values.map(String.init)]
      + widths.map { width in
        values.map { value in
          let start = value - (value % width + width) % width
          return "\(start)..\(start + width - 1)"
        }
      }
  }

  private static func prefixes(_ node: SpecNode) throws(Hierarchy.Fault) -> [[String]] {
    let keep = node["keep"]?.items?.compactMap(\.integer) ?? []
    guard zip(keep, keep.dropFirst()).allSatisfy({ $0 > $1 }) else {
      throw Hierarchy.Fault(
        message: Message(
          en: "the numbers of characters that stay must get fewer",
          fr: "les nombres de caractères qui restent doivent diminuer"))
    }
    var values: [String]
    switch (node["digits"]?.integer, node["values"]?.items?.compactMap(\.text)) {
    case (let digits?, nil):
      let count = (0..<digits).reduce(1) { count, _ in count * 10 }
      values = (0..<count).map { number in
        let text = String(number)
        return String(repeating: "0", count: digits - text.count) + text
      }
    case (nil, let given?): values = given
    default:
      throw Hierarchy.Fault(
        message: Message(
          en: "prefixes are those of `digits` or of `values`",
          fr: "les débuts sont ceux de `digits` ou de `values`"))
    }
    guard Set(values).count == values.count else { throw repeated }
    guard values.count <= most else { throw tooMany }
    return [values]
      + keep.map { kept in
        values.map { value in
          String(value.prefix(kept)) + String(repeating: "*", count: max(value.count - kept, 0))
        }
      }
  }

  static let repeated = Hierarchy.Fault(
    message: Message(
      en: "a value stands twice in the hierarchy", fr: "une valeur est deux fois dans la hiérarchie"
    ))

  static let tooMany = Hierarchy.Fault(
    message: Message(
      en: "a hierarchy has from 1 to \(most) values, from the least to the greatest",
      fr: "une hiérarchie a de 1 à \(most) valeurs, de la plus petite à la plus grande"))
}
