import Tabular
import Testing

/// What is read off an expression's text must hold for its values.
@Suite struct ExpressionReadingTests {
  private func tree(_ text: String) throws -> SyntaxTree { try Expression.parse(text) }

  @Test func conjuncts() throws {
    let conjuncts = try tree("a > 1 and (b = 2 and c is null) and (d or e)").conjuncts
    #expect(conjuncts.map(\.canonical) == ["a > 1", "b = 2", "c is null", "d or e"])
    #expect(try tree("a").conjuncts.count == 1)
  }

  @Test func fieldsAskedForAndAlone() throws {
    #expect(try tree("x is not null").fieldAskedFor == "x")
    #expect(try tree("x is null").fieldAskedFor == nil)
    #expect(try tree("(x)").onlyField == "x")
    #expect(try tree("x + 0").onlyField == nil)
  }

  @Test func fieldsByValue() throws {
    let tree = try tree("nom = 'a' and courriel is not null and (age > 3 or ville is null)")
    #expect(tree.fieldsByValue == ["nom", "age"])
    #expect(try self.tree("lower(courriel) is null").fieldsByValue == ["courriel"])
    #expect(try self.tree("courriel is null or courriel = 'x'").fieldsByValue == ["courriel"])
  }

  @Test func lowerBounds() throws {
    func bound(_ text: String, _ parameters: [String: Value] = [:]) throws -> String? {
      try tree(text).lowerBound(parameters).map {
        "\($0.field) \($0.isStrict ? ">" : ">=") \($0.bound.trimmed.digits)e-\($0.bound.trimmed.scale)"
      }
    }
    #expect(try bound("n >= 11") == "n >= 11e-0")
    #expect(try bound("n > 10.5") == "n > 105e-1")
    #expect(try bound("11 <= n") == "n >= 11e-0")
    #expect(try bound("10 < n") == "n > 10e-0")
    #expect(try bound("n = 12") == "n >= 12e-0")
    #expect(try bound("n between 11 and 20") == "n >= 11e-0")
    #expect(try bound("n >= :k", ["k": .integer(5)]) == "n >= 5e-0")
    for text in [
      "n < 11", "n <> 11", "n >= :k", "n not between 1 and 2", "n + 1 >= 11", "n >= 'a'",
      "n is distinct from 4", "not (n < 11)", "n >= null",
    ] {
      #expect(try bound(text) == nil, "\(text)")
    }
  }

  /// Where a condition is true, the fields it proves present hold a value; an expression that
  /// cannot be null is not.
  @Test(arguments: 0..<6)
  func readingsHold(_ seed: UInt64) throws {
    var random = RandomExpressions(dice: ExpressionDice(state: seed &* 104_729 &+ 5))
    let scope = ExpressionScope(fields: RandomExpressions.fields)
    let names = RandomExpressions.fields.map(\.name)
    var proven = 0
    var never = 0
    for _ in 0..<400 {
      let type = random.dice.chance(60) ? .boolean : random.dice.pick(RandomExpressions.types)
      let text = random.expression(type, depth: 3).text
      let tree = try Expression.parse(text)
      let bound = try Expression.bind(tree, in: scope, expecting: type)
      let present = tree.fieldsProvenPresent
      for row in random.rows(12) {
        guard let value = try? bound.evaluate(random.batch([row])).value(0) else { continue }
        let nulls = Set(zip(names, row).filter { $0.1 == .null }.map(\.0))
        if value == .boolean(true) {
          proven += present.count
          #expect(present.isDisjoint(with: nulls), "\(text) on \(row)")
        }
        if !tree.mayBeNull(fields: nulls, parameters: []) {
          never += 1
          #expect(value != .null, "\(text) on \(row)")
        }
      }
    }
    #expect(proven > 50 && never > 500, "\(proven) \(never)")
  }

  @Test func callsAreTakenOut() throws {
    let (outer, calls) = try tree("a - LAG(a, 2) + lag(a,2) * coalesce(rank(), lag(b))")
      .taking(["lag", "rank"])
    #expect(calls.map(\.name) == ["lag", "rank", "lag"])
    #expect(calls.map { $0.arguments.map(\.canonical) } == [["a", "2"], [], ["b"]])
    #expect(calls.map(\.offset) == [4, 36, 44])
    #expect(Set(calls.map(\.field)).count == 3)
    let scope = ExpressionScope(
      (["a"] + calls.map(\.field)).map { .init(name: $0, type: .integer) })
    let bound = try Expression.bind(outer, in: scope)
    let batch = Batch(
      columns: [10, 3, 5, 7].map { Column(.integer([$0])) }, rowCount: 1, sequence: 0)
    #expect(try bound.evaluate(batch).value(0) == .integer(10 - 3 + 3 * 5))
  }

  /// Taking nothing out leaves the same tree, whatever its forms.
  @Test func takingNothingChangesNothing() throws {
    var random = RandomExpressions(dice: ExpressionDice(state: 77))
    for _ in 0..<400 {
      let tree = try tree(
        random.expression(random.dice.pick(RandomExpressions.types), depth: 4).text)
      let (outer, calls) = tree.taking(["lag"])
      #expect(calls.isEmpty && outer.canonical == tree.canonical)
    }
  }
}
