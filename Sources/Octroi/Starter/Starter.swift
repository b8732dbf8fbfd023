import Foundation
import Glibc
import Ingest
import Pipeline
import Tabular

/// Writes a project that runs: an example, or one made of the analyst's own files.
public struct Starter {
  /// The folder to write into; made if it is not there.
  public var folder: String
  /// Files, patterns and folders to look at; none for the example.
  public var files: [String]
  /// Whether files that are there may be replaced.
  public var force: Bool
  public var language: Language
  /// Threads that count cells; the result does not depend on it.
  public var threads: Int
  /// Told the rows of each batch that is looked at, from any thread.
  public var progress: @Sendable (Int) -> Void

  public init(
    folder: String, files: [String] = [], force: Bool = false, language: Language,
    threads: Int = 1, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    (self.folder, self.files, self.force) = (folder, files, force)
    (self.language, self.threads, self.progress) = (language, threads, progress)
  }

  /// What was written and found.
  public struct Result: Sendable {
    /// Paths below the folder, in the order in which they should be read.
    public let written: [String]
    /// The folder, as given.
    public let folder: String
    public let sources: [(name: String, paths: [String], counts: RecordCounts)]
  }

  /// - Throws: `RunError`: 2 for files that are there already or lie elsewhere, 1 and 3 for inputs
  ///   that cannot be used, 4 for the machine. Nothing has been written then.
  public func make() throws -> Result {
    do {
      return try files.isEmpty ? example() : fromFiles()
    } catch let error as IngestError {
      throw FileScan.told(error)
    }
  }

  private func example() throws -> Result {
    let scratch = try PrivateScratch()
    let path = StarterExample.path(language)
    let data = ProjectFile(path: path, text: StarterExample.text(language))
    let copy = scratch.path + "/example.csv"
    try SafeFile.replace(copy, with: Array(data.text.utf8))
    defer { unlink(copy) }
    let input = InputFile(name: path, path: copy)
    return try write([(input, path)], also: [data], scratch)
  }

  private func fromFiles() throws -> Result {
    guard !files.contains("-") else {
      throw RunError(
        .spec,
        Message(
          en: "a project cannot be made of standard input",
          fr: "un projet ne peut pas être fait de l’entrée standard"),
        remedy: Message(
          en: "save it to a file first; `octroi scan -` looks at it",
          fr: "enregistrez-la d’abord dans un fichier ; `octroi scan -` l’examine"))
    }
    let scratch = try PrivateScratch()
    let place = ProjectPlace(folder)
    var inputs: [(file: InputFile, path: String)] = []
    for file in try FileSet.resolve(try StarterInputs.expanded(files), scratch: scratch.path).files
    {
      let path = try place.path(of: file)
      if !inputs.contains(where: { $0.path == path }) { inputs.append((file, path)) }
    }
    return try write(inputs, also: [], scratch)
  }

  private func write(
    _ inputs: [(file: InputFile, path: String)], also: [ProjectFile], _ scratch: PrivateScratch
  ) throws -> Result {
    let place = ProjectPlace(folder)
    let resources = FileScan.resources(threads, scratch.path)
    let profiles = try inputs.map {
      (try FileProfile.of($0.file, resources, progress: progress), $0.path)
    }
    let fallback = Message(en: "data", fr: "donnees").text(language)
    var sources = SourceGrouping.sources(profiles, fallback: fallback) { place.matching($0) }
    for index in sources.indices { try sources[index].verify(resources) }
    let project =
      also + StarterProject.files(sources, name: place.name, isExample: !also.isEmpty, language)
    try ProjectWriter(folder: folder, force: force).write(project)
    return Result(
      written: project.map(\.path), folder: folder,
      sources: sources.map { ($0.name, $0.paths, $0.counts) })
  }
}

/// The files of a project, but for its data.
enum StarterProject {
  /// - Returns: schemas, charter and, last, the pipeline: it is not there before what it needs.
  static func files(
    _ sources: [StarterSource], name: String, isExample: Bool, _ language: Language
  ) -> [ProjectFile] {
    let schemas = sources.map {
      ProjectFile(path: StarterFolders.schema($0.name), text: $0.table.schemaText)
    }
    let charter = CharterText.text(sources, timeZone: timeZone(language), language)
    let pipeline = PipelineText.text(sources, name: name, isExample: isExample, language)
    let pin = "octroi: 1\ncharter: \(StarterFolders.charter)\n"
    return schemas + [
      ProjectFile(path: StarterFolders.pin, text: pin),
      ProjectFile(path: StarterFolders.charter, text: charter),
      ProjectFile(path: StarterFolders.pipeline, text: pipeline),
    ]
  }

  /// The machine's time zone, unless it is only a server's UTC.
  private static func timeZone(_ language: Language) -> String {
    let name = TimeZone.current.identifier
    let isPlace = name.contains("/") && !name.hasPrefix("Etc/") && !name.hasPrefix("GMT")
    return isPlace ? name : Message(en: "UTC", fr: "Europe/Paris").text(language)
  }
}

/// What the user named, with folders opened.
enum StarterInputs {
  private static let endings = ["csv", "csv.gz", "tsv", "tsv.gz", "txt", "txt.gz"]

  /// Folders become patterns for the tables in them.
  static func expanded(_ paths: [String]) throws -> [String] {
    try paths.flatMap { path -> [String] in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
      else { return [path] }
      let base = path.hasSuffix("/") ? path : path + "/"
      guard !Glob.isPattern(base) else { return [path] }
      let found = try endings.flatMap { try Glob.expand(base + "*." + $0) }
      return found.isEmpty ? [path] : found
    }
  }
}
