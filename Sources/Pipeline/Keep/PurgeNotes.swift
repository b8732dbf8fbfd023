import Foundation
import Glibc

/// What a folder remembers of files that were purged from it: names, hashes and days, so that
/// whoever verifies can tell purged from missing. No values.
struct PurgeNotes: Codable {
  struct Note: Codable, Sendable {
    /// Relative to the folder.
    let path: String
    let sha256: String
    /// The day (ISO 8601, UTC).
    let purged: String
    /// Days it was to be kept.
    let kept: Int

    enum CodingKeys: String, CodingKey {
      case path, sha256, purged
      case kept = "kept_days"
    }
  }

  static let name = "octroi.purged.json"

  var purged: [Note]

  /// - Returns: no notes where there is no such file.
  static func read(_ folder: String) -> PurgeNotes {
    guard let data = FileManager.default.contents(atPath: folder + "/" + name),
      let notes = try? JSONDecoder().decode(PurgeNotes.self, from: data)
    else { return PurgeNotes(purged: []) }
    return notes
  }

  /// The latest note of a file with these bytes.
  func note(_ path: String, _ sha256: String) -> Note? {
    purged.last { $0.path == path && $0.sha256 == sha256 }
  }

  /// - Throws: `RunError`.
  func write(_ folder: String, mode: UInt16) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let bytes = Array(try encoder.encode(self)) + [10]
    try SafeFile.replace(folder + "/" + Self.name, with: bytes, mode: mode)
  }
}
