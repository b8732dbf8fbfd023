import Foundation
import Octroi
import Pipeline
import StageKit
import Tabular
import TestSupport
import Testing

/// What a sound pipeline's plan knows before a byte is read.
@Suite struct PlanTests {
  static let folder = "Tests/GoldenTests/cases/plans"

  static func check(
    _ name: String, parameters: [String: String] = [:], now: Int64 = 1_790_000_000_000_000
  ) -> PlanResult {
    let file = Repository.root.appending(path: folder).appending(path: name + ".yml").path
    let options = PlanOptions(parameters: parameters, now: now)
    return Planner(stages: AllStages(), options: options).plan(file)
  }

  struct AllStages: StageProvider {
    func stage(named name: String) -> (any Stage.Type)? {
      StageCatalog.all.first { $0.declaration.name == name }
    }

    var names: [String] { StageCatalog.all.map { $0.declaration.name } }
    var blocks: [any Block.Type] { StageCatalog.blocks }
  }

  static func node(_ plan: Plan, _ step: String) throws -> PlanNode {
    try #require(plan.nodes.last { $0.step == step })
  }

  @Test func theScanReadsOnlyWhatSomethingUses() throws {
    let plan = try #require(Self.check("essai").plan)
    let scan = try Self.node(plan, "gens")
    #expect(scan.wanted == ["quartier", "montant", "ouverture"])
    #expect(try Self.node(plan, "quartiers").wanted == ["quartier", "population"])
  }

