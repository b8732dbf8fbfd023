import Codecs
import Foundation
import Tabular

/// The sidecars of published tables, which stay where the rejects are.
struct KeptSidecars {
  private let folder: String

  /// - Parameter root: of the project.
  init?(root: String) {
    guard let folder = (try? RetentionRules.read(nil, root: root))?.rejectFolder else {
      return nil
    }
    self.folder = folder
  }

  /// Those of a table that are there.
  func of(_ entry: Manifest.Entry, _ pipeline: String) -> [One] {
    guard let format = entry.format.flatMap({ PlannedOutput.Format(rawValue: $0) }) else {
      return []
    }
    let hidden = (entry.classes ?? []).filter { $0.personIsHidden == true }
    return hidden.enumerated().compactMap { place, classes in
      let path = SidecarPlanner.path(folder, pipeline, entry.name, place + 1, format)
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return One(
        path: path, classes: classes, format: SidecarPlanner.format(format),
        isExcel: entry.profile == PlannedOutput.Profile.excelFR.rawValue)
    }
  }

  /// The persons of one promise.
  struct One {
    let path: String
    let classes: Manifest.Entry.Classes
    let format: PlannedOutput.Format
    let isExcel: Bool

    enum Verdict {
      case proven(String)
      case broken(Message)
      /// It is not of the table's rows.
      case changed
    }

    /// As `verify` tells it.
    var changed: Verification.File {
      Verification.File(
        path: path, audience: "internal", state: .changed, proven: [], unproven: [])
    }

    /// - Parameter bytes: of the table, as they were read before.
    func verdict(on table: StagedRows, _ bytes: Fingerprint) -> Verdict {
      let names = table.terms.names
      let columns = classes.quasi.compactMap { names.firstIndex(of: $0) }.sorted()
      let terms = GateTerms(
        name: path, format: format, delimiter: UInt8(ascii: isExcel ? ";" : ","),
        names: columns.map { names[$0] } + [SidecarSink.evidence(0)])
      let recount = SidecarRecount(
        table: table, tableBytes: bytes,
        sidecar: StagedRows(terms: terms, path: path) { try FileDigest.source(path) },
        sidecarBytes: nil)
      guard let found = try? recount.persons(classes.k, columns), found.strangers == 0 else {
        return .changed
      }
      if found.tooSmall > 0 {
        return .broken(
          RecountMessages.smallClasses(table.terms.name, classes: found.tooSmall, k: classes.k))
      }
      return .proven(classes.told)
    }
  }
}
