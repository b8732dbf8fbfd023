import Foundation
import Octroi
import Pipeline
import StageKit
import TestSupport
import Testing

/// Pipelines broken at random: whatever the text, the check ends, traps nowhere and says where.
@Suite struct SpecFuzzTests {
  /// SplitMix64: the same mutations every time.
  struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9e37_79b9_7f4a_7c15
      var word = state
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
  }

  static let pieces = [
    "\t", ":", "- ", "{", "}", "[", "]", ",", "\"", "'", "#", "&a ", "*a", "<<: ", "!!int ", "|\n",
    "? ", "---\n", "%", "\u{0}", "é", "\u{feff}", "~", "null", "9999999999999999999999", "-1",
    "\u{1F600}", "  ", "\n", "\r\n", "100%", "a.b", "../", "/", "(", ")", "::", ":jour", "@", "`",
  ]

  static func mutated(_ text: String, _ dice: inout Dice) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...6, using: &dice) where !characters.isEmpty {
      let place = Int.random(in: 0..<characters.count, using: &dice)
      switch Int.random(in: 0..<5, using: &dice) {
      case 0: characters.remove(at: place)
      case 1: characters.insert(contentsOf: pieces.randomElement(using: &dice) ?? "", at: place)
      case 2:
        let end = min(characters.count, place + Int.random(in: 1...40, using: &dice))
        characters.removeSubrange(place..<end)
      case 3:
        let end = min(characters.count, place + Int.random(in: 1...60, using: &dice))
        let other = Int.random(in: 0...characters.count, using: &dice)
        characters.insert(contentsOf: Array(characters[place..<end]), at: other)
      default: characters.removeSubrange(place...)
      }
    }
    return String(characters)
  }

  @Test(arguments: ["demandes", "attractivite", "chercheurs", "recensement", "charte"])
  func brokenPipelinesAreToldWithPlaces(_ name: String) throws {
    let text = try Repository.text("Pipelines/\(name).yml")
      .replacing("charte.yml", with: Repository.root.path + "/Pipelines/charte.yml")
      .replacing("../", with: Repository.root.path + "/")
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "octroi-fuzz-\(name)-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "pipeline.yml")
    var dice = Dice(state: UInt64(name.utf8.count))
    for round in 0..<60 {
      try Data(Self.mutated(text, &dice).utf8).write(to: file)
      let result = Project.check(file.path, allowOutside: true)
      let errors = result.diagnostics.filter { $0.severity == .error }
      #expect(result.hasErrors == !errors.isEmpty, "\(name), round \(round)")
      for finding in result.diagnostics {
        let place = finding.position
        #expect(
          !place.file.isEmpty && place.line > 0 && place.column > 0, "\(name), round \(round)")
      }
    }
  }
}
