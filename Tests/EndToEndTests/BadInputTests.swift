import Foundation
import TestSupport
import Testing

/// What bad input gets: the right exit code, a message that names file and cause, nothing half done.
@Suite struct BadInputTests {
  static let good = "id,montant,note\n" + (1...200).map { "\($0),\($0).50,ok\n" }.joined()

  func expectRefusal(
    _ result: ProgramResult, _ project: TinyProject, status: Int32, naming words: String...,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(result.status == status, "\(result.errors)", sourceLocation: location)
    for word in words {
      #expect(
        result.errors.localizedCaseInsensitiveContains(word),
        "'\(word)' is not in: \(result.errors)", sourceLocation: location)
    }
    #expect(!project.hasOutput, "something was published", sourceLocation: location)
  }

  @Test func goodInputPasses() throws {
    let project = try TinyProject()
    try project.folder.write(Self.good, to: "lignes.csv")
    let result = try project.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.folder.read("out/lignes.csv").hasPrefix("id,montant,note\r\n1,1.5,ok\r\n"))
  }

  @Test func missingFile() throws {
    let project = try TinyProject()
    expectRefusal(try project.run(), project, status: 3, naming: "lignes.csv")
  }

  @Test func emptyFile() throws {
    let project = try TinyProject()
    try project.folder.write("", to: "lignes.csv")
    expectRefusal(try project.run(), project, status: 3, naming: "lignes.csv", "empty")
  }

  @Test func headerOnlyIsAnEmptyTable() throws {
    let project = try TinyProject()
    try project.folder.write("id,montant,note\n", to: "lignes.csv")
    let result = try project.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.folder.read("out/lignes.csv") == "id,montant,note\r\n")
  }

  @Test func directory() throws {
    let project = try TinyProject()
    try FileManager.default.createDirectory(
      at: project.folder.url.appending(path: "lignes.csv"), withIntermediateDirectories: true)
    expectRefusal(try project.run(), project, status: 3, naming: "lignes.csv", "folder")
  }

  @Test func binary() throws {
    let project = try TinyProject()
    var random = SplitMix(seed: 7)
    try project.folder.write(
      Data((0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }), to: "lignes.csv")
    expectRefusal(try project.run(), project, status: 3, naming: "lignes.csv", "not text")
  }

  @Test func truncatedGzip() throws {
    let project = try TinyProject()
    let file = try project.folder.write(Self.good, to: "lignes.csv")
    _ = try Program.run(
      URL(filePath: "/bin/sh"),
      ["-c", "gzip -n \"$0\" && head -c 300 \"$0.gz\" > \"$0\"", file.path])
    expectRefusal(try project.run(), project, status: 3, naming: "lignes.csv", "cut off")
  }

  @Test func wrongDelimiterDeclared() throws {
    let project = try TinyProject(source: ["dialect: {delimiter: \";\"}"])
    try project.folder.write(Self.good, to: "lignes.csv")
    expectRefusal(
      try project.run(), project, status: 1, naming: "lignes.csv:1", "\";\"", "\",\"")
  }

  @Test func thirtyPercentBroken() throws {
    let project = try TinyProject(source: ["reject: {at_most: 1%}"])
    let rows = (1...200).map { $0 % 10 < 3 ? "\($0),douze,ok\n" : "\($0),1.5,ok\n" }
    try project.folder.write("id,montant,note\n" + rows.joined(), to: "lignes.csv")
    let result = try project.run()
    expectRefusal(result, project, status: 1, naming: "lignes", "60")
    #expect(!result.errors.contains("douze"), "messages never quote cells")
  }

  @Test func hugeField() throws {
    let project = try TinyProject(source: ["reject: {at_most: 50%}"])
    var data = Data("id,montant,note\n1,1.5,".utf8)
    data.append(Data(repeating: UInt8(ascii: "x"), count: 200 << 20))
    data.append(Data("\n2,2.5,ok\n3,3.5,ok\n".utf8))
    try project.folder.write(data, to: "lignes.csv")
    let result = try project.run()
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.folder.read("out/lignes.csv").hasSuffix("2,2.5,ok\r\n3,3.5,ok\r\n"))
  }

  @Test func nulRiddled() throws {
    let project = try TinyProject()
    let rows = (1...200).map { "\($0),1.5,\u{0}\u{0}\n" }
    try project.folder.write("id,montant,note\n" + rows.joined(), to: "lignes.csv")
    expectRefusal(
      try project.run(), project, status: 3, naming: "lignes.csv", "zero or control bytes")
  }

  @Test func aFileInTheOutputFoldersPlace() throws {
    let project = try TinyProject()
    try project.folder.write(Self.good, to: "lignes.csv")
    try project.folder.write("a file", to: "out")
    let result = try project.run()
    #expect(result.status == 4, "\(result.errors)")
    #expect(result.errors.contains("out"))
  }

  @Test func standardInput() throws {
    let project = try TinyProject(path: "\"-\"")
    let result = try project.octroi(["run", "essai.yml"], input: Data(Self.good.utf8))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try project.folder.read("out/lignes.csv").hasPrefix("id,montant,note\r\n1,1.5,ok"))
  }
}

/// A small seeded generator for the tests.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
