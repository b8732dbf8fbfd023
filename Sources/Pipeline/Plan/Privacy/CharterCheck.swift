import Foundation
import StageKit
import Tabular

/// Whether a charter contradicts itself: folders that would show one audience what is another's,
/// permissions that would show it to everyone.
struct CharterCheck {
  let charter: Charter
  let diagnostics: Diagnostics

  func check() {
    if charter.isMissing { return }
    let start = SpecPosition(file: charter.file, line: 1, column: 1)
    let audiences = charter.audiences.values.sorted { $0.name < $1.name }
    for audience in audiences {
      checkMode(audience, start)
      guard let folder = audience.folder else { continue }
      // Rejected rows are raw; whoever sees that folder must be allowed everything.
      if Self.leads(charter.internalFolder, into: folder), !Self.isFullyTrusted(audience) {
        diagnostics.error(
          "exposed-rejects", at: start, PlanMessages.exposedRejects(audience.name))
      }
      for inner in audiences where inner.name != audience.name {
        guard let place = inner.folder, Self.leads(place, into: folder),
          !inner.allows.isSubset(of: audience.allows)
        else { continue }
        diagnostics.error(
          "exposed-folder", at: start, PlanMessages.exposedFolder(inner.name, in: audience.name))
      }
    }
  }

  /// What identifies is never for everyone on the machine.
  private func checkMode(_ audience: Charter.Audience, _ start: SpecPosition) {
    let reaches = audience.allows.contains { $0.isPersonal }
    guard reaches else { return }
    let open = audience.mode & (audience.group == nil ? 0o007 : 0o027)
    if open != 0 {
      diagnostics.error("open-mode", at: start, PlanMessages.openMode(audience.name))
    }
  }

  static func isFullyTrusted(_ audience: Charter.Audience) -> Bool {
    [.direct, .sensitive, .unclassified].allSatisfy(audience.allows.contains)
  }

  static func lies(_ path: String, in folder: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : folder + "/")
  }

  /// The same of what both lead to through symbolic links.
  private static func leads(_ path: String, into folder: String) -> Bool {
    lies(path, in: folder)
      || lies(SpecFiles.real(URL(filePath: path)), in: SpecFiles.real(URL(filePath: folder)))
  }
}
