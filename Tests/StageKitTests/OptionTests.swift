import StageKit
import Tabular
import Testing

@Suite struct OptionTests {
  private func fits(_ node: SpecNode, _ type: OptionType) -> [String] {
    let diagnostics = Diagnostics()
    let sound = OptionDecoder(diagnostics).fits(node, type, name: "x")
    #expect(sound == diagnostics.all.isEmpty)
    return diagnostics.told
  }

  @Test func scalars() {
    let good: [(SpecNode, OptionType)] = [
      (Spec.plain("a + 1"), .expression), (Spec.plain("true"), .boolean),
      (Spec.plain("5"), .integer(0...9)), (Spec.plain("-0.5"), .number(-1...1)),
      (Spec.plain("1%"), .limit), (Spec.plain("0.5 %"), .limit), (Spec.plain("20"), .limit),
      (Spec.plain("a"), .choice(["a"])), (Spec.plain("no"), .text), (Spec.plain("été_2"), .name),
      (Spec.plain("null"), .literal), (Spec.plain("x"), .fields),
    ]
    for (node, type) in good { #expect(fits(node, type).isEmpty, "\(node)") }
    let bad: [(SpecNode, OptionType)] = [
      (Spec.plain("null"), .text), (Spec.plain("yes"), .boolean), (Spec.quoted("true"), .boolean),
      (Spec.plain("10"), .integer(0...9)), (Spec.quoted("5"), .integer(0...9)),
      (Spec.plain("2"), .number(-1...1)), (Spec.plain("101%"), .limit), (Spec.plain("-1"), .limit),
      (Spec.plain("nan"), .limit), (Spec.plain("b"), .choice(["a"])), (Spec.plain("2b"), .name),
      (Spec.list([]), .text), (Spec.map([]), .fields), (Spec.plain("x"), .list(.text)),
    ]
    for (node, type) in bad { #expect(fits(node, type) == ["3:5 wrong-shape"], "\(node)") }
  }

  @Test func theInnermostMisfitIsTold() {
    let type: OptionType = .either([
      .text, .list(.integer(0...9)),
      .record([
        OptionDeclaration("a", .boolean, required: true, Message(en: "a", fr: "a"))
      ]),
    ])
    #expect(
      fits(Spec.list([Spec.plain("1"), Spec.plain("x", column: 20)]), type) == ["3:20 wrong-shape"])
    #expect(fits(Spec.map([("a", Spec.plain("no", column: 9))]), type) == ["3:9 wrong-shape"])
    #expect(
      fits(Spec.map([("b", Spec.plain("true"))]), type) == ["3:5 missing-key", "4:7 unknown-key"])
  }

  /// `{a: round(x, 2)}` is two entries in YAML, the second without value.
  @Test func splitExpressionsGetAHint() {
    let split = Spec.map([("a", Spec.plain("round(x")), ("2)", Spec.plain(""))])
    let diagnostics = Diagnostics()
    let map = OptionType.map(keys: "name", .expression)
    #expect(!OptionDecoder(diagnostics).fits(split, map, name: "derive"))
    #expect(diagnostics.all.count == 1)
    #expect(diagnostics.all[0].remedy?.en.contains("quote the expression") == true)
    // Where null is a value it stays one.
    #expect(fits(split, .map(keys: "value", .literal)).isEmpty)
  }

  private let declaration = StageDeclaration(
    name: "essai", kind: .rowLocal, summary: Message(en: "", fr: ""),
    options: [
      OptionDeclaration("by", .fields, required: true, Message(en: "keys", fr: "clés")),
      OptionDeclaration("n", .integer(0...9), Message(en: "n", fr: "n")),
    ], shorthand: "by", privacy: Message(en: "", fr: ""), example: "")

  private func decode(_ body: SpecNode) -> (options: Options?, told: [String]) {
    let diagnostics = Diagnostics()
    let options = OptionDecoder(diagnostics).options(of: declaration, body: body, at: Spec.at(1, 1))
    return (options, diagnostics.told)
  }

  @Test func shorthandsAndRecords() {
    #expect(decode(Spec.plain("a")).options?["by"]?.text == "a")
    #expect(decode(Spec.list([Spec.plain("a")])).options?["by"]?.items?.count == 1)
    let both = decode(Spec.map([("n", Spec.plain("3")), ("by", Spec.plain("a"))]))
    #expect(both.options?["n"]?.integer == 3 && both.options?["by"]?.text == "a")
    #expect(decode(Spec.map([("n", Spec.plain("3"))])).told == ["1:1 missing-key"])
    #expect(decode(Spec.plain("")).told == ["1:1 missing-key"])
    let wrong = decode(Spec.map([("by", Spec.plain("a")), ("m", Spec.plain("3"))]))
    #expect(wrong.options == nil && wrong.told == ["5:7 unknown-key"])
    // Null counts as not given.
    let null = decode(Spec.map([("by", Spec.plain("a")), ("n", Spec.plain("~"))]))
    #expect(null.options != nil && null.options?["n"] == nil)
  }

  @Test func limitsCountInIntegers() throws {
    let share = try #require(RowLimit(Spec.plain("1%")))
    #expect(share.allows(1, of: 100) && !share.allows(2, of: 199) && share.allows(2, of: 200))
    #expect(share.allows(0, of: 0))
    #expect(share.allows(Int.max / 100, of: Int.max))
    let count = try #require(RowLimit(Spec.plain("3")))
    #expect(count.allows(3, of: 3) && !count.allows(4, of: 1000))
    #expect(RowLimit(Spec.plain("0.25")) == .share(perMillion: 250_000))
  }

  @Test func piecesOfExpressionsAreQuoted() throws {
    #expect(ExpressionText.field("a \"b\"") == "\"a \"\"b\"\"\"")
    #expect(ExpressionText.literal("l'été'\u{301}") == "'l''été''\u{301}'")
    let names = ["a b", "\"", "é\"\u{301}x", "select", "2"]
    let scope = ExpressionScope(names.map { .init(name: $0, type: .text) })
    for (index, name) in names.enumerated() {
      let bound = try Expression.bind(ExpressionText.field(name), in: scope)
      #expect(bound.fields == [index])
      let literal = try Expression.bind(ExpressionText.literal(name), in: scope)
      #expect(literal.constant == .text(name))
    }
  }
}
