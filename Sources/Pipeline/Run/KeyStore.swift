import Crypto
import Foundation
import Glibc
import Tabular

/// Keeps the key files of a project: makes keys from the system's source of randomness, lists and
/// rotates them. A key is never shown.
public struct KeyStore {
  /// One key, without the key.
  public struct Entry: Sendable, Hashable {
    public let scope: String
    /// From 1; the highest of a scope is the one in use.
    public let id: Int
    /// The day on which it was made (ISO 8601, UTC); nil for a file written by hand.
    public let made: String?
    /// Tells keys apart and two copies alike: 32 bits of an HMAC under the key. It does not help
    /// to find the key or to compute a pseudonym. Nil when the file is refused.
    public let fingerprint: String?
    public let isNewest: Bool
    /// The variable that goes before the file, where it is set.
    public let variable: String?
    /// Why a run would refuse the file.
    public let trouble: Message?
  }

  private let files: KeyFiles
  private let root: String
  private let vault: String

  /// The folder of the key files, for messages.
  public var folder: String { files.folder }

  /// - Parameter root: the project's.
  /// - Throws: `RunError` when the state folder cannot be used.
  public init(root: String) throws {
    let state = try StateFolder(root: root)
    files = KeyFiles(state)
    (self.root, vault) = (root, state.path + Vault.name)
  }

  /// All keys in files, by scope and number.
  public func entries() -> [Entry] {
    let all = files.all()
    return all.map { key in
      entry(key.scope, key.id, isNewest: !all.contains { $0.scope == key.scope && $0.id > key.id })
    }
  }

  private struct Record: Encodable {
    let scope: String
    let id: Int
    let made: String?
    let fingerprint: String?
    let newest: Bool
    let variable: String?
    let trouble: String?
  }

  /// Keys for machines.
  public static func json(_ entries: [Entry], _ language: Language) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let records = entries.map {
      Record(
        scope: $0.scope, id: $0.id, made: $0.made, fingerprint: $0.fingerprint,
        newest: $0.isNewest, variable: $0.variable, trouble: $0.trouble?.text(language))
    }
    return String(decoding: try encoder.encode(records), as: UTF8.self) + "\n"
  }

  /// Makes a scope's first key.
  /// - Throws: `RunError` when it has one.
  public func make(_ scope: String) throws -> Entry {
    guard files.ids(scope).isEmpty else {
      throw RunError(.spec, KeyMessages.exists(scope), remedy: KeyMessages.rotateIt)
    }
    return try write(scope, 1)
  }

  /// Makes a scope's next key; the older ones stay, for the time of the overlap.
  /// - Throws: `RunError` when it has none.
  public func rotate(_ scope: String) throws -> Entry {
    guard let last = files.ids(scope).last else {
      throw RunError(.spec, KeyMessages.none(scope), remedy: KeyMessages.makeIt)
    }
    let made = try write(scope, last + 1)
    // The vault is sealed under the new key at once, so that the old one can be retired.
    try reseal(scope)
    return made
  }

  /// Ends the overlap: overwrites and removes an older key. Nobody can compute its pseudonyms
  /// again.
  /// - Throws: `RunError` when it is the newest, or not there.
  public func retire(_ scope: String, _ id: Int) throws {
    guard let path = files.file(scope, id) else {
      throw RunError(.spec, KeyMessages.none(scope), remedy: KeyMessages.listThem)
    }
    guard files.ids(scope).last != id else {
      throw RunError(.spec, KeyMessages.isNewest(scope, id), remedy: KeyMessages.rotateIt)
    }
    var info = stat()
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0, fstat(descriptor, &info) == 0 else {
      throw RunError.machine(RunMessages.open, path, errno)
    }
    let zeros = [UInt8](repeating: 0, count: Int(info.st_size))
    _ = Glibc.write(descriptor, zeros, zeros.count)
    fsync(descriptor)
    close(descriptor)
    guard unlink(path) == 0 else { throw RunError.machine(RunMessages.write, path, errno) }
    SafeFile.syncFolder(of: path)
  }

  private func reseal(_ scope: String) throws {
    guard FileManager.default.fileExists(atPath: vault) else { return }
    do {
      let vault = try Vault(path: vault, keys: files, day: "")
      if try vault.domains().contains(where: { $0.scope == scope }) { _ = try vault.cipher(scope) }
    } catch {
      throw RunError.explaining(error)
    }
  }

  private func write(_ scope: String, _ id: Int) throws -> Entry {
    guard !scope.isEmpty, scope.utf8.count <= 100, !scope.contains(where: \.isNewline) else {
      throw RunError(.spec, KeyMessages.badScope)
    }
    Secrecy.forbidMemoryImages()
    try prepareFolder()
    let day = Date().formatted(.iso8601.year().month().day())
    var bytes = Array("# octroi: secret key\n# scope: \(scope)\n# id: \(id)\n# made: \(day)\n".utf8)
    bytes.reserveCapacity(bytes.count + 65)
    defer { Secrecy.wipe(&bytes) }
    var random = SystemRandomNumberGenerator()
    let digits = Array("0123456789abcdef".utf8)
    for _ in 0..<64 { bytes.append(digits[Int(random.next() >> 60)]) }
    bytes.append(10)
    let path = files.path(scope, id)
    let part = path + ".\(getpid()).part"
    defer { unlink(part) }
    let file = try SafeFile(creating: part)
    try file.write(bytes)
    try file.finish()
    // A link fails where a file is, so that no key is ever written over.
    guard link(part, path) == 0 else { throw RunError.machine(RunMessages.make, path, errno) }
    SafeFile.syncFolder(of: path)
    return entry(scope, id, isNewest: true)
  }

  /// A folder of its owner's alone, not among the project's data.
  private func prepareFolder() throws {
    let real = { URL(filePath: $0).resolvingSymlinksInPath().path(percentEncoded: false) }
    if ProcessInfo.processInfo.environment["OCTROI_KEYS"] != nil,
      (real(folder) + "/").hasPrefix(real(root) + "/")
    {
      throw RunError(.spec, KeyMessages.inProject(folder), remedy: KeyMessages.elsewhere)
    }
    try SafeFile.makeFolder(folder, mode: 0o700)
    var info = stat()
    guard stat(folder, &info) == 0, info.st_mode & 0o077 == 0 else {
      throw RunError(.machine, KeyMessages.openFolder(folder))
    }
  }

  private func entry(_ scope: String, _ id: Int, isNewest: Bool) -> Entry {
    var (made, fingerprint, trouble) = (String?.none, String?.none, Message?.none)
    do {
      Secrecy.forbidMemoryImages()
      let file = files.file(scope, id) ?? files.path(scope, id)
      var text = try KeyFiles.content(file) { OperatorError(KeyMessages.none(scope)) }
      made = Self.day(text)
      var key = try KeyFiles.decode(&text, scope)
      defer { Secrecy.wipe(&key) }
      let code = HMAC<SHA256>.authenticationCode(
        for: Array("octroi key fingerprint".utf8), using: SymmetricKey(data: key))
      fingerprint = code.prefix(4).map { StateFolder.hex($0) }.joined()
    } catch {
      trouble = RunError.explaining(error).message
    }
    let names = [isNewest ? KeyFiles.variable(scope) : nil, KeyFiles.variable(scope) + "_V\(id)"]
    return Entry(
      scope: scope, id: id, made: made, fingerprint: fingerprint, isNewest: isNewest,
      variable: names.compactMap { $0 }.first { getenv($0) != nil }, trouble: trouble)
  }

  /// What a key file's `# made:` says.
  private static func day(_ text: [UInt8]) -> String? {
    for line in text.split(separator: 10) where line.starts(with: "# made: ".utf8) {
      return String(decoding: line.dropFirst(8), as: UTF8.self)
    }
    return nil
  }
}

