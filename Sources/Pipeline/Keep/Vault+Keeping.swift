import Foundation
import GRDB

/// What is done to a vault between runs.
extension Vault {
  /// What names a row.
  package struct Address: Sendable, Hashable {
    package let scope: String
    package let domain: String
    /// UTF-8 in NFC.
    package let value: [UInt8]

    package init(scope: String, domain: String, value: [UInt8]) {
      (self.scope, self.domain, self.value) = (scope, domain, value)
    }
  }

  /// One row, unsealed.
  package struct Kept: Sendable {
    package let domain: String
    package let token: [UInt8]
    package let value: [UInt8]
  }

  private static func existing(_ folder: String) throws -> DatabaseQueue? {
    guard FileManager.default.fileExists(atPath: folder + name) else { return nil }
    try refuseOpen(folder + name)
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    return try DatabaseQueue(path: folder + name, configuration: configuration)
  }

  /// Rows last used before a day (ISO 8601).
  static func rows(_ folder: String, before day: String) throws -> Int? {
    try existing(folder)?.read { db in
      try Int.fetchOne(db, sql: "SELECT count(*) FROM token WHERE used < ?", arguments: [day])
    }
  }

  /// Removes rows last used before a day, without a trace in the file.
  static func purge(_ folder: String, before day: String) throws {
    guard let database = try existing(folder) else { return }
    try database.write { try $0.execute(sql: "DELETE FROM token WHERE used < ?", arguments: [day]) }
    try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
  }

  /// Scopes and domains that it holds rows of.
  package func domains() throws -> [(scope: String, domain: String)] {
    try database.read { db in
      try Row.fetchAll(db, sql: "SELECT DISTINCT scope, domain FROM token ORDER BY 1, 2")
        .map { ($0["scope"], $0["domain"]) }
    }
  }

  /// The token of a value, if it has one.
  /// - Parameter value: UTF-8 in NFC.
  package func token(of value: [UInt8], scope: String, domain: String) throws -> [UInt8]? {
    let lookup = try cipher(scope).lookup(value, domain)
    return try database.read { db in
      try Data.fetchOne(
        db, sql: "SELECT token FROM token WHERE scope = ? AND domain = ? AND lookup = ?",
        arguments: [scope, domain, Data(lookup)]
      ).map { Array($0) }
    }
  }

  /// Removes the rows of values, all or none of them: nobody can tell any more whose their tokens
  /// are.
  package func forget(_ rows: [Address]) throws {
    let lookups = try rows.map { try cipher($0.scope).lookup($0.value, $0.domain) }
    try database.write { db in
      for (row, lookup) in zip(rows, lookups) {
        try db.execute(
          sql: "DELETE FROM token WHERE scope = ? AND domain = ? AND lookup = ?",
          arguments: [row.scope, row.domain, Data(lookup)])
      }
    }
    try database.writeWithoutTransaction { try $0.execute(sql: "VACUUM") }
  }

  /// All rows of a scope, unsealed, for who holds its key.
  package func all(scope: String) throws -> [Kept] {
    let cipher = try cipher(scope)
    return try database.read { db in
      try Row.fetchAll(
        db, sql: "SELECT domain, token, sealed FROM token WHERE scope = ? ORDER BY domain, token",
        arguments: [scope]
      ).compactMap { row in
        let domain: String = row["domain"]
        return cipher.unsealed(row["sealed"], domain).map {
          Kept(domain: domain, token: Array(row["token"] as Data), value: $0)
        }
      }
    }
  }
}
