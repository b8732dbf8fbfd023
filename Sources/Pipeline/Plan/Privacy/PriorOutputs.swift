import Foundation
import Ingest
import StageKit
import Tabular

/// No laundering: a source that is an earlier run's output keeps the classes that its manifest
/// tells, whatever its schema says now.
struct PriorOutputs {
  /// What is read of a manifest; the rest of it is for others.
  private struct Told: Decodable {
    struct Output: Decodable {
      let path: String
      let audience: String?
      let persons: String?
      let fields: [Column]
    }

    struct Column: Decodable {
      let name: String
      let privacy: [String]
    }

    let outputs: [Output]
  }

  let root: String
  let charter: Charter
  let diagnostics: Diagnostics

  func check(_ nodes: [PlanNode]) {
    for node in nodes {
      guard case .source(let source) = node.work else { continue }
      for path in source.paths where path != "-" {
        // A link is what it points to.
        let real = URL(filePath: path).resolvingSymlinksInPath().path
        for one in Set([path, real]).sorted() { check(one, node, source.schema) }
      }
    }
  }

  private func check(_ path: String, _ node: PlanNode, _ schema: TableSchema) {
    let folder = SafeFile.folder(of: path)
    guard !Glob.isPattern(folder),
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
    else { return }
    let pattern = String(path.dropFirst(folder.count).drop { $0 == "/" })
    for name in names.sorted() where name.hasSuffix(".manifest.json") {
      let manifest = folder + "/" + name
      guard let data = FileManager.default.contents(atPath: manifest),
        let told = try? JSONDecoder().decode(Told.self, from: data)
      else { continue }
      for output in told.outputs
      where output.path == pattern || Glob.isPattern(pattern) && Glob.matches(output.path, pattern)
      {
        compare(output.fields, node, schema, manifest: SpecFiles.shown(manifest))
        compareSubject(output, node, manifest: SpecFiles.shown(manifest))
      }
    }
  }

  /// Small counts and plain columns of persons for those who may see persons are no open data by
  /// being read again.
  private func compareSubject(_ output: Told.Output, _ node: PlanNode, manifest: String) {
    guard output.persons != nil, !node.facts.isAboutPersons,
      let audience = output.audience.flatMap({ charter.audiences[$0] }),
      audience.allows.contains(where: \.isPersonal)
    else { return }
    diagnostics.error(
      "laundering", at: node.position, PlanMessages.launderedSubject(manifest: manifest),
      remedy: PlanMessages.sayPersonal)
  }

  private func compare(
    _ columns: [Told.Column], _ node: PlanNode, _ schema: TableSchema, manifest: String
  ) {
    for column in columns {
      let before = column.privacy.compactMap { PrivacyClass(rawValue: $0) }.filter(\.isPersonal)
      // A field may read the column under another name.
      let name = schema.fields.first { $0.name == column.name || $0.aliases.contains(column.name) }
      guard !before.isEmpty, let field = name.flatMap({ node.facts.field($0.name) })
      else { continue }
      let now = field.privacy.strongest
      guard now != .unclassified, before.contains(where: { now > $0 }) else { continue }
      diagnostics.error(
        "laundering", at: node.position,
        PlanMessages.laundered(column.name, was: before.sorted(), manifest: manifest),
        remedy: PlanMessages.keepClass(before.sorted()))
    }
  }
}
