import Foundation
import TestSupport

/// What `octroi run --json` prints, as far as the tests look at it.
struct RunReport: Decodable {
  struct Source: Decodable {
    let name: String
    let read: Int
    let passed: Int
    let rejected: [String: Int]
    let skipped: [String: Int]
  }

  struct Output: Decodable {
    let name: String
    let path: String
    let sha256: String
    let rows: Int
  }

  let outcome: String
  let sources: [Source]
  let outputs: [Output]
}

/// A copy of the shipped project in a temporary folder, with its own state.
final class Project {
  let folder: TemporaryFolder

  /// - Parameter parts: folders and files of the repository to copy.
  init(copying parts: [String] = ["octroi.yml", "Pipelines", "SampleData", "seeds"]) throws {
    folder = try TemporaryFolder()
    for part in parts {
      try FileManager.default.copyItem(
        at: Repository.root.appending(path: part), to: folder.url.appending(path: part))
    }
  }

  var environment: [String: String] {
    [
      "OCTROI_STATE": folder.url.appending(path: ".state").path,
      // A fixed key: pseudonyms are part of the outputs that must not vary.
      "OCTROI_KEY_RECHERCHE_2026": String(repeating: "5a", count: 32),
    ]
  }

  /// Runs the binary in the project.
  @discardableResult
  func octroi(_ arguments: String..., input: Data = Data()) throws -> ProgramResult {
    try Program.run(
      Program.octroi, arguments + ["--lang", "en"], in: folder.url, environment: environment,
      input: input)
  }

  /// Runs a pipeline and reads its report.
  func run(_ pipeline: String, threads: Int = 2) throws -> RunReport {
    let result = try octroi(
      "run", pipeline, "--json", "--param", "jour=2026-10-31", "--threads", String(threads))
    guard result.status == 0 else { throw ProjectError(text: result.errors) }
    return try JSONDecoder().decode(RunReport.self, from: Data(result.output.utf8))
  }

  /// All published files with their bytes, by path below `out`. What a run remembers of persons
  /// lies there too, but is under a secret and nobody's to read.
  func published() throws -> [String: Data] {
    let out = folder.url.appending(path: "out").resolvingSymlinksInPath()
    var files: [String: Data] = [:]
    let walker = FileManager.default.enumerator(at: out, includingPropertiesForKeys: nil)
    for case let file as URL in walker ?? FileManager.DirectoryEnumerator() {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
      guard !isFolder.boolValue, file.pathExtension != "persons",
        file.lastPathComponent != "secret"
      else { continue }
      let path = String(file.resolvingSymlinksInPath().path.dropFirst(out.path.count + 1))
      files[path] = try Data(contentsOf: file)
    }
    return files
  }
}

/// A run that should have succeeded.
struct ProjectError: Error {
  let text: String
}

/// The shipped pipelines, without the charter.
let shippedPipelines: [String] = {
  let folder = Repository.root.appending(path: "Pipelines").path
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter {
    $0.hasSuffix(".yml") && $0 != "charte.yml" && !$0.contains(".lock.")
      && !$0.contains(".solution.")
  }
  .sorted().map { "Pipelines/" + $0 }
}()
