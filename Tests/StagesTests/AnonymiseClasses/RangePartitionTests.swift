import Anonymise
import Testing

/// Mondrian's partition, recounted row by row.
@Suite struct RangePartitionTests {
  /// Rows of small numbers, some empty; persons who may stand in several rows; a sensitive value.
  private struct Table {
    let rows: [[Int]]
    let persons: [Int]?
    let values: [Int]
    let fields: [RangePartition.Field]
    let tuples: Classes

    init(_ dice: inout SmallDice) {
      let size = 6
      let width = dice.below(3) + 1
      rows = (0..<(dice.below(60) + 1)).map { _ in
        (0..<width).map { _ in dice.below(12) == 0 ? size : dice.below(size) }
      }
      let count = rows.count
      persons = dice.below(2) == 0 ? rows.map { _ in dice.below(count) } : nil
      values = rows.map { _ in dice.below(3) }
      fields = (0..<width).map { field in
        RangePartition.Field(
          shift: 3 * field, bits: 3, values: (0..<size).map { Double($0 * $0 + field) })
      }
      let keys = rows.map { row in
        row.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64(3 * $1.offset) }
      }
      let distinct = Set(keys).sorted()
      let places = keys.map { key in Int32(distinct.firstIndex(of: key) ?? 0) }
      let links = (persons ?? []).enumerated().map {
        Classes.Link(person: Int32($1), place: Int32($0))
      }
      let single = Classes(
        keys: keys, rows: rows.map { _ in 1 }, alone: persons.map { $0.map { _ in 0 } },
        links: links.sorted { ($0.person, $0.place) < ($1.person, $1.place) },
        sensitive: [
          SensitiveCounts(
            cells: values.enumerated().map {
              SensitiveCounts.Cell(place: Int32($0), value: Int32($1), rows: 1)
            }, values: 3)
        ])
      tuples = single.joined(places, as: distinct)
    }

    func persons(_ rows: [Int]) -> Int {
      persons.map { all in Set(rows.map { all[$0] }).count } ?? rows.count
    }

    func distance(_ rows: [Int]) -> Double {
      (0..<3).map { value in
        let here = Double(rows.count { values[$0] == value }) / Double(rows.count)
        return abs(here - Double(values.count { $0 == value }) / Double(values.count)) / 2
      }.reduce(0, +)
    }
  }

  @Test(arguments: 0..<200)
  func keepsTheModelsAndCutsAsLongAsItCan(_ seed: UInt64) throws {
    var dice = SmallDice(seed: seed &+ 777)
    let table = Table(&dice)
    let (k, isClose) = (dice.below(4) + 1, dice.below(2) == 0)
    let rules =
      isClose
      ? [SpreadRule(.equal(millionths: 350_000), whole: table.tuples.sensitive[0].whole)] : []
    let partition = RangePartition(
      table.tuples, table.fields, Requirement(k: k, spreads: [rules]))
    func isSound(_ rows: [Int]) -> Bool {
      table.persons(rows) >= k && (!isClose || table.distance(rows) <= 0.35 + 1e-9)
    }
    var seen = 0
    for region in partition.regions {
      // Whoever has values within the ranges is in the region.
      let rows = table.rows.indices.filter { row in
        table.fields.indices.allSatisfy {
          (region.lows[$0]...region.highs[$0]).contains(table.rows[row][$0])
        }
      }
      #expect(rows.count == region.rows)
      #expect(isSound(rows))
      seen += rows.count
      for field in table.fields.indices {
        let ranks = rows.map { table.rows[$0][field] }.sorted()
        #expect(ranks.first == region.lows[field] && ranks.last == region.highs[field])
        // The median cut would leave a half that is not sound.
        guard ranks[0] < ranks[ranks.count - 1] else { continue }
        let half = ranks[(ranks.count - 1) / 2]
        let median = half < ranks[ranks.count - 1] ? half : ranks.last { $0 < half } ?? half
        let low = rows.filter { table.rows[$0][field] <= median }
        let high = rows.filter { table.rows[$0][field] > median }
        #expect(!isSound(low) || !isSound(high))
      }
    }
    #expect(seen + partition.suppressedRows == table.rows.count)
    // Only rows alike in what is empty are left out, all of them, as they cannot be hidden.
    for mask in Set(table.rows.map { $0.map { $0 == 6 } }) {
      let rows = table.rows.indices.filter { table.rows[$0].map { $0 == 6 } == mask }
      let lost = rows.count { row in
        partition.suppressed.contains { key in
          table.fields.indices.allSatisfy { table.fields[$0].rank(key) == table.rows[row][$0] }
        }
      }
      #expect(lost == (isSound(rows) ? 0 : rows.count))
    }
  }
}
