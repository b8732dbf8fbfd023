import Crypto
import Foundation
import GRDB
import StageKit
import Synchronization

/// Tables as they were published, in the ledger: for each release the counts of its cells under
/// keyed hashes of their names.
final class RunHistory: ReleaseHistory {
  private struct Offer {
    let table: String
    let cells: [[UInt8]]
    let counts: [ReleasedCount]
  }

  private let state: String
  private let started: Date
  private let offers = Mutex<[Offer]>([])

  /// - Parameter state: the project's state folder.
  init(state: String, started: Date) { (self.state, self.started) = (state, started) }

  func earlier(_ table: String, _ cells: [[UInt8]]) throws -> [EarlierRelease] {
    try Ledger(folder: state).database.read { db in
      let key = try Self.key(db)
      var places: [String: Int] = [:]
      for (index, cell) in cells.enumerated() { places[Self.name(cell, key)] = index }
      var found: [(id: Int64, counts: [ReleasedCount?], hasOthers: Bool)] = []
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT release, cell, count, hidden FROM released "
          + "WHERE release IN (SELECT id FROM release WHERE name = ?) ORDER BY release, cell",
        arguments: [table])
      while let row = try rows.next() {
        let id: Int64 = row["release"]
        if found.last?.id != id {
          found.append((id, [ReleasedCount?](repeating: nil, count: cells.count), false))
        }
        let count = ReleasedCount(count: row["count"], isHidden: row["hidden"])
        let last = found.count - 1
        if let place = places[row["cell"]] {
          found[last].counts[place] = count
        } else if count.count > 0 {
          found[last].hasOthers = true
        }
      }
      return found.map { EarlierRelease(counts: $0.counts, hasOthers: $0.hasOthers) }
    }
  }

  func offer(_ table: String, _ cells: [[UInt8]], _ counts: [ReleasedCount]) {
    offers.withLock { $0.append(Offer(table: table, cells: cells, counts: counts)) }
  }

  /// Remembers what was offered: when everything has been checked, before anything is published, so
  /// that nothing can be published that is not remembered.
  func commit() throws {
    let offers = offers.withLock { $0 }
    guard !offers.isEmpty else { return }
    try Ledger(folder: state).database.write { db in
      let key = try Self.key(db)
      for offer in offers { try Self.record(offer, key, started, db) }
    }
  }

  private static func record(
    _ offer: Offer, _ key: SymmetricKey, _ started: Date, _ db: Database
  ) throws {
    var cells: [String: ReleasedCount] = [:]
    for (cell, count) in zip(offer.cells, offer.counts) { cells[name(cell, key)] = count }
    if try isLatest(cells, of: offer.table, db) { return }
    try db.execute(
      sql: "INSERT INTO release (name, started) VALUES (?, ?)",
      arguments: [offer.table, started.formatted(.iso8601)])
    let id = db.lastInsertedRowID
    for (cell, count) in cells.sorted(by: { $0.key < $1.key }) {
      try db.execute(
        sql: "INSERT INTO released (release, cell, count, hidden) VALUES (?, ?, ?, ?)",
        arguments: [id, cell, count.count, count.isHidden])
    }
  }

  /// Whether the last release was the same: then it is none of its own.
  private static func isLatest(
    _ cells: [String: ReleasedCount], of table: String, _ db: Database
  ) throws -> Bool {
    var latest: [String: ReleasedCount] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT cell, count, hidden FROM released "
        + "WHERE release = (SELECT max(id) FROM release WHERE name = ?)", arguments: [table])
    while let row = try rows.next() {
      latest[row["cell"]] = ReleasedCount(count: row["count"], isHidden: row["hidden"])
    }
    return !latest.isEmpty && latest == cells
  }

  private static func key(_ db: Database) throws -> SymmetricKey {
    SymmetricKey(data: try Data.fetchOne(db, sql: "SELECT value FROM salt") ?? Data())
  }

  private static func name(_ cell: [UInt8], _ key: SymmetricKey) -> String {
    HMAC<SHA256>.authenticationCode(for: cell, using: key).map(StateFolder.hex).joined()
  }
}
