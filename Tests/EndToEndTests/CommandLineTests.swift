import Foundation
import TestSupport
import Testing

/// What every command promises on its command line.
@Suite struct CommandLineTests {
  private struct Named: Decodable { let name: String }
  private struct Finding: Decodable {
    let severity: String
    let line: Int
  }

  private func decode<T: Decodable>(_ type: T.Type, _ text: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }

  @Test func stagesAreToldToMachines() throws {
    let project = try TinyProject()
    let all = try decode([Named].self, try project.octroi(["stages", "--json"]).output)
    #expect(all.contains { $0.name == "filter" } && all.contains { $0.name == "join" })
    let one = try decode(Named.self, try project.octroi(["stages", "sort", "--json"]).output)
    #expect(one.name == "sort")
  }

  /// Blocks are told beside stages, with all their keys and tables.
  @Test(arguments: [
    ("indicators", "uncertainty", "NAME.removals"), ("reports", "languages", "ranking"),
  ])
  func blocksAreExplained(_ name: String, _ key: String, _ word: String) throws {
    let project = try TinyProject()
    #expect(try project.octroi(["stages"]).output.contains("\n\(name) "))
    let page = try project.octroi(["stages", name])
    #expect(page.status == 0 && page.output.hasPrefix("\(name) (block)"), "\(page.errors)")
    #expect(page.output.contains("  \(key) ") && page.output.contains(word))
    let french = try Program.run(Program.octroi, ["stages", name, "--lang", "fr"]).output
    #expect(french.hasPrefix("\(name) (bloc)"))
    let record = try decode(Named.self, try project.octroi(["stages", name, "--json"]).output)
    #expect(record.name == name)
    let near = try project.octroi(["stages", name.dropLast() + "z"])
    #expect(near.status == 2 && near.errors.contains("'\(name)'"), "\(near.errors)")
  }

  @Test(arguments: ["check", "plan", "run"])
  func machinesReadWhatIsWrongInASpec(_ command: String) throws {
    let project = try TinyProject()
    try project.folder.write("octroi: 1\nnonsense: 1\n", to: "essai.yml")
    let result = try project.octroi([command, "essai.yml", "--json"])
    #expect(result.status == 2)
    let findings = try decode([Finding].self, result.output)
    #expect(findings.contains { $0.severity == "error" && $0.line == 2 })
  }

  @Test func aLedgerOutOfReachIsTheMachinesFault() throws {
    let project = try TinyProject()
    try project.folder.write("a file, no folder", to: "taken")
    let result = try project.octroi(
      ["runs"], environment: ["OCTROI_STATE": project.folder.url.appending(path: "taken").path])
    #expect(result.status == 4, "\(result.errors)")
    #expect(result.errors.hasPrefix("error: "))
    #expect(!result.errors.contains("RunError"))
  }

  @Test(arguments: ["0", "512", "12Q", "1,5G", "-1M", "99999999999T", "M"])
  func whatIsNoSizeIsAWrongCommandLine(_ size: String) throws {
    let project = try TinyProject()
    let result = try project.octroi(["run", "essai.yml", "--memory=\(size)"])
    #expect(result.status == 2, "\(result.errors)")
    #expect(!project.hasOutput)
  }

  /// The remedy names an option that exists, and following it helps.
  @Test func keysThatDoNotFitEndTheRunUntilTheyMay() throws {
    let project = try TinyProject()
    let schema = TinyProject.schema.replacingOccurrences(
      of: "\"required\": true", with: "\"required\": true, \"unique\": true")
    try project.folder.write(schema, to: "schema.json")
    let rows = (1...33_000).map { "\($0),1,x\n" }.joined()
    try project.folder.write("id,montant,note\n" + rows, to: "lignes.csv")
    let small = try project.octroi(["run", "essai.yml", "--memory", "1M"])
    #expect(small.status == 4, "\(small.errors)")
    #expect(small.errors.contains("--memory"))
    #expect(!project.hasOutput)
    var bytes: [String] = []
    for size in ["8M", "65536KiB"] {
      let result = try project.octroi(["run", "essai.yml", "--memory", size])
      #expect(result.status == 0, "\(result.errors)")
      bytes.append(try project.folder.read("out/lignes.csv"))
    }
    #expect(Set(bytes).count == 1)
  }

