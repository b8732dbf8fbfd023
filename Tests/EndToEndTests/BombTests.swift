import Foundation
import TestSupport
import Testing

/// Small compressed files that become very large ones: memory does not grow with them.
@Suite struct BombTests {
  /// Members of a mebibyte each, behind a good row.
  static func bomb(_ text: String, mebibytes: Int) throws -> Data {
    let folder = try TemporaryFolder()
    func member(_ text: String) throws -> Data {
      let file = try folder.write(text, to: "member")
      let gzip = try Program.run(URL(filePath: "/bin/gzip"), ["-nf", file.path])
      #expect(gzip.status == 0, "\(gzip.errors)")
      return try Data(contentsOf: folder.url.appending(path: "member.gz"))
    }
    var bytes = try member("id,montant,note\n1,2,x\n")
    let large = try member(String(repeating: text, count: (1 << 20) / text.utf8.count))
    for _ in 0..<mebibytes { bytes += large }
    return bytes
  }

  /// Runs to the end, watching the most memory that was resident.
  static func run(_ project: TinyProject) throws -> (status: Int32, peak: Int) {
    try watch(project.start())
  }

  static func watch(_ started: Program.Started) throws -> (status: Int32, peak: Int) {
    let status = "/proc/\(started.process.processIdentifier)/status"
    var peak = 0
    while started.process.isRunning {
      let text = (try? String(contentsOfFile: status, encoding: .utf8)) ?? ""
      for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
        peak = max(peak, Int(line.filter(\.isNumber)) ?? 0)
      }
      usleep(1_000)
    }
    _ = started.end(within: 60)
    return (started.process.terminationStatus, peak << 10)
  }

  /// Bytes that may be resident; every bomb holds more, but in a debug build, which is too slow for
  /// large ones. A sanitizer's notes take many times as much as what they are of: under one, nothing
  /// is said of memory.
  static let limit = Program.sanitizer == nil ? 128 << 20 : 1 << 40
  #if DEBUG
    static let smaller = 32
  #else
    static let smaller = 1
  #endif

  /// A line without end, nothing but line ends, and one record of nothing but delimiters.
  @Test(arguments: [("x", 320), ("\n", 144), (",", 144)])
  func memoryIsThatOfABlock(text: String, mebibytes: Int) throws {
    let project = try TinyProject(path: "lignes.csv.gz", source: ["reject: {at_most: 50%}"])
    try project.folder.write(
      try Self.bomb(text, mebibytes: mebibytes / Self.smaller), to: "lignes.csv.gz")
    let (status, peak) = try Self.run(project)
    #expect(status == 0)
    #expect(peak > 0 && peak < Self.limit, "\(peak >> 20) MiB")
    #expect(try project.folder.read("out/lignes.csv").hasSuffix("\r\n1,2,x\r\n"))
  }

  /// A member whose header has a file name without end.
  @Test func aNameWithoutEndIsRefused() throws {
    let project = try TinyProject(path: "lignes.csv.gz")
    let head: [UInt8] = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 255]
    try project.folder.write(
      Data(head + [UInt8](repeating: 0x6E, count: (160 << 20) / Self.smaller)), to: "lignes.csv.gz")
    let (status, peak) = try Self.run(project)
    #expect(status == 3)
    #expect(peak > 0 && peak < Self.limit, "\(peak >> 20) MiB")
  }

  /// Rows of which none is good: their number costs neither memory nor much time.
  @Test func rejectsDoNotGather() throws {
    let rows = 200_000 / Self.smaller
    let project = try TinyProject(source: ["reject: {at_most: 100%}"])
    let text = "id,montant,note\n" + String(repeating: "x\n", count: rows)
    try project.folder.write(text, to: "lignes.csv")
    let (status, peak) = try Self.run(project)
    #expect(status == 0)
    #expect(peak > 0 && peak < Self.limit, "\(peak >> 20) MiB")
    let rejects = try project.folder.read("rejets/essai-lignes.rejects.csv")
    #expect(rejects.utf8.count { $0 == 10 } == rows + 1)
    let last = "lignes.csv,\(rows + 1),\(rows * 2 + 14),\(rows * 2 + 14),,,MISSING COLUMNS,\"x\","
    #expect(rejects.split(separator: "\n").last?.hasPrefix(last) == true)
  }

  /// Files written anew: a row of ten million delimiters, and a quote that nothing closes.
  @Test(arguments: [(",", 10), ("x", 160)])
  func recordsWithoutEndAreRefused(text: String, mebibytes: Int) throws {
    let project = try TinyProject()
    let count = (mebibytes << 20) / Self.smaller
    let row = Data("a,b\n1,\"".utf8) + Data(repeating: text.utf8.first ?? 0, count: count)
    try project.folder.write(text == "," ? row.filter { $0 != 34 } : row, to: "lignes.csv")
    let started = try Program.start(
      Program.octroi, ["scan", "lignes.csv", "--to", "csv", "--output", "net.csv"],
      in: project.folder.url)
    let (status, peak) = try Self.watch(started)
    #expect(peak > 0 && peak < Self.limit * 2, "\(peak >> 20) MiB")
    #if !DEBUG
      #expect(status == 1)
      // Neither whole nor in part.
      let names = try FileManager.default.contentsOfDirectory(atPath: project.folder.url.path)
      #expect(!names.contains { $0.hasPrefix("net.csv") })
    #endif
  }
}
