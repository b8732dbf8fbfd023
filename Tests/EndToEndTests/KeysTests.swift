import Foundation
import TestSupport
import Testing

/// Keys of pseudonyms as a user keeps them: made, listed, rotated, refused; never shown.
@Suite struct KeysTests {
  /// A project that pseudonymises, with its keys outside.
  private func project(stages: String) throws -> TinyProject {
    let project = try TinyProject()
    try project.folder.write(
      """
      octroi: 1
      pipeline: essai
      purpose: essai
      charter: charte.yml
      sources:
        lignes: {path: lignes.csv, schema: schema.json, governance: lignes}
      steps:
        codes:
          from: lignes
          stages:
      \(stages.split(separator: "\n").map { "      " + $0 }.joined(separator: "\n"))
      outputs:
        copie: {from: codes, audience: internal, path: out/lignes.csv}

      """, to: "essai.yml")
    try project.folder.write("id,montant,note\n1,1.5,Élodie\n2,2.5,\n", to: "lignes.csv")
    return project
  }

  private func mode(_ url: URL) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }

  @Test func keysAreMadeListedRotatedAndRetired() throws {
    let project = try project(
      stages: """
        - derive: {ancien: note}
        - pseudonymise: {fields: ancien, scope: étude/1, domain: note, key: 1}
        - pseudonymise: {fields: note, scope: étude/1}
        """)
    let keys = try TemporaryFolder()
    let folder = keys.url.appending(path: "keys")
    let outside = ["OCTROI_KEYS": folder.path]
    var said = ""
    func octroi(_ arguments: String..., status: Int32 = 0) throws -> String {
      let result = try project.octroi(arguments, environment: outside)
      #expect(result.status == status, "\(arguments): \(result.errors)")
      said += result.output + result.errors
      return result.output
    }
    _ = try octroi("run", "essai.yml", status: 1)
    _ = try octroi("keys", "new", "étude/1")
    _ = try octroi("keys", "new", "étude/1", status: 2)
    _ = try octroi("keys", "rotate", "autre", status: 2)
    _ = try octroi("run", "essai.yml")
    let first = try project.folder.read("out/lignes.csv")
    #expect(try mode(folder) == 0o700)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["%C3%A9tude%2F1@1.key"] || names == ["étude%2F1@1.key"])
    for name in names { #expect(try mode(folder.appending(path: name)) == 0o600) }

    _ = try octroi("keys", "rotate", "étude/1")
    let listed = try octroi("keys", "list")
    #expect(listed.contains("étude/1  1  ") && listed.contains("étude/1  2  "))
    _ = try octroi("run", "essai.yml")
    let second = try project.folder.read("out/lignes.csv")
    let cells = { (text: String) in
      text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",").map(String.init) }
    }
    let (before, after) = (cells(first), cells(second))
    // Columns: id, montant, note (newest), ancien (key 1).
    #expect(before[1][2] == before[1][3])
    #expect(after[1][3] == before[1][3])
    #expect(after[1][2] != after[1][3])

    // The oracle, with the key that only this test looks at.
    for (id, pseudonym) in [(1, after[1][3]), (2, after[1][2])] {
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.path)
          .first { $0.hasSuffix("@\(id).key") })
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      let key = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined()
      #expect(key.count == 64)
      #expect(!said.contains(key))
      let vectors = try project.folder.write(
        """
        [{"key": "\(key)", "scope": "étude/1", "domain": "note", "value": "Élodie",
          "format": "hex", "length": 32, "pseudonym": "\(pseudonym)"}]
        """, to: "vectors.json")
      let judged = try OracleTests.python("pseudonyms.py", [vectors.path])
      #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
    }

    _ = try octroi("keys", "retire", "étude/1", "2", status: 2)
    _ = try octroi("keys", "retire", "étude/1", "1")
    #expect(!(try octroi("keys", "list")).contains("étude/1  1"))
    _ = try octroi("run", "essai.yml", status: 1)
  }

  @Test func keysThatOthersCanReadAreRefused() throws {
    let project = try project(stages: "- pseudonymise: {fields: note, scope: essai}")
    let keys = try TemporaryFolder()
    let file = try keys.write(String(repeating: "5a", count: 32) + "\n", to: "essai.key")
    for (mode, status) in [(0o644, 1), (0o640, 1), (0o604, 1), (0o600, 0), (0o400, 0)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
      let result = try project.octroi(
        ["run", "essai.yml"], environment: ["OCTROI_KEYS": keys.url.path])
      #expect(result.status == Int32(status), "mode \(String(mode, radix: 8)): \(result.errors)")
      #expect(!result.errors.contains("5a5a"))
    }
  }

  /// The charter says where a scope's keys come from.
  @Test(arguments: ["files", "environment"]) func keysComeFromWhereTheCharterSays(
    _ place: String
  ) throws {
    let project = try project(stages: "- pseudonymise: {fields: note, scope: essai}")
    try project.folder.write("octroi: 1\ncharter: charte.yml\n", to: "octroi.yml")
    try project.folder.write(
      TinyProject.charter + "scopes:\n  essai: {audiences: [internal], key: \(place)}\n",
      to: "charte.yml")
    let outside = try TemporaryFolder()
    let keys = ["OCTROI_KEYS": outside.url.appending(path: "keys").path]
    let variable = ["OCTROI_KEY_ESSAI": String(repeating: "5a", count: 32)]
    #expect(try project.octroi(["keys", "new", "essai"], environment: keys).status == 0)
    let fromFile = try project.octroi(["run", "essai.yml"], environment: keys)
    let fromVariable = try project.octroi(["run", "essai.yml"], environment: variable)
    let (right, wrong) =
      place == "files" ? (fromFile, fromVariable) : (fromVariable, fromFile)
    #expect(right.status == 0, "\(right.errors)")
    #expect(wrong.status == 1 && wrong.errors.contains("OCTROI_KEY_ESSAI"), "\(wrong.errors)")
    #expect(wrong.errors.contains("the charter has the keys of the scope 'essai'"))
    #expect(!wrong.errors.contains("5a5a"))
    try project.folder.write(
      TinyProject.charter + "scopes:\n  essai: {audiences: [internal], key: elsewhere}\n",
      to: "charte.yml")
    #expect(try project.octroi(["check", "essai.yml"]).status == 2)
  }

  @Test func brokenKeysAreRefusedAndNotQuoted() throws {
    let project = try project(stages: "- pseudonymise: {fields: note, scope: essai}")
    for text in [
      "5a5a", String(repeating: "5a", count: 31) + "5", "0x" + String(repeating: "5a", count: 32),
      "",
    ] {
      let result = try project.octroi(
        ["run", "essai.yml"], environment: ["OCTROI_KEY_ESSAI": text])
      #expect(result.status == 1, "\(result.errors)")
      #expect(!result.errors.contains("5a5a"))
    }
  }

  /// Whoever holds a key leaves no image of the memory behind, however it ends; who holds none may.
  @Test func keysLeaveNoMemoryImage() throws {
    var text = "id,montant,note\n"
    for row in 0..<400_000 { text += "\(row),1.5,note \(row)\n" }
    for (stage, isForbidden) in [
      ("pseudonymise: {fields: note, scope: essai}", true), ("drop: [note]", false),
    ] {
      let project = try project(stages: "- " + stage)
      try project.folder.write(text, to: "lignes.csv")
      // Where images are allowed before. A test that held a key within this process took that
      // away for good from all it starts, and only root can give it back.
      let run = try Program.start(
        URL(filePath: "/bin/sh"),
        ["-c", "ulimit -c unlimited || exit 77; exec \"$0\" run essai.yml", Program.octroi.path],
        in: project.folder.url,
        environment: [
          "OCTROI_KEY_ESSAI": String(repeating: "5a", count: 32),
          "OCTROI_STATE": project.folder.url.appending(path: ".state").path,
        ])
      let place = "/proc/\(run.process.processIdentifier)"
      func isForbiddenNow() -> Bool {
        // Not while it is still the shell.
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: place + "/exe")
        guard program == Program.octroi.resolvingSymlinksInPath().path else { return false }
        let text = (try? String(contentsOfFile: place + "/limits", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
        return line?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"]
      }
      var wasForbidden = false
      while !wasForbidden, run.process.isRunning {
        wasForbidden = isForbiddenNow()
        usleep(500)
      }
      if wasForbidden { kill(run.process.processIdentifier, SIGABRT) }
      _ = run.end(within: 60)
      if run.process.terminationStatus == 77 { return }
      #expect(wasForbidden == isForbidden)
      let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.url.path)
      #expect(!names.contains { $0.hasPrefix("core") })
    }
  }

  @Test func keysAreNotMadeAmongTheData() throws {
    let project = try project(stages: "- pseudonymise: {fields: note, scope: essai}")
    let inside = project.folder.url.appending(path: "out/keys").path
    let result = try project.octroi(["keys", "new", "essai"], environment: ["OCTROI_KEYS": inside])
    #expect(result.status == 2, "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: inside))
  }

  @Test func publishedVectorsAgreeWithPython() throws {
    let file = Repository.root.appending(path: "Tests/EndToEndTests/oracles/pseudonyms.json")
    let judged = try OracleTests.python("pseudonyms.py", [file.path])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }
}
