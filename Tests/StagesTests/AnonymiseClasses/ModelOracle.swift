import Anonymise
import Foundation

/// A model of privacy by its definition, on rows one by one.
enum OracleModel: CaseIterable {
  case distinct, entropy, recursive, equal, ordered, hierarchical
  case likeness, enhancedLikeness, disclosure, map, presenceAtMost, presenceAtLeast, together
}

/// A small table with a sensitive field of four values and a population, and what is asked of it.
struct OracleTable {
  let table: SmallTable
  let values: [Int]
  /// Leaves of the population's tuples, with their persons.
  let population: [(row: [Int], persons: Int)]
  let model: OracleModel
  let k: Int
  let tuples: Classes
  private let rules: [SpreadRule]
  private let bound: PopulationRule?
  static let groups = [[0, 1, 2, 3], [0, 0, 2, 2], [0, 0, 0, 0]]

  init(_ model: OracleModel, _ dice: inout SmallDice) {
    self.model = model
    table = SmallTable(&dice)
    k = dice.below(3) + 1
    values = table.rows.map { _ in min(dice.below(4), dice.below(5)) }
    var population = table.rows.map { (row: $0, persons: 1 + dice.below(3)) }
    for _ in 0..<dice.below(6) {
      population.append((table.levels.map { dice.below($0[0].count) }, dice.below(4)))
    }
    self.population = population
    var tuples = table.tuples
    var counts: [SensitiveCounts.Cell: Int] = [:]
    for (row, value) in zip(table.rows, values) {
      let place = Int32(tuples.keys.firstIndex(of: table.key(row)) ?? 0)
      counts[.init(place: place, value: Int32(value), rows: 0), default: 0] += 1
    }
    tuples.sensitive = [
      SensitiveCounts(
        cells: counts.map { .init(place: $0.place, value: $0.value, rows: $1) }, values: 4)
    ]
    var persons: [UInt64: Int] = [:]
    for one in population { persons[table.key(one.row), default: 0] += one.persons }
    let keys = persons.keys.sorted()
    tuples.population = Population(keys: keys, persons: keys.map { persons[$0] ?? 0 })
    self.tuples = tuples
    let whole = tuples.sensitive[0].whole
    rules = Self.kinds(model).map { SpreadRule($0, whole: whole) }
    bound =
      switch model {
      case .map: PopulationRule(persons: 6)
      case .presenceAtMost: PopulationRule(most: 450_000)
      case .presenceAtLeast: PopulationRule(least: 350_000, most: 900_000)
      case .together: PopulationRule(persons: 4)
      default: nil
      }
  }

  private static func kinds(_ model: OracleModel) -> [SpreadRule.Kind] {
    switch model {
    case .distinct: [.distinct(2)]
    case .entropy: [.entropy(millionths: 1_900_000)]
    case .recursive: [.recursive(millionths: 1_500_000, 2)]
    case .equal: [.equal(millionths: 300_000)]
    case .ordered: [.ordered(millionths: 200_000)]
    case .hierarchical: [.hierarchical(millionths: 250_000, groups: groups)]
    case .likeness: [.likeness(millionths: 750_000, isEnhanced: false)]
    case .enhancedLikeness: [.likeness(millionths: 2_000_000, isEnhanced: true)]
    case .disclosure: [.disclosure(millionths: 700_000)]
    case .together: [.distinct(2), .equal(millionths: 400_000)]
    case .map, .presenceAtMost, .presenceAtLeast: []
    }
  }

  func requirement(_ most: Int) -> Requirement {
    Requirement(k: k, spreads: [rules], population: bound, most: most)
  }

  // MARK: By definition

  /// Rows by what they are published as; nil for those left out.
  typealias Published = [[String]?]

  func published(_ levels: [Int]) -> Published {
    table.rows.map { row in row.indices.map { table.levels[$0][levels[$0]][row[$0]] } }
  }

