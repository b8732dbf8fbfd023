import Tabular
import Testing

@Suite struct PatternTests {
  static func matches(_ pattern: String, _ text: String, anchored: Bool = false) throws -> Bool {
    try Pattern(pattern).matches(Array(text.utf8)[...], anchored: anchored)
  }

  static let matching: [(String, String)] = [
    ("abc", "xabcx"), ("^abc$", "abc"), ("a.c", "aéc"), ("a|b|", "c"), ("(ab)+", "ababx"),
    ("a{2,3}", "aa"), ("^a{2}$", "aa"), ("^a{2,}$", "aaaaa"), ("^a{0}$", ""), ("a{", "a{"),
    ("a{,2}", "a{,2}"), ("^[a-c]+$", "abc"), ("^[^a-c]$", "é"), ("^[]a]+$", "]a"),
    ("^[a-]+$", "a-"), ("^[\\]\\-\\d]+$", "]-5"), ("\\d{5}", "code 75011"), ("^\\w+$", "été_2_日本"),
    ("^\\s+$", " \t\u{A0}\u{202F}\n"), ("\\bmot\\b", "un mot."), ("\\bété\\b", "l'été!"),
    ("^\\p{Lu}\\p{Ll}+$", "Été"), ("^\\P{L}$", "5"), ("^[[:alpha:]]+$", "été"), ("(?i)ÉTÉ", "été"),
    ("(?i)[a-f]+z", "ABZ"), ("(?i:a)b", "Ab"), ("a(?i)b|c", "aB"), ("a(?i)b|c", "C"),
    ("(?s)a.b", "a\nb"), ("(?m)^b$", "a\nb\nc"), ("\\Aa\\z", "a"),
    ("\\x41\\u00e9\\x{1F600}", "Aé😀"),
    ("\\t\\.\\*\\\\", "\t.*\\"), ("(?<nom>a)(?P<x>b)(?:c)", "abc"), ("a*?b", "aab"),
    ("^(a|ab)(c|bcd)(d*)$", "abcd"), ("(a*)*", "b"), ("(a*)+", "b"), ("(|a)+b", "aab"), ("", ""),
    ("$", "abc"), ("^", ""), ("a$|^b", "bc"), ("\\B", "ab"),
    ("^(([0-8]\\d|9[0-5])\\d{3})$", "75011"),
    ("(?i)straße", "STRAßE"), ("^.$", "😀"), ("[😀-😂]", "😁"), ("k", "k"), ("(?i)k", "\u{212A}"),
    ("^[a-zA-Z0-9\\-\\'\\s\\d\\u00C0-\\u00FF]+$", "Allée de l'Église 12"), ("^a\\/b\\_c$", "a/b_c"),
    ("^(?:(?:^|,)(^[A-Z]{2}[A-Z0-9]{4,33}$|Non concerné)(?:$|,))+$", "FRPAB1234"),
    ("^\\[-?\\d{1,3}\\.\\d+,\\s?-?\\d{1,3}\\.\\d+\\]$", "[-1.5536,47.2184]"),
  ]

  @Test(arguments: matching)
  func found(_ pattern: String, _ text: String) throws {
    #expect(try Self.matches(pattern, text))
  }

  static let missing: [(String, String)] = [
    ("abc", "ab"), ("^b", "ab"), ("a$", "ab"), ("a.c", "a\nc"), ("^a{2}$", "aaa"), ("[^a]", "a"),
    ("\\d", "٣"), ("\\bmot", "amot"), ("^\\w$", "-"), ("\\W", "é"), ("(?i:a)b", "AB"),
    ("\\p{Lu}", "é"),
    ("^b$", "a\nb"), ("\\B", "a"), ("a{3}", "aa"), ("(?-i)A", "a"), ("(?i)(?-i)A", "a"),
    ("a\\zb", "ab"),
  ]

  @Test(arguments: missing)
  func notFound(_ pattern: String, _ text: String) throws {
    #expect(try !Self.matches(pattern, text))
  }

  @Test func anchoredMeansTheWholeText() throws {
    #expect(try Self.matches("a|ab", "ab", anchored: true))
    #expect(try Self.matches("[0-9]{5}", "75011", anchored: true))
    #expect(try !Self.matches("[0-9]{5}", "750112", anchored: true))
    #expect(try !Self.matches("[0-9]{5}", "x75011", anchored: true))
    #expect(try Self.matches("", "", anchored: true))
    #expect(try !Self.matches("", "a", anchored: true))
    #expect(try Self.matches("a\\b", "a", anchored: true))
  }

