import Tabular

/// Remembers which random token stands for which value, so that who holds the scope's key can tell
/// whose it is.
public protocol TokenVault: Sendable {
  /// The tokens of one scope and domain.
  /// - Throws: `OperatorError` without the scope's key, or with another than the vault's.
  func book(scope: String, domain: String) throws -> any TokenBook
}

/// Tokens of one scope and domain; used from several threads.
public protocol TokenBook: AnyObject, Sendable {
  /// The 32 random bytes that stand for a value, drawn when it is new.
  /// - Parameter value: UTF-8 in NFC.
  func token(of value: [UInt8]) throws -> [UInt8]
}

/// Where there is no vault.
public struct NoVault: TokenVault {
  public init() {}

  public func book(scope: String, domain: String) throws -> any TokenBook {
    throw OperatorError(
      Message(en: "tokens need a vault", fr: "les jetons demandent un coffre"))
  }
}

/// How a stage turns values into pseudonyms, for whoever must find a person's again.
public struct PseudonymUse: Sendable, Hashable {
  /// Where they come from.
  public enum Kind: String, Sendable {
    /// Computed under a key.
    case keyed
    /// Drawn at random and kept in the vault.
    case vault
  }

  public let kind: Kind
  public let scope: String
  public let domain: String
  public let format: String
  public let length: Int
  /// The key's number; nil for the newest.
  public let key: Int?

  public init(
    _ kind: Kind, scope: String, domain: String, format: String, length: Int, key: Int? = nil
  ) {
    (self.kind, self.scope, self.domain) = (kind, scope, domain)
    (self.format, self.length, self.key) = (format, length, key)
  }
}

/// A stage that makes values of some fields tell less, under the same names.
public protocol FieldTreating: Stage {
  var treatedFields: [String] { get }
}

/// A stage that draws on the key of a scope: whoever has it foresees the draws.
public protocol KeyDrawing: Stage {
  /// Nil where it draws on none.
  var drawnScope: String? { get }
}

/// A stage that makes pseudonyms or tokens.
public protocol PseudonymMaking: FieldTreating {
  var pseudonymUses: [PseudonymUse] { get }
}
