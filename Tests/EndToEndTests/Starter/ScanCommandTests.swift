import Foundation
import TestSupport
import Testing

/// `octroi scan`: what is told of a file, and what never is.
@Suite struct ScanCommandTests {
  static let secret = "Séraphine-Xylophone"
  static let text =
    "nom;né le;ville;montant\n"
    + (1...40).map { "\(secret) \($0);\($0 % 28 + 1)/02/1970;Nantes;\($0)77777,5\n" }.joined()

  static func scan(_ arguments: String..., in folder: TemporaryFolder, input: Data = Data()) throws
    -> ProgramResult
  {
    try Program.run(Program.octroi, ["scan"] + arguments, in: folder.url, input: input)
  }

  @Test func noValueIsEverPrinted() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.text, to: "gens.csv")
    for arguments in [["gens.csv"], ["gens.csv", "--json"], ["gens.csv", "--schema"]] {
      for language in ["fr", "en"] {
        let result = try Program.run(
          Program.octroi, ["scan"] + arguments + ["--lang", language], in: folder.url)
        #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
        for value in [Self.secret, "1970", "Nantes", "77777"] {
          #expect(!result.output.contains(value), "\(arguments) prints \(value)")
        }
      }
    }
  }

  @Test func standardInputIsAFileLikeAnother() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.text, to: "gens.csv")
    let named = try Self.scan("gens.csv", "--schema", in: folder)
    let piped = try Self.scan("-", "--schema", in: folder, input: Data(Self.text.utf8))
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(piped.output == named.output && named.output.contains("\"privacy\": \"direct\""))
  }

  @Test func badInputHasItsExitCodeAndARemedy() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "vide.csv")
    try folder.write(Data([0x50, 0x4B, 3, 4, 0, 0, 0, 0]), to: "classeur.csv")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "dossier"), withIntermediateDirectories: true)
    for (name, status, word) in [
      ("absent.csv", Int32(3), "does not exist"), ("vide.csv", 3, "empty"),
      ("classeur.csv", 3, "Excel"), ("dossier", 3, "*.csv"),
    ] {
      let result = try Self.scan(name, "--lang", "en", in: folder)
      #expect(result.status == status, "\(name): \(result.errors)")
      #expect(result.errors.contains(name) && result.errors.contains(word), "\(result.errors)")
      #expect(result.output.isEmpty)
    }
  }
}
