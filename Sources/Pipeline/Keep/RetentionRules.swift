import Foundation
import StageKit
import Tabular

/// How long a charter has things kept, in days; nil for without end.
struct RetentionRules {
  var outputs: [String: Int] = [:]
  var rejects: Int?
  var vault: Int?
  var ledger: Int?
  /// Of releases of persons' rows that are remembered.
  var releases: Int?
  /// Folder of reject files, absolute.
  var rejectFolder: String?

  /// - Parameters:
  ///   - file: the charter; nil for the one that `octroi.yml` at the root names.
  ///   - root: the project's.
  /// - Throws: `RunError` when there is none or it cannot be read.
  static func read(_ file: String?, root: String) throws -> RetentionRules {
    let (charter, files) = try ProjectCharter.read(file, root: root)
    var rules = RetentionRules()
    for entry in charter["audiences"]?.entries ?? [] {
      rules.outputs[entry.key] = entry.value["retention_days"]?.integer
    }
    rules.rejects = charter["rejects"]?["retention_days"]?.integer
    rules.rejectFolder = charter["rejects"]?["folder"].flatMap { files.resolve($0) }
    rules.vault = charter["retention"]?["vault_days"]?.integer
    rules.ledger = charter["retention"]?["ledger_days"]?.integer
    rules.releases = charter["retention"]?["releases_days"]?.integer
    return rules
  }
}
