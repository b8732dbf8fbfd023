import StageKit
import Tabular

/// `indicators:`: composite indices. `NAME` is what was gathered of each unit; `NAME.scores`,
/// `NAME.ranks` and so on are what comes of it.
public enum IndicatorsBlock: Block {
  public static let declaration = OptionDeclaration(
    "indicators", .map(keys: "name", .record(IndexDeclarations.index)),
    Message(
      en: "Composite indices; outputs and steps take their tables as NAME.scores, NAME.ranks…",
      fr: "Des indices composites ; sorties et étapes en prennent les tables sous NOM.scores, "
        + "NOM.ranks…"))

  public static var member: [OptionDeclaration] { IndexDeclarations.index }

  public static let documentation = BlockDocumentation(
    declaration, options: member, tables: IndexTables.all.map { ($0.name, $0.summary) },
    example: """
      indicators:
        logement:
          title: {fr: Logement, en: Housing}
          units: {from: quartiers, key: quartier, name: nom}
          denominators: {logements: {}, superficie_km2: {}}
          dimensions:
            place:
              indicators:
                densite: {measure: population, denominator: superficie_km2, direction: -1}
            parc:
              weight: 2
              indicators:
                menages: {denominator: logements, scale: 100, unit: "%"}
          uncertainty: {weights: 0.25}
      """)

  public static let stages: [any Stage.Type] = [GatherStage.self, IndexTableStage.self]

  public static func steps(of entry: SpecNode.Entry) -> [BlockStep] {
    let place = entry.keyPosition
    func text(_ text: String) -> SpecNode { SpecNode(.scalar(text, .quoted), at: place) }
    func item(_ key: String, _ value: SpecNode) -> SpecNode.Entry {
      SpecNode.Entry(key: key, keyPosition: place, value: value)
    }
    func body(_ table: String?) -> SpecNode {
      var entries = [item("name", text(entry.key)), item("index", entry.value)]
      if let table { entries.append(item("table", text(table))) }
      return SpecNode(.mapping(entries), at: entry.value.position)
    }
    let units = entry.value["units"]?["from"] ?? text("")
    let title = entry.value["title"]?.spokenTitle ?? spoken(entry.key)
    func titled(_ what: Message) -> Message {
      Message(en: "\(title.en), \(what.en)", fr: "\(title.fr), \(what.fr)")
    }
    let first = BlockStep(
      name: entry.key, title: titled(gathered), from: units, stage: GatherStage.declaration.name,
      body: body(nil))
    return [first]
      + IndexTables.all.map { table in
        BlockStep(
          name: "\(entry.key).\(table.name)", title: titled(table.title), from: text(entry.key),
          stage: IndexTableStage.declaration.name, body: body(table.name))
      }
  }

  private static let gathered = Message(en: "values gathered", fr: "valeurs rassemblées")

  /// `qualite_de_vie` as `Qualite de vie`, for want of a title.
  private static func spoken(_ name: String) -> Message {
    let words = name.replacing("_", with: " ")
    let text = words.prefix(1).uppercased() + words.dropFirst()
    return Message(en: text, fr: text)
  }
}
