import Foundation
import TestSupport
import Testing

/// Every stage, every row: what the trace tells of all rows must add up to what the run counts.
@Suite struct TraceAccountTests {
  /// A step of one stage for each stage there is, some of them several times.
  static let stages = [
    "filter: montant > 40", "derive: {double: montant * 2}", "select: [id, quartier, tous]",
    "drop: [note]", "rename: {montant: cout}", "cast: {id: text}",
    "join: {with: quartiers, key: quartier, take: [population]}",
    "join: {with: quartiers, key: quartier, kind: inner, take: [population]}",
    "join: {with: quartiers, key: quartier, kind: anti}",
    "join: {with: quartiers, key: quartier, kind: semi}",
    "join: {with: plusieurs, key: quartier, kind: inner, take: [annee], many: allow}",
    "deduplicate: [quartier]", "deduplicate: {keys: [quartier], keep: last}",
    "deduplicate: [quartier, note, montant, id, tous, jour]",
    "deduplicate: {keys: [note], keep: newest, by: montant}",
    "aggregate: {by: [quartier], measures: {n: count()}}",
    "aggregate: {measures: {n: count(), somme: sum(montant)}}",
    "deduplicate: [id]\n      - pivot: {by: id, column: quartier, value: montant, columns: [Q1, Q2]}",
    "unpivot: {fields: [note, quartier], name: quoi, value: combien}",
    "sort: [{montant: descending}]", "sort: [quartier, note, montant, id, tous, jour]",
    "limit: 30", "sample: {share: 30%, seed: 7}", "union: autres",
    "complete: {by: {quartier: observed, note: observed}}",
    "window: {by: quartier, order: id, measures: {avant: lag(montant)}}",
    "recode: {field: note, map: {a: A}, otherwise: keep}",
    "bucket: {field: montant, width: 10, into: tranche}",
    "mask: {fields: [note], keep_first: 1}", "truncate: {fields: [jour], to: month}",
    "pseudonymise: {fields: [note], scope: essai}",
    "generalise: {field: quartier, hierarchy: quartiers-hierarchie.csv, level: 1}",
  ]

  static let schema = """
    {"fields": [
      {"name": "quartier", "type": "string", "privacy": "plain"},
      {"name": "note", "type": "string", "privacy": "plain"},
      {"name": "montant", "type": "number", "privacy": "plain"},
      {"name": "id", "type": "integer", "privacy": "plain"},
      {"name": "tous", "type": "string", "privacy": "plain"},
      {"name": "jour", "type": "date", "privacy": "plain"}
    ]}
    """

  static func project() throws -> LookProject {
    var random = SplitMix(seed: 23)
    let header = "quartier,note,montant,id,tous,jour\n"
    let rows = (1...200).map { id in
      let district = ["Q1", "Q2", "Q3", ""].randomElement(using: &random) ?? ""
      let note = ["a", "b", "c"].randomElement(using: &random) ?? ""
      let cost = Int.random(in: 0...9, using: &random) == 0 ? "" : "\(id % 90).5"
      // Some rows stand twice.
      return "\(district),\(note),\(cost),\(id / 3),oui,2026-01-\(id % 20 + 10)\n"
    }
    let project = try LookProject()
    try project.folder.write(header + rows.joined() + rows.prefix(20).joined(), to: "lignes.csv")
    try project.folder.write(header + "Q9,z,1,9999,non,2026-01-01\n", to: "autres.csv")
    try project.folder.write(schema, to: "schema.json")
    try project.folder.write("quartier,population\nQ1,100\nQ2,200\n", to: "quartiers.csv")
    try project.folder.write(
      "{\"fields\": [{\"name\": \"quartier\", \"type\": \"string\", \"privacy\": \"plain\"},"
        + "{\"name\": \"annee\", \"type\": \"integer\", \"privacy\": \"plain\"}]}",
      to: "plusieurs.json")
    try project.folder.write("quartier,annee\nQ1,2025\nQ1,2026\nQ3,2026\n", to: "plusieurs.csv")
    try project.folder.write("Q1;N;*\nQ2;N;*\nQ3;S;*\nQ9;S;*\n", to: "quartiers-hierarchie.csv")
    let sources = [
      ("lignes", "schema"), ("autres", "schema"), ("quartiers", "quartiers"),
      ("plusieurs", "plusieurs"),
    ].map { name, schema in
      "  \(name): {path: \(name).csv, schema: \(schema).json, governance: lignes}\n"
    }.joined()
    let steps = stages.enumerated().map { index, stage in
      "  e\(index):\n    from: lignes\n    stages:\n      - \(stage)\n"
    }.joined()
    let outputs = stages.indices.map {
      "  s\($0): {from: e\($0), audience: internal, path: out/\($0).csv}\n"
    }.joined()
    try project.folder.write(
      """
      octroi: 1
      pipeline: essai
      purpose: essai
      charter: charte.yml
      sources:
      \(sources)steps:
      \(steps)outputs:
      \(outputs)
      """, to: "essai.yml")
    return project
  }

