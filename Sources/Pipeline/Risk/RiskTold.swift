import Reports
import StageKit
import Tabular

/// Figures of risk as they may be told: all of them, or, of a table that stays inside, only what
/// gives away no small number of persons.
package struct RiskTold: Sendable {
  /// Classes of some sizes.
  package struct Band: Sendable, Hashable {
    package let sizes: ClosedRange<Int>
    package var classes: Int
    package var persons: Int
  }

  let figures: RiskFigures
  /// The least number of persons that is told; nil where all may be.
  let least: Int?

  package init(_ figures: RiskFigures, least: Int? = nil) {
    (self.figures, self.least) = (figures, least)
  }

  /// Whether so many persons, or all the others, are too few to be told.
  func hides(_ persons: Int) -> Bool {
    guard let least else { return false }
    return (1..<least).contains(persons) || (1..<least).contains(figures.persons - persons)
  }

  /// A share in millionths as it is told: to a thousandth where the table stays inside, so that
  /// the number of its persons cannot be computed from it.
  func told(_ millionths: Int) -> Int {
    least == nil ? millionths : (millionths + 500) / 1000 * 1000
  }

  /// Persons above the threshold as a share; nil where they are too few.
  func shareAbove(_ attack: RiskFigures.Attack) -> Int? {
    hides(attack.personsAbove)
      ? nil : told(RiskShare.millionths(attack.personsAbove, of: figures.persons))
  }

  package var shareUnique: Int? {
    hides(figures.uniques) ? nil : told(RiskShare.millionths(figures.uniques, of: figures.persons))
  }

  private static let starts = [1, 2, 3, 5, 10, 20, 50, 100, 1000]

  /// Class sizes, in bands that are joined until each is of enough persons.
  package var bands: [Band] {
    var bands: [Band] = []
    for (place, start) in Self.starts.enumerated() {
      let isLast = place + 1 == Self.starts.count
      let end = isLast ? max(figures.largest, start) : Self.starts[place + 1] - 1
      var band = Band(sizes: start...end, classes: 0, persons: 0)
      for (size, classes) in figures.sizes.ascending where band.sizes.contains(size) {
        band.classes += classes
        band.persons += size * classes
      }
      bands.append(band)
    }
    while let last = bands.last, last.persons == 0 { bands.removeLast() }
    guard let least else { return bands }
    var joined: [Band] = []
    for band in bands {
      if let last = joined.last, (1..<least).contains(last.persons) {
        joined[joined.count - 1] = Self.joined(last, band)
      } else {
        joined.append(band)
      }
    }
    while joined.count > 1, let last = joined.last, (0..<least).contains(last.persons) {
      joined.removeLast()
      joined[joined.count - 1] = Self.joined(joined[joined.count - 1], last)
    }
    return joined
  }

  private static func joined(_ one: Band, _ other: Band) -> Band {
    Band(
      sizes: one.sizes.lowerBound...max(one.sizes.upperBound, other.sizes.upperBound),
      classes: one.classes + other.classes, persons: one.persons + other.persons)
  }
}

// MARK: For machines

extension RiskTold: Encodable {
  private enum Keys: String, CodingKey {
    case persons, classes, smallestClass, largestClass, prosecutor, journalist, marketer
    case sampleUniques, shareUnique, populationUniques, classSizes
    case highest, average, shareAbove, personsAbove, fewerThan
    case pitman, zayatz, estimate, status, from, to, share
  }

