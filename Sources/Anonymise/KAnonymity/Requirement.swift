/// What every class must be.
package struct Requirement: Sendable {
  /// What becomes of a table's classes.
  package struct Verdict: Sendable {
    /// Classes that fail, in their order; and their rows.
    package let failing: [Int]
    package let rows: Int
    /// Whether more fails than may be left out.
    package let isRefused: Bool
    /// Whether that is so at all finer levels, too.
    package let isRefusedBelow: Bool
  }

  package let k: Int
  /// By sensitive field, in the order of `Classes.sensitive`.
  package let spreads: [[SpreadRule]]
  /// Of `Classes.population`.
  package let population: PopulationRule?
  /// Rows that may be left out.
  package let most: Int

  package init(
    k: Int, spreads: [[SpreadRule]] = [], population: PopulationRule? = nil, most: Int = 0
  ) {
    (self.k, self.spreads, self.population) = (k, spreads, population)
    // Whoever is left out is in no class, and so not present as asked.
    self.most = (population?.least ?? 0) > 0 ? 0 : most
  }

  /// The same with other rows that may be left out.
  package func allowing(_ most: Int) -> Requirement {
    Requirement(k: k, spreads: spreads, population: population, most: most)
  }

  /// Whether whatever joins a class that keeps everything leaves it so.
  package var growsWithClasses: Bool {
    spreads.joined().allSatisfy(\.growsWithClasses)
      && (population?.least ?? 0) == 0 && population?.most == nil
  }

  /// Whether rows alone tell that these classes, and any of finer levels, fail: no persons need
  /// be counted then.
  package func isHopeless(_ classes: Classes) -> Bool {
    var few = 0
    for rows in classes.rows where rows < k {
      few += rows
      if few > most { return true }
    }
    return false
  }

  package func verdict(_ classes: Classes) -> Verdict {
    let persons = population == nil ? classes.persons(enough: k) : classes.persons
    var fails = persons.map { $0 < k }
    // Of which failing tells that finer levels fail too.
    var tells = fails
    for (counts, rules) in zip(classes.sensitive, spreads) where !rules.isEmpty {
      let (starts, cells) = counts.byPlace(classes.count)
      for place in fails.indices {
        let own = cells[starts[place]..<starts[place + 1]]
        for rule in rules where !tells[place] {
          let isTelling = rule.tells(most > 0)
          guard isTelling || !fails[place], !rule.holds(own) else { continue }
          fails[place] = true
          if isTelling { tells[place] = true }
        }
      }
    }
    var (isLost, isLostBelow) = (false, false)
    if let population, let found = classes.population {
      let all = found.persons(classes.keys)
      for place in fails.indices where !tells[place] {
        switch population.judge(persons[place], of: all[place]) {
        case .holds: continue
        case .tooFew: tells[place] = true
        case .tooManyHere: tells[place] = most == 0
        // A person in several classes is one in them all: coarser ones may have a lesser share.
        case .tooFewHere: tells[place] = most == 0 && classes.alone == nil
        }
        fails[place] = true
      }
      if population.least > 0 {
        isLostBelow = found.exceeds(classes.keys)
        isLost = fails.contains(true)
      }
    }
    let failing = fails.indices.filter { fails[$0] }
    let rows = failing.reduce(0) { $0 + classes.rows[$1] }
    let telling = tells.indices.reduce(0) { $0 + (tells[$1] ? classes.rows[$1] : 0) }
    return Verdict(
      failing: failing, rows: rows, isRefused: rows > most || isLost || isLostBelow,
      isRefusedBelow: telling > most || isLostBelow)
  }
}