  struct Counted: Decodable {
    struct Step: Decodable {
      let step: String
      let place: Int
      let stage: String
      let rows_in: Int
      let rows_out: Int
      let left: [String: Int]
    }

    let steps: [Step]
  }

  struct Traced: Decodable {
    struct Stage: Decodable {
      let step: String
      let place: Int
      let stage: String
      let fate: String
      let ways: [String]?
      let rows: Int?
    }

    struct Row: Decodable {
      let source: String
      let file: String
      let line: Int
      let stages: [Stage]
      let outputs: [String]
    }

    let rows: [Row]
    let warnings: [[String: String]]
  }

  func give<Answer: Decodable>(
    _ project: LookProject, _ arguments: [String], _ type: Answer.Type
  ) throws -> Answer {
    let result = try Program.run(
      Program.octroi, arguments + ["--json"], in: project.folder.url,
      environment: [
        "OCTROI_STATE": project.state.path, "OCTROI_KEY_ESSAI": String(repeating: "5a", count: 32),
      ])
    guard result.status == 0 else { throw ProjectError(text: result.errors + result.output) }
    return try JSONDecoder().decode(type, from: Data(result.output.utf8))
  }

  @Test func allRowsTracedAddUpToTheAccount() throws {
    let project = try Self.project()
    let run = try give(project, ["run", "essai.yml"], Counted.self)
    let trace = try give(
      project, ["trace", "essai.yml", "--key", "tous=oui", "--rows", "1000"], Traced.self)
    #expect(trace.rows.map(\.line) == Array(2...221))
    #expect(Set(run.steps.map(\.step)).count == Self.stages.count)
    #expect(Set(run.steps.map(\.stage)).count == 23)
    for step in run.steps {
      let stage = "\(step.step) \(step.stage)"
      let seen = trace.rows.flatMap {
        $0.stages.filter { ($0.step, $0.place) == (step.step, step.place) }
      }
      #expect(seen.count == step.rows_in, "\(stage): every row is told of once")
      #expect(!seen.contains { $0.fate == "lost" }, "\(stage)")
      var left: [String: Int] = [:]
      for way in seen.flatMap({ $0.ways ?? [] }) { left[way, default: 0] += 1 }
      let counted = step.left.filter { $0.value > 0 && $0.key != "folded" && $0.key != "null_cell" }
      #expect(left == counted, "\(stage)")
      let stay = seen.reduce(0) { $0 + ($1.fate == "left" ? 0 : $1.rows ?? 1) }
      let others = ["complete", "union", "aggregate", "pivot"].contains(step.stage)
      #expect(others || stay == step.rows_out, "\(stage)")
      let reached = trace.rows.count { $0.outputs.contains("s" + step.step.dropFirst()) }
      let isLast = !run.steps.contains { $0.step == step.step && $0.place > step.place }
      #expect(!isLast || reached == seen.count { $0.fate != "left" }, "\(stage)")
    }
  }

