import Tabular
import Testing

/// Columns against rows: random expressions over random batches give what the oracle gives, row
/// by row, and fail where it fails.
@Suite struct ExpressionPropertyTests {
  @Test(arguments: 0..<8)
  func columnsAgreeWithRows(_ seed: UInt64) throws {
    var random = RandomExpressions(dice: ExpressionDice(state: seed &* 7919))
    let scope = ExpressionScope(fields: RandomExpressions.fields)
    var compared = 0
    for _ in 0..<200 {
      let type = random.dice.pick(RandomExpressions.types)
      let expression = random.expression(type, depth: 3)
      let bound = try Expression.bind(expression.text, in: scope, expecting: type)
      let rows = random.rows(random.dice.pick([1, 5, 30]))
      var outcomes: [Value?] = []
      var mustFail = false
      var isSure = true
      for row in rows {
        let (outcome, sure) = Self.outcome(expression, row)
        isSure = isSure && sure
        guard sure else {
          outcomes.append(nil)
          continue
        }
        mustFail = mustFail || outcome == nil
        outcomes.append(outcome)
        // Alone, a row gives what it gives among others.
        let alone = try? bound.evaluate(random.batch([row]))
        #expect(Self.same(alone?.value(0), outcome), "\(expression.text) on \(row)")
        compared += 1
      }
      guard isSure else { continue }
      let column = try? bound.evaluate(random.batch(rows))
      #expect((column == nil) == mustFail, "\(expression.text)")
      guard let column else { continue }
      #expect(column.count == rows.count)
      for (index, outcome) in outcomes.enumerated() {
        #expect(
          Self.same(column.value(index), outcome), "\(expression.text) in \(rows[index])")
      }
    }
    #expect(compared > 800)
  }

  /// The oracle's value, nil for a failure; and whether it knows.
  private static func outcome(
    _ expression: SlowExpression, _ row: [Value]
  ) -> (Value?, sure: Bool) {
    do throws(SlowExpression.Outcome) {
      return (try expression.evaluate(row), true)
    } catch {
      return (nil, error == .failed)
    }
  }

  private static func same(_ a: Value?, _ b: Value?) -> Bool {
    // Where integers and decimals mix, the oracle keeps an integer.
    if let x = a?.asDecimal, let y = b?.asDecimal { return x == y }
    return a == b
  }

  @Test func canonicalFormsMeanTheSame() throws {
    var random = RandomExpressions(dice: ExpressionDice(state: 42))
    for _ in 0..<500 {
      let text = random.expression(random.dice.pick(RandomExpressions.types), depth: 4).text
      let canonical = try Expression.parse(text).canonical
      #expect(try Expression.parse(canonical).canonical == canonical)
      let scope = ExpressionScope(fields: RandomExpressions.fields)
      let rows = random.rows(3)
      let batch = random.batch(rows)
      let first = try? Expression.bind(text, in: scope).evaluate(batch)
      let second = try? Expression.bind(canonical, in: scope).evaluate(batch)
      for row in 0..<3 {
        #expect(first?.value(row) == second?.value(row), "\(text) as \(canonical)")
      }
    }
  }

  /// Whatever the text, there is an answer or there are errors with positions inside the text.
  @Test(arguments: 0..<4)
  func noTextTraps(_ seed: UInt64) {
    var random = RandomExpressions(dice: ExpressionDice(state: seed &* 104_729))
    let scope = ExpressionScope(fields: RandomExpressions.fields)
    let pieces = [
      "(", ")", "'", "\"", "::", ":", "case", "when", "then", "end", "not", "and", "in", "between",
      "like", "is", "null", "cast(", " as ", "decimal(", "1e", "1e5", ".", "%", "||", "-", "é",
      "\u{0}",
      "’", "date '", "timestamp '2026-01-01 ", "count(", "filter (where ", "distinct ", "*", "/",
      ",",
      "regexp_matches(t, '", "regexp_replace(t, '(a|b)*', '$1", "round(", "substr(",
      "99999999999999999999",
      "😀", "\\", "[", "]", "{", "}",
    ]
    let batch = random.batch(random.rows(4))
    for _ in 0..<800 {
      var text = random.expression(random.dice.pick(RandomExpressions.types), depth: 2).text
      for _ in 0...Int.random(in: 0...3, using: &random.dice) {
        var bytes = Array(text.utf8)
        let at = Int.random(in: 0...bytes.count, using: &random.dice)
        switch Int.random(in: 0..<4, using: &random.dice) {
        case 0: bytes.insert(contentsOf: Array(random.dice.pick(pieces).utf8), at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 3))
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random.dice), at: at)
        default:
          let end = min(bytes.count, at + 8)
          bytes.insert(
            contentsOf: Array(bytes[at..<end]),
            at: Int.random(in: 0...bytes.count, using: &random.dice))
        }
        text = String(decoding: bytes, as: UTF8.self)
      }
      do {
        _ = try? Expression.bindMeasure(text, where: text, in: scope, groupKeys: ["t"])
        _ = try? Expression.bind(text, in: scope).evaluate(batch)
        _ = try Expression.bind(text, in: scope)
      } catch {
        #expect(!error.errors.isEmpty)
        for fault in error.errors {
          #expect(fault.offset >= 0 && fault.length >= 0)
          #expect(fault.offset + fault.length <= text.utf8.count, "\(text): \(fault)")
        }
      }
    }
  }
}
