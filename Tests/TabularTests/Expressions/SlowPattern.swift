/// A regular expression matched by trying everything in order of preference: the oracle for
/// `Pattern`.
indirect enum SlowPattern {
  case scalar(Unicode.Scalar)
  case any
  case set([Unicode.Scalar], Bool)
  case edge(String)
  case sequence([SlowPattern])
  case alternatives([SlowPattern])
  case repeated(SlowPattern, Int, Int?, lazy: Bool)

  static func random(_ dice: inout ExpressionDice, depth: Int) -> SlowPattern {
    if depth == 0 || dice.chance(20) {
      switch Int.random(in: 0..<8, using: &dice) {
      case 0: return .any
      case 1: return .set(dice.pick([["a"], ["a", "é"], ["b", " "]]), dice.chance(40))
      case 2: return .edge(dice.pick(["^", "$", "\\b", "\\B"]))
      default: return .scalar(dice.pick(["a", "b", "é", " "]))
      }
    }
    switch Int.random(in: 0..<3, using: &dice) {
    case 0:
      return .sequence(
        (0...Int.random(in: 0...2, using: &dice)).map { _ in random(&dice, depth: depth - 1) })
    case 1:
      return .alternatives(
        (0...Int.random(in: 1...2, using: &dice)).map { _ in random(&dice, depth: depth - 1) })
    default:
      let least = Int.random(in: 0...2, using: &dice)
      let most = dice.chance(60) ? nil : least + Int.random(in: 0...2, using: &dice)
      return .repeated(random(&dice, depth: depth - 1), least, most, lazy: dice.chance(30))
    }
  }

  var text: String {
    switch self {
    case .scalar(let scalar): String(scalar)
    case .any: "."
    case .set(let scalars, let isInverted):
      "[" + (isInverted ? "^" : "") + scalars.map { String($0) }.joined() + "]"
    case .edge(let text): text
    case .sequence(let all): all.map { "(?:\($0.text))" }.joined()
    case .alternatives(let all): "(" + all.map(\.text).joined(separator: "|") + ")"
    case .repeated(let inner, let least, let most, let lazy):
      "(?:\(inner.text)){\(least),\(most.map { "\($0)" } ?? "")}" + (lazy ? "?" : "")
    }
  }

  /// Whether it can match nothing.
  var isNullable: Bool {
    switch self {
    case .scalar, .any, .set: false
    case .edge: true
    case .sequence(let all): all.allSatisfy(\.isNullable)
    case .alternatives(let all): all.contains(where: \.isNullable)
    case .repeated(let inner, let least, _, _): least == 0 || inner.isNullable
    }
  }

  var repeatsEmptiness: Bool {
    switch self {
    case .scalar, .any, .set, .edge: false
    case .sequence(let all), .alternatives(let all): all.contains(where: \.repeatsEmptiness)
    case .repeated(let inner, _, _, _): inner.isNullable || inner.repeatsEmptiness
    }
  }

  /// Calls `then` with every place where a match from `start` may end, best first, until it says
  /// true.
  func match(_ text: [Unicode.Scalar], _ start: Int, _ then: (Int) -> Bool) -> Bool {
    switch self {
    case .scalar(let scalar): start < text.count && text[start] == scalar && then(start + 1)
    case .any: start < text.count && text[start] != "\n" && then(start + 1)
    case .set(let scalars, let isInverted):
      start < text.count && scalars.contains(text[start]) != isInverted && then(start + 1)
    case .edge(let edge): SlowPattern.holds(edge, text, start) && then(start)
    case .sequence(let all):
      if let first = all.first {
        first.match(text, start) {
          SlowPattern.sequence(Array(all.dropFirst())).match(text, $0, then)
        }
      } else {
        then(start)
      }
    case .alternatives(let all): all.contains { $0.match(text, start, then) }
    case .repeated(let inner, let least, let most, let lazy):
      SlowPattern.loop(inner, least, most, lazy, text, start, then)
    }
  }

  private static func loop(
    _ inner: SlowPattern, _ least: Int, _ most: Int?, _ lazy: Bool, _ text: [Unicode.Scalar],
    _ start: Int, _ then: (Int) -> Bool
  ) -> Bool {
    if most == 0 { return then(start) }
    func again() -> Bool {
      inner.match(text, start) { end in
        // An empty turn gains nothing once the required ones are done.
        if end == start, least == 0 { return false }
        return loop(inner, max(0, least - 1), most.map { $0 - 1 }, lazy, text, end, then)
      }
    }
    if least > 0 { return again() }
    return lazy ? then(start) || again() : again() || then(start)
  }

  private static func holds(_ edge: String, _ text: [Unicode.Scalar], _ place: Int) -> Bool {
    let isWord = { (index: Int) in
      text.indices.contains(index) && text[index].properties.isAlphabetic
    }
    let isBoundary = isWord(place - 1) != isWord(place)
    switch edge {
    case "^": return place == 0
    case "$": return place == text.count
    case "\\b": return isBoundary
    default: return !isBoundary
    }
  }

  /// All ends of matches from a start.
  func ends(_ text: [Unicode.Scalar], _ start: Int) -> Set<Int> {
    var found: Set<Int> = []
    _ = match(text, start) {
      found.insert($0)
      return false
    }
    return found
  }

  /// Every match in angle brackets.
  func replaced(_ text: [Unicode.Scalar]) -> String {
    var out = String.UnicodeScalarView()
    var copied = 0
    var place = 0
    while place <= text.count {
      var end: Int?
      _ = match(text, place) {
        end = $0
        return true
      }
      guard let end else {
        place += 1
        continue
      }
      out.append(contentsOf: text[copied..<place])
      out.append("<")
      out.append(contentsOf: text[place..<end])
      out.append(">")
      copied = end
      place = end > place ? end : place + 1
    }
    out.append(contentsOf: text[min(copied, text.count)...])
    return String(out)
  }
}