  /// Followed through breakers, it is this row that comes out and no other: its own values.
  @Test func theRowFollowedIsTheRow() throws {
    let project = try Self.project()
    let pipeline = """
      octroi: 1
      pipeline: essai
      purpose: essai
      charter: charte.yml
      sources:
        lignes: {path: lignes.csv, schema: schema.json, governance: lignes}
        autres: {path: autres.csv, schema: schema.json, governance: lignes}
      steps:
        chaine:
          from: lignes
          stages:
            - sort: [{montant: descending}]
            - deduplicate: [id]
            - union: autres
            - window: {by: note, order: jour, measures: {avant: lag(montant)}}
            - complete: {by: {quartier: observed, note: observed}}
            - limit: {rows: 60, offset: 5}
            - derive: {meme: id}
      outputs:
        chaine: {from: chaine, audience: internal, path: out/chaine.csv}

      """
    try project.folder.write(pipeline, to: "chaine.yml")
    _ = try give(project, ["run", "chaine.yml"], Counted.self)
    let published = try project.folder.read("out/chaine.csv").split(separator: "\r\n").dropFirst()
    let ids = published.compactMap {
      Int($0.split(separator: ",", omittingEmptySubsequences: false)[3])
    }
    for id in [0, 1, 7, 20, 33, 66] {
      let trace = try give(
        project, ["trace", "chaine.yml", "--key", "id=\(id)"], Traced.self)
      let arrived = trace.rows.count { !$0.outputs.isEmpty }
      #expect(arrived == ids.count { $0 == id }, "\(id)")
    }
  }

  /// Several files, blocks, batches and threads, a table that is joined with what was made of it,
  /// and a sample, which goes by ordinals: traced rows arrive if and only if they are published.
  @Test func tracesHoldAcrossBatches() throws {
    let project = try Self.project()
    let header = "quartier,note,montant,id,tous,jour\n"
    var expected: [Int: (file: String, line: Int)] = [:]
    for file in 0..<2 {
      var line = 2
      var text = header
      for id in (file * 30_000)..<((file + 1) * 30_000) {
        let isFollowed = id % 613 == 7
        // A line break inside quotes makes a record of two lines.
        let note = id % 5 == 0 ? "\"deux\nlignes\"" : "une seule ligne, ou presque"
        let quoted = note.hasPrefix("\"") ? note : "\"\(note)\""
        if isFollowed { expected[id] = ("lot-\(file).csv", line) }
        text +=
          "Q\(id % 7),\(quoted),\(id % 97).25,\(id),\(isFollowed ? "oui" : "non"),2026-01-11\n"
        line += id % 5 == 0 ? 2 : 1
      }
      try project.folder.write(text, to: "lot-\(file).csv")
    }
    try project.folder.write(
      """
      octroi: 1
      pipeline: essai
      purpose: essai
      charter: charte.yml
      sources:
        lignes: {path: "lot-*.csv", schema: schema.json, governance: lignes}
      steps:
        moyennes:
          from: lignes
          stages:
            - aggregate: {by: [quartier], measures: {moyenne: mean(montant)}}
        longue:
          from: lignes
          stages:
            - filter: montant > 9
            - join: {with: moyennes, key: quartier, take: [moyenne]}
            - sample: {share: 60%, seed: 11}
            - sort: [{montant: descending}, quartier]
            - sample: {share: 80%, seed: 12}
            - limit: 25000
      outputs:
        longue: {from: longue, audience: internal, path: out/longue.csv}

      """, to: "longue.yml")
    _ = try give(project, ["run", "longue.yml", "--threads", "2"], Counted.self)
    let trace = try give(
      project, ["trace", "longue.yml", "--key", "tous=oui", "--rows", "1000"], Traced.self)
    let ids = expected.keys.sorted()
    #expect(trace.rows.map(\.line) == ids.compactMap { expected[$0]?.line })
    #expect(trace.rows.map(\.file) == ids.compactMap { expected[$0]?.file })
    let published = try project.folder.read("out/longue.csv")
    let arrived = zip(ids, trace.rows).filter { !$0.1.outputs.isEmpty }.map(\.0)
    let there = ids.filter { published.contains("25,\($0),oui,") }
    #expect(arrived == there)
    #expect(there.count > 10 && there.count < ids.count - 10, "the test would see a difference")
    for row in trace.rows { #expect(row.stages.count { $0.step == "moyennes" } == 1) }
  }
}
