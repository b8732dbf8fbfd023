import Foundation
import StageKit

/// Places as a register tells them: from the project's root, wherever the command runs.
struct RegisterPlace {
  let root: String

  func file(_ path: String) -> String {
    let real = URL(filePath: SpecFiles.absolute(path)).resolvingSymlinksInPath()
      .path(percentEncoded: false)
    return SpecFiles.shown(real, from: root, name: path)
  }

  func text(_ position: SpecPosition) -> String {
    "\(file(position.file)):\(position.line):\(position.column)"
  }
}