  /// Whether rows may be a class. The others of the population who look alike come along.
  func isSound(_ members: [Int], alike: Int) -> Bool {
    let persons = table.persons.map { all in Set(members.map { all[$0] }).count } ?? members.count
    guard persons >= k else { return false }
    let (n, all) = (Double(members.count), Double(values.count))
    let here = (0..<4).map { value in Double(members.count { values[$0] == value }) / n }
    let there = (0..<4).map { value in Double(values.count { $0 == value }) / all }
    let found = here.filter { $0 > 0 }
    switch model {
    case .distinct: return found.count >= 2
    case .entropy: return -found.map { $0 * log($0) }.reduce(0, +) >= log(1.9) - 1e-9
    case .recursive:
      let sorted = here.map { ($0 * n).rounded() }.sorted(by: >)
      return sorted[0] < 1.5 * sorted[1...].reduce(0, +)
    case .equal: return Self.total(here, there) / 2 <= 0.3 + 1e-9
    case .ordered: return ordered(here, there) <= 0.2 + 1e-9
    case .hierarchical: return Self.hierarchical(here, there) <= 0.25 + 1e-9
    case .likeness: return zip(here, there).allSatisfy { $0 - $1 <= 0.75 * $1 + 1e-9 }
    case .enhancedLikeness:
      return zip(here, there).allSatisfy { $1 == 0 || ($0 - $1) / $1 <= min(2, -log($1)) + 1e-9 }
    case .disclosure: return zip(here, there).allSatisfy { $0 == 0 || abs(log2($0 / $1)) < 0.7 }
    case .map: return alike >= 6
    case .presenceAtMost: return Double(persons) <= 0.45 * Double(alike) + 1e-9
    case .presenceAtLeast:
      let share = Double(persons) / Double(alike)
      return alike > 0 && share >= 0.35 - 1e-9 && share <= 0.9 + 1e-9
    case .together:
      return found.count >= 2 && Self.total(here, there) / 2 <= 0.4 + 1e-9 && alike >= 4
    }
  }

  private static func total(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).map { abs($0 - $1) }.reduce(0, +)
  }

  private func ordered(_ a: [Double], _ b: [Double]) -> Double {
    (1...4).map { abs(a[..<$0].reduce(0, +) - b[..<$0].reduce(0, +)) }.reduce(0, +) / 3
  }

  /// What moves within a pair of values goes half as far as what moves between pairs.
  private static func hierarchical(_ a: [Double], _ b: [Double]) -> Double {
    let d = zip(a, b).map { $0 - $1 }
    let between = abs(d[0] + d[1])
    return (total(a, b) / 2 - between) / 2 + between
  }

  /// Rows that have to be left out at some levels; nil where that is not allowed.
  func left(_ levels: [Int], most: Int) -> Set<Int>? {
    let texts = published(levels)
    var classes: [[String]: [Int]] = [:]
    for (row, text) in texts.enumerated() { classes[text ?? [], default: []].append(row) }
    var left: Set<Int> = []
    for (text, members) in classes where !isSound(members, alike: alike(text, levels)) {
      left.formUnion(members)
    }
    if left.count > most { return nil }
    if model == .presenceAtLeast {
      if !left.isEmpty { return nil }
      for one in population where one.persons > 0 {
        let text = one.row.indices.map { table.levels[$0][levels[$0]][one.row[$0]] }
        if classes[text] == nil { return nil }
      }
    }
    return left
  }

  func alike(_ text: [String], _ levels: [Int]) -> Int {
    population.filter { one in
      one.row.indices.allSatisfy { table.levels[$0][levels[$0]][one.row[$0]] == text[$0] }
    }.map(\.persons).reduce(0, +)
  }

  /// What some levels cost, when these rows are left out.
  func cost(_ kind: Objective.Kind, _ levels: [Int], _ left: Set<Int>) -> Double {
    let texts = published(levels)
    let n = Double(texts.count)
    var classes: [[String]: Int] = [:]
    for (row, text) in texts.enumerated() where !left.contains(row) {
      classes[text ?? [], default: 0] += 1
    }
    switch kind {
    case .discernibility:
      return classes.values.map { Double($0 * $0) }.reduce(0, +) + n * Double(left.count)
    case .classSize: return n / Double(max(classes.count + (left.isEmpty ? 0 : 1), 1))
    case .entropy:
      return levels.indices.map { entropy($0, levels[$0], left) }.reduce(0, +)
        / Double(levels.count)
    case .lossGeometric, .lossArithmetic:
      let losses = levels.indices.map { field -> Double in
        let level = table.levels[field][levels[field]]
        let size = Double(level.count)
        if size == 1 { return 0 }
        let cells = texts.indices.map { row -> Double in
          let leaf = table.rows[row][field]
          return left.contains(row) ? 1 : Double(level.count { $0 == level[leaf] }) / size
        }
        return (cells.reduce(0, +) - n / size) / (n - n / size)
      }
      let count = Double(losses.count)
      return kind == .lossArithmetic
        ? losses.reduce(0, +) / count : pow(losses.map { $0 + 1 }.reduce(1, *), 1 / count) - 1
    }
  }

  private func entropy(_ field: Int, _ level: Int, _ left: Set<Int>) -> Double {
    let (n, names) = (Double(values.count), table.levels[field][level])
    let leaves = table.rows.map { $0[field] }
    func alike(_ leaf: Int) -> Double { Double(leaves.count { names[$0] == names[leaf] }) }
    func same(_ leaf: Int) -> Double { Double(leaves.count { $0 == leaf }) }
    let most = leaves.map { log2(n / same($0)) }.reduce(0, +)
    let lost = leaves.enumerated().map { row, leaf in
      log2((left.contains(row) ? n : alike(leaf)) / same(leaf))
    }
    return most < 1e-12 ? 0 : lost.reduce(0, +) / most
  }
}
