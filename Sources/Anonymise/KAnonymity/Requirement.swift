/// What every class must be.
package struct Requirement: Sendable {
  package let k: Int
  /// By sensitive field, in the order of `Classes.sensitive`.
  package let spreads: [[SpreadRule]]

  package init(k: Int, spreads: [[SpreadRule]] = []) { (self.k, self.spreads) = (k, spreads) }

  /// The classes that fail, in their order; and of them those whose failing tells that finer
  /// levels fail too, when rows may be left out.
  package func failing(_ classes: Classes) -> (all: [Int], growing: [Int]) {
    let persons = classes.persons
    var (fails, grows) = (persons.map { $0 < k }, persons.map { $0 < k })
    for (counts, rules) in zip(classes.sensitive, spreads) where !rules.isEmpty {
      let (starts, cells) = counts.byPlace(classes.count)
      for place in fails.indices {
        let own = cells[starts[place]..<starts[place + 1]]
        for rule in rules where !grows[place] && !(fails[place] && !rule.growsWithClasses) {
          guard !rule.holds(own) else { continue }
          fails[place] = true
          if rule.growsWithClasses { grows[place] = true }
        }
      }
    }
    return (fails.indices.filter { fails[$0] }, grows.indices.filter { grows[$0] })
  }
}
