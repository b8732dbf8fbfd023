import Foundation
import TestSupport
import Testing

/// Noisy figures are debited before they leave, refused beyond the budget, whatever is deleted.
@Suite struct BudgetTests {
  private static let pipeline = """
    octroi: 1
    pipeline: bruit
    purpose: essai
    charter: charte.yml
    sources:
      personnes:
        path: personnes.csv
        schema: schema.json
        reject: {at_most: 50%}
        governance: personnes
    steps:
      bruites:
        from: personnes
        stages:
          - dp_aggregate:
              by: [quartier]
              person: courriel
              bounds: {groups: 1, rows: 1}
              keys: {quartier: [Q1, Q2, Q3]}
              measures: {personnes: {count: persons}}
              epsilon: 0.4
    outputs:
      bruites: {from: bruites, audience: open, path: out/public/bruites.csv}

    """

  private func project(
    _ pipeline: String = BudgetTests.pipeline, budget: String? = "{open: {epsilon: 1}}"
  ) throws -> PersonProject {
    let project = try PersonProject(pipeline: pipeline)
    let charter = PersonProject.charter + (budget.map { "budgets: \($0)\n" } ?? "")
    try project.folder.write(charter, to: "charte.yml")
    return project
  }

  private func figures(_ project: PersonProject) throws -> String {
    try project.folder.read("out/public/bruites.csv")
  }

  @Test func budgetIsSpentAndThenRefused() throws {
    let project = try project()
    for _ in 0..<2 {
      let run = try project.octroi(["run", "personnes.yml"])
      #expect(run.status == 0, "\(run.errors)")
    }
    let published = try figures(project)
    #expect(published.split(whereSeparator: \.isNewline).count == 4)
    let refused = try project.octroi(["run", "personnes.yml"])
    #expect(refused.status == 1)
    #expect(refused.errors.contains("0.8 of it is spent, and with this release it would be 1.2"))
    #expect(try figures(project) == published)
    #expect(try project.folder.read("charte.budget.tsv").split(separator: "\n").count == 2)
  }

  /// What is left is told, whatever became of the ledger; nothing of other audiences.
  @Test func whatIsLeftIsTold() throws {
    let project = try project()
    let before = try project.octroi(["budget"])
    #expect(before.output.contains("open  personnes  ε 1 (δ 1e-9), 0 spent in 0 debits, 1 left"))
    for _ in 0..<2 { #expect(try project.octroi(["run", "personnes.yml"]).status == 0) }
    try FileManager.default.removeItem(
      atPath: try #require(project.environment["OCTROI_STATE"]))
    let after = try project.octroi(["budget", "--json"])
    #expect(after.status == 0, "\(after.errors)")
    for text in [#""left" : "0.2""#, #""spent" : "0.8""#, #""debits" : 2"#, #""epsilon" : "1""#] {
      #expect(after.output.contains(text), "\(after.output)")
    }
  }

  /// A ledger that was deleted gives nothing back, nor does a journal; a changed one is refused.
  @Test func nothingIsForgotten() throws {
    let project = try project()
    for _ in 0..<2 { #expect(try project.octroi(["run", "personnes.yml"]).status == 0) }
    let state = try #require(project.environment["OCTROI_STATE"])
    let journal = project.folder.url.appending(path: "charte.budget.tsv")
    let kept = try Data(contentsOf: journal)

    try FileManager.default.removeItem(at: journal)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 1)
    try kept.write(to: journal)
    try FileManager.default.removeItem(atPath: state)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 1)

    let text = String(decoding: kept, as: UTF8.self)
    let lines = text.split(separator: "\n").map(String.init)
    try project.folder.write(lines[1] + "\n", to: "charte.budget.tsv")
    let changed = try project.octroi(["run", "personnes.yml"])
    #expect(changed.status == 1)
    #expect(changed.errors.contains("no longer follow each other"))
    // A line that was being written when the machine stopped was never released.
    try project.folder.write(lines[0] + "\n2026-", to: "charte.budget.tsv")
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    #expect(try project.folder.read("charte.budget.tsv").split(separator: "\n").count == 2)
  }

  @Test func lookingCostsNothing() throws {
    let project = try project()
    let check = try project.octroi(["check", "personnes.yml"])
    #expect(check.status == 0, "\(check.errors)\(check.output)")
    let seen = try project.octroi(["preview", "personnes.yml", "--step", "bruites"])
    #expect(seen.status == 0, "\(seen.errors)")
    #expect(seen.output.contains("Q1"))
    let journal = project.folder.url.appending(path: "charte.budget.tsv")
    #expect(!FileManager.default.fileExists(atPath: journal.path))
  }

  @Test func withoutGrantItIsRefusedBeforeReading() throws {
    let project = try project(budget: nil)
    let check = try project.octroi(["check", "personnes.yml"])
    #expect(check.status == 2)
    #expect(check.output.contains("no budget") || check.errors.contains("no budget"))
  }

  /// What depends on others' rows would not be hidden by one person's noise.
  @Test(arguments: ["limit: 10", "deduplicate: {keys: quartier}", "sample: 50%"])
  func whatStandsBeforeIsRowByRow(_ stage: String) throws {
    let wrong = Self.pipeline.replacingOccurrences(
      of: "- dp_aggregate:", with: "- \(stage)\n      - dp_aggregate:")
    let check = try project(wrong).octroi(["check", "personnes.yml"])
    #expect(check.status == 2)
    let told = check.output + check.errors
    #expect(told.contains("stands before noise is added"), "\(told)")
  }
}
