import StageKit
import Tabular

/// What each uncertain choice is answerable for.
enum SensitivityTable: IndexTable {
  static let name = "sensitivity"
  static let title = Message(en: "sensitivity to choices", fr: "sensibilité aux choix")
  static let summary = Message(
    en: "Sobol indices of the uncertain choices, with bootstrap intervals",
    fr: "indices de Sobol des choix incertains, avec intervalles bootstrap")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    let names = ["first_order", "first_order_5", "first_order_95"]
    let totals = ["total", "total_5", "total_95"]
    return [known.text("choice", words: IndexCodes.choices)]
      + (names + totals).map { known.double($0, all) }
  }

  static func columns(_ work: IndexWork) throws -> [[Value]] {
    guard let uncertainty = work.spec.uncertainty else { return Array(repeating: [], count: 7) }
    let solution = work.solution
    let model = try IndexModel(solution, uncertainty, references: work.references)
    let nominal = solution.places(solution.scores[0], solution.isRanked)
    let found = try SobolIndices(
      model, Ranker(solution), nominal: nominal, work.resources
    ).indices
    return [found.map { .text($0.factor.rawValue) }]
      + [
        found.map(\.first.value), found.map(\.first.low), found.map(\.first.high),
        found.map(\.total.value), found.map(\.total.low), found.map(\.total.high),
      ].map { $0.map(IndexWork.number) }
  }
}

/// What happens to the ranking without each element.
enum RemovalsTable: IndexTable {
  static let name = "removals"
  static let title = Message(en: "without each element", fr: "sans chaque élément")
  static let summary = Message(
    en: "how far ranks move when an element is left out",
    fr: "de combien les rangs bougent quand un élément est retiré")
  static let isOfUnits = false

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return [
      known.element("element"), known.level(), known.double("mean_shift", all),
      known.integer("largest_shift", all), known.integer("units_moved", all),
    ]
  }

  static func columns(_ work: IndexWork) throws -> [[Value]] {
    let solution = work.solution
    let nodes = solution.tree.nodes
    let ranker = Ranker(solution)
    let nominal = solution.places(solution.scores[0], solution.isRanked)
    var columns = [[Value]](repeating: [], count: 5)
    for node in nodes.indices.dropFirst() {
      try work.resources.checkpoint()
      var weights = solution.weights
      weights[node] = 0
      let scores = try solution.index(weights)
      var (moved, largest) = (0, 0)
      ranker.rank(scores) { row, rank in
        let shift = abs(rank - (nominal[row] ?? rank))
        if shift > 0 { moved += 1 }
        largest = max(largest, shift)
      }
      let cells: [Value] = [
        .text(nodes[node].name), .text(nodes[node].level.rawValue),
        IndexWork.number(ranker.meanShift(scores, from: nominal)), .integer(Int64(largest)),
        .integer(Int64(moved)),
      ]
      for (column, cell) in cells.enumerated() { columns[column].append(cell) }
    }
    return columns
  }
}
