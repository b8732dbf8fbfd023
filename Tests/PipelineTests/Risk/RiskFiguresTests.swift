import Foundation
import Pipeline
import StageKit
import Testing

/// Risks, against their definitions person by person.
@Suite struct RiskFiguresTests {
  private static let tables: [[Int]] = [
    [1], [5, 5, 5], [1, 2, 3, 4], [1, 1, 1, 40], [7, 9, 250, 3, 3, 1000], [2, 2, 2, 2, 1],
  ]

  @Test(arguments: tables) func attacksAreTheirDefinitions(_ sizes: [Int]) {
    let figures = RiskFigures(ClassSizes(sizes), threshold: 200_000, fraction: 1)
    let risks = sizes.flatMap { Array(repeating: 1 / Double($0), count: $0) }
    let average = risks.reduce(0, +) / Double(risks.count)
    #expect(figures.persons == risks.count)
    #expect(abs(Double(figures.prosecutor.highest) / 1e6 - (risks.max() ?? 0)) <= 1e-6)
    #expect(abs(Double(figures.prosecutor.average) / 1e6 - average) <= 1e-6)
    // One in five is no more than the threshold of a fifth.
    #expect(figures.prosecutor.personsAbove == sizes.filter { $0 < 5 }.reduce(0, +))
    #expect(
      figures.journalist == figures.prosecutor && figures.marketer == figures.prosecutor.average)
    #expect(figures.uniques == sizes.count { $0 == 1 })
  }

  /// The population's classes by summing over all that they may be.
  @Test(arguments: [0.02, 0.3, 0.5, 0.8, 0.97])
  func journalistsKnowASample(_ fraction: Double) {
    let sizes = [1, 2, 3, 7, 20]
    let figures = RiskFigures(ClassSizes(sizes), threshold: 200_000, fraction: fraction)
    let found = sizes.map { size -> Double in
      // C(F−1, f−1) π^f (1−π)^(F−f), F from f on.
      var (weight, sum) = (pow(fraction, Double(size)), 0.0)
      for population in size..<(size + 20_000) {
        sum += weight / Double(population)
        weight *= (1 - fraction) * Double(population) / Double(population - size + 1)
      }
      return sum
    }
    let persons = Double(sizes.reduce(0, +))
    let average = zip(sizes, found).reduce(0.0) { $0 + Double($1.0) * $1.1 } / persons
    #expect(abs(Double(figures.journalist.highest) / 1e6 - found[0]) <= 1e-6)
    #expect(abs(Double(figures.marketer) / 1e6 - average) <= 1e-6)
    let above = zip(sizes, found).reduce(0) { $0 + ($1.1 > 0.2 ? $1.0 : 0) }
    #expect(figures.journalist.personsAbove == above)
  }

  /// Large classes, and samples near the whole, come near what is known there.
  @Test func journalistsOfLargeClasses() {
    for fraction in [0.1, 0.5, 0.9] {
      let figures = RiskFigures(ClassSizes([1000, 1001, 2000]), threshold: 1, fraction: fraction)
      let expected = 3 * fraction / 4001
      #expect(abs(Double(figures.marketer) / 1e6 - expected) < 3e-6)
    }
  }

  /// Of rows that stay inside no small number of persons is told, nor what would give one away.
  @Test func smallNumbersStayInside() throws {
    var state: UInt64 = 5
    func below(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % bound)
    }
    for _ in 0..<300 {
      let sizes = (0...below(30)).map { _ in 1 + below(1 + UInt64(below(60))) }
      let told = RiskTold(
        RiskFigures(ClassSizes(sizes), threshold: 200_000, fraction: 1), least: 11)
      let persons = sizes.reduce(0, +)
      #expect(told.bands.reduce(0) { $0 + $1.persons } == persons)
      if told.bands.count > 1 {
        #expect(told.bands.allSatisfy { $0.persons >= 11 || $0.persons == 0 })
      }
      let uniques = sizes.count { $0 == 1 }
      let isSmall = (1..<11).contains(uniques) || (1..<11).contains(persons - uniques)
      #expect((told.shareUnique == nil) == isSmall)
      let json = String(decoding: try JSONEncoder().encode(told), as: UTF8.self)
      for key in ["persons", "classes\"", "sampleUniques", "personsAbove"] {
        #expect(!json.contains("\"\(key)"), "\(key)")
      }
    }
  }
}
