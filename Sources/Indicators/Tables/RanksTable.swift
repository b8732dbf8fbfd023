import StageKit
import Tabular

/// The ranking: places, and where the index is doubted the intervals that they lie in.
enum RanksTable: IndexTable {
  static let name = "ranks"
  static let title = Message(en: "ranking", fr: "classement")
  static let summary = Message(
    en: "ranking, with intervals and groups where choices are uncertain",
    fr: "classement, avec intervalles et groupes quand des choix sont incertains")
  static let isOfUnits = true

  static func fields(_ known: IndexFields) -> [Field] {
    let all = known.everything
    let index = known.score("index", all, title: known.spec.tree.nodes.first?.title)
    let before = known.integer("rank_before", all, nullable: true)
    return known.units + [index, known.integer("rank", all, nullable: true)]
      + (known.spec.periods == nil ? [] : [before])
      + [
        known.text("not_ranked", all, nullable: true, words: IndexCodes.notRanked),
        known.double("data_share", all),
      ]
      + (known.spec.uncertainty == nil
        ? []
        : bounds.map { known.score($0, all) } + intervals.map { known.double($0, all) }
          + [known.integer("group", all, nullable: true)])
  }

  private static let bounds = ["index_5", "index_95"]

  private static let intervals = ["rank_5", "rank_median", "rank_95"]

  static func columns(_ work: IndexWork) throws -> [[Value]] {
    let solution = work.solution
    let (isRanked, shares) = (solution.isRanked, solution.dataShares)
    let places = solution.places(solution.scores[0], isRanked)
    let reasons = isRanked.indices.map { row -> Value in
      if isRanked[row] { return .null }
      if solution.isScreenedOut[row] { return .text("screened_out") }
      return .text(solution.scores[0][row].isNaN ? "no_score" : "too_few_data")
    }
    let before = work.keys.indices.map { row in
      solution.units.earlier(row).first.flatMap { places[$0] }
    }
    return work.unitColumns + [solution.scores[0].map(work.score), places.map(whole)]
      + (work.spec.periods == nil ? [] : [before.map(whole)])
      + [reasons, shares.map { .double(($0 * 1e6).rounded() / 1e6) }]
      + (try doubts(work, places))
  }

  private static func whole(_ number: Int?) -> Value { number.map { .integer(Int64($0)) } ?? .null }

  /// Intervals and groups, where choices are uncertain; computed only for whom they are for.
  private static func doubts(_ work: IndexWork, _ places: [Int?]) throws -> [[Value]] {
    guard let uncertainty = work.spec.uncertainty else { return [] }
    guard !work.wanted.isDisjoint(with: bounds + intervals + ["group"]) else {
      return Array(
        repeating: Array(repeating: .null, count: work.keys.count),
        count: bounds.count + intervals.count + 1)
    }
    let keepsScores = !work.wanted.isDisjoint(with: bounds)
    let solution = work.solution
    let model = try IndexModel(solution, uncertainty, references: work.references)
    let found = try MonteCarlo(
      model, Ranker(solution), keepsScores: keepsScores, work.resources)
    let scores =
      keepsScores ? found.scores : Array(repeating: nil, count: work.keys.count)
    let numbers: [[Double]] = [
      found.intervals.map { $0?.low ?? .nan }, found.intervals.map { $0?.median ?? .nan },
      found.intervals.map { $0?.high ?? .nan },
    ]
    return [scores.map { $0?.low ?? .nan }, scores.map { $0?.high ?? .nan }]
      .map { $0.map(work.score) }
      + numbers.map { $0.map { IndexWork.number(($0 * 1e6).rounded() / 1e6) } }
      + [found.groups(places, solution.units.periods).map(whole)]
  }
}
