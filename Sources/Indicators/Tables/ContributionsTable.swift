import StageKit
import Tabular

/// Number by number, how each indicator comes into each unit's score.
enum ContributionsTable: IndexTable {
  static let name = "contributions"
  static let title = Message(en: "contributions", fr: "contributions")
  static let summary = Message(
    en: "each unit's indicators from the value as measured to what they contribute to the index",
    fr: "les indicateurs de chaque unité, de la valeur mesurée à leur contribution à l’indice")
  static let isOfUnits = false

  private static let numbers = [
    "measured", "divisor", "value", "imputed", "treated", "normalised", "weight", "contribution",
  ]

  private static let scores: Set = ["normalised", "contribution"]

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    return known.units + [known.element("indicator")]
      + numbers.map { scores.contains($0) ? known.score($0, all) : known.double($0, all) }
      + [
        known.integer("rank_of_value", all, nullable: true),
        known.text("reason", all, nullable: true, words: IndexCodes.absences),
      ]
  }

  static func columns(_ work: IndexWork) -> [[Value]] {
    let solution = work.solution
    let (weights, contributions) = solution.contributions
    var columns = [[Value]](repeating: [], count: work.unitColumns.count + numbers.count + 3)
    for (place, indicator) in work.spec.tree.indicators.enumerated() {
      let ranks = Statistics.ranks(solution.normalised[place].map { -$0 })
      for row in work.keys.indices {
        let cells: [Value] =
          work.unitColumns.map { $0[row] } + [.text(indicator.name)]
          + [
            work.measured[place][row], work.divisors[place][row], solution.raw[place][row],
            solution.imputed[place][row], solution.treated[place][row],
          ].map(IndexWork.number)
          + [
            work.score(solution.normalised[place][row]),
            IndexWork.number(weights[place][row]),
            work.score(contributions[place][row]),
            ranks[row].isNaN ? .null : .integer(Int64(ranks[row])),
            IndexWork.text(work.absences[place][row]?.rawValue),
          ]
        for (column, cell) in cells.enumerated() { columns[column].append(cell) }
      }
    }
    return columns
  }
}

extension IndexSolution {
  /// By indicator and row: the weight that it has in the row's index, once the weights of what is
  /// missing have gone to the rest, and what it contributes.
  ///
  /// Where all means are arithmetic, contributions are weight times score and add up to the index.
  /// Otherwise each is the index's share by weight of `before(score)` of the mean at each level:
  /// they add up to the index as well, but shares depend on the other scores.
  var contributions: (weights: [[Double]], contributions: [[Double]]) {
    let count = tree.nodes.count
    var weight = [[Double]](
      repeating: [Double](repeating: .nan, count: units.count), count: count)
    var part = weight
    for row in 0..<units.count where !scores[0][row].isNaN {
      (weight[0][row], part[0][row]) = (1, scores[0][row])
      for node in tree.composites where !weight[node][row].isNaN {
        let mean = method.composition(tree.nodes[node].level).aggregation
        let known = tree.nodes[node].children.filter {
          !scores[$0][row].isNaN && weights[$0] > 0
        }
        let sum = known.reduce(0) { $0 + weights[$1] }
        let whole = known.reduce(0) { $0 + weights[$1] * mean.before(scores[$1][row]) }
        for child in known {
          weight[child][row] = weight[node][row] * weights[child] / sum
          let own = weights[child] * mean.before(scores[child][row])
          part[child][row] = part[node][row] * (whole == 0 ? weights[child] / sum : own / whole)
        }
      }
    }
    let nodes = tree.indicators.indices.map { tree.node(ofIndicator: $0) }
    return (nodes.map { weight[$0] }, nodes.map { part[$0] })
  }
}
