import Synchronization
import Tabular
import Testing

@Suite struct OperatorsJoinTests {
  /// Two tables with the same types, so that any column may be a key.
  struct Pair {
    var left: CellTable
    var right: CellTable
    var leftBatches: [Batch]
    var rightBatches: [Batch]
    var keys: [Int]

    init(_ seed: Int, uniqueRight: Bool) throws {
      var dice = OperatorDice(UInt64(seed) + 9000)
      var keys = [dice.below(everyType.count)]
      if dice.chance(50) { keys.append(dice.below(everyType.count)) }
      left = CellTable(everyType, rows: 150, dice: &dice)
      var right = CellTable(everyType, rows: dice.below(12), dice: &dice)
      if uniqueRight {
        var seen = Set<[Value]>()
        right.rows = right.rows.filter { row in seen.insert(keys.map { row[$0] }).inserted }
      }
      leftBatches = try left.batches(&dice)
      rightBatches = try right.batches(&dice)
      (self.right, self.keys) = (right, keys)
    }

    /// For each row of the left table its matches' rows.
    func matches(_ row: [Value]) -> [[Value]] {
      if keys.contains(where: { row[$0] == .null }) { return [] }
      return right.rows.filter { other in keys.allSatisfy { other[$0] == row[$0] } }
    }

    func index(_ take: [Int], _ seed: UInt64) throws -> JoinIndex {
      try JoinIndex(
        rightBatches, keys: keys, take: take, types: everyType, seed: HashSeed(seed))
    }
  }

