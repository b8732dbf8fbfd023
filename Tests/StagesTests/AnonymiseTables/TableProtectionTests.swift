import Anonymise
import Testing

/// Suppression against every table that agrees with what is published.
@Suite struct TableProtectionTests {
  /// Two in each row and column are hidden, and still the cell between the two blocks is what the
  /// first two rows lack and the first two columns do not.
  @Test func twoPerRowAndColumnAreNotEnough() throws {
    let values: [Int64] = [
      5, 6, 30, 31,
      7, 8, 2, 32,
      33, 34, 9, 5,
      35, 36, 6, 7,
    ]
    let hidden = [0, 1, 4, 5, 6, 10, 11, 14, 15]
    let system = try TableSystem.grid([4, 4], values)
    let isHidden = values.indices.map(hidden.contains)
    for line in 0..<4 {
      #expect((0..<4).count { isHidden[4 * line + $0] } >= 2)
      #expect((0..<4).count { isHidden[4 * $0 + line] } >= 2)
    }
    #expect(TableOracle(system: system, isHidden: isHidden, least: 0).values()[6] == [2])
    let widths = values.indices.map { hidden.contains($0) ? Int64(1) : 0 }
    let audit = TableAudit(system, widths)
    #expect(audit.reach(6, isHidden) == 0)
    #expect(audit.reach(0, isHidden) == 1)
    #expect(!audit.holds(isHidden))
    let found = try TableSuppression.of(system, widths)
    for (cell, values) in TableOracle(system: system, isHidden: found.isHidden, least: 1).values() {
      #expect(values.count > 1, "cell \(cell)")
    }
  }