  static let faulty: [(String, Int, Int)] = [
    ("(a", 0, 1), ("a)", 1, 1), ("[a", 0, 1), ("é[a", 2, 1), ("a**", 2, 1), ("*a", 0, 1),
    ("+", 0, 1),
    ("a|*", 2, 1), ("\\", 0, 1), ("\\q", 0, 2), ("[z-a]", 1, 3), ("a{1001}", 1, 6),
    ("a{3,2}", 1, 5),
    ("(?=a)", 0, 3), ("(?!a)", 0, 3), ("(?<=a)", 0, 4), ("(a)\\1", 3, 1), ("\\p{Xx}", 0, 6),
    ("(?x)a", 0, 3), ("(?<n", 0, 4), ("[\\q]", 1, 2), ("\\xZZ", 0, 2), ("\\x{110000}", 0, 10),
    ("a*+", 2, 1), ("(?", 0, 2),
  ]

  @Test(arguments: faulty)
  func faultsHavePositions(_ pattern: String, _ offset: Int, _ length: Int) {
    do {
      _ = try Pattern(pattern)
      Issue.record("no error: \(pattern)")
    } catch {
      #expect(error.offset == offset && error.length == length, "\(pattern): \(error)")
    }
  }

  @Test func hugePatternsAreRefused() {
    for pattern in [
      "(?:(?:a{1000}){1000}){1000}", "(?:(?:(?:){1000}){1000}){1000}",
      String(repeating: "(", count: 10_000), String(repeating: "a*", count: 20_000),
    ] {
      #expect(throws: PatternError.self) { try Pattern(pattern) }
    }
  }

  /// Patterns on which backtracking takes exponential time, and such as need no table.
  @Test func hardPatternsTakeLinearTime() throws {
    let text = String(repeating: "a", count: 20_000)
    #expect(try !Self.matches("(a+)+b", text))
    #expect(try !Self.matches("(a|aa)*$b", text))
    #expect(try !Self.matches("(a|b)*a(a|b){12}c", text))
    #expect(try Self.matches("(a|b)*a(a|b){12}", text))
    #expect(try Self.matches("(a|b)*a(a|b){14}", text, anchored: true))
    #expect(try !Self.matches("\\b(a|b)*a(a|b){14}c\\b", text))
  }

  /// Bytes that are no UTF-8 must not trap either.
  @Test func anyBytesWillDo() throws {
    let pattern = try Pattern("^(.|\\n)*\\b\\w$")
    let replace = try Pattern("[^a]")
    var dice = ExpressionDice(state: 5)
    for _ in 0..<2000 {
      let bytes = (0..<Int.random(in: 0...6, using: &dice)).map { _ in
        UInt8.random(in: 0...255, using: &dice)
      }
      _ = pattern.matches(bytes[...], anchored: false)
      _ = replace.matches(bytes[...], anchored: true)
    }
  }

  /// Random patterns against a matcher that tries everything.
  @Test(arguments: 0..<4)
  func agreesWithBacktracking(_ seed: UInt64) throws {
    var dice = ExpressionDice(state: seed &* 15_485_863)
    let scope = ExpressionScope(fields: [(name: "t", type: .text, decimals: nil)])
    for _ in 0..<250 {
      let node = SlowPattern.random(&dice, depth: 3)
      let pattern = try Pattern(node.text)
      let texts = (0..<6).map { _ in
        String(
          (0..<Int.random(in: 0...7, using: &dice)).map { _ in dice.pick(["a", "b", "é", " "]) }
            .joined())
      }
      for text in texts {
        let scalars = Array(text.unicodeScalars)
        let whole = node.ends(scalars, 0).contains(scalars.count)
        #expect(
          pattern.matches(Array(text.utf8)[...], anchored: true) == whole,
          "\(node.text) on '\(text)'")
        let somewhere = (0...scalars.count).contains { !node.ends(scalars, $0).isEmpty }
        #expect(
          pattern.matches(Array(text.utf8)[...], anchored: false) == somewhere,
          "\(node.text) in '\(text)'")
      }
      // Which match is taken: only where no empty turn of a loop makes engines differ.
      guard !node.repeatsEmptiness else { continue }
      let call = "regexp_replace(t, '\(node.text)', '<$0>')"
      let column = try Expression.bind(call, in: scope).evaluate(
        Batch(columns: [Column(.text(TextValues(texts)))], rowCount: texts.count, sequence: 0))
      for (row, text) in texts.enumerated() {
        let expected = node.replaced(Array(text.unicodeScalars))
        #expect(column.value(row) == .text(expected), "\(node.text) in '\(text)'")
      }
    }
  }
}
