/// Finds levels for all rows, and, where it is asked, others for the rows of classes that fail
/// there: what fails at the best levels, and what fails where any number of rows may be left out,
/// is searched again by itself, until nothing is gained. Of all that the best is taken, so that it
/// never costs more than levels for all rows do.
package struct RecodingSearch {
  package struct Outcome: Sendable {
    package let recoding: Recoding
    package let score: Double
    /// What the best levels for all rows cost; nil when there are none.
    package let whole: Double?
    /// Whether no levels for all rows cost less than those that were found.
    package let isOptimal: Bool
    /// Nodes that were looked at.
    package let looked: Int
  }

  private let requirement: Requirement
  private let budget: Int
  private let lattice: Lattice
  private let domains: [QuasiDomain]
  private let tuples: Classes
  private let objective: Objective
  private let rounds: Int
  private var looked = 0

  /// - Parameters:
  ///   - budget: nodes to look at in each search, at most, ≥ 1.
  ///   - rounds: levels that rows may be tried at, ≥ 1.
  package init(
    _ requirement: Requirement, budget: Int, lattice: Lattice, domains: [QuasiDomain],
    tuples: Classes, objective: Objective, rounds: Int
  ) {
    (self.requirement, self.budget, self.lattice) = (requirement, budget, lattice)
    (self.domains, self.tuples, self.objective) = (domains, tuples, objective)
    self.rounds = rounds
  }

  /// - Returns: nil when nothing will do, or nothing was found within the budget.
  package mutating func run() -> Outcome? { run {} }

  /// The same, for as long as nobody asks to stop.
  /// - Parameter checkpoint: called before each node that is looked at.
  package mutating func run(_ checkpoint: () throws -> Void) rethrows -> Outcome? {
    let whole = try search(tuples, requirement, objective, checkpoint)
    var best: (recoding: Recoding, score: Double)?
    func consider(_ recoding: Recoding) {
      guard recoding.holds else { return }
      let score = objective.score(recoding.parts)
      if score < best?.score ?? .infinity { best = (recoding, score) }
    }
    if let whole { consider(Recoding([whole.levels], requirement, domains, tuples)) }
    if rounds > 1 {
      if let whole { for one in try extended([whole.levels], checkpoint) { consider(one) } }
      let rows = tuples.rows.reduce(0, +)
      if rows > requirement.most,
        let first = try search(tuples, requirement.allowing(rows), objective, checkpoint),
        first.classes > 0
      {
        for one in try extended([first.levels], checkpoint) { consider(one) }
      }
    }
    return best.map { best in
      Outcome(
        recoding: best.recoding, score: best.score, whole: whole?.score,
        isOptimal: whole?.isOptimal ?? false, looked: looked)
    }
  }

  private mutating func search(
    _ tuples: Classes, _ requirement: Requirement, _ objective: Objective,
    _ checkpoint: () throws -> Void
  ) rethrows -> FullDomainSearch.Solution? {
    var search = FullDomainSearch(
      requirement, budget: budget, lattice: lattice, domains: domains, tuples: tuples,
      objective: objective)
    let found = try search.run(checkpoint)
    looked += search.looked
    return found
  }

  /// Recodes what fails, as long as that lets some of it stay; and after each round, too, so that
  /// of all that still fails no more is left out than may be.
  private mutating func extended(
    _ levels: [[Int]], _ checkpoint: () throws -> Void
  ) rethrows -> [Recoding] {
    var recoding = Recoding(levels, requirement, domains, tuples)
    var found: [Recoding] = []
    while recoding.rounds.count < rounds, recoding.suppressed > 0 {
      let rest = recoding.rest
      let objective = Objective(objective.kind, domains, rest, weights: objective.weights)
      if let last = try search(rest, requirement, objective, checkpoint) {
        var closed = recoding
        closed.add(last.levels)
        found.append(closed)
      }
      let next = try search(
        rest, requirement.allowing(recoding.suppressed), objective, checkpoint)
      guard let next, next.classes > 0 else { break }
      var longer = recoding
      longer.add(next.levels)
      if longer.isMixed { break }
      recoding = longer
    }
    return found + [recoding]
  }
}
