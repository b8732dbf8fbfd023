import Foundation
import Indicators
import Pipeline
import StageKit
import Stages

/// What `octroi check` reads: a pipeline, or its charter, may be anything. It is planned, or told
/// what is wrong; twice the same; and nothing traps, hangs or grows.
enum SpecTarget {
  private struct Catalogue: StageProvider {
    static let all: [any Stage.Type] = [
      FilterStage.self, DeriveStage.self, SelectStage.self, DropStage.self, RenameStage.self,
      AggregateStage.self, JoinStage.self, DeduplicateStage.self, UnionStage.self,
      CompleteStage.self, WindowStage.self, PivotStage.self, UnpivotStage.self, CastStage.self,
      RecodeStage.self, BucketStage.self, SortStage.self, LimitStage.self,
    ]
    let names = all.map { $0.declaration.name }
    let blocks: [any Block.Type] = [IndicatorsBlock.self]

    func stage(named name: String) -> (any Stage.Type)? {
      (Self.all + blocks.flatMap { $0.stages }).first { $0.declaration.name == name }
    }
  }

  private static let charter = """
    octroi: 1
    charter: essai
    city: Essai
    language: fr
    time_zone: Europe/Paris
    audiences:
      internal:
        allows: [plain, aggregate, quasi, pseudonym, sensitive, direct, unclassified]
        folder: out
        mode: "0600"
    rejects: {folder: rejets, retention_days: 30}
    purposes:
      essai: {fr: Essai, en: Trial}
    governance:
      lignes:
        title: {fr: Lignes, en: Rows}
        publisher: Essai
        purposes: [essai]

    """

  private static let pipeline = """
    octroi: 1
    pipeline: essai
    purpose: essai
    charter: charte.yml
    sources:
      lignes: {path: lignes.csv, schema: schema.json, governance: lignes}
    outputs:
      copie: {from: lignes, audience: internal, path: out/lignes.csv}

    """

  private static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain"},
      {"name": "montant", "type": "number", "privacy": "plain"},
      {"name": "jour", "type": "date", "privacy": "quasi"},
      {"name": "nom", "type": "string", "privacy": "direct"}
    ]}
    """

  private static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "octroi-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) {
      try? Data(text.utf8).write(to: folder.appending(path: name))
    }
    write(schema, "schema.json")
    write("octroi: 1\n", "octroi.yml")
    write("id,montant,jour,nom\n", "lignes.csv")
    return folder
  }()

  static func run(_ input: [UInt8]) {
    guard input.count <= 16_384 else { return }
    var choices = Choices(input)
    let isCharter = choices.chance(2)
    let text = Data(choices.rest)
    let pipeline = isCharter ? Data(Self.pipeline.utf8) : text
    let charter = isCharter ? text : Data(Self.charter.utf8)
    let file = folder.appending(path: "essai.yml")
    try? pipeline.write(to: file)
    try? charter.write(to: folder.appending(path: "charte.yml"))
    let first = check(file)
    require(first.plan != nil || !first.diagnostics.isEmpty, "refused without a reason")
    for diagnostic in first.diagnostics {
      require(diagnostic.position.line >= 1 && diagnostic.position.column >= 1, "no place")
    }
    require(check(file).diagnostics == first.diagnostics, "not the same twice")
  }

  private static func check(_ file: URL) -> PlanResult {
    Planner(stages: Catalogue(), options: PlanOptions(now: 1_700_000_000_000_000))
      .plan(file.path)
  }
}
