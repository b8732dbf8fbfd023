import Foundation
import TestSupport
import Testing

/// `octroi scan FILE --to csv`: a file made anew.
@Suite struct RewriteTests {
  static let dirty = "Ville de Nantes;;\n\nnom;ville;montant\nZoé;Nantes;1,5\nLéa;Rezé\n\"a;b;2\n"
  static let clean = "nom,ville,montant\r\nZoé,Nantes,\"1,5\"\r\nLéa,Rezé,\r\n\"\"\"a\",b,2\r\n"

  @Test func dataIsOutputAndWhatWasAlteredIsTold() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.dirty, to: "s.csv")
    let told = ["--delimiter", ";", "--skip", "2", "--header", "1", "--quote", "\""]
    for (language, word) in [("en", "filled up: 1"), ("fr", "complétées : 1")] {
      let result = try Program.run(
        Program.octroi, ["scan", "s.csv", "--to", "csv", "--lang", language] + told,
        in: folder.url)
      #expect(result.status == 0 && result.output == Self.clean, "\(result.output)")
      #expect(result.errors.contains(word), "\(result.errors)")
    }
    let sniffed = try ScanCommandTests.scan("s.csv", "--to", "csv", "--quiet", in: folder)
    #expect(sniffed.output == Self.clean && sniffed.errors.isEmpty)
    let piped = try ScanCommandTests.scan(
      "-", "--to", "csv", "--quiet", in: folder, input: Data(Self.dirty.utf8))
    #expect(piped.output == Self.clean)
  }

  @Test func aFileIsWrittenWholeOrNotAtAll() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.dirty, to: "s.csv")
    let result = try ScanCommandTests.scan(
      "s.csv", "--to", "csv", "--output", "propre.csv", "--json", in: folder)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(
      try String(contentsOf: folder.url.appending(path: "propre.csv"), encoding: .utf8)
        == Self.clean)
    #expect(result.output.contains("\"padded\" : 1"), "\(result.output)")
    let itself = try ScanCommandTests.scan(
      "s.csv", "--to", "csv", "--output", "s.csv", in: folder)
    #expect(itself.status == 2)
    let nowhere = try ScanCommandTests.scan(
      "s.csv", "--to", "csv", "--output", "absent/x.csv", in: folder)
    #expect(nowhere.status == 4)
    #expect(
      try String(contentsOf: folder.url.appending(path: "s.csv"), encoding: .utf8)
        == Self.dirty)
  }

  @Test func whatCannotBeIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "vide.csv")
    try folder.write("a,b\n", to: "s.csv")
    let empty = try ScanCommandTests.scan("vide.csv", "--to", "csv", in: folder)
    #expect(empty.status == 0 && empty.output.isEmpty)
    for arguments in [
      ["s.csv", "--delimiter", ";"], ["s.csv", "--to", "csv", "--quote", "ab"],
      ["s.csv", "--to", "csv", "--encoding", "klingon"], ["s.csv", "--to", "csv", "--skip=-1"],
      ["s.csv", "vide.csv", "--to", "csv"], ["s.csv", "--to", "xls"],
    ] {
      let result = try Program.run(Program.octroi, ["scan"] + arguments, in: folder.url)
      #expect(result.status == 2 && result.output.isEmpty, "\(arguments): \(result.errors)")
    }
    #expect(try ScanCommandTests.scan("absent.csv", "--to", "csv", in: folder).status == 3)
  }
}
