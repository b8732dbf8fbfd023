import Foundation
import StageKit
import Tabular

/// The pipelines of a project, planned, for what is told of all of them: catalogue, register, site.
public struct ProjectPlans: Sendable {
  /// In the order of their files.
  public let plans: [Plan]
  /// The files that do not plan, with the errors of each.
  public let unplanned: [(file: String, found: [Diagnostic])]
  /// Of all files; those of pipelines that do not plan are errors.
  public let diagnostics: [Diagnostic]
  public let root: String
  public let charter: Charter
  /// Pipelines beside the charter that are not among those asked for.
  public let left: [String]

  /// - Parameters:
  ///   - places: pipelines and folders with pipelines; none for the folder of the charter.
  ///   - folder: where the command runs.
  ///   - plan: plans one file.
  /// - Throws: `RunError` when there is no pipeline or no charter.
  public init(
    _ places: [String], from folder: String, plan: (String) -> PlanResult
  ) throws {
    let first = places.first.map { Self.isFolder($0) ? $0 : SafeFile.folder(of: $0) } ?? folder
    root = ProjectRoot.of(folder: SpecFiles.absolute(first))
    let charterPath = try ProjectCharter.path(nil, root: root)
    let asked = places.isEmpty ? [SafeFile.folder(of: charterPath)] : places
    let files = try asked.flatMap(Self.pipelines)
    guard !files.isEmpty else {
      throw RunError(.input, CatalogueMessages.noPipeline(asked.map(SpecFiles.shown)))
    }
    var (plans, found): ([Plan], Diagnostics) = ([], Diagnostics())
    var unplanned: [(file: String, found: [Diagnostic])] = []
    for file in files {
      let result = plan(file)
      // Warnings belong to `check`; here they would bury what is asked.
      let errors = result.diagnostics.filter { $0.severity == .error }
      for diagnostic in errors { found.add(diagnostic) }
      if let plan = result.plan { plans.append(plan) } else { unplanned.append((file, errors)) }
    }
    let start = SpecPosition(file: SpecFiles.shown(charterPath), line: 1, column: 1)
    let reader = CharterReader(
      files: SpecFiles(root: root, allowOutside: false, diagnostics: found), diagnostics: found)
    charter = plans.first?.charter ?? reader.read(charterPath, at: start) ?? .missing
    (self.plans, self.unplanned, diagnostics) = (plans, unplanned, found.sorted)
    let taken = Set(files.map(SpecFiles.absolute))
    left = try Self.pipelines(SafeFile.folder(of: charterPath)).filter {
      !taken.contains(SpecFiles.absolute($0))
    }
  }

  /// Whether the charter could be read.
  public var hasCharter: Bool { !charter.isMissing }

  public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The pipelines that a place names, by path.
  private static func pipelines(_ place: String) throws -> [String] {
    guard isFolder(place) else { return [SpecFiles.shown(place)] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
    return names.sorted().filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
      .map { SpecFiles.shown(place == "." ? $0 : place + "/" + $0) }.filter(isPipeline)
  }

  /// Charters, locks and included files lie beside pipelines. What is no YAML and looks like a
  /// pipeline counts as one, so that its check says why and nothing is left out in silence.
  private static func isPipeline(_ path: String) -> Bool {
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    var reader = YAMLReader(file: path, diagnostics: Diagnostics())
    if let root = reader.read(text) { return root["pipeline"] != nil }
    return text.split(whereSeparator: \.isNewline).contains { line in
      line.drop { "\"'\u{feff}".contains($0) }.hasPrefix("pipeline")
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }
}
