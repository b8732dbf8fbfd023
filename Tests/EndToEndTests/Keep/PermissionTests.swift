import Foundation
import TestSupport
import Testing

/// What holds persons is its owner's alone, whatever masks, links and permissions are about.
@Suite struct PermissionTests {
  private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  private func set(_ mode: Int, _ path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private func vault(_ project: PersonProject) throws -> String {
    let state = project.folder.url.appending(path: ".state").path
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: state).first)
    return state + "/" + name + "/vault.sqlite"
  }

  @Test func aVaultOpenToOthersIsRefused() throws {
    let project = try PersonProject()
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    let vault = try vault(project)
    #expect(try mode(vault) == 0o600)
    try set(0o644, vault)
    let commands = [
      ["run", "personnes.yml"], ["forget"], ["reveal", "recherche"], ["purge", "--dry-run"],
      ["keys", "rotate", "recherche"],
    ]
    for arguments in commands {
      let refused = try project.octroi(arguments, input: "Bernard\n")
      #expect(refused.status == 1, "\(arguments): \(refused.output)\(refused.errors)")
      #expect(refused.errors.contains("chmod 600"), "\(refused.errors)")
      #expect(try mode(vault) == 0o644, "nobody hides that it was open")
    }
    try set(0o600, vault)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    // A link may lead to what others hold.
    try FileManager.default.moveItem(atPath: vault, toPath: vault + ".autre")
    try FileManager.default.createSymbolicLink(
      atPath: vault, withDestinationPath: vault + ".autre")
    let linked = try project.octroi(["run", "personnes.yml"])
    #expect(linked.status == 1 && linked.errors.contains("no file of yours"), "\(linked.errors)")
  }

  /// A key may be mounted by a link; what it leads to is what counts.
  @Test func linkedKeysAreWhatTheyLeadTo() throws {
    let project = try PersonProject()
    let key = project.keys.url.appending(path: "recherche.key").path
    let other = project.keys.url.appending(path: "ailleurs").path
    try FileManager.default.moveItem(atPath: key, toPath: other)
    try FileManager.default.createSymbolicLink(atPath: key, withDestinationPath: other)
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    try set(0o640, other)
    let refused = try project.octroi(["run", "personnes.yml"])
    #expect(refused.status == 1 && !refused.errors.contains(PersonProject.key.prefix(8)))
  }

  @Test func noMaskOpensAnything() throws {
    let project = try PersonProject()
    let run = try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", "umask 000; exec '\(Program.octroi.path)' run personnes.yml"], in: project.folder.url,
      environment: project.environment)
    #expect(run.status == 0, "\(run.errors)")
    let root = project.folder.url.path
    for place in ["out", ".state"] {
      for name in FileManager.default.enumerator(atPath: root + "/" + place)?.allObjects ?? [] {
        let path = "\(root)/\(place)/\(name)"
        let found = try mode(path)
        #expect(found & 0o022 == 0, "\(path): \(String(found, radix: 8))")
        if place == ".state" || path.contains("/interne/") && !path.contains("/.") {
          var isFolder: ObjCBool = false
          _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
          if !isFolder.boolValue { #expect(found & 0o077 == 0, "\(path)") }
        }
      }
    }
    #expect(try mode(root + "/out/public/nombres.csv") == 0o644)
  }

  /// A folder that leads into another audience's shows that audience what is in it.
  @Test func linkedFoldersAreWhereTheyLead() throws {
    for (link, target, code) in [
      ("interne", "public", "exposed-folder"), ("recherche", "public", "exposed-folder"),
    ] {
      let project = try PersonProject()
      let out = project.folder.url.appending(path: "out")
      try FileManager.default.createDirectory(
        at: out.appending(path: target), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: out.appending(path: link).path, withDestinationPath: target)
      let said = try project.octroi(["check", "personnes.yml", "--json"])
      #expect(said.status == 2, "\(link)")
      #expect(said.output.contains(code), "\(said.output)")
    }
    // An output that is a link is replaced, and what it led to stays.
    let project = try PersonProject()
    let folder = project.folder.url.appending(path: "out/public")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try project.folder.write("à garder", to: "ailleurs.txt")
    try FileManager.default.createSymbolicLink(
      at: folder.appending(path: "nombres.csv"),
      withDestinationURL: project.folder.url.appending(path: "ailleurs.txt"))
    #expect(try project.octroi(["run", "personnes.yml"]).status == 0)
    #expect(try project.folder.read("ailleurs.txt") == "à garder")
    #expect(try project.folder.read("out/public/nombres.csv").contains("Q1"))
  }
}
