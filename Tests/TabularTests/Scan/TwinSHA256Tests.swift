import Foundation
import Tabular
import TestSupport
import Testing

/// Two digests at once, beside coreutils.
@Suite struct TwinSHA256Tests {
  /// Around the borders of blocks and of what is put behind the last of them.
  static let lengths = [1, 3, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 127, 128, 1000, 70_001]

  @Test func agreesWithCoreutils() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var random = SeededBytes(seed: 180)
    var (names, found): ([String], [String]) = ([], [])
    for length in Self.lengths {
      let left = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let right = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      // Without the processor's instructions there is nothing to hold to anything.
      guard let twins = TwinSHA256.digests(left.span, right.span) else { return }
      for (text, digest) in zip([left, right], [twins.left, twins.right]) {
        names.append("\(names.count)")
        found.append(digest.map { String(format: "%02x", $0) }.joined() + "  \(names.count - 1)")
        try Data(text).write(to: folder.appending(path: "\(names.count - 1)"))
      }
    }
    let result = try Program.run(URL(filePath: "/usr/bin/sha256sum"), names, in: folder)
    #expect(result.output.split(separator: "\n").map(String.init) == found)
  }

  @Test func textsOfDifferentLengthsAreNoTwins() {
    let (short, long): ([UInt8], [UInt8]) = ([1, 2], [1, 2, 3])
    #expect(TwinSHA256.digests(short.span, long.span) == nil)
  }
}
