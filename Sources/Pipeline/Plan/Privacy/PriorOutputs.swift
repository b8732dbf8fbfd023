import Foundation
import Ingest
import StageKit
import Tabular

/// No laundering: a source that is an earlier run's output keeps the classes that its manifest
/// tells, whatever its schema says now. Copies under other names are for the run to find
/// (`CopiedOutputs`).
struct PriorOutputs {
  private struct Told: Decodable {
    let outputs: [PriorTable]
  }

  let charter: Charter
  let diagnostics: Diagnostics

  func check(_ nodes: [PlanNode]) {
    for node in nodes {
      guard case .source(let source) = node.work else { continue }
      for path in source.paths where path != "-" {
        for (table, manifest) in Self.tables(path) { compare(table, node, source, manifest) }
      }
    }
  }

  private func compare(
    _ table: PriorTable, _ node: PlanNode, _ source: PlannedSource, _ manifest: String
  ) {
    for column in table.weakened(by: source, node.facts) {
      diagnostics.error(
        "laundering", at: node.position,
        PlanMessages.laundered(column.name, was: column.personal, manifest: manifest),
        remedy: PlanMessages.keepClass(column.personal))
    }
    if table.losesSubject(in: node.facts, charter) {
      diagnostics.error(
        "laundering", at: node.position, PlanMessages.launderedSubject(manifest: manifest),
        remedy: PlanMessages.sayPersonal)
    }
  }

  /// What manifests tell of the files that a path or glob names, each with its manifest.
  static func tables(_ path: String) -> [(table: PriorTable, manifest: String)] {
    // A link is what it points to.
    let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    return Set([path, real]).sorted().flatMap { path -> [(PriorTable, String)] in
      let folder = SafeFile.folder(of: path)
      guard !Glob.isPattern(folder) else { return [] }
      let pattern = String(path.dropFirst(folder.count).drop { $0 == "/" })
      return published(in: folder).filter { table, _ in
        table.path == pattern || Glob.isPattern(pattern) && Glob.matches(table.path, pattern)
      }
    }
  }

  /// What the manifests of a folder tell; those that cannot be read tell nothing.
  static func published(in folder: String) -> [(table: PriorTable, manifest: String)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".manifest.json") }.flatMap { name in
      let manifest = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: manifest),
        let told = try? JSONDecoder().decode(Told.self, from: data)
      else { return [(PriorTable, String)]() }
      return told.outputs.map { ($0, SpecFiles.shown(manifest)) }
    }
  }
}
