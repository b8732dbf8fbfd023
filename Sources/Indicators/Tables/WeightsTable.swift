import StageKit
import Tabular

/// The tree with its weights, and what is known of its indicators.
enum WeightsTable: IndexTable {
  static let name = "weights"
  static let title = Message(en: "tree and weights", fr: "arbre et poids")
  static let summary = Message(
    en: "the tree: weights among siblings and in the whole, units, directions",
    fr: "l’arbre : poids parmi les voisins et dans l’ensemble, unités, sens")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    // Weights from principal components are computed of the values.
    let derived = known.spec.method.weightings.values.contains(.pca) ? known.everything : .none
    return [
      known.element("element"), known.level(), known.element("parent", nullable: true),
      known.text("title_en", nullable: true), known.text("title_fr", nullable: true),
      known.double("weight", derived), known.double("share", derived),
      known.double("effective_weight", derived), known.text("unit", nullable: true),
      known.integer("direction", .none, nullable: true),
      known.text("audiences", nullable: true),
      Field("units_with_data", .integer, privacy: known.everything),
    ]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let tree = work.spec.tree
    let weights = work.solution.weights
    let (shares, effective) = (tree.shares(weights), tree.effective(weights))
    let indicators = tree.nodes.map { $0.indicator.map { tree.indicators[$0] } }
    return [
      tree.nodes.map { .text($0.name) },
      tree.nodes.map { .text($0.level.rawValue) },
      tree.nodes.map { IndexWork.text($0.parent.map { tree.nodes[$0].name }) },
      tree.nodes.map { IndexWork.text($0.title?.en) },
      tree.nodes.map { IndexWork.text($0.title?.fr) },
      weights.map(IndexWork.number), shares.map(IndexWork.number),
      effective.map(IndexWork.number),
      indicators.map { IndexWork.text($0?.unit) },
      indicators.map { $0.map { .integer($0.direction < 0 ? -1 : 1) } ?? .null },
      indicators.map { IndexWork.text($0?.audiences.joined(separator: " ")) },
      tree.nodes.map { node in
        node.indicator.map { place in
          .integer(Int64(work.solution.raw[place].count { !$0.isNaN }))
        } ?? .null
      },
    ]
  }
}