  package func encode(to encoder: any Encoder) throws {
    var box = encoder.container(keyedBy: Keys.self)
    if least == nil {
      try box.encode(figures.persons, forKey: .persons)
      try box.encode(figures.sizes.classCount, forKey: .classes)
      try box.encode(figures.largest, forKey: .largestClass)
      try box.encode(figures.uniques, forKey: .sampleUniques)
    }
    try box.encode(figures.smallest, forKey: .smallestClass)
    try encode(figures.prosecutor, in: &box, .prosecutor)
    try encode(figures.journalist, in: &box, .journalist)
    try box.encode(Self.number(told(figures.marketer)), forKey: .marketer)
    if let share = shareUnique {
      try box.encode(Self.number(share), forKey: .shareUnique)
    } else {
      var few = box.nestedContainer(keyedBy: Keys.self, forKey: .shareUnique)
      try few.encode(least, forKey: .fewerThan)
    }
    if least == nil {
      var both = box.nestedContainer(keyedBy: Keys.self, forKey: .populationUniques)
      try Self.encode(figures.population.pitman, in: &both, .pitman)
      try Self.encode(figures.population.zayatz, in: &both, .zayatz)
    }
    var list = box.nestedUnkeyedContainer(forKey: .classSizes)
    for band in bands {
      var one = list.nestedContainer(keyedBy: Keys.self)
      try one.encode(band.sizes.lowerBound, forKey: .from)
      try one.encode(band.sizes.upperBound, forKey: .to)
      if least == nil {
        try one.encode(band.classes, forKey: .classes)
        try one.encode(band.persons, forKey: .persons)
      }
      let share = RiskShare.millionths(band.persons, of: figures.persons)
      try one.encode(Self.number(told(share)), forKey: .share)
    }
  }

  private func encode(
    _ attack: RiskFigures.Attack, in box: inout KeyedEncodingContainer<Keys>, _ key: Keys
  ) throws {
    var one = box.nestedContainer(keyedBy: Keys.self, forKey: key)
    try one.encode(Self.number(attack.highest), forKey: .highest)
    try one.encode(Self.number(told(attack.average)), forKey: .average)
    if let share = shareAbove(attack) {
      try one.encode(Self.number(share), forKey: .shareAbove)
    } else {
      var few = one.nestedContainer(keyedBy: Keys.self, forKey: .shareAbove)
      try few.encode(least, forKey: .fewerThan)
    }
    if least == nil { try one.encode(attack.personsAbove, forKey: .personsAbove) }
  }

  private static func encode(
    _ estimate: PopulationUniques.Estimate, in box: inout KeyedEncodingContainer<Keys>,
    _ key: Keys
  ) throws {
    var one = box.nestedContainer(keyedBy: Keys.self, forKey: key)
    switch estimate {
    case .number(let number): try one.encode(number.rounded(), forKey: .estimate)
    case .notConverged: try one.encode("not converged", forKey: .status)
    case .noUniques: try one.encode("no unique person in the sample", forKey: .status)
    }
  }

  /// Millionths as a number.
  static func number(_ millionths: Int) -> Double { Double(millionths) / 1_000_000 }
}

// MARK: For people

extension RiskTold {
  /// One line of a table of measures.
  struct Measure {
    let name: Message
    let value: String
  }

  /// - Parameter threshold: in millionths.
  func measures(threshold: Int, _ language: Language) -> [Measure] {
    let words = RiskWords(language)
    let above = words.share(threshold)
    var all: [Measure] = []
    func add(_ name: Message, _ value: String) { all.append(Measure(name: name, value: value)) }
    add(RiskWords.persons, least == nil ? words.count(figures.persons) : "–")
    add(RiskWords.classes, least == nil ? words.count(figures.sizes.classCount) : "–")
    add(RiskWords.smallest, words.count(figures.smallest))
    for (name, attack) in [
      (RiskWords.prosecutor, figures.prosecutor), (RiskWords.journalist, figures.journalist),
    ] {
      add(RiskWords.highest(name), words.share(attack.highest))
      add(RiskWords.average(name), words.share(told(attack.average)))
      add(
        RiskWords.above(name, above),
        shareAbove(attack).map(words.share) ?? words.fewer(least ?? 0))
    }
    add(RiskWords.marketer, words.share(told(figures.marketer)))
    add(
      RiskWords.uniques,
      shareUnique.map { share in
        least == nil
          ? "\(words.count(figures.uniques)) (\(words.share(share)))" : words.share(share)
      } ?? words.fewer(least ?? 0))
    if least == nil {
      add(RiskWords.populationUniques("Pitman"), words.estimate(figures.population.pitman))
      add(RiskWords.populationUniques("Zayatz"), words.estimate(figures.population.zayatz))
    } else {
      for name in ["Pitman", "Zayatz"] { add(RiskWords.populationUniques(name), "–") }
    }
    return all
  }
}
