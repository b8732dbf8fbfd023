import Foundation
import Glibc
import StageKit
import Tabular

/// Keys of pseudonym scopes, from the environment or from files that nobody else can read.
///
/// A scope's first key lies in `SCOPE@1.key` (or, made by hand, in `SCOPE.key`), the next in
/// `SCOPE@2.key`; the one of the highest number is the newest.
struct KeyFiles: KeySource {
  /// Folder of the key files.
  let folder: String
  /// Where the charter has scopes' keys come from.
  private let places: [String: Charter.KeyPlace]

  /// The folder named by `OCTROI_KEYS`, else one in the project's state.
  /// - Parameter charter: which scope's keys may come from where; nil for from anywhere.
  init(_ state: StateFolder, _ charter: Charter? = nil) {
    places = (charter?.scopes ?? [:]).compactMapValues(\.key)
    folder = ProcessInfo.processInfo.environment["OCTROI_KEYS"] ?? state.path + "/keys"
  }

  func key(scope: String) throws -> [UInt8] { try key(scope: scope, id: nil) }

  func key(scope: String, id: Int?) throws -> [UInt8] {
    Secrecy.forbidMemoryImages()
    let variable = Self.variable(scope) + (id.map { "_V\($0)" } ?? "")
    let place = places[scope]
    if let text = getenv(variable) {
      if place == .files { throw OperatorError(RunMessages.keyBelongs(scope, .files, variable)) }
      var bytes = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
      return try Self.decode(&bytes, scope)
    }
    if place == .environment {
      throw OperatorError(RunMessages.keyBelongs(scope, .environment, variable))
    }
    let file = self.file(scope, id) ?? path(scope, id ?? 1)
    var bytes = try Self.content(file) {
      OperatorError(RunMessages.noKey(scope, variable: variable, file: file))
    }
    return try Self.decode(&bytes, scope)
  }

  /// The environment's variable of a scope's newest key.
  static func variable(_ scope: String) -> String {
    "OCTROI_KEY_"
      + scope.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
  }

  /// Where a key of this number is to lie.
  func path(_ scope: String, _ id: Int) -> String {
    "\(folder)/\(Self.fileName(scope))@\(id).key"
  }

  /// The file of a scope's key, if there is one.
  /// - Parameter id: nil for the newest.
  func file(_ scope: String, _ id: Int?) -> String? {
    let own = ids(scope)
    guard let id = id ?? own.max(), own.contains(id) else { return nil }
    let numbered = path(scope, id)
    return access(numbered, F_OK) == 0 ? numbered : plainPath(scope)
  }

  /// The numbers of a scope's keys in files, ascending.
  func ids(_ scope: String) -> [Int] {
    var ids = Set(all().filter { $0.scope == scope }.map(\.id))
    if access(plainPath(scope), F_OK) == 0 { ids.insert(1) }
    return ids.sorted()
  }

  /// All keys in files, by scope and number.
  func all() -> [(scope: String, id: Int)] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    var found: [(scope: String, id: Int)] = []
    for name in names where name.hasSuffix(".key") && !name.hasPrefix(".") {
      let parts = name.dropLast(4).split(separator: "@", omittingEmptySubsequences: false)
      let id = parts.count == 2 ? Int(parts[1]) : 1
      guard let scope = String(parts[0]).removingPercentEncoding, let id, id > 0, parts.count < 3,
        !found.contains(where: { $0 == (scope, id) })
      else { continue }
      found.append((scope, id))
    }
    return found.sorted { ($0.scope, $0.id) < ($1.scope, $1.id) }
  }

  /// A key file that somebody wrote by hand.
  private func plainPath(_ scope: String) -> String { "\(folder)/\(Self.fileName(scope)).key" }

  /// A scope as a file may be called: letters, digits, `.`, `_` and `-`, not at the start a `.`,
  /// the rest in percent code.
  private static func fileName(_ scope: String) -> String {
    let plain = CharacterSet(charactersIn: "-._").union(.alphanumerics)
    let name = scope.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    return name.hasPrefix(".") ? "%2E" + name.dropFirst() : name
  }

  /// The bytes of a key file that only its owner, who runs this or is root, can read.
  static func content(_ file: String, orElse missing: () -> OperatorError) throws -> [UInt8] {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw missing() }
      throw OperatorError(RunError.machine(RunMessages.open, file, errno).message)
    }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { throw missing() }
    guard info.st_mode & 0o077 == 0, info.st_uid == geteuid() || info.st_uid == 0 else {
      throw OperatorError(RunMessages.openKey(file))
    }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &bytes, bytes.count)
    guard count >= 0 else {
      throw OperatorError(RunError.machine(RunMessages.open, file, errno).message)
    }
    defer { Secrecy.wipe(&bytes) }
    return Array(bytes[..<count])
  }

  /// A key from hexadecimal digits; lines that begin with `#` and white space say nothing.
  /// - Parameter text: wiped.
  static func decode(_ text: inout [UInt8], _ scope: String) throws -> [UInt8] {
    defer { Secrecy.wipe(&text) }
    var key: [UInt8] = []
    key.reserveCapacity(text.count / 2)
    var (high, isComment, isLineStart) = (UInt8?.none, false, true)
    for byte in text {
      if byte == UInt8(ascii: "\n") {
        (isComment, isLineStart) = (false, true)
        continue
      }
      if isLineStart, byte == UInt8(ascii: "#") { isComment = true }
      isLineStart = false
      if isComment || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 13 {
        continue
      }
      guard let digit = Self.digit(byte) else {
        Secrecy.wipe(&key)
        throw OperatorError(RunMessages.badKey(scope))
      }
      if let first = high {
        key.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard high == nil, key.count >= 32 else {
      Secrecy.wipe(&key)
      throw OperatorError(RunMessages.badKey(scope))
    }
    return key
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
