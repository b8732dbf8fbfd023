import Pipeline
import StageKit
import Tabular
import Testing

/// A table of everybody beside one of those whom something personal chose: refused for the same
/// groups (`leaks.txt`), told of where the groups of one make up those of the other.
@Suite struct ComplementTests {
  private func findings(
    _ all: String, _ chosen: String, where condition: String = "sexe = 'F'"
  ) throws -> [Diagnostic] {
    func step(_ name: String, _ by: String, _ first: String) -> String {
      "  \(name): {from: gens, stages: [\(first)aggregate: {by: [\(by)], "
        + "measures: {n: count()}}, filter: n >= 11]}\n"
    }
    let outputs = ["a", "b"].map {
      "  \($0): {from: \($0), audience: press, path: out/presse/\($0).csv}\n"
    }
    let body =
      "steps:\n" + step("a", all, "") + step("b", chosen, "filter: \(condition), ") + "outputs:\n"
      + outputs.joined()
    let result = try AdversarialTests.check(
      AdversarialTests.Case(name: "", code: nil, body: body))
    return result.diagnostics.filter { $0.code == "complement" || $0.code == "min-count" }
  }

  @Test(arguments: [("quartier", "quartier, service"), ("quartier, service", "service")])
  func nestedGroupsAreToldOf(_ keys: (all: String, chosen: String)) throws {
    let told = try findings(keys.all, keys.chosen)
    #expect(told.map(\.code) == ["complement"])
    #expect(told.first?.severity == .warning && (told.first?.position.line ?? 0) > 1)
    #expect(told.first?.message.en.contains("'b' and 'a' together") == true)
    #expect(told.first?.remedy?.en.contains("n - c >= 11") == true)
  }

  @Test func otherGroupsAndPlainChoicesAreNot() throws {
    #expect(try findings("quartier", "service").isEmpty)
    #expect(try findings("quartier", "quartier, service", where: "montant > 5").isEmpty)
  }

  /// Once for two tables, however many figures they have.
  @Test func itIsToldOnce() throws {
    let told = try findings("quartier", "quartier", where: "montant > 5 and sexe = 'F'")
    #expect(told.map(\.code) == ["min-count"] && told.first?.severity == .error)
  }
}