/// What `octroi keys` says to people.
enum KeyMessages {
  static func exists(_ scope: String) -> Message {
    Message(
      en: "the scope '\(scope)' has a key already",
      fr: "le domaine « \(scope) » a déjà une clé")
  }

  static func none(_ scope: String) -> Message {
    Message(
      en: "there is no such key of the scope '\(scope)'",
      fr: "il n’y a pas de telle clé du domaine « \(scope) »")
  }

  static func isNewest(_ scope: String, _ id: Int) -> Message {
    Message(
      en: "key \(id) of the scope '\(scope)' is the one in use",
      fr: "la clé \(id) du domaine « \(scope) » est celle qui sert")
  }

  static func inProject(_ folder: String) -> Message {
    Message(
      en: "OCTROI_KEYS '\(folder)' lies among the project's data",
      fr: "OCTROI_KEYS « \(folder) » est parmi les données du projet")
  }

  static func openFolder(_ folder: String) -> Message {
    Message(
      en: "the key folder '\(folder)' is open to others: chmod 700 it",
      fr: "le dossier de clés « \(folder) » est ouvert à d’autres : chmod 700")
  }

  static let badScope = Message(
    en: "a scope is a line of at most 100 bytes",
    fr: "un domaine d’emploi est une ligne d’au plus 100 octets")
  static let rotateIt = Message(
    en: "`octroi keys rotate` makes the next one", fr: "`octroi keys rotate` crée la suivante")
  static let makeIt = Message(
    en: "`octroi keys new` makes the first one", fr: "`octroi keys new` crée la première")
  static let listThem = Message(
    en: "`octroi keys list` shows them", fr: "`octroi keys list` les montre")
  static let elsewhere = Message(
    en: "name a folder outside of the project", fr: "donnez un dossier hors du projet")
}
