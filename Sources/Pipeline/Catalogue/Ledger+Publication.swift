import GRDB

extension Ledger {
  /// When a table was published, as far as the ledger goes back; ISO 8601, UTC.
  struct PublicationDates: Sendable, Hashable {
    /// The start of the first run that published it.
    let first: String
    /// The start of the run since which its content has been what it is.
    let changed: String
  }

  /// - Returns: nil where no run that ended well is remembered.
  func dates(of path: String) throws -> PublicationDates? {
    try database.read { db in
      let runs = try Row.fetchAll(
        db,
        sql: "SELECT started, content_sha256 FROM output JOIN run ON run.id = output.run "
          + "WHERE outcome = 0 AND path = ? ORDER BY run.id DESC", arguments: [path])
      guard let latest = runs.first, let oldest = runs.last else { return nil }
      let content: String = latest["content_sha256"]
      let same = runs.prefix { row in (row["content_sha256"] as String) == content }
      return PublicationDates(first: oldest["started"], changed: (same.last ?? latest)["started"])
    }
  }
}
