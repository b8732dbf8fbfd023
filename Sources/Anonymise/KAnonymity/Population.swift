/// The persons that there are by tuple of quasi-identifiers, in the table or not.
package struct Population: Sendable {
  /// As `Classes.keys`, each once.
  package private(set) var keys: [UInt64]
  package private(set) var persons: [Int]

  package init(keys: [UInt64] = [], persons: [Int] = []) {
    (self.keys, self.persons) = (keys, persons)
  }

  /// The same at coarser levels.
  func rolledUp(_ map: KeyMap) -> Population {
    var table = TupleTable(expecting: min(keys.count, 4096))
    var rolled = Population()
    for (key, persons) in zip(keys, persons) {
      let place = table.number(map.key(key))
      if place == rolled.persons.count {
        rolled.persons.append(persons)
      } else {
        rolled.persons[place] += persons
      }
    }
    rolled.keys = table.keys
    return rolled
  }

  /// The persons alike, by class.
  func persons(_ classes: [UInt64]) -> [Int] {
    var table = TupleTable(expecting: keys.count)
    for key in keys { _ = table.number(key) }
    return classes.map { table.find($0).map { persons[$0] } ?? 0 }
  }

  /// Whether someone is alike to no class of these.
  func exceeds(_ classes: [UInt64]) -> Bool {
    var table = TupleTable(expecting: classes.count)
    for key in classes { _ = table.number(key) }
    return zip(keys, persons).contains { $1 > 0 && table.find($0) == nil }
  }
}

/// What classes must be in a population.
package struct PopulationRule: Sendable, Hashable {
  /// Persons of the population in each class, at least (k-map).
  package var persons: Int?
  /// The share of the population's persons alike that is in the table (δ-presence): at least, for
  /// every person of the population, and at most; in millionths.
  package var least: Int
  package var most: Int?

  package init(persons: Int? = nil, least: Int = 0, most: Int? = nil) {
    (self.persons, self.least, self.most) = (persons, least, most)
  }

  enum Judgement {
    case holds
    /// Too few of the population alike, whatever is left out.
    case tooFew
    case tooManyHere
    case tooFewHere
  }

  /// What is to be said of a class of so many persons.
  func judge(_ here: Int, of all: Int) -> Judgement {
    if let persons, all < persons { return .tooFew }
    let share = Int128(here) * 1_000_000
    if let most, share > Int128(most) * Int128(all) { return .tooManyHere }
    return share < Int128(least) * Int128(all) ? .tooFewHere : .holds
  }
}
