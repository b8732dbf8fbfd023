import Foundation
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// What a table's bytes do not prove is counted with its sidecar's, whoever wrote them.
@Suite struct SidecarRecountTests {
  private static let formats: [PlannedOutput.Format] = [.csv, .jsonLines]

  /// A table's text; nil is an empty cell.
  private func text(
    _ names: [String], _ rows: [[String?]], _ format: PlannedOutput.Format
  ) -> String {
    guard format == .csv else {
      return rows.map { row in
        let cells = zip(names, row).map { "\"\($0)\":\($1.map { "\"\($0)\"" } ?? "null")" }
        return "{" + cells.joined(separator: ",") + "}\n"
      }.joined()
    }
    return ([names] + rows).map { $0.map { $0 ?? "" }.joined(separator: ",") + "\r\n" }.joined()
  }

  private func verdict(
    _ table: [[String?]], _ names: [String], _ sidecar: [[String?]], _ planned: PlannedSidecar,
    _ format: PlannedOutput.Format = .csv, most: Int? = nil
  ) throws -> String {
    let folder = try TemporaryFolder()
    let own = planned.keys.map(\.table) + planned.evidence.indices.map { "#\($0 + 1)" }
    try folder.write(text(names, table, format), to: "table")
    try folder.write(text(own, sidecar, format), to: "sidecar")
    var recount = SidecarRecount(
      GateTerms(name: "t", format: format, names: names),
      at: folder.url.appending(path: "table").path,
      GateTerms(name: "s", format: format, names: own),
      at: folder.url.appending(path: "sidecar").path)
    if let most { recount.most = most }
    do {
      try recount.run(planned)
      return ""
    } catch let error as RunError {
      #expect(error.exit == .refused)
      return error.message.en
    }
  }

  // MARK: Persons

  private func persons(k: Int, _ keys: [String]) -> PlannedSidecar {
    PlannedSidecar(
      table: 0, node: 0, keys: keys.map { ($0, $0) }, evidence: ["p"],
      promise: .persons(k: k), path: "")
  }

  @Test(arguments: formats) func rowsOfOnePersonAreOne(_ format: PlannedOutput.Format) throws {
    let table: [[String?]] = [["x", "1"], ["x", "2"], [nil, "3"], [nil, "4"]]
    let own: [[String?]] = [["x", "7"], ["x", "8"], [nil, "7"], [nil, "9"]]
    let planned = persons(k: 2, ["a"])
    #expect(try verdict(table, ["a", "s"], own, planned, format) == "")
    let alike = own.dropLast() + [[nil, "7"]]
    #expect(
      try verdict(table, ["a", "s"], Array(alike), planned, format)
        == "gate: 't' holds classes of fewer than 2 persons (1)")
  }

  /// A row more, a row less, a class of another name: the sidecar is not of this table.
  @Test func otherRowsAreNoProof() throws {
    let own: [[String?]] = [["x", "7"], ["x", "8"], ["y", "7"], ["y", "9"]]
    let planned = persons(k: 2, ["a"])
    for table in [["x", "x", "y"], ["x", "x", "y", "y", "y"], ["x", "x", "y", "z"], ["x", "x"]] {
      let said = try verdict(table.map { [$0] }, ["a"], own, planned)
      #expect(said.contains("has other rows"), "\(table)")
    }
  }

  /// Against sets of persons by class, however small the parts in which classes are counted.
  @Test func personsAreCountedAsSetsCountThem() throws {
    var dice = SpecFuzzTests.Dice(state: 11)
    func next(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &dice) }
    for round in 0..<60 {
      let k = 1 + next(4)
      let rows = (0..<(5 + next(60))).map { _ -> (a: String?, b: String, p: String) in
        let a = next(4)
        return (a == 0 ? nil : "a\(a)", "b\(next(3))", "\(next(12))")
      }
      var classes: [[String?]: Set<String>] = [:]
      for row in rows { classes[[row.a, row.b], default: []].insert(row.p) }
      let small = classes.values.count { $0.count < k }
      let said = try verdict(
        rows.map { [$0.b, "s", $0.a] }, ["b", "s", "a"], rows.map { [$0.b, $0.a, $0.p] },
        persons(k: k, ["b", "a"]), Self.formats[round % 2], most: 1 + next(20))
      let expected =
        small == 0 ? "" : "gate: 't' holds classes of fewer than \(k) persons (\(small))"
      #expect(said == expected, "round \(round)")
    }
  }

  // MARK: Cells

  private static let dominance = CellRule(
    kind: .dominance, share: 850_000, value: "total", largest: "first", second: nil)
  private static let remainder = CellRule(
    kind: .remainder, share: 100_000, value: "total", largest: "first", second: "second")

  private func cells(_ rules: [CellRule]) -> PlannedSidecar {
    PlannedSidecar(
      table: 0, node: 0, keys: [("a", "a")], evidence: ["n", "total", "first", "second"],
      promise: .cells(.init(minCount: 3, rules: rules, measures: ["n", "total"])), path: "")
  }

  private func shown(_ evidence: [String?], _ rules: [CellRule]) throws -> Bool {
    let names = ["a", "n", "total", "n_status"]
    let planned = cells(rules)
    let own = [["x"] + evidence, ["y", "0", nil, nil, nil]]
    let hidden: [[String?]] = [["x", nil, nil, "suppressed"], ["y", "0", nil, "published"]]
    // Nobody minds a cell that is hidden.
    #expect(try verdict(hidden, names, own, planned) == "")
    let said = try verdict(
      [["x", evidence[0], evidence[1], "published"], hidden[1]], names, own, planned)
    #expect(
      said == "" || said.hasPrefix("gate: 't' shows cells (1) that too few contribute to"),
      "\(said)")
    return said == ""
  }

  @Test func cellsAreHeldToTheirRules() throws {
    let both = [Self.dominance, Self.remainder]
    #expect(try shown(["3", "100", "40", "35"], both))
    #expect(try !shown(["2", "100", "40", "35"], both))
    // 85 of 100 may be one's, 85.01 may not.
    #expect(try shown(["9", "100", "85", "5"], [Self.dominance]))
    #expect(try shown(["9", "\"100,00\"", "\"85,00\"", "\"5,00\""], [Self.dominance]))
    #expect(try !shown(["9", "100", "85.01", "5"], [Self.dominance]))
    // What is left over beside two is 10 % of the largest at least.
    #expect(try shown(["9", "100", "50", "45"], [Self.remainder]))
    #expect(try !shown(["9", "100", "50", "45.5"], [Self.remainder]))
    // Of nobody's amount there is nothing to tell; of half an account nothing is proven.
    #expect(try shown(["9", nil, nil, nil], both))
    #expect(try !shown(["9", "100", nil, nil], both))
    #expect(try !shown(["9", "100", "-3", "2"], both))
    #expect(try !shown(["9", "much", "3", "2"], both))
  }

  @Test func otherCellsAreNoProof() throws {
    let planned = cells([Self.dominance])
    let own: [[String?]] = [["x", "9", "100", "20", "10"], ["y", "9", "100", "20", "10"]]
    for names in [["x"], ["x", "y", "z"], ["x", "z"]] {
      let said = try verdict(names.map { [$0, "9"] }, ["a", "n"], own, planned)
      #expect(said.contains("has other rows"), "\(names)")
    }
    // Two cells of one name: which of them is shown nobody knows.
    let twice = own + [["y", "9", "100", "99", "1"]]
    #expect(try verdict([["x", "9"], ["y", "9"]], ["a", "n"], twice, planned) != "")
  }
}
