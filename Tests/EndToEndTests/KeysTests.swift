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
