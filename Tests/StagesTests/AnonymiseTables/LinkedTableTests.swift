import Anonymise
import Testing

/// Two geographies of one population, each safe alone.
@Suite struct LinkedTableTests {
  /// Quarters 0…2 and zones 0…2 by two categories. Zone 0 is quarter 0 and a corner of quarter 1.
  private struct Case {
    let shared: [(zone: Int, quarter: Int, counts: [Int64])]
    let own: TableSystem

    init(_ shared: [(zone: Int, quarter: Int, counts: [Int64])], zones: Int) throws {
      self.shared = shared
      var values = [Int64](repeating: 0, count: 2 * zones)
      for part in shared {
        for kind in 0..<2 { values[2 * part.zone + kind] += part.counts[kind] }
      }
      own = try TableSystem.grid([zones, 2], values)
    }

    func linked(quarters: Int) throws -> LinkedTable {
      try LinkedTable(
        own,
        (0..<quarters).flatMap { quarter in
          (0..<2).map { LinkedTable.Other(key: [Int32(quarter), Int32($0)], isHidden: false) }
        },
        shared.flatMap { part in
          (0..<2).map {
            LinkedTable.Shared(
              own: 2 * part.zone + $0, other: 2 * part.quarter + $0, count: part.counts[$0])
          }
        })
    }
  }

  @Test func safeAloneAndUnsafeTogether() throws {
    let one = try Case(
      [
        (zone: 0, quarter: 0, counts: [30, 40]), (zone: 0, quarter: 1, counts: [2, 15]),
        (zone: 1, quarter: 1, counts: [25, 35]), (zone: 1, quarter: 2, counts: [14, 22]),
        (zone: 2, quarter: 2, counts: [18, 16]),
      ], zones: 3)
    // Alone, the table of zones has no small cell.
    #expect(one.own.values.allSatisfy { $0 >= 11 })
    let linked = try one.linked(quarters: 3)
    let widths = linked.system.values.enumerated().map { index, value in
      index >= linked.ownCount + 6 && value > 0 && value < 11 ? Int64(11) : 0
    }
    let nothing = [Bool](repeating: false, count: linked.ownCount)
    let audit = TableAudit(linked, widths)
    // Zone 0 without quarter 0 leaves the two persons of the corner.
    #expect(!audit.holds(nothing))
    let oracle = TableOracle(system: linked.system, isHidden: linked.isHidden, least: 0)
    let corner = linked.ownCount + 6 + 2
    #expect(oracle.values()[corner] == [2])
    let main = TableAudit(one.own, nothing.map { _ in 0 })
    let found = try TableSuppression([main, audit], hiding: nothing)
    #expect(found.isHidden.contains(true))
    #expect(main.holds(found.isHidden))
    #expect(audit.reach(corner, found.isHidden) >= 11)
    let hidden = found.isHidden + linked.isHidden[linked.ownCount...]
    let sums = HiddenSums(system: linked.system, isHidden: hidden)
    sums.check(corner)
  }

  @Test func countsMustAgree() throws {
    let one = try Case([(zone: 0, quarter: 0, counts: [30, 40])], zones: 1)
    #expect(throws: TableSystem.Fault.wrongTotal) {
      try LinkedTable(
        one.own, [LinkedTable.Other(key: [0, 0], isHidden: false)],
        [LinkedTable.Shared(own: 0, other: 0, count: 29)])
    }
  }
}

/// Whether the sums that are known leave a cell open, by elimination over the rationals.
private struct HiddenSums {
  let system: TableSystem
  let isHidden: [Bool]

  func check(_ cell: Int) {
    let columns = isHidden.indices.filter { isHidden[$0] }
    var rows = system.equations.map { terms -> [Double] in
      columns.map { column in
        Double(terms.filter { Int($0.index) == column }.reduce(0) { $0 + Int($1.sign) })
      }
    }
    // The cell is determined when its unit vector lies in the span of the sums.
    let before = rank(&rows)
    var more = rows
    more.append(columns.map { $0 == cell ? 1 : 0 })
    #expect(rank(&more) == before + 1)
  }

  private func rank(_ rows: inout [[Double]]) -> Int {
    var rank = 0
    for column in (rows.first ?? []).indices {
      guard let pivot = (rank..<rows.count).first(where: { abs(rows[$0][column]) > 1e-9 })
      else { continue }
      rows.swapAt(rank, pivot)
      for row in rows.indices where row != rank && abs(rows[row][column]) > 1e-9 {
        let factor = rows[row][column] / rows[rank][column]
        for place in rows[row].indices { rows[row][place] -= factor * rows[rank][place] }
      }
      rank += 1
    }
    return rank
  }
}
