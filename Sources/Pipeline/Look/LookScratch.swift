import Foundation
import Glibc

/// A private folder for somebody who only looks, beside that of a run, which may be going on. It
/// goes with the object; what killed processes left goes with the next one.
final class LookScratch {
  private static let prefix = "look-"
  let path: String

  init(_ state: StateFolder) throws {
    Self.clean(state.path)
    path = state.path + "/\(Self.prefix)\(getpid())-\(UInt32.random(in: 0 ... .max))"
    try SafeFile.makeFolder(path, mode: 0o700)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private static func clean(_ folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(prefix) {
      let words = name.dropFirst(prefix.count).split(separator: "-")
      guard let process = words.first.flatMap({ Int32($0) }), kill(process, 0) != 0, errno == ESRCH
      else { continue }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }
}