  /// Two hidden cells that add up to two are both one: a hidden cell is never zero.
  @Test func hiddenCellsAreNotZero() throws {
    let system = try TableSystem.grid([3, 2], [1, 1, 20, 30, 15, 25])
    let isHidden = [true, true, true, true, false, false]
    #expect(TableOracle(system: system, isHidden: isHidden, least: 1).values()[0] == [1])
    let audit = TableAudit(system, [2, 2, 0, 0, 0, 0])
    #expect(audit.reach(0, isHidden) == 0)
    #expect(throws: TableSuppression.Exposed.self) {
      try TableSuppression.of(system, [2, 2, 0, 0, 0, 0])
    }
  }

  @Test func nothingIsKnownWithoutMargins() throws {
    let system = try TableSystem.grid([2, 2], [1, 20, 30, 40], knowsMargins: false)
    let found = try TableSuppression.of(system, [11, 0, 0, 0])
    #expect(found.isHidden == [true, false, false, false])
    #expect(found.isProvenBest)
  }

  /// In two dimensions the audit is exact.
  @Test func reachIsExact() throws {
    var random = TableDice(state: 7)
    for _ in 0..<300 {
      let sizes = [2 + random.next(3), 2 + random.next(3)]
      let values = (0..<(sizes[0] * sizes[1])).map { _ in Int64(random.next(6)) }
      let system = try TableSystem.grid(sizes, values)
      let isHidden = values.map { $0 > 0 && random.next(2) == 0 }
      let audit = TableAudit(system, values.map { _ in 100 })
      let all = TableOracle(system: system, isHidden: isHidden, least: 1).values()
      for (cell, found) in all {
        guard let low = found.min(), let high = found.max() else { continue }
        #expect(audit.reach(cell, isHidden) == high - low, "\(sizes) \(values) \(isHidden) \(cell)")
      }
    }
  }

  /// Whatever was suppressed, no hidden cell has one value only, and small ones have many.
  @Test(arguments: [[3, 3], [4, 3], [2, 2, 3], [2, 3, 2]])
  func suppressedCellsStayOpen(_ sizes: [Int]) throws {
    var random = TableDice(state: 11)
    var (held, refused) = (0, 0)
    for _ in 0..<60 {
      let values = (0..<sizes.reduce(1, *)).map { _ in
        Int64(random.next(3) == 0 ? random.next(4) : 3 + random.next(7))
      }
      let system = try TableSystem.grid(sizes, values)
      let widths = values.map { $0 > 0 && $0 < 3 ? Int64(3) : 0 }
      guard
        let found = try? TableSuppression.of(system, widths, budget: 50)
      else {
        refused += 1
        continue
      }
      held += 1
      guard found.isHidden.count(where: { $0 }) <= 9 else { continue }
      let all = TableOracle(system: system, isHidden: found.isHidden, least: 1).values()
      for cell in values.indices {
        #expect(found.isHidden[cell] || widths[cell] == 0)
        guard found.isHidden[cell] else { continue }
        let open = try #require(all[cell])
        let reach = (open.max() ?? 0) - (open.min() ?? 0)
        #expect(reach >= max(widths[cell], 1), "\(values) \(found.isHidden) \(cell)")
      }
    }
    #expect(held > (sizes.count > 2 ? 10 : 40), "\(sizes): \(held) protected, \(refused) refused")
  }

  /// Where it says so, no other set of hidden cells is cheaper.
  @Test func provenSetsAreCheapest() throws {
    var random = TableDice(state: 3)
    var proven = 0
    for _ in 0..<25 {
      let values = (0..<9).map { _ in Int64(1 + random.next(9)) }
      let system = try TableSystem.grid([3, 3], values)
      let widths = values.map { $0 < 3 ? Int64(2) : 0 }
      func cost(_ hidden: [Bool]) -> Int64 {
        zip(hidden, values).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
      }
      var least: Int64?
      for set in 0..<(1 << 9) {
        let hidden = (0..<9).map { set >> $0 & 1 == 1 }
        guard (0..<9).allSatisfy({ hidden[$0] || widths[$0] == 0 }), cost(hidden) < least ?? 1000
        else { continue }
        let all = TableOracle(system: system, isHidden: hidden, least: 1).values()
        let isOpen = all.allSatisfy { cell, open in
          (open.max() ?? 0) - (open.min() ?? 0) >= max(widths[cell], 1)
        }
        if isOpen { least = cost(hidden) }
      }
      let found = try? TableSuppression.of(system, widths)
      #expect((found == nil) == (least == nil), "\(values)")
      guard let found, let least else { continue }
      #expect(cost(found.isHidden) >= least)
      guard found.isProvenBest else { continue }
      proven += 1
      #expect(cost(found.isHidden) == least, "\(values) \(found.isHidden)")
    }
    #expect(proven > 10)
  }

  /// A row of totals and the sums over it: quarters make sectors, sectors make the city.
  @Test func hierarchiesWithTotals() throws {
    // 0…3 quarters, 4 and 5 sectors, 6 the city; by two categories and their total.
    let places = TableDimension(
      size: 7,
      groups: [
        .init(parent: 4, children: [0, 1]), .init(parent: 5, children: [2, 3]),
        .init(parent: 6, children: [4, 5]),
      ])
    let kinds = TableDimension(size: 3, groups: [.init(parent: 2, children: [0, 1])])
    let base: [[Int64]] = [[1, 6], [5, 9], [4, 8], [9, 3]]
    var rows = base
    rows.append([6, 15])
    rows.append([13, 11])
    rows.append([19, 26])
    var (keys, values): ([[Int32]], [Int64]) = ([], [])
    for (place, row) in rows.enumerated() {
      for (kind, value) in (row + [row[0] + row[1]]).enumerated() {
        keys.append([Int32(place), Int32(kind)])
        values.append(value)
      }
    }
    let system = try TableSystem(
      dimensions: [places, kinds], keys: keys, values: values, knowsMargins: true)
    let widths = values.map { $0 < 3 ? Int64(3) : 0 }
    let found = try TableSuppression.of(system, widths)
    let all = TableOracle(system: system, isHidden: found.isHidden, least: 1).values()
    #expect(found.isHidden[0])
    for (cell, open) in all {
      #expect((open.max() ?? 0) - (open.min() ?? 0) >= max(widths[cell], 1), "cell \(cell)")
    }
    #expect(throws: TableSystem.Fault.wrongTotal) {
      try TableSystem(
        dimensions: [places, kinds], keys: keys, values: values.map { $0 == 26 ? 27 : $0 },
        knowsMargins: true)
    }
    #expect(throws: TableSystem.Fault.repeatedCell) {
      try TableSystem(
        dimensions: [.flat(2)], keys: [[0], [1], [0]], values: [1, 2, 3], knowsMargins: true)
    }
  }
}

/// A small generator, the same everywhere.
struct TableDice {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// 64 of them; the low ones of a step are poor.
  mutating func bits() -> UInt64 {
    (0..<4).reduce(0) { bits, _ in bits << 16 | UInt64(next(1 << 16)) }
  }
}
