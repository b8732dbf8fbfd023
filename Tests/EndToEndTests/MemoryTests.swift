import Foundation
import TestSupport
import Testing

/// `--memory` bounds what stages hold, and changes nothing else.
@Suite struct MemoryTests {
  /// Steps that hold rows, each over many keys.
  static let steps = """
    steps:
      groupes:
        from: lignes
        stages:
          - aggregate:
              by: [note]
              measures: {n: count(), total: sum(montant), moyenne: mean(montant), m: median(montant)}
      uniques:
        from: lignes
        stages:
          - deduplicate: {keys: [note], keep: last}
      rangs:
        from: lignes
        stages:
          - window:
              by: note
              order: [{montant: descending}]
              measures: {rang: row_number(), cumul: cumulative_sum(montant)}
      triees:
        from: lignes
        stages:
          - sort: [montant, {note: descending}]
      deux:
        from: lignes
        stages:
          - union: {with: [triees]}
    outputs:
      groupes: {from: groupes, audience: internal, path: out/groupes.csv}
      uniques: {from: uniques, audience: internal, path: out/uniques.csv}
      rangs: {from: rangs, audience: internal, path: out/rangs.csv}
      triees: {from: triees, audience: internal, path: out/triees.csv}
      deux: {from: deux, audience: internal, path: out/deux.csv.gz}

    """

  static func project(_ steps: String) throws -> TinyProject {
    let project = try TinyProject()
    var lines = "id,montant,note\n"
    for row in 0..<60_000 {
      lines += "\(row),\(row * 7919 % 10_007).\(row % 10),clé-\(row * 31 % 23_003)\n"
    }
    try project.folder.write(lines, to: "lignes.csv")
    let pipeline = try project.folder.read("essai.yml")
    let head = try #require(pipeline.range(of: "outputs:")).lowerBound
    try project.folder.write(pipeline[..<head] + steps, to: "essai.yml")
    return project
  }

  @Test func littleMemoryGivesTheSameBytes() throws {
    let project = try Self.project(Self.steps)
    let names = ["groupes.csv", "uniques.csv", "rangs.csv", "triees.csv", "deux.csv.gz"]
    func outputs(_ memory: String) throws -> [Data] {
      let result = try project.octroi(["run", "essai.yml", "--memory", memory, "--threads", "2"])
      #expect(result.status == 0, "\(result.errors)")
      return try names.map {
        try Data(contentsOf: project.folder.url.appending(path: "out/\($0)"))
      }
    }
    let held = try outputs("1G")
    #expect(held.allSatisfy { $0.count > 10_000 })
    #expect(try outputs("8M") == held)
  }

  @Test func aTableThatCannotBeHeldIsTold() throws {
    let project = try Self.project(
      """
      steps:
        liees:
          from: lignes
          stages:
            - join: {with: lignes, key: id, take: {note: autre}}
      outputs:
        liees: {from: liees, audience: internal, path: out/liees.csv}

      """)
    let result = try project.octroi(["run", "essai.yml", "--memory", "1M", "--threads", "2"])
    #expect(result.status != 0)
    #expect(result.errors.contains("--memory"), "\(result.errors)")
    #expect(!project.hasOutput)
    #expect(try project.octroi(["run", "essai.yml", "--memory", "1G"]).status == 0)
  }
}
