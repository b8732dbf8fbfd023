import Foundation
import TestSupport
import Testing

/// Composite indices through the binary, every table of every variant held to numpy: ASEM as the
/// field's reference program has published it, and random data with all that is awkward.
@Suite struct IndicesTests {
  @Test func everyTableEqualsTheSlowFormulas() throws {
    let project = try TinyProject()
    let folder = project.folder.url.path
    let prepared = try OracleTests.python("indices.py", ["prepare", folder])
    try #require(prepared.status == 0, "\(prepared.errors)")
    for name in prepared.output.split(separator: "\n") {
      let run = try project.octroi(["run", "\(name).yml", "--quiet"])
      #expect(run.status == 0, "\(name): \(run.errors)")
    }
    let checked = try OracleTests.python("indices.py", ["check", folder])
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  /// Intervals and sensitivities come of chance that knows no threads.
  @Test func chanceIsTheSameOnOneThreadAndOnThree() throws {
    let project = try TinyProject()
    let prepared = try OracleTests.python("indices.py", ["prepare", project.folder.url.path])
    try #require(prepared.status == 0, "\(prepared.errors)")
    let text = try project.folder.read("geometric.yml")
    let doubts = """
          uncertainty:
            draws: 200
            weights: 0.25
            treatment: [none, winsorise]
            normalisation: [{method: min_max, range: [1, 100]}, rank]
            aggregation: [arithmetic, geometric]
            sobol: 16
            bootstrap: 20
          domains:
      """
    try project.folder.write(
      text.replacingOccurrences(of: "    domains:", with: doubts)
        + "  sensitivity: {from: x.sensitivity, audience: internal, path: out/geometric/s.csv}\n",
      to: "doubts.yml")
    var published: [String] = []
    for threads in ["1", "3"] {
      let run = try project.octroi(["run", "doubts.yml", "--quiet", "--threads", threads])
      #expect(run.status == 0, "\(run.errors)")
      published.append(
        try project.folder.read("out/geometric/ranks.csv")
          + project.folder.read("out/geometric/s.csv"))
    }
    #expect(published[0] == published[1])
    let lines = published[0].split(whereSeparator: \.isNewline)
    #expect(lines.contains { $0.hasPrefix("aggregation,") })
    let ranks = lines.dropFirst().prefix(51).map { $0.split(separator: ",") }
    #expect(ranks.contains { Double($0[5]) ?? 0 < Double($0[6]) ?? 0 }, "intervals of scores")
    #expect(ranks.contains { Double($0[7]) ?? 0 < Double($0[9]) ?? 0 }, "intervals of ranks")
  }

  private static let project = """
    octroi: 1
    pipeline: essai
    purpose: essai
    charter: charte.yml
    sources:
      lignes: {path: lignes.csv, schema: schema.json, governance: lignes}
    steps:
      lieux:
        from: lignes
        stages:
          - aggregate: {by: note, measures: {m: count()}}
          - select: [note]
      comptes:
        from: lignes
        stages:
          - aggregate: {by: KEYS, measures: {demandes: count(), somme: sum(id)}}
          - LAST
    indicators:
      x:
        units: {from: lieux, key: note}
        indicators:
          demandes: {from: comptes}
          somme: {from: comptes, direction: -1}
          rien: {missing: {fr: en 2027, en: in 2027}}
        aggregation: MEAN
    outputs:
      ranks: {from: x.ranks, audience: internal, path: out/ranks.csv}
      missing: {from: x.missing, audience: internal, path: out/missing.csv}

    """

  private func places(keys: String, last: String, mean: String) throws -> TinyProject {
    let project = try TinyProject()
    let counts = [("A", 30), ("B", 20), ("C", 3), ("D", 40)]
    let rows = counts.flatMap { place, count in (1...count).map { "\($0),\($0 % 2),\(place)" } }
    try project.folder.write(
      (["id,montant,note"] + rows).joined(separator: "\n") + "\n", to: "lignes.csv")
    let text = Self.project.replacingOccurrences(of: "KEYS", with: keys)
      .replacingOccurrences(of: "LAST", with: last).replacingOccurrences(of: "MEAN", with: mean)
    try project.folder.write(text, to: "essai.yml")
    return project
  }

  /// C has too few to be shown, and B goes with it: neither has a value, a score or a rank.
  @Test func aSuppressedCellStaysMissingAndSaysWhy() throws {
    let project = try places(
      keys: "note", last: "protect_table: {by: note, min_count: 11, count: demandes}",
      mean: "arithmetic")
    let run = try project.run()
    #expect(run.status == 0, "\(run.errors)")
    let missing = try project.folder.read("out/missing.csv")
    for cell in ["B,demandes", "C,demandes", "B,somme", "C,somme"] {
      #expect(missing.contains("\(cell),suppressed,,,false"))
    }
    #expect(missing.contains("A,rien,no_source,in 2027,en 2027,false"))
    let ranks = try project.folder.read("out/ranks.csv")
    #expect(ranks.contains("A,50,1,,0.666667"))
    #expect(ranks.contains("C,,,no_score,0"))
    let told = try project.octroi([
      "explain", "essai.yml", "--indicator", "demandes", "--unit", "C",
    ])
    #expect(told.output.contains("suppressed"), "\(told.errors)")
    #expect(!told.output.contains("3\n"))
  }

  /// People are told words and titles; files keep the codes.
  @Test(.enabled(if: Program.python != nil))
  func codesAreToldInWords() throws {
    let project = try places(
      keys: "note", last: "protect_table: {by: note, min_count: 11, count: demandes}",
      mean: "arithmetic")
    let text = try project.folder.read("essai.yml")
      .replacingOccurrences(of: "    aggregation:", with: "    ranked_from: 70%\n    aggregation:")
      .replacingOccurrences(
        of: "demandes: {from: comptes}",
        with: "demandes: {from: comptes, title: {fr: Demandes reçues, en: Requests received}}")
    let report = """
      parameters:
        jour: {type: date, default: 2026-04-10}
      reports:
        r:
          from: [x.ranks, x.missing]
          audience: internal
          path: out/r.html
          languages: [fr, en]
          also: [xlsx]
          sections: [table: x.ranks, table: x.missing, revisions: true, methodology: true]

      """
    try project.folder.write(text + report, to: "essai.yml")
    let run = try project.run()
    #expect(run.status == 0, "\(run.errors)")
    let told = [
      "r": ["trop peu de données", "pas de note", "pas encore de source", "Demandes reçues"],
      "r.en": ["too few data", "no score", "no data source yet", "Requests received"],
    ]
    let codes = ["too_few_data", "no_score", "no_source", ">demandes<"]
    let script = """
      import openpyxl, sys
      for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets[:2]:
          print(*[f">{c.value}<" for row in sheet.iter_rows(min_row=2) for c in row])
      """
    for (name, words) in told {
      let page = try project.folder.read("out/\(name).html")
      let book = project.folder.url.appending(path: "out/\(name).xlsx").path
      let python = try #require(Program.python)
      let cells = try Program.run(python, ["-c", script, book])
      for word in words {
        #expect(page.contains(word), "\(name).html: \(word)")
        #expect(cells.output.contains(">\(word)<"), "\(name).xlsx: \(word) \(cells.errors)")
      }
      for code in codes {
        #expect(!page.contains(code) && !cells.output.contains(code), "\(name): \(code)")
      }
    }
    #expect(try project.folder.read("out/missing.csv").contains("A,rien,no_source"))
    // How the index came about, too.
    let page = try project.folder.read("out/r.html")
    #expect(page.contains("repose sur 2 des 3 indicateurs de son cadre"))
    #expect(page.contains("de 0 pour la plus mauvaise valeur à 100 pour la meilleure"))
    #expect(
      page.contains("par moyenne arithmétique") && page.contains("moins de 70\u{a0}% du poids"))
  }

  @Test func rowsThatWouldCountTwiceStopTheRun() throws {
    let project = try places(keys: "[note, montant]", last: "sort: note", mean: "arithmetic")
    let run = try project.run()
    #expect(run.status == 1)
    #expect(run.errors.contains("'comptes' has several rows of one 'note'"))
    #expect(!project.hasOutput)
  }

  @Test func aMeanThatNeedsAFloorIsRefusedBeforeReading() throws {
    let project = try places(keys: "note", last: "sort: note", mean: "geometric")
    let run = try project.run()
    #expect(run.status == 2)
    #expect(run.errors.contains("essai.yml:25:18: error: the mean that makes 'index'"))
  }
}