  @Test(arguments: 0..<30)
  func joinsAgreeWithNestedLoops(_ seed: Int) throws {
    let pair = try Pair(seed, uniqueRight: seed % 2 == 0)
    let take = [3, 0, 5]
    let index = try pair.index(take, UInt64(seed))
    func taken(_ row: [Value]) -> [Value] { take.map { row[$0] } }
    let many = seed % 2 == 1
    func join(_ kind: Join.Kind) -> Join {
      Join(kind, index, keys: pair.keys, allowsMany: many, name: "autre")
    }
    let pairs = pair.left.rows.map { ($0, pair.matches($0)) }
    let matched = pairs.filter { !$0.1.isEmpty }
    let inner = try run(join(.inner), pair.leftBatches)
    #expect(inner.rows == matched.flatMap { row in row.1.map { row.0 + taken($0) } })
    let left = try run(join(.left), pair.leftBatches)
    let nulls: [Value] = [.null, .null, .null]
    #expect(
      left.rows
        == pairs.flatMap { row in
          row.1.isEmpty ? [row.0 + nulls] : row.1.map { row.0 + taken($0) }
        })
    #expect(try run(join(.semi), pair.leftBatches).rows == matched.map(\.0))
    let anti = try run(join(.anti), pair.leftBatches)
    #expect(anti.rows == pairs.filter { $0.1.isEmpty }.map(\.0))
    #expect(anti.tally.left["matched"] == matched.count)
  }

  @Test func severalMatchesAreAnErrorUnlessAllowed() throws {
    let rows: [[Value]] = [[.text("a"), .integer(1)], [.text("a"), .integer(2)]]
    let types: [DataType] = [.text, .integer]
    var dice = OperatorDice(1)
    let side = try CellTable(types, rows).batches(&dice)
    let index = try JoinIndex(side, keys: [0], take: [1], types: types)
    let other = try CellTable(types, [[.text("b"), .null]]).batches(&dice)
    let strict = Join(.left, index, keys: [0], name: "quartiers")
    // What no row asks for does not matter.
    #expect(try run(strict, other).rows == [[.text("b"), .null, .null]])
    let error = #expect(throws: OperatorError.self) { try run(strict, side) }
    #expect(error?.message.fr.contains("« quartiers »") == true)
    let allowed = Join(.inner, index, keys: [0], allowsMany: true, name: "quartiers")
    let result = try run(allowed, side)
    #expect(result.tally.made["matched_again"] == 2)
    #expect(result.rows.map { $0[2] } == [.integer(1), .integer(2), .integer(1), .integer(2)])
    #expect(try run(Join(.semi, index, keys: [0], name: "quartiers"), side).rows == rows)
  }

  @Test func emptySidesAndKeysOfOtherTypes() throws {
    var dice = OperatorDice(2)
    let types: [DataType] = [.text, .integer]
    let empty = try JoinIndex([], keys: [0], take: [1], types: types)
    let input = try CellTable(types, [[.text("a"), .integer(1)]]).batches(&dice)
    let result = try run(Join(.left, empty, keys: [0], name: "x"), input)
    #expect(result.rows == [[.text("a"), .integer(1), .null]])
    #expect(result.batches.allSatisfy { $0.columns[2].type == .integer })
    #expect(throws: OperatorError.self) {
      try run(Join(.left, empty, keys: [1], name: "x"), input)
    }
    #expect(try empty.keys(limit: 5)[0].count == 0)
  }

  @Test func unmatchedKeysAreCountedOverAllWorkers() throws {
    let types: [DataType] = [.text, .integer]
    var dice = OperatorDice(3)
    let side = try CellTable(types, [[.text("a"), .integer(1)]]).batches(&dice)
    let index = try JoinIndex(side, keys: [0], take: [], types: types)
    let names = ["b", "c", "b", "a", "d", "b", "c"]
    let rows = names.map { [Value.text($0), .null] } + [[.null, .null]]
    var batches: [Batch] = []
    for row in rows {
      let columns = [
        try #require(Column([row[0]], type: .text)), try #require(Column([row[1]], type: .integer)),
      ]
      batches.append(Batch(columns: columns, rowCount: 1, sequence: batches.count))
    }
    let seen = Mutex<Join.Report?>(nil)
    let join = Join(.inner, index, keys: [0], name: "x") { report in
      seen.withLock { $0 = report }
    }
    _ = try run(join, batches)
    let report = try #require(seen.withLock { $0 })
    #expect(report.rows == 8)
    #expect(report.matched == 1)
    #expect(report.unmatched == 6)
    #expect(report.nullKeys == 1)
    let top = try report.unmatchedKeys.top(2)
    #expect(top.map(\.count) == [3, 2])
    #expect(top.map(\.key) == [[.text("b")], [.text("c")]])
    #expect(report.unmatchedKeys.keyCount == 3)
    #expect(report.unmatchedKeys.isComplete)
    let refusing = Join(.inner, index, keys: [0], name: "x") { _ in
      throw OperatorError(Message(en: "too many", fr: "trop"))
    }
    #expect(throws: OperatorError.self) { try run(refusing, batches) }
  }

  /// Past the capacity some keys are forgotten, the same ones however the rows are spread.
  @Test(arguments: 1...4)
  func forgottenKeysDoNotDependOnWorkers(_ workers: Int) throws {
    var dice = OperatorDice(UInt64(workers))
    let types: [DataType] = [.text, .decimal]
    var counts: [Int: Int] = [:]
    var states = (0..<workers).map { _ in
      UnmatchedKeys(types, HashSeed(dice.next()), capacity: 20)
    }
    for step in 0..<300 {
      let numbers = (0..<7).map { ($0 * 31 + step * step) % 113 }
      for number in numbers { counts[number, default: 0] += 1 }
      let texts = try #require(Column(numbers.map { .text("k\($0)") }, type: .text))
      let same = try #require(
        Column(numbers.map { .decimal(Decimal(digits: Int128($0), scale: 1)) }, type: .decimal))
      try states[dice.below(workers)].add([texts, same], (0..<7).map { Int32($0) })
    }
    var whole = states.removeFirst()
    for state in states { try whole.merge(state) }
    try whole.forget()
    #expect(!whole.isComplete)
    #expect(whole.keyCount == 20)
    let top = try whole.top(20)
    for (key, count) in top {
      guard case .text(let name) = key[0], let number = Int(name.dropFirst()) else {
        Issue.record("unexpected key")
        continue
      }
      #expect(count == counts[number])
    }
    // Which ones stay follows from a fixed hash alone.
    let names = top.map { $0.key[0] }.sorted { $0.precedes($1) }
    #expect(names.prefix(3) == [.text("k10"), .text("k103"), .text("k106")])
  }
}
