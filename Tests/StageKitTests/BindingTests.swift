import StageKit
import Tabular
import Testing

@Suite struct BindingTests {
  @Test func faultsStandWhereTheyAre() {
    let binding = Spec.binding([Spec.field("é", .text), Spec.field("b")])
    #expect(binding.expression(Spec.plain("é = 'x' and c > 1", column: 5)) == nil)
    #expect(binding.expression(Spec.quoted("c > 1", column: 5)) == nil)
    let block = SpecNode(.scalar("b > 1\nand d", .block), at: Spec.at(9, 3))
    #expect(binding.expression(block) == nil)
    #expect(
      binding.diagnostics.told == [
        "3:6 unknown-field", "3:17 unknown-field", "9:3 unknown-field",
      ])
  }

  @Test func expressionsKnowFieldsParametersAndTypes() throws {
    let binding = Spec.binding(
      [Spec.field("a"), Spec.field("n", .text, .direct), Spec.field("s", .integer, .sensitive)],
      parameters: ["jour": ParameterValue(type: .date, value: .null)])
    let sum = try #require(binding.expression(Spec.plain("a + s"), expecting: .decimal))
    #expect(sum.type == .decimal)
    #expect(binding.input.names(of: sum) == ["a", "s"])
    #expect(binding.input.privacy(of: sum).sortedClasses == [.sensitive, .plain])
    #expect(binding.expression(Spec.plain(":jour"))?.type == .date)
    #expect(binding.expression(Spec.plain("n"), expecting: .boolean) == nil)
    #expect(binding.diagnostics.told == ["3:5 wrong-type"])
  }

  @Test func computedFields() throws {
    let binding = Spec.binding([
      Spec.field("a", nullable: false), Spec.field("b", .decimal, .quasi),
    ])
    func field(_ text: String) throws -> Field {
      let node = Spec.plain(text)
      return binding.input.field(
        "new", computing: try #require(binding.expression(node)),
        written: try #require(binding.tree(node)), binding.parameters)
    }
    let same = try field("b")
    #expect(same.name == "new" && same.privacy == binding.input.field("b")?.privacy)
    #expect(try field("a + 1").nullable == false)
    #expect(try field("a + b").nullable)
    #expect(try field("coalesce(b, 0)").nullable == false)
    #expect(try field("round(b, 2)").decimals == 2)
  }

  @Test func measuresTellWhichTextIsWrong() {
    let binding = Spec.binding([Spec.field("a"), Spec.field("t", .text)])
    let measure = binding.measure(
      Spec.plain("sum(t)", column: 5), where: Spec.plain("a", column: 30), by: [])
    #expect(measure == nil)
    #expect(binding.diagnostics.told == ["3:9 wrong-type", "3:30 wrong-type"])
  }

  @Test func partsOfAnExpressionKeepTheirPlaces() throws {
    let binding = Spec.binding([Spec.field("a")])
    let node = Spec.plain("lag(a) + z", column: 1)
    let (outer, calls) = try #require(binding.tree(node)).taking(["lag"])
    var facts = binding.input
    facts.fields.append(Field(calls[0].field, .integer, privacy: .none))
    #expect(binding.expression(outer, of: node, in: facts) == nil)
    #expect(binding.diagnostics.told == ["3:10 unknown-field"])
  }

  @Test func namesFieldsAndTables() {
    let other = Facts(fields: [Spec.field("x")])
    let binding = Spec.binding([Spec.field("quartier")], tables: ["villes": other])
    #expect(binding.field(Spec.plain("quartier"))?.name == "quartier")
    #expect(binding.field(Spec.plain("x"), in: other) != nil)
    #expect(binding.field(Spec.plain("quatier")) == nil)
    #expect(binding.diagnostics.all[0].message.en.contains("did you mean 'quartier'?"))
    #expect(binding.table(Spec.plain("vile")) == nil)
    #expect(
      binding.fields(Spec.list([Spec.plain("quartier"), Spec.plain("quartier")])).count == 1)
    #expect(binding.isNewName("b2", at: Spec.at(), among: ["a"]))
    #expect(!binding.isNewName("a", at: Spec.at(), among: ["a"]))
    #expect(!binding.isNewName("2b", at: Spec.at(), among: ["a"]))
    #expect(!binding.isName("a b", at: Spec.at()) && binding.isName("été", at: Spec.at()))
  }

  @Test func settlingLooksAtThisStageOnly() throws {
    let diagnostics = Diagnostics()
    diagnostics.error("earlier", at: Spec.at(), Message(en: "x", fr: "x"))
    let binding = Binding(
      input: Facts(fields: []), tables: [:], parameters: [:], diagnostics: diagnostics,
      resolveFile: { _ in nil })
    try binding.settle()
    diagnostics.warning("w", at: Spec.at(), Message(en: "y", fr: "y"))
    try binding.settle()
    #expect(throws: StageRejected.self) { try binding.require(nil as Int?) }
    diagnostics.error("now", at: Spec.at(), Message(en: "z", fr: "z"))
    #expect(throws: StageRejected.self) { try binding.settle() }
  }

  @Test func valuesOfEachType() {
    let cases: [(String, DataType, Value?)] = [
      ("12", .integer, .integer(12)), ("12.5", .integer, nil), ("x", .text, .text("x")),
      ("12.50", .decimal, .decimal(Decimal(digits: 125, scale: 1))),
      ("true", .boolean, .boolean(true)),
      ("yes", .boolean, nil), ("1e3", .double, .double(1000)), ("2026-01-31", .date, .date(20_484)),
      ("2026-02-31", .date, nil),
      ("1970-01-01T00:00:01", .datetime(zoned: false), .datetime(1_000_000, zoned: false)),
      ("1970-01-01T00:00:01Z", .datetime(zoned: false), nil), ("", .text, nil),
    ]
    for (text, type, value) in cases {
      #expect(Spec.plain(text).value(as: type) == value, "\(text) as \(type.name)")
    }
    #expect(Spec.quoted("").value(as: .text) == .text(""))
    #expect(Spec.list([]).value(as: .text) == nil)
  }
}
