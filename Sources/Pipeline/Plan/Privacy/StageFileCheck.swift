import Foundation
import Glibc
import Ingest
import StageKit
import Tabular

/// Files that stages read by themselves, such as hierarchies, bring values in that nobody classed:
/// none of them may be a source about persons, of this pipeline or of those beside it, nor an
/// earlier output about persons. Whether one is a copy is for the run to find (`CopiedSources`).
struct StageFileCheck {
  let charter: Charter
  let diagnostics: Diagnostics

  /// - Parameter read: files, absolute, with where the pipeline names them.
  /// - Returns: those that may be copies of sources about persons.
  func check(
    _ read: [(path: String, position: SpecPosition)], _ graph: PlanGraph
  ) -> [PossibleCopy] {
    guard !read.isEmpty else { return [] }
    var sources: [Source] = []
    for case .source(let source) in graph.nodes.map(\.work)
    where Self.isPersonal(source.schema, source.governance) {
      sources += source.paths.map { Source(name: source.name, file: nil, pattern: $0) }
    }
    let own = graph.spec.top.position.file
    for file in neighbours(of: own) { sources += self.sources(file) }
    for (path, position) in read {
      let real = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
      let paths = Set([path, real])
      if let source = sources.first(where: { source in paths.contains(where: source.covers) }) {
        diagnostics.error(
          "personal-file", at: position, Self.isSource(source, SpecFiles.shown(path)),
          remedy: Self.reference)
      } else if let table = PriorOutputs.tables(path).first(where: { $0.table.isPersonal }) {
        diagnostics.error(
          "personal-file", at: position, Self.isOutput(SpecFiles.shown(path), table.manifest),
          remedy: Self.reference)
      }
    }
    return read.flatMap { file in sources.flatMap { Self.copies($0, file.path) } }
  }

  /// The files of a source that a file may be a copy of.
  private static func copies(_ source: Source, _ file: String) -> [PossibleCopy] {
    // A solution that is still to be chosen is no file yet.
    guard source.pattern != "-", size(file) != nil else { return [] }
    return ((try? Glob.expand(source.pattern)) ?? []).map {
      PossibleCopy(file: file, source: source.name, pipeline: source.file, path: $0)
    }
  }

  /// Bytes; nil where there is no such file.
  static func size(_ path: String) -> Int? {
    var info = stat()
    return stat(path, &info) == 0 ? Int(info.st_size) : nil
  }

  /// A source about persons.
  private struct Source {
    let name: String
    /// The pipeline that has it; nil for this one.
    let file: String?
    let pattern: String

    func covers(_ path: String) -> Bool {
      guard Glob.isPattern(pattern) else {
        let real = URL(filePath: pattern).resolvingSymlinksInPath().path(percentEncoded: false)
        return pattern == path || real == path
      }
      let (left, right) = (pattern.split(separator: "/"), path.split(separator: "/"))
      guard left.count == right.count else { return false }
      return zip(left, right).allSatisfy { Glob.matches(String($1), String($0)) }
    }
  }

  private static func isPersonal(_ schema: TableSchema, _ governance: Charter.Governance) -> Bool {
    governance.fields.contains { $0.key == "personal_data" && $0.value == "true" }
      || schema.fields.contains { field in
        field.privacy.flatMap { PrivacyClass(rawValue: $0) }?.isPersonal ?? false
      }
  }

  /// The other YAML files in a pipeline's folder.
  private func neighbours(of pipeline: String) -> [String] {
    let folder = SafeFile.folder(of: SpecFiles.absolute(pipeline))
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
      .map { folder + "/" + $0 }.filter { $0 != SpecFiles.absolute(pipeline) }
  }

  /// The sources about persons that another pipeline has. What is wrong with it is its own affair.
  private func sources(_ file: String) -> [Source] {
    let files = SpecFiles(
      root: SafeFile.folder(of: file), allowOutside: true, diagnostics: Diagnostics())
    let start = SpecPosition(file: file, line: 1, column: 1)
    guard let text = files.text(file, at: start), text.contains("sources:") else { return [] }
    var reader = YAMLReader(file: file, diagnostics: files.diagnostics)
    let planner = SourcePlanner(charter: charter, files: files, diagnostics: files.diagnostics)
    return (reader.read(text)?["sources"]?.entries ?? []).flatMap { entry -> [Source] in
      let values = (entry.value.entries ?? []).map { ($0.key, $0.value) }
      let item = PipelineSpec.Item(
        name: entry.key, position: entry.keyPosition,
        values: Dictionary(values) { first, _ in first }, node: entry.value)
      guard let (source, _) = planner.plan(item),
        Self.isPersonal(source.schema, source.governance)
      else { return [] }
      return source.paths.map {
        Source(name: entry.key, file: SpecFiles.shown(file), pattern: $0)
      }
    }
  }

  private static func isSource(_ source: Source, _ path: String) -> Message {
    let place = source.file.map { " (\($0))" } ?? ""
    return Message(
      en: "'\(path)' is the source '\(source.name)'\(place), which is about persons: no stage may "
        + "read it past its classes",
      fr: "« \(path) » est la source « \(source.name) »\(place), qui parle de personnes : aucune "
        + "étape ne peut la lire sans ses classes")
  }

  private static func isOutput(_ path: String, _ manifest: String) -> Message {
    Message(
      en: "'\(path)' was published as being about persons (\(manifest)): no stage may read it past "
        + "its classes",
      fr:
        "« \(path) » a été publié comme parlant de personnes (\(manifest)) : aucune étape ne peut "
        + "le lire sans ses classes")
  }

  static let reference = Message(
    en: "read it as a source and `join` it, or name a file of public codes; a hierarchy may be "
      + "built, too (`intervals`, `dates`, `prefixes`, `places`)",
    fr: "lisez-la comme source et joignez-la (`join`), ou nommez un fichier de codes publics ; une "
      + "hiérarchie peut aussi se construire (`intervals`, `dates`, `prefixes`, `places`)")
}
