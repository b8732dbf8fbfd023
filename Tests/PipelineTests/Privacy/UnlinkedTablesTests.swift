import Pipeline
import StageKit
import Tabular
import Testing

/// Protected tables of the same persons are audited together, or it is said that they are not.
@Suite struct UnlinkedTablesTests {
  private static let quarters =
    "q: {from: gens, stages: [aggregate: {by: [quartier], measures: {n: count()}}, "
    + "protect_table: {by: [quartier], min_count: 11}]}"

  private func warnings(_ steps: [String], _ audiences: [String]) throws -> [Diagnostic] {
    let outputs = zip(["q", "s"], audiences).map { step, audience in
      let folder = ["open": "public", "press": "presse", "internal": "interne"][audience] ?? ""
      return "  \(step): {from: \(step), audience: \(audience), path: out/\(folder)/\(step).csv}"
    }
    let body =
      "steps:\n" + steps.map { "  \($0)\n" }.joined() + "outputs:\n"
      + outputs.joined(separator: "\n") + "\n"
    let result = try AdversarialTests.check(
      AdversarialTests.Case(name: "", code: nil, body: body))
    #expect(result.plan != nil, "\(result.diagnostics.map(\.message.en))")
    return result.diagnostics.filter { $0.code == "unlinked-tables" }
  }

  private func services(_ more: String = "", _ first: String = "") -> String {
    "s: {from: gens, stages: [\(first)aggregate: {by: [service], measures: {n: count()}}, "
      + "protect_table: {by: [service], min_count: 11\(more)}]}"
  }

  @Test(arguments: [["open", "open"], ["open", "press"], ["press", "open"]])
  func tablesAsideAreTold(_ audiences: [String]) throws {
    let told = try warnings([Self.quarters, services()], audiences)
    #expect(told.count == 1)
    #expect(told.first?.severity == .warning && (told.first?.position.line ?? 0) > 1)
    #expect(told.first?.message.en.contains("'s' (by service) and 'q' (by quartier)") == true)
    #expect(told.first?.remedy?.en.contains("with: {table: q") == true)
  }

  /// Some of the rows, too: what is left is a table that nobody has protected.
  @Test func someOfTheSameRowsAreTold() throws {
    let women = services("", "filter: sexe = 'F', ")
    #expect(try warnings([Self.quarters, women], ["open", "open"]).count == 1)
  }

  @Test func linkedTablesAndThoseThatStayInsideAreNot() throws {
    let shared =
      "deux: {from: gens, stages: [aggregate: {by: [quartier, service], "
      + "measures: {n: count()}}]}"
    let linked = services(", with: {table: q, by: [quartier], shared: deux}")
    #expect(try warnings([Self.quarters, shared, linked], ["open", "open"]).isEmpty)
    #expect(try warnings([Self.quarters, services()], ["open", "internal"]).isEmpty)
    // The same table twice.
    let again = "s: {from: q, stages: [sort: [quartier]]}"
    #expect(try warnings([Self.quarters, again], ["open", "open"]).isEmpty)
  }
}
