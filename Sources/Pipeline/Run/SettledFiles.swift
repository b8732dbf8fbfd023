import Ingest
import Tabular

/// The files of a plan's sources, looked up once each, when the source is first opened: a pipe can
/// only be read once.
final class SettledFiles {
  private let root: String
  private let scratch: String
  private var files: [String: [InputFile]] = [:]

  /// - Parameters:
  ///   - root: the project's.
  ///   - scratch: a private folder.
  init(root: String, scratch: String) { (self.root, self.scratch) = (root, scratch) }

  /// What is to be read, all fields of it, rejects only counted.
  /// - Throws: `IngestError` when there are no files.
  func description(of source: PlannedSource, _ language: Language) throws -> SourceDescription {
    var description = SourceDescription(
      name: source.name, files: try settled(source), schema: source.schema)
    description.dialect = source.dialect
    description.policy = source.policy
    description.rejectLimit = source.rejectLimit
    description.allowsSameContent = source.allowsSameContent
    description.language = language
    return description
  }

  private func settled(_ source: PlannedSource) throws -> [InputFile] {
    if let known = files[source.name] { return known }
    let found = try FileSet.resolve(source.paths, base: root, scratch: scratch).files.map {
      InputFile(name: SpecFiles.shown($0.path, from: root, name: $0.name), path: $0.path)
    }
    files[source.name] = found
    return found
  }
}
