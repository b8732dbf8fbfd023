import Foundation
import TestSupport
import Testing

/// A solution from its first run to the day it no longer does, through the binary.
@Suite struct SolutionRunTests {
  private static let stage = """
    {k: 5, person: row, suppress_at_most: 5%, solution: niveaux.yml, \
    quasi: {age: ages.csv, sexe: sexes.csv, quartier: quartiers.csv, diplome: diplomes.csv}, \
    sensitive: {metier: {distinct: 2}, revenu: {distinct: 2}}}
    """

  @Test func isReviewedBeforeAnythingLeaves() throws {
    let project = try CensusProject(stage: Self.stage)
    let check = try project.octroi(["check", "census.yml"])
    #expect(check.status == 0 && (check.output + check.errors).contains("there is no solution yet"))
    let first = try project.octroi(["run", "census.yml"])
    #expect(first.status == 1, "\(first.errors)")
    #expect(first.errors.contains("nothing was published: review the file"))
    #expect(project.text(CensusProject.published) == nil)
    let solution = try #require(project.text("niveaux.yml"))
    #expect(solution.contains("proven_best: true"))
    let second = try project.octroi(["run", "census.yml"])
    #expect(second.status == 0, "\(second.errors)")
    #expect((second.output + second.errors).contains("levels as reviewed in niveaux.yml"))
    let published = try #require(project.text(CensusProject.published))
    #expect(try project.octroi(["run", "census.yml", "--threads", "1"]).status == 0)
    #expect(project.text(CensusProject.published) == published)
    #expect(project.text("niveaux.yml") == solution)

    // The same choice without a file gives the same rows.
    try project.pipeline(Self.stage.replacing(" solution: niveaux.yml,", with: ""))
    #expect(try project.octroi(["run", "census.yml"]).status == 0)
    #expect(project.text(CensusProject.published) == published)

    // Other options: refused before a byte is read.
    try project.pipeline(Self.stage.replacing("k: 5", with: "k: 6"))
    let stale = try project.octroi(["check", "census.yml"])
    #expect(stale.status == 2)
    #expect((stale.output + stale.errors).contains("chosen for other options"))

    // Rows that the levels no longer hide.
    try project.pipeline(Self.stage)
    let few = try #require(project.text("personnes.csv")).split(separator: "\n").prefix(60)
    try project.folder.write(few.joined(separator: "\n") + "\n", to: "personnes.csv")
    let broken = try project.octroi(["run", "census.yml"])
    #expect(broken.status == 1 && broken.errors.contains("no longer do"))
    #expect(project.text(CensusProject.published) == published)
  }

  /// Levels of several rounds, reviewed, give what they gave when they were chosen.
  @Test func roundsAreReviewedToo() throws {
    let stage = Self.stage.replacing(
      "suppress_at_most: 5%", with: "suppress_at_most: 1%, local_recoding: 6")
    let project = try CensusProject(rows: 900, stage: stage)
    #expect(try project.octroi(["run", "census.yml"]).status == 1)
    let solution = try #require(project.text("niveaux.yml"))
    #expect(solution.contains("  \"age\": ["))
    let reviewed = try project.octroi(["run", "census.yml"])
    #expect(reviewed.status == 0, "\(reviewed.errors)")
    let published = try #require(project.text(CensusProject.published))
    try project.pipeline(stage.replacing(" solution: niveaux.yml,", with: ""))
    #expect(try project.octroi(["run", "census.yml"]).status == 0)
    #expect(project.text(CensusProject.published) == published)
    // A round that is taken out leaves rows that no level hides.
    try project.pipeline(stage)
    let shorter = solution.replacing(/: \[(\d+),[^\]]*\]/) { ": \($0.output.1)" }
    try project.folder.write(shorter, to: "niveaux.yml")
    let broken = try project.octroi(["run", "census.yml"])
    #expect(broken.status == 1 && broken.errors.contains("no longer do"), "\(broken.errors)")
  }
}
