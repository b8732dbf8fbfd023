import Anonymise
import Testing

/// The search against trying every combination of levels on the rows themselves.
@Suite struct KAnonymitySearchTests {
  @Test(arguments: 0..<60)
  func findsWhatTryingAllFinds(_ seed: UInt64) throws {
    var dice = SmallDice(seed: seed)
    let table = SmallTable(&dice)
    let k = dice.below(4) + 2
    let most = dice.below(3) == 0 ? 0 : dice.below(table.rows.count + 1)
    let mean: Objective.Kind = dice.below(2) == 0 ? .lossGeometric : .lossArithmetic
    let lattice = try #require(Lattice(heights: table.levels.map(\.count)))
    // Of half of the tables some fields' losses count less, or not at all.
    let weights =
      dice.below(2) == 0
      ? [] : [2] + table.levels.dropFirst().map { _ in Double(dice.below(5)) / 2 }
    let scale = weights.max() ?? 1
    var search = FullDomainSearch(
      Requirement(k: k, most: most), budget: 10_000, lattice: lattice, domains: table.domains,
      tuples: table.tuples,
      objective: Objective(mean, table.domains, table.tuples, weights: weights))
    let found = search.run()
    var best: (score: Double, height: Int, levels: [Int], lost: Int, classes: Int)?
    for node in 0..<lattice.count {
      let levels = lattice.levels(node)
      let (score, lost, classes) = table.outcome(
        levels, k: k, mean, weights: weights.map { $0 / scale })
      if lost > most { continue }
      let height = levels.reduce(0, +)
      if let best, score > best.score - 1e-12, score > best.score + 1e-12 || height >= best.height {
        continue
      }
      best = (score, height, levels, lost, classes)
    }
    #expect((found == nil) == (best == nil))
    guard let found, let best else { return }
    #expect(found.isOptimal)
    #expect(abs(found.score - best.score) < 1e-9)
    #expect(found.suppressedRows <= most)
    let (score, lost, classes) = table.outcome(
      found.levels, k: k, mean, weights: weights.map { $0 / scale })
    #expect(abs(found.score - score) < 1e-9)
    #expect((found.suppressedRows, found.classes) == (lost, classes))
  }

  @Test func endsWithItsBudget() throws {
    var dice = SmallDice(seed: 5)
    let table = SmallTable(&dice, fields: 4, rows: 60)
    let lattice = try #require(Lattice(heights: table.levels.map(\.count)))
    var search = FullDomainSearch(
      Requirement(k: 2, most: 60), budget: 1, lattice: lattice, domains: table.domains,
      tuples: table.tuples, objective: Objective(.lossGeometric, table.domains, table.tuples))
    let solution = search.run()
    let found = try #require(solution)
    #expect(search.looked == 1 && !found.isOptimal)
    #expect(found.levels == lattice.levels(lattice.count - 1))
  }

  @Test func rollingUpFromFinerClassesIsRollingUpFromTuples() throws {
    for seed in 0..<30 {
      var dice = SmallDice(seed: UInt64(seed))
      let table = SmallTable(&dice)
      let low = table.levels.map { dice.below($0.count) }
      let high = zip(low, table.levels).map { $0 + dice.below($1.count - $0) }
      let direct = table.tuples.rolledUp(KeyMap(table.domains, high))
      let stepwise = table.tuples.rolledUp(KeyMap(table.domains, low))
        .rolledUp(KeyMap(table.domains, high, from: low))
      #expect(direct.keys == stepwise.keys)
      #expect(direct.rows == stepwise.rows)
      #expect(direct.persons == stepwise.persons)
    }
  }

  @Test(arguments: 0..<60)
  func personsAreCountedOnceAClass(_ seed: UInt64) throws {
    var dice = SmallDice(seed: seed &+ 40)
    let table = SmallTable(&dice, rows: 25)
    let persons = table.persons ?? Array(0..<25)
    let levels = table.levels.map { dice.below($0.count) }
    let map = KeyMap(table.domains, levels)
    // All tuples, and some of them.
    let some = Set(table.tuples.keys.indices.filter { _ in dice.below(3) > 0 })
    let keys = Set(some.map { table.tuples.keys[$0] })
    for (tuples, isIn) in [
      (table.tuples, { (_: UInt64) in true }),
      (table.tuples.kept { some.contains($0) }, { keys.contains($0) }),
    ] {
      let classes = tuples.rolledUp(map)
      let whole = classes.rolledUp(KeyMap(table.domains, table.levels.map { $0.count - 1 }))
      for made in [classes, whole] {
        let target =
          made.count == whole.count && made.keys == whole.keys
          ? KeyMap(table.domains, table.levels.map { $0.count - 1 }) : map
        for (place, key) in made.keys.enumerated() {
          let own = table.rows.indices.filter { row in
            isIn(table.key(table.rows[row])) && target.key(table.key(table.rows[row])) == key
          }
          #expect(made.persons[place] == Set(own.map { persons[$0] }).count)
          #expect(made.rows[place] == own.count)
        }
      }
    }
  }

