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
    let started = try project.start()
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
  /// large ones.
  static let limit = 128 << 20
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
}
