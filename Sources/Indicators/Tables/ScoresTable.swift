import StageKit
import Tabular

/// The scores of the index, its domains and its dimensions, a row a unit.
enum ScoresTable: IndexTable {
  static let name = "scores"
  static let title = Message(en: "scores", fr: "notes")
  static let summary = Message(
    en: "scores of the index, domains and dimensions, and on what share of data they rest",
    fr: "notes de l’indice, des domaines et dimensions, et la part de données sur laquelle elles "
      + "reposent")
  static let isOfUnits = true

  static func fields(_ known: IndexFields) -> [Field] {
    let tree = known.spec.tree
    return known.units
      + tree.composites.map { node in
        known.score(
          tree.nodes[node].name, known.privacy(of: tree.indicators(below: node)),
          title: tree.nodes[node].title)
      } + [known.double("data_share", known.everything)]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let solution = work.solution
    return work.unitColumns
      + solution.tree.composites.map { solution.scores[$0].map(work.score) }
      + [solution.dataShares.map { .double(($0 * 1e6).rounded() / 1e6) }]
  }
}