  @Test func latticeHasAnEnd() {
    #expect(Lattice(heights: Array(repeating: 8, count: 20)) == nil)
    #expect(Lattice(heights: [2, 3])?.count == 6)
  }

  @Test func tellsHierarchiesThatAreNone() {
    let crossed = [["a", "b", "c"], ["x", "x", "y"], ["1", "2", "2"]]
    let fault = QuasiDomain.fault(crossed)
    #expect(fault?.level == 2 && fault?.leaf == 1)
    #expect(QuasiDomain.fault([["a", "b"], ["x", "x"], ["1", "1"]]) == nil)
  }
}

struct SmallDice {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 0x1234_5678_9abc_def1 }

  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 33) % max(bound, 1)
  }
}

/// Some rows of leaves, their hierarchies, and persons who may stand in several rows.
struct SmallTable {
  let levels: [[[String]]]
  let rows: [[Int]]
  let persons: [Int]?
  let domains: [QuasiDomain]
  let tuples: Classes

  init(_ dice: inout SmallDice, fields: Int? = nil, rows count: Int? = nil) {
    let fields = fields ?? dice.below(3) + 1
    let levels = (0..<fields).map { _ in Self.hierarchy(&dice) }
    let rows = (0..<(count ?? dice.below(30) + 1)).map { _ in
      levels.map { dice.below($0[0].count) }
    }
    let persons = dice.below(2) == 0 ? rows.map { _ in dice.below(rows.count) } : nil
    (self.levels, self.rows, self.persons) = (levels, rows, persons)
    var shift = 0
    var domains: [QuasiDomain] = []
    for one in levels {
      domains.append(QuasiDomain(levels: one, hasEmpty: false, shift: shift))
      shift += QuasiDomain.bits(rows: one[0].count)
    }
    self.domains = domains
    let keys = rows.map { Self.key($0, domains) }
    let links = (persons ?? []).enumerated().map { row, person in
      Classes.Link(person: Int32(person), place: Int32(row))
    }
    let single = Classes(
      keys: keys, rows: rows.map { _ in 1 }, alone: persons.map { $0.map { _ in 0 } },
      links: links.sorted { ($0.person, $0.place) < ($1.person, $1.place) })
    tuples = single.rolledUp(KeyMap(domains, levels.map { _ in 0 }))
  }

  func key(_ row: [Int]) -> UInt64 { Self.key(row, domains) }

  private static func key(_ row: [Int], _ domains: [QuasiDomain]) -> UInt64 {
    zip(row, domains).reduce(UInt64(0)) { $0 | UInt64($1.0) << UInt64($1.1.shift) }
  }

  /// Each level joins groups of the one before.
  private static func hierarchy(_ dice: inout SmallDice) -> [[String]] {
    let size = dice.below(6) + 1
    var levels = [(0..<size).map { "v\($0)" }]
    while Set(levels[levels.count - 1]).count > 1, levels.count < 4 {
      let groups = Set(levels[levels.count - 1]).sorted()
      var parents: [String: String] = [:]
      for group in groups { parents[group] = "\(levels.count)g\(dice.below(groups.count))" }
      levels.append(levels[levels.count - 1].map { parents[$0] ?? "" })
    }
    return levels
  }

  /// What some levels give, from the rows as texts.
  func outcome(
    _ chosen: [Int], k: Int, _ mean: Objective.Kind, weights: [Double] = [],
    _ isSpread: ([Int]) -> Bool = { _ in true }
  ) -> (score: Double, lost: Int, classes: Int) {
    var classes: [[String]: [Int]] = [:]
    for (index, row) in rows.enumerated() {
      let texts = row.indices.map { levels[$0][chosen[$0]][row[$0]] }
      classes[texts, default: []].append(index)
    }
    var (lost, kept) = (0, 0)
    var shares = [Double](repeating: 0, count: levels.count)
    for (texts, members) in classes {
      let size = persons.map { all in Set(members.map { all[$0] }).count } ?? members.count
      if size < k || !isSpread(members) {
        lost += members.count
        continue
      }
      kept += 1
      for (field, text) in texts.enumerated() {
        let leaves = levels[field][chosen[field]].filter { $0 == text }.count
        shares[field] += Double(members.count * leaves) / Double(levels[field][0].count)
      }
    }
    let n = Double(rows.count)
    let losses = shares.enumerated().map { field, share -> Double in
      let size = Double(levels[field][0].count)
      let loss = size == 1 ? 0 : max(0, (share + Double(lost) - n / size) / (n - n / size))
      return weights.isEmpty ? loss : loss * weights[field]
    }
    let score =
      mean == .lossGeometric ? losses.reduce(1) { $0 * ($1 + 1) } : losses.reduce(0, +)
    return (score, lost, kept)
  }
}
