import StageKit
import Tabular
import Testing

@Suite struct FactsTests {
  private let basis = Basis(aggregate: Spec.at(1, 1))
  private let other = Basis(aggregate: Spec.at(2, 2))

  @Test func theLeastNumberOfSourceRowsHolds() {
    var facts = Facts(fields: [Spec.field("n")], isMicrodata: false, isAboutPersons: true)
    #expect(facts.resting(on: [basis: 11]).guarantees == [.minCount(11)])
    #expect(facts.resting(on: [basis: 11, other: 5]).guarantees == [.minCount(5)])
    #expect(facts.resting(on: [basis: 11, other: 1]).guarantees.isEmpty)
    #expect(facts.resting(on: [basis: 11]).resting(on: [:]).guarantees.isEmpty)
    facts.guarantees = [.anonymity(Anonymity(k: 5, quasi: ["a"]))]
    #expect(
      facts.resting(on: [basis: 11]).guarantees == [
        .anonymity(Anonymity(k: 5, quasi: ["a"])), .minCount(11),
      ])
  }

  /// Rows of persons are rows of one person each, whatever was joined to them.
  @Test func rowsOfPersonsHaveNoMinCount() {
    let persons = Facts(fields: [Spec.field("nom", .text, .direct)])
    #expect(persons.isAboutPersons)
    #expect(persons.resting(on: [basis: 11]).guarantees.isEmpty)
    let places = Facts(fields: [Spec.field("quartier", .text)])
    #expect(!places.isAboutPersons)
    #expect(places.resting(on: [basis: 11]).guarantees == [.minCount(11)])
  }

  @Test func choicesVoidKAndTaint() {
    var facts = Facts(
      fields: [Spec.field("a")], guarantees: [.anonymity(Anonymity(k: 5, quasi: ["a"]))],
      isMicrodata: false, isAboutPersons: true
    ).resting(on: [basis: 11])
    let privacy = Spec.field("nom", .text, .direct).privacy
      .union(Spec.field("age", .integer, .quasi).privacy)
    facts = facts.afterChoice(reading: privacy)
    #expect(facts.guarantees == [.minCount(11)])
    #expect(facts.taint.sortedClasses == [.direct])
  }

  @Test func orderEndsWhereAFieldGoes() {
    var facts = Facts(fields: ["a", "b", "c"].map { Spec.field($0) })
    facts.order = ["a", "b", "c"].map { OrderKey(field: $0, descending: false) }
    let kept = facts.replacingFields([Spec.field("a"), Spec.field("c")])
    #expect(kept.order.map(\.field) == ["a"])
    #expect(facts.setting(Spec.field("c", .text)).order.map(\.field) == ["a", "b"])
    #expect(facts.setting(Spec.field("d")).order.count == 3)
    #expect(facts.setting(Spec.field("b", .text)).names == ["a", "b", "c"])
  }

  @Test func repeatedRowsAreNotAdditive() {
    var field = Spec.field("n")
    field.counts = RowCount(of: basis)
    let facts = Facts(fields: [field]).repeatingRows()
    #expect(facts.rowsRepeat && facts.fields[0].counts == RowCount(of: basis, isAdditive: false))
  }

  /// Counts of persons shown next to places are counts of persons still: without a filter on the
  /// count nothing is guaranteed, and counting places proves nothing.
  @Test func aggregatesOnPlacesStandForPersons() {
    let places = Facts(fields: [Spec.field("quartier", .text)])
    let counts = Facts(
      fields: [Spec.field("n", .integer, .aggregate)], isMicrodata: false, isAboutPersons: true)
    let unfiltered = places.taking(from: counts.resting(on: [basis: 1]))
    #expect(unfiltered.isAboutPersons && !unfiltered.isMicrodata && unfiltered.rowsRepeat)
    #expect(unfiltered.guarantees.isEmpty)
    let filtered = places.taking(from: counts.resting(on: [basis: 11]))
    #expect(filtered.isAboutPersons && filtered.guarantees == [.minCount(11)])
    let both = filtered.taking(from: counts.resting(on: [other: 3]))
    #expect(both.guarantees == [.minCount(3)])
  }

  @Test func rowsThatTakeFromPersonsAreAboutThem() {
    let places = Facts(fields: [Spec.field("quartier", .text)])
    var persons = Facts(fields: [Spec.field("nom", .text, .direct)])
    persons.taint = Spec.field("x", .text, .sensitive).privacy
    let joined = places.taking(from: persons)
    #expect(joined.isAboutPersons && joined.isMicrodata && joined.taint == persons.taint)
    let things = places.taking(from: Facts(fields: [Spec.field("nom", .text)]))
    #expect(!things.isAboutPersons && things.isMicrodata && !things.rowsRepeat)
  }

  @Test func classesTurnIntoOthers() {
    let privacy = Privacy([
      .direct: [FieldOrigin(source: "s", field: "a")],
      .sensitive: [FieldOrigin(source: "s", field: "b")],
      .quasi: [FieldOrigin(source: "s", field: "c")],
    ])
    let turned = privacy.turning([.direct, .pseudonym], into: .quasi)
    #expect(turned.sortedClasses == [.sensitive, .quasi])
    #expect(turned.origins == privacy.origins)
    #expect(turned.classes[.quasi]?.count == 2)
    #expect(privacy.turning([.plain], into: .direct) == privacy)
  }

  @Test func needsOfComputedFields() throws {
    let binding = Spec.binding(["a", "b", "c"].map { Spec.field($0) })
    var computed = ComputedFields(of: binding.input)
    for (name, text) in [("b", "b + 1"), ("d", "a + b"), ("e", "d * 2"), ("f", "c")] {
      let expression = try #require(binding.expression(Spec.plain(text), in: computed.facts))
      computed.set(Spec.field(name), to: expression)
    }
    #expect(computed.facts.names == ["a", "b", "c", "d", "e", "f"])
    #expect(computed.needs(["e"]) == ["a", "b"])
    #expect(computed.needs(["f", "b"]) == ["c", "b"])
    #expect(computed.needs([]).isEmpty)
  }

  @Test func needsOfOneTableAreMerged() {
    let merged = SideNeed.merged([
      SideNeed(table: "a", fields: ["x"]), SideNeed(table: "b", fields: []),
      SideNeed(table: "a", fields: ["y"]),
    ])
    #expect(merged.map(\.table) == ["a", "b"] && merged[0].fields == ["x", "y"])
  }
}
