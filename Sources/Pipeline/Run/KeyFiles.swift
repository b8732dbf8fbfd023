import Foundation
import Glibc
import StageKit
import Tabular

/// Keys of pseudonym scopes, from the environment or from files that nobody else can read.
struct KeyFiles: KeySource {
  /// Folder of `SCOPE.key` files.
  let folder: String

  func key(scope: String) throws -> [UInt8] {
    let name = scope.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    let variable = "OCTROI_KEY_" + name
    let file = folder + "/" + scope.filter { $0 != "/" } + ".key"
    if let text = ProcessInfo.processInfo.environment[variable] {
      return try decode(text, scope)
    }
    var info = stat()
    guard stat(file, &info) == 0, let data = FileManager.default.contents(atPath: file) else {
      throw OperatorError(RunMessages.noKey(scope, variable: variable, file: file))
    }
    guard info.st_mode & 0o077 == 0 else { throw OperatorError(RunMessages.openKey(file)) }
    return try decode(String(decoding: data, as: UTF8.self), scope)
  }

  private func decode(_ text: String, _ scope: String) throws -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
    guard digits.count == text.filter({ !$0.isWhitespace }).count, digits.count >= 64,
      digits.count.isMultiple(of: 2)
    else { throw OperatorError(RunMessages.badKey(scope)) }
    return stride(from: 0, to: digits.count, by: 2).map {
      UInt8(digits[$0] << 4 | digits[$0 + 1])
    }
  }
}
