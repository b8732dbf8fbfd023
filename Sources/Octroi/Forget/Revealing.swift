import Anonymise
import Foundation
import Pipeline
import Tabular

/// Tells whose tokens are, to who holds the scope's key and the vault.
public enum Revealing {
  /// A token with the value that it stands for.
  public struct Answer: Sendable, Hashable {
    public let token: String
    public let domain: String
    public let value: String
  }

  /// Answers in the order of the tokens; tokens that the vault does not know have none.
  /// - Throws: `RunError`.
  public static func answers(_ tokens: [String], scope: String, root: String) throws -> [Answer] {
    Secrecy.forbidMemoryImages()
    do {
      let state = try KeptState(root: root, day: "")
      let rows = try state.vault()?.all(scope: scope) ?? []
      var byStart: [String: [(text: String, row: Vault.Kept)]] = [:]
      for row in rows {
        for format in Pseudonyms.Format.allCases {
          var out: [UInt8] = []
          row.token.withUnsafeBytes { format.append($0, length: format.longest, to: &out) }
          let text = String(decoding: out, as: UTF8.self)
          byStart[String(text.prefix(shortest)), default: []].append((text, row))
        }
      }
      return tokens.flatMap { token in
        (byStart[String(token.prefix(shortest))] ?? []).filter {
          token.count >= shortest && $0.text.hasPrefix(token)
        }.map {
          Answer(
            token: token, domain: $0.row.domain,
            value: String(decoding: $0.row.value, as: UTF8.self))
        }
      }
    } catch let error as OperatorError {
      throw RunError(.refused, error.message)
    }
  }

  /// Characters that a token has at least.
  private static let shortest = 16
}