  @Test func nodesStandAfterThoseTheyRead() throws {
    let plan = try #require(Self.check("essai").plan)
    for node in plan.nodes {
      #expect(plan.nodes[node.id].id == node.id)
      guard case .stage(_, _, let input, let sides) = node.work else { continue }
      #expect(input < node.id)
      for side in sides.values { #expect(side < node.id) }
    }
  }

  @Test func includedFilesKeepTheirOwnPaths() throws {
    let plan = try #require(Self.check("essai").plan)
    guard case .source(let source) = try Self.node(plan, "quartiers").work else {
      Issue.record("quartiers is no source")
      return
    }
    #expect(source.paths.first?.hasSuffix("/plans/commun/quartiers.csv") == true)
  }

  @Test func todayIsADayOfTheCharter() throws {
    // 2026-09-22 00:30 UTC+1 in Casablanca is still the 21st in UTC.
    let plan = try #require(Self.check("essai", now: 1_790_033_400_000_000).plan)
    let day = try #require(plan.parameters.first { $0.name == "jour" }?.value.value)
    let zone = try #require(TimeZone(identifier: "Africa/Casablanca"))
    let seconds = 1_790_033_400
    let offset = zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
    #expect(day == .date(Int32((seconds + offset) / 86_400 - 1)))
  }

  @Test func parametersComeFromTheCommandLine() throws {
    let plan = try #require(Self.check("essai", parameters: ["jour": "2026-02-28"]).plan)
    #expect(plan.parameters.map(\.name) == ["jour"])
    #expect(plan.parameters.first?.value.value == .date(20512))
    for (value, code) in [("2026-02-29", "parameter"), ("hier", "parameter")] {
      let wrong = Self.check("essai", parameters: ["jour": value])
      #expect(wrong.diagnostics.map(\.code) == [code])
    }
    let unknown = Self.check("essai", parameters: ["jours": "2026-02-28"])
    #expect(unknown.diagnostics.map(\.code) == ["unknown-parameter"])
  }

  @Test func aFieldsWayIsToldFromItsSource() throws {
    let plan = try #require(Self.check("essai").plan)
    let lineage = try #require(FieldLineage(plan, field: "total"))
    #expect(lineage.text(.en).contains("from gens.montant"))
    #expect(lineage.text(.en).contains("→ sortie (open)"))
    #expect(FieldLineage(plan, field: "rien") == nil)
    let onwards = try #require(FieldLineage(plan, field: "gens.montant"))
    #expect(onwards.text(.en).contains("/ aggregate: total, decimal, aggregate"))
    #expect(!onwards.text(.en).contains("quartier"))
    #expect(try lineage.json().contains("\"gens.montant\""))
  }

  /// What it was before it was called so is told, too.
  @Test func aFieldsWayGoesBackThroughItsNames() throws {
    let file = Repository.root.appending(path: "Pipelines/chercheurs.yml").path
    let plan = try #require(Project.check(file).plan)
    let text = try #require(FieldLineage(plan, field: "personne")).text(.en)
    let places = [
      "demandes: courriel, text, direct, from demandes.courriel",
      "demandeurs / pseudonymise: courriel, text, pseudonym", "demandeurs / rename: personne, text",
      "→ microdonnees (research)",
    ]
    let found = places.map { text.range(of: $0)?.lowerBound }
    #expect(!found.contains(nil) && found.compactMap { $0 } == found.compactMap { $0 }.sorted())
    #expect(!text.contains("quartier"))
  }

  @Test(arguments: [Language.en, .fr]) func plansAreShownAsRecorded(_ language: Language) throws {
    let parameters = ["jour": "2026-02-28"]
    let plan = try #require(Self.check("essai", parameters: parameters).plan)
    let shown = PlanText(plan, language).text
    let file = Repository.root.appending(path: Self.folder)
      .appending(path: "expected.\(language.rawValue).txt")
    if ProcessInfo.processInfo.environment["OCTROI_RECORD"] == "1" {
      try Data(shown.utf8).write(to: file)
    } else {
      #expect(shown == (try? String(contentsOf: file, encoding: .utf8)))
    }
  }

  @Test func machinesReadThePlanToo() throws {
    let plan = try #require(Self.check("essai").plan)
    let object = try JSONSerialization.jsonObject(with: Data(PlanRecord(plan).json().utf8))
    let record = try #require(object as? [String: Any])
    #expect((record["nodes"] as? [Any])?.count == plan.nodes.count)
    #expect((record["outputs"] as? [Any])?.count == plan.outputs.count)
    let reports = try #require(record["reports"] as? [[String: Any]])
    #expect(reports.count == plan.reports.count && !reports.isEmpty)
    let tables = try #require(reports.first?["tables"] as? [[String: Any]])
    let field = try #require((tables.first?["fields"] as? [[String: Any]])?.first)
    #expect((field["privacy"] as? [String])?.isEmpty == false)
  }

  /// What people read of a shipped report is named by its author, not by its steps.
  @Test(arguments: ["attractivite", "demandes", "recensement", "saisons"])
  func shippedReportsNameTheirTables(_ name: String) throws {
    let file = Repository.root.appending(path: "Pipelines/\(name).yml").path
    let plan = try #require(Project.check(file, parameters: ["jour": "2026-10-31"]).plan)
    #expect(plan.reports.count == 1)
    for report in plan.reports {
      #expect(report.documents.map(\.language) == [.fr, .en])
      for table in report.tables {
        let step = String(table.name.dropFirst(report.name.count + 1))
        let title = try #require(report.titles[step])
        #expect(title.en != title.fr, "\(step) has no title in two languages")
        for text in [title.en, title.fr] {
          #expect(!text.contains("_") && !text.contains("."), "\(text)")
        }
      }
    }
  }

  @Test func theSchemaKnowsEveryStageAndKey() throws {
    for language in [Language.en, .fr] {
      let text = try Project.pipelineSchema(language)
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let properties = try #require(object?["properties"] as? [String: Any])
      #expect(
        Set(properties.keys) == Set(SpecDeclarations.pipeline(StageCatalog.blocks).map(\.name)))
      for stage in StageCatalog.all { #expect(text.contains("\"\(stage.declaration.name)\"")) }
    }
    #expect(try Project.charterSchema(.fr).contains("\"time_zone\""))
  }
}
