import Crypto
import Foundation
import GRDB
import Glibc
import StageKit
import Synchronization
import Tabular

/// The project's vault (`vault.sqlite`, 0600): tokens with the values that they stand for. Values
/// are sealed, and looked up by an HMAC, under a key of the vault's own for each scope, which is
/// itself sealed under the scope's key: the file alone tells nothing.
package final class Vault: TokenVault {
  static let name = "/vault.sqlite"

  let database: DatabaseQueue
  private let keys: any KeySource
  /// Day of use (ISO 8601) that rows get.
  private let day: String
  private let books = Mutex<[String: VaultBook]>([:])

  /// - Parameters:
  ///   - path: the database; nil for one in memory, for those who only look.
  ///   - day: of use, as ISO 8601.
  package init(path: String?, keys: any KeySource, day: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA secure_delete = ON") }
    if let path {
      try Self.refuseOpen(path)
      // Made by nobody else's mask.
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if file >= 0 {
        fchmod(file, 0o600)
        close(file)
      }
      database = try DatabaseQueue(path: path, configuration: configuration)
    } else {
      database = try DatabaseQueue(configuration: configuration)
    }
    (self.keys, self.day) = (keys, day)
    try database.write { try $0.execute(sql: Self.schema) }
  }

  /// A vault that others can read or change, or that lies elsewhere, is not used.
  static func refuseOpen(_ path: String) throws {
    var info = stat()
    guard lstat(path, &info) == 0 else { return }
    guard info.st_mode & S_IFMT == S_IFREG, info.st_mode & 0o077 == 0,
      info.st_uid == geteuid() || info.st_uid == 0
    else { throw OperatorError(VaultMessages.open(SpecFiles.shown(path))) }
  }

  private static let schema = """
    CREATE TABLE IF NOT EXISTS scope (scope TEXT PRIMARY KEY, sealed BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS token (
      scope TEXT NOT NULL, domain TEXT NOT NULL, lookup BLOB NOT NULL, token BLOB NOT NULL,
      sealed BLOB NOT NULL, used TEXT NOT NULL, PRIMARY KEY (scope, domain, lookup)
    ) WITHOUT ROWID;
    """

  package func book(scope: String, domain: String) throws -> any TokenBook {
    do { return try opened(scope, domain) } catch let error as DatabaseError {
      throw OperatorError(VaultMessages.unreadable(error.resultCode.rawValue))
    }
  }

  /// Makes the tokens that were drawn durable; before anything is published that shows them.
  func commit() throws {
    let books = books.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
    for book in books {
      let (drawn, seen) = book.takeNews()
      try database.write { db in
        let insert = try db.makeStatement(
          sql: "INSERT INTO token (scope, domain, lookup, token, sealed, used) "
            + "VALUES (?, ?, ?, ?, ?, ?)")
        for entry in drawn {
          try insert.execute(arguments: [
            book.scope, book.domain, Data(entry.lookup), Data(entry.token),
            try book.cipher.seal(entry.value, book.domain), day,
          ])
        }
        let update = try db.makeStatement(
          sql: "UPDATE token SET used = ?1 WHERE scope = ?2 AND domain = ?3 AND lookup = ?4 "
            + "AND used <> ?1")
        for lookup in seen {
          try update.execute(arguments: [day, book.scope, book.domain, Data(lookup)])
        }
      }
    }
  }

  private func opened(_ scope: String, _ domain: String) throws -> VaultBook {
    try books.withLock { books in
      let name = "\(scope.utf8.count):\(scope)\(domain)"
      if let book = books[name] { return book }
      let cipher = try cipher(scope)
      let known = try database.read { db in
        try Row.fetchAll(
          db, sql: "SELECT lookup, token FROM token WHERE scope = ? AND domain = ?",
          arguments: [scope, domain]
        ).map { (Array($0["lookup"] as Data), Array($0["token"] as Data)) }
      }
      let book = VaultBook(scope, domain, cipher, Dictionary(known) { first, _ in first })
      books[name] = book
      return book
    }
  }

  /// What a scope's values are sealed with, made when the scope is new. A vault that was sealed
  /// under an older key of the scope is sealed anew under the newest.
  package func cipher(_ scope: String) throws -> VaultCipher {
    var newest = try keys.key(scope: scope, id: nil)
    defer { Secrecy.wipe(&newest) }
    let sealed = try database.read { db in
      try Data.fetchOne(db, sql: "SELECT sealed FROM scope WHERE scope = ?", arguments: [scope])
    }
    guard let sealed else {
      var own: [UInt8] = []
      var random = SystemRandomNumberGenerator()
      for _ in 0..<32 { own.append(UInt8(truncatingIfNeeded: random.next())) }
      defer { Secrecy.wipe(&own) }
      try store(own, scope, newest)
      return VaultCipher(own)
    }
    if var own = VaultCipher.open(sealed, scope, newest) {
      defer { Secrecy.wipe(&own) }
      return VaultCipher(own)
    }
    for id in 1...Self.mostKeys {
      guard var older = try? keys.key(scope: scope, id: id) else { continue }
      defer { Secrecy.wipe(&older) }
      guard var own = VaultCipher.open(sealed, scope, older) else { continue }
      defer { Secrecy.wipe(&own) }
      try store(own, scope, newest)
      return VaultCipher(own)
    }
    throw OperatorError(VaultMessages.otherKey(scope))
  }

  /// Older keys of a scope that are tried.
  private static let mostKeys = 64

  private func store(_ own: [UInt8], _ scope: String, _ key: [UInt8]) throws {
    let sealed = try AES.GCM.seal(
      own, using: SymmetricKey(data: key.prefix(32)), authenticating: Array(scope.utf8))
    guard let combined = sealed.combined else { throw OperatorError(VaultMessages.otherKey(scope)) }
    try database.write { db in
      try db.execute(
        sql: "INSERT OR REPLACE INTO scope (scope, sealed) VALUES (?, ?)",
        arguments: [scope, combined])
    }
  }
}

