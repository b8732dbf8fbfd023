import Glibc
import StageKit

/// A share in millionths, by whole numbers: the same on every machine.
enum RiskShare {
  enum Rounding { case nearest, up }

  /// - Returns: 0 of nothing.
  static func millionths(_ part: Int, of whole: Int, _ rounding: Rounding = .nearest) -> Int {
    guard whole > 0 else { return 0 }
    let product = Int128(part) * 1_000_000
    let more = rounding == .up ? Int128(whole) - 1 : Int128(whole) / 2
    return Int(clamping: (product + more) / Int128(whole))
  }

  /// - Parameter share: ≥ 0, finite.
  static func millionths(_ share: Double) -> Int {
    Int(exactly: (min(share, 1e9) * 1_000_000).rounded()) ?? .max
  }
}

/// What an attacker who knows persons' quasi-identifiers can do with a table, from the sizes of its
/// classes alone (El Emam and Dankar, Protecting privacy using k-anonymity, 2008). Shares are in
/// millionths.
package struct RiskFigures: Sendable, Hashable {
  /// A kind of attack on one person: the highest probability of success, the average, and the
  /// persons for whom it is above the threshold.
  package struct Attack: Sendable, Hashable {
    package var highest = 0
    package var average = 0
    package var personsAbove = 0
  }

  package let sizes: ClassSizes
  /// Persons; one of several classes counts in each.
  package let persons: Int
  /// The attacker knows that the person is in the table: one of the class's persons.
  package let prosecutor: Attack
  /// The attacker does not: one of all persons of the population who are alike.
  package let journalist: Attack
  /// The share of all persons that is found on average by somebody who tries all.
  package var marketer: Int { journalist.average }
  package let uniques: Int
  package let population: PopulationUniques

  var smallest: Int { sizes.classes.keys.min() ?? 0 }
  var largest: Int { sizes.classes.keys.max() ?? 0 }

  /// - Parameters:
  ///   - threshold: in millionths: a risk beyond it is counted as high.
  ///   - fraction: the table's share of the population, 0 < fraction ≤ 1.
  package init(_ sizes: ClassSizes, threshold: Int, fraction: Double) {
    self.sizes = sizes
    persons = sizes.persons
    uniques = sizes.classes[1] ?? 0
    population = PopulationUniques(sizes, fraction: fraction)
    var prosecutor = Attack()
    let ascending = sizes.ascending
    if let smallest = ascending.first?.size {
      prosecutor.highest = RiskShare.millionths(1, of: smallest, .up)
      prosecutor.average = RiskShare.millionths(sizes.classCount, of: persons)
    }
    for (size, classes) in ascending where 1_000_000 > Int128(threshold) * Int128(size) {
      prosecutor.personsAbove += size * classes
    }
    self.prosecutor = prosecutor
    guard fraction < 1, fraction > 0 else {
      journalist = prosecutor
      return
    }
    let found = PopulationClasses(fraction: fraction).found(ascending.map(\.size))
    var journalist = Attack()
    var sum = 0.0
    for (index, (size, classes)) in ascending.enumerated() {
      let share = RiskShare.millionths(found[index])
      if index == 0 { journalist.highest = share }
      if share > threshold { journalist.personsAbove += size * classes }
      sum += Double(classes) * Double(size) * found[index]
    }
    journalist.average = RiskShare.millionths(sum / Double(max(persons, 1)))
    self.journalist = journalist
  }
}

/// What a class's size in a random sample tells of its size in the population: that minus the
/// sample's is negative binomial (Benedetti and Franconi, 1998; as sdcMicro's individual risk).
struct PopulationClasses {
  /// 0 < fraction < 1.
  let fraction: Double

  /// The expected value of 1/F for classes of f persons in the sample: ∫ π·s^(f−1) / (π + (1−π)·s)
  /// over 0 ≤ s ≤ 1. With a = π/(1−π) it is a·J(f), and J(f+1) = 1/f − a·J(f).
  /// - Parameter sizes: in ascending order, each once.
  func found(_ sizes: [Int]) -> [Double] {
    let a = fraction / (1 - fraction)
    return sizes.map { a * (a <= 1 ? upwards($0, a) : downwards($0, a)) }
  }

  /// From J(1) = ln(1 + 1/a): errors shrink by a each step.
  private func upwards(_ size: Int, _ a: Double) -> Double {
    if size > Self.large { return Self.limit(size, a) }
    var value = log1p(1 / a)
    for f in 1..<max(size, 1) { value = 1 / Double(f) - a * value }
    return value
  }

  /// From far above: errors shrink by 1/a each step.
  private func downwards(_ size: Int, _ a: Double) -> Double {
    if size > Self.large { return Self.limit(size, a) }
    var value = Self.limit(size + Self.large, a)
    for f in stride(from: size + Self.large - 1, through: size, by: -1) {
      value = (1 / Double(f) - value) / a
    }
    return value
  }

  /// Beyond this size the integrand is all at s = 1.
  private static let large = 1000

  /// The first terms for large classes.
  private static func limit(_ size: Int, _ a: Double) -> Double {
    let f = Double(size)
    return 1 / (f * (1 + a)) * (1 + 1 / ((1 + a) * (f + 1)))
  }
}
