/// Tuples at levels: all of them at some, then those of classes that failed at others, and so on.
package struct Recoding: Sendable {
  package struct Round: Sendable {
    package let levels: [Int]
    package let map: KeyMap
    package let classes: Classes
    package let verdict: Requirement.Verdict
  }

  package private(set) var rounds: [Round] = []
  /// Tuples of classes that failed in all rounds.
  package private(set) var rest: Classes
  /// Whether classes of two rounds look alike and need not keep what each of them keeps.
  package private(set) var isMixed = false
  private let requirement: Requirement
  private let domains: [QuasiDomain]
  private var known: Set<[String]> = []

  package init(_ requirement: Requirement, _ domains: [QuasiDomain], _ tuples: Classes) {
    (self.requirement, self.domains, rest) = (requirement, domains, tuples)
  }

  package init(
    _ levels: [[Int]], _ requirement: Requirement, _ domains: [QuasiDomain], _ tuples: Classes
  ) {
    self.init(requirement, domains, tuples)
    for levels in levels { add(levels) }
  }

  /// Recodes what failed so far.
  package mutating func add(_ levels: [Int]) {
    let map = KeyMap(domains, levels)
    let classes = rest.rolledUp(map)
    let verdict = requirement.verdict(classes)
    var failing = TupleTable(expecting: verdict.failing.count)
    for index in verdict.failing { _ = failing.number(classes.keys[index]) }
    let keys = rest.keys
    rest = rest.kept { failing.find(map.key(keys[$0])) != nil }
    let round = Round(levels: levels, map: map, classes: classes, verdict: verdict)
    if !requirement.growsWithClasses {
      for texts in texts(round) where !known.insert(texts).inserted { isMixed = true }
    }
    rounds.append(round)
  }

  /// How the classes that stay are published.
  private func texts(_ round: Round) -> [[String]] {
    let failing = Set(round.verdict.failing)
    return round.classes.keys.indices.filter { !failing.contains($0) }.map { index in
      zip(domains, round.levels).map { $0.texts[$1][$0.leaf(round.classes.keys[index])] }
    }
  }

  /// Rows that stay nowhere.
  package var suppressed: Int { rest.rows.reduce(0, +) }

  /// Classes that stay.
  package var classes: Int {
    rounds.reduce(0) { $0 + $1.classes.count - $1.verdict.failing.count }
  }

  package var parts: [InformationLoss.Part] {
    rounds.map {
      InformationLoss.Part(levels: $0.levels, classes: $0.classes, failing: $0.verdict.failing)
    }
  }

  /// Whether all that is asked is kept.
  package var holds: Bool {
    suppressed <= requirement.most && !isMixed
      && (requirement.population == nil || rounds.allSatisfy { !$0.verdict.isRefusedBelow })
  }
}