  @Test func ourOwnUsageErrorsFollowTheLanguage() throws {
    let project = try TinyProject()
    let result = try Program.run(
      Program.octroi, ["run", "essai.yml", "--threads", "0", "--lang", "fr"],
      in: project.folder.url)
    #expect(result.status == 2)
    #expect(result.errors.contains("--threads prend un nombre de 1 à 1024"))
  }

  /// A run that a missing lock refuses says so once.
  @Test func refusalsAreToldOnce() throws {
    let project = try TinyProject()
    try project.folder.write(
      TinyProject.charter.replacing(
        "    folder: out\n", with: "    folder: out\n    approval: required\n"),
      to: "charte.yml")
    try project.folder.write(BadInputTests.good, to: "lignes.csv")
    let run = try project.octroi(["run", "essai.yml"])
    #expect(run.status == 1)
    #expect(run.errors.components(separatedBy: "there is no privacy lock").count == 2)
    #expect(try project.octroi(["check", "essai.yml"]).errors.contains("there is no privacy lock"))
    #expect(try project.octroi(["keys", "list"]).errors.contains("octroi keys new"))
  }

  /// What the parser of arguments says of a wrong command line, too.
  @Test(arguments: [
    (["keys", "new"], "erreur : il manque « <domaine> »"),
    (["run", "essai.yml", "--lang"], "erreur : il manque la valeur de « --lang <lang> »"),
    (["risk", "a.csv", "b.csv", "--quasi", "x"], "erreur : « b.csv » est de trop"),
    (["check", "--loc", "essai.yml"], "erreur : option inconnue « --loc » (vouliez-vous dire"),
    (["runs", "--last", "x"], "erreur : « x » ne va pas avec « --last <last> »"),
    (["runs", "--json=x"], "erreur : « --json » ne prend pas de valeur, et « x » est donné"),
  ])
  func usageErrorsAreFrench(_ wrong: (arguments: [String], told: String)) throws {
    let result = try Program.run(
      Program.octroi, wrong.arguments, environment: ["LC_ALL": "fr_FR.UTF-8"])
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix(wrong.told), "\(result.errors)")
    #expect(result.errors.contains("Usage : octroi \(wrong.arguments[0])"), "\(result.errors)")
    #expect(result.errors.contains("en dit plus."), "\(result.errors)")
    let english = try Program.run(Program.octroi, wrong.arguments + ["--lang", "en"])
    #expect(english.errors.hasPrefix("Error: "), "\(english.errors)")
  }

  /// What somebody took for an argument may be a person's number: it is not said again.
  @Test(arguments: [
    ["forget", "123-45-6789"], ["forget", "--dry-run", "123-45-6789", "jean@exemple.fr"],
    ["forget", "--email=123-45-6789"], ["forget", "-123-45-6789"],
    ["forget", "--lang", "123-45-6789"], ["reveal", "recherche", "123-45-6789"],
    ["keys", "new", "recherche", "123-45-6789"], ["keys", "retire", "recherche", "123-45-6789"],
    ["oublier", "123-45-6789"], ["--oublier", "forgt", "123-45-6789"],
    ["forget", "premier\nUsage: 123-45-6789"],
  ])
  func whatWasTypedIsNotRepeated(_ arguments: [String]) throws {
    for language in ["fr", "en"] {
      let result = try Program.run(
        Program.octroi, arguments, environment: ["LC_ALL": "\(language)_FR.UTF-8"])
      #expect(result.status == 2)
      #expect(!(result.errors + result.output).contains("123"), "\(result.errors)")
      #expect(!(result.errors + result.output).contains("exemple"), "\(result.errors)")
      #expect(result.errors.hasPrefix(language == "fr" ? "erreur : " : "Error: "))
      let usage = language == "fr" ? "Usage : octroi" : "Usage: octroi"
      #expect(result.errors.contains(usage), "\(result.errors)")
    }
  }

  @Test func aReaderThatLeavesIsNoError() throws {
    let shell = URL(filePath: "/bin/sh")
    let command = "\"$0\" schema | head -n 1"
    let result = try Program.run(shell, ["-c", command, Program.octroi.path])
    #expect(result.status == 0 && result.output == "{\n" && result.errors.isEmpty)
  }
}
