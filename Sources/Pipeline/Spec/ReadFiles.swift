import Crypto
import Foundation
import StageKit

/// A file that defines what a pipeline does: the pipeline itself, its charter, what they include,
/// schemas, hierarchies.
public struct DefiningFile: Sendable, Hashable {
  /// Relative to the project's root, where it lies below.
  public let path: String
  /// Of the bytes that were read, in hexadecimal digits.
  public let sha256: String
}

/// Remembers which files a plan was made of, and their hashes.
final class ReadFiles {
  private var digests: [String: String] = [:]
  /// By absolute path: what several stages ask for is read once, and the same for all.
  var documents: [String: SpecNode] = [:]

  /// - Parameter path: absolute, or from where the command runs.
  func note(_ path: String, _ bytes: Data) {
    digests[SpecFiles.absolute(path)] = SHA256.hash(data: bytes).map(StateFolder.hex).joined()
  }

  /// Notes a file that somebody else reads; nothing where there is none.
  func note(_ path: String) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      let data = FileManager.default.contents(atPath: path)
    else { return }
    note(path, data)
  }

  /// By path.
  func all(root: String) -> [DefiningFile] {
    digests.sorted { $0.key < $1.key }.map {
      DefiningFile(path: SpecFiles.shown($0.key, from: root, name: $0.key), sha256: $0.value)
    }
  }
}
