import Foundation
import Pipeline
import StageKit
import Testing

/// Estimators of uniques, against slow and obvious ones, and against populations that are known.
@Suite struct PopulationUniquesTests {
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return z ^ (z >> 31)
    }

    mutating func part() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }
  }

  /// Persons seated one by one as Pitman's process seats them: by person, the class.
  private func population(
    _ persons: Int, theta: Double, alpha: Double, _ dice: inout Dice
  ) -> [Int] {
    var seats: [Int] = []
    var sizes: [Int] = []
    for seated in 0..<persons {
      // A new class with probability (θ + α·classes) / (θ + seated).
      let isNew = dice.part() * (theta + Double(seated)) < theta + alpha * Double(sizes.count)
      if isNew || seats.isEmpty {
        seats.append(sizes.count)
        sizes.append(1)
        continue
      }
      // An old one with probability in proportion to its size − α.
      while true {
        let place = seats[Int(dice.part() * Double(seats.count))]
        let size = Double(sizes[place])
        if dice.part() * size < size - alpha {
          seats.append(place)
          sizes[place] += 1
          break
        }
      }
    }
    return seats
  }

  private func sizes(_ seats: [Int]) -> ClassSizes {
    ClassSizes(
      seats.reduce(into: [:]) { $0[$1, default: 0] += 1 }.values.map { (size: Int) in size })
  }

  /// The likelihood as it is defined, factor by factor.
  private func likelihood(_ sizes: [Int], _ theta: Double, _ alpha: Double) -> Double {
    let n = sizes.reduce(0, +)
    var sum = 0.0
    for i in 1..<sizes.count { sum += log(theta + Double(i) * alpha) }
    for i in 1..<n { sum -= log(theta + Double(i)) }
    for size in sizes {
      for i in 1..<max(size, 1) { sum += log(Double(i) - alpha) }
    }
    return sum
  }

  @Test(arguments: [(20.0, 0.3), (150.0, 0.6), (5.0, 0.8)])
  func pitmanIsTheMostLikely(_ theta: Double, _ alpha: Double) throws {
    var dice = Dice(state: 17)
    let seats = population(700, theta: theta, alpha: alpha, &dice)
    let counted = sizes(seats)
    let model = try #require(PitmanModel(counted))
    let all = counted.ascending.flatMap { Array(repeating: $0.size, count: $0.classes) }
    let best = likelihood(all, model.theta, model.alpha)
    // Nothing near, nor anywhere on a coarse grid, is likelier.
    for step in [1e-3, 1e-2, 0.1, 0.5] {
      for (up, right) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
        let other = (
          theta: model.theta * (1 + step * Double(up)),
          alpha: model.alpha + step * Double(right) / 5
        )
        guard other.alpha > 0, other.alpha < 1, other.theta > -other.alpha else { continue }
        #expect(likelihood(all, other.theta, other.alpha) <= best + 1e-9)
      }
    }
    for place in 1..<20 {
      for theta in [0.1, 1, 5, 20, 100, 400, 2000] {
        #expect(likelihood(all, theta, Double(place) / 20) <= best + 1e-9)
      }
    }
  }

  /// N·Π (θ+α+i−1)/(θ+i): the probability that the first person stays alone, times all.
  @Test func pitmansUniquesAreTheProcesss() throws {
    var dice = Dice(state: 3)
    let model = try #require(PitmanModel(sizes(population(400, theta: 30, alpha: 0.5, &dice))))
    var alone = 1.0
    for i in 1..<5000 {
      alone *= (model.theta + model.alpha + Double(i) - 1) / (model.theta + Double(i))
    }
    #expect(abs(model.uniques(of: 5000) / (5000 * alone) - 1) < 1e-8)
  }

  /// Populations of which all is known, and one in five of their persons.
  @Test func knownPopulationsAreEstimated() throws {
    var dice = Dice(state: 99)
    for (theta, alpha) in [(200.0, 0.5), (50.0, 0.7), (800.0, 0.2)] {
      let whole = population(30_000, theta: theta, alpha: alpha, &dice)
      let uniques = Double(sizes(whole).classes[1] ?? 0)
      let sample = whole.filter { _ in dice.part() < 0.2 }
      let estimated = PopulationUniques(
        sizes(sample), fraction: Double(sample.count) / Double(whole.count))
      guard case .number(let pitman) = estimated.pitman, case .number(let zayatz) = estimated.zayatz
      else {
        Issue.record("no estimates of θ \(theta), α \(alpha)")
        continue
      }
      #expect(abs(pitman / uniques - 1) < 0.1, "\(pitman) of \(uniques)")
      // Known for being too high: it takes the sample's classes for the population's.
      #expect(zayatz > uniques * 0.8 && zayatz < uniques * 4, "\(zayatz) of \(uniques)")
    }
  }

  /// The hypergeometric probabilities by factorials.
  @Test func zayatzIsBayes() throws {
    let counted = ClassSizes([1, 1, 1, 2, 2, 3, 5, 9, 1, 1, 4, 2])
    let (n, total) = (32, 128)
    func choose(_ n: Int, _ k: Int) -> Double {
      k < 0 || k > n ? 0 : (0..<k).reduce(1.0) { $0 * Double(n - $1) / Double($1 + 1) }
    }
    func single(_ size: Int) -> Double {
      Double(size) * choose(total - size, n - 1) / choose(total, n)
    }
    let all = counted.ascending.reduce(0.0) { $0 + Double($1.classes) / 12 * single($1.size) }
    let uniques = 5.0
    let expected = uniques * (uniques / 12 * single(1) / all) * 4
    let estimated = PopulationUniques(counted, fraction: 0.25)
    guard case .number(let zayatz) = estimated.zayatz else {
      Issue.record("no estimate")
      return
    }
    #expect(abs(zayatz - expected) < 1e-9)
  }

  /// What cannot be estimated is said so, and is never 0.
  @Test func noEstimateIsNoZero() {
    // Classes of one size: more alike than any of Pitman's populations.
    let alike = PopulationUniques(
      ClassSizes([1, 1] + Array(repeating: 40, count: 50)), fraction: 0.1)
    #expect(alike.pitman == .notConverged)
    let alone = PopulationUniques(ClassSizes(Array(repeating: 1, count: 50)), fraction: 0.1)
    #expect(alone.pitman == .notConverged)
    let hidden = PopulationUniques(ClassSizes([5, 6, 7]), fraction: 0.1)
    #expect(hidden.pitman == .noUniques && hidden.zayatz == .noUniques)
    // Where the table is the population, nothing is estimated.
    let whole = PopulationUniques(ClassSizes([1, 1, 4]), fraction: 1)
    #expect(whole.pitman == .number(2) && whole.zayatz == .number(2))
  }
}