/// Seals the values of one scope and makes what they are looked up by.
package struct VaultCipher: Sendable {
  private let values: SymmetricKey
  private let lookups: SymmetricKey

  init(_ own: [UInt8]) {
    let whole = SymmetricKey(data: own)
    func derived(_ what: String) -> SymmetricKey {
      HKDF<SHA256>.deriveKey(
        inputKeyMaterial: whole, info: Array("octroi vault \(what)".utf8), outputByteCount: 32)
    }
    (values, lookups) = (derived("values"), derived("lookups"))
  }

  static func open(_ sealed: Data, _ scope: String, _ key: [UInt8]) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let own = try? AES.GCM.open(
        box, using: SymmetricKey(data: key.prefix(32)), authenticating: Array(scope.utf8))
    else { return nil }
    return Array(own)
  }

  /// What a value is found by: 16 bytes.
  package func lookup(_ value: [UInt8], _ domain: String) -> [UInt8] {
    var code = HMAC<SHA256>(key: lookups)
    let domain = Array(domain.utf8)
    code.update(
      data: (0..<8).map { UInt8(truncatingIfNeeded: domain.count >> (56 - 8 * $0)) } + domain)
    code.update(data: value)
    return Array(code.finalize().prefix(16))
  }

  func seal(_ value: [UInt8], _ domain: String) throws -> Data {
    let box = try AES.GCM.seal(value, using: values, authenticating: Array(domain.utf8))
    guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
    return combined
  }

  /// - Returns: nil for what was sealed otherwise.
  package func unsealed(_ sealed: Data, _ domain: String) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed),
      let value = try? AES.GCM.open(box, using: values, authenticating: Array(domain.utf8))
    else { return nil }
    return Array(value)
  }
}

/// The tokens of one scope and domain, in memory: 48 bytes and a little for each value.
final class VaultBook: TokenBook {
  struct Entry {
    let lookup: [UInt8]
    let token: [UInt8]
    let value: [UInt8]
  }

  private struct State {
    var tokens: [[UInt8]: [UInt8]]
    var drawn: [Entry] = []
    var seen: Set<[UInt8]> = []
    var random = SystemRandomNumberGenerator()
  }

  let scope: String
  let domain: String
  let cipher: VaultCipher
  private let state: Mutex<State>

  init(
    _ scope: String, _ domain: String, _ cipher: VaultCipher, _ tokens: [[UInt8]: [UInt8]]
  ) {
    (self.scope, self.domain, self.cipher) = (scope, domain, cipher)
    state = Mutex(State(tokens: tokens))
  }

  func token(of value: [UInt8]) throws -> [UInt8] {
    let lookup = cipher.lookup(value, domain)
    return state.withLock { state in
      if let token = state.tokens[lookup] {
        state.seen.insert(lookup)
        return token
      }
      var token: [UInt8] = []
      for _ in 0..<4 {
        let word = state.random.next()
        for byte in 0..<8 { token.append(UInt8(truncatingIfNeeded: word >> (8 * byte))) }
      }
      state.tokens[lookup] = token
      state.drawn.append(Entry(lookup: lookup, token: token, value: value))
      return token
    }
  }

  /// What has come since the last time: tokens drawn, and older ones that were used.
  func takeNews() -> (drawn: [Entry], seen: Set<[UInt8]>) {
    state.withLock { state in
      let new = Set(state.drawn.map(\.lookup))
      let news = (state.drawn, state.seen.subtracting(new))
      (state.drawn, state.seen) = ([], [])
      return news
    }
  }
}

/// The vault as a run has it: opened when a stage first asks.
final class RunVault: TokenVault {
  private let path: String?
  private let keys: any KeySource
  private let day: String
  private let opened = Mutex<Vault?>(nil)

  /// - Parameter path: nil for one in memory.
  init(path: String?, keys: any KeySource, day: String) {
    (self.path, self.keys, self.day) = (path, keys, day)
  }

  func book(scope: String, domain: String) throws -> any TokenBook {
    let vault = try opened.withLock { opened in
      if let opened { return opened }
      do {
        let vault = try Vault(path: path, keys: keys, day: day)
        opened = vault
        return vault
      } catch let error as DatabaseError {
        throw OperatorError(VaultMessages.unreadable(error.resultCode.rawValue))
      }
    }
    return try vault.book(scope: scope, domain: domain)
  }

  func commit() throws { try opened.withLock { try $0?.commit() } }
}

/// What the vault says to people.
enum VaultMessages {
  static func otherKey(_ scope: String) -> Message {
    Message(
      en: "the vault of scope '\(scope)' was sealed under another key than those at hand",
      fr: "le coffre du domaine « \(scope) » a été scellé sous une autre clé que celles-ci")
  }

  static func open(_ path: String) -> Message {
    Message(
      en: "the vault '\(path)' is open to others, or no file of yours: find out who could read it, "
        + "then chmod 600 it",
      fr: "le coffre « \(path) » est ouvert à d’autres, ou n’est pas un fichier à vous : cherchez "
        + "qui a pu le lire, puis chmod 600")
  }

  static func unreadable(_ code: Int32) -> Message {
    Message(
      en: "the vault cannot be used (SQLite error \(code))",
      fr: "le coffre est inutilisable (erreur SQLite \(code))")
  }
}
