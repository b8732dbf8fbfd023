import Foundation
import TestSupport
import Testing

/// What is shipped as made by a program is what the program makes.
@Suite struct SampleTests {
  private func files(in folder: URL) throws -> [String: Data] {
    let root = folder.resolvingSymlinksInPath().path + "/"
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    var files: [String: Data] = [:]
    for case let file as URL in found ?? .init() where !file.hasDirectoryPath {
      let path = file.resolvingSymlinksInPath().path
      files[String(path.dropFirst(root.count))] = try Data(contentsOf: file)
    }
    return files
  }

  /// Compressed bytes depend on the family of processors; then what they hold counts.
  private func isSame(_ name: String, _ made: Data, _ shipped: Data) throws -> Bool {
    if made == shipped { return true }
    guard name.hasSuffix(".gz") else { return false }
    let gzip = URL(filePath: "/usr/bin/gzip")
    let texts = try [made, shipped].map { try Program.run(gzip, ["-dc"], input: $0).output }
    return texts[0] == texts[1] && !texts[0].isEmpty
  }

  /// Unoptimised code would take minutes for it.
  private static var isOptimised: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  @Test(.enabled(if: isOptimised))
  func theCityIsWhatItsGeneratorWrites() throws {
    let folder = try TemporaryFolder()
    let made = folder.url
    let result = try Program.run(
      Program.buildFolder.appending(path: "octroi-sample"),
      [
        "--out", made.appending(path: "SampleData").path, "--seeds",
        made.appending(path: "seeds").path, "--seed", "2019",
      ])
    #expect(result.status == 0, "\(result.errors)")
    let written = try files(in: made)
    #expect(written.count > 40)
    for (name, bytes) in written {
      let shipped = try? Data(contentsOf: Repository.root.appending(path: name))
      let known = try #require(shipped, "\(name) is not shipped")
      #expect(try isSame(name, bytes, known), "\(name) is not what the generator writes")
    }
    // Nothing else lies there but what is somebody else's, or kept by hand.
    let others = try files(in: Repository.root.appending(path: "SampleData")).keys.filter {
      written["SampleData/" + $0] == nil && !$0.hasPrefix("recensement/")
        && !$0.hasSuffix("schema.json")
    }
    #expect(others == ["README.md"])
  }

  @Test(.enabled(if: Program.python != nil))
  func holidaysAreWhatTheirProgramWrites() throws {
    let folder = try TemporaryFolder()
    let seeds = Repository.root.appending(path: "seeds/calendriers")
    let program = try folder.write(
      String(contentsOf: seeds.appending(path: "calendriers.py"), encoding: .utf8),
      to: "calendriers.py")
    let python = try #require(Program.python)
    let result = try Program.run(python, [program.path])
    #expect(result.status == 0, "\(result.errors)")
    let shipped = try String(contentsOf: seeds.appending(path: "feries.csv"), encoding: .utf8)
    #expect(try folder.read("feries.csv") == shipped)
    // As announced: a first day of a month that was seen later than reckoned, and one that was not.
    #expect(shipped.contains("MA,2023-06-29,Aïd al-Adha,constatée\n"))
    #expect(shipped.contains("MA,2024-07-07,1er Moharram,constatée\n"))
    // By the law itself, not by a decree.
    #expect(shipped.contains("CM,2023-01-02,Lendemain de fête (Nouvel an),certaine\n"))
    #expect(!shipped.contains("FR,2022-05-02"))
  }
}
