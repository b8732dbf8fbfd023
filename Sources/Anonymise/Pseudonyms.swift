import Crypto
import Tabular

/// Pseudonyms of the values of one domain: HMAC-SHA-256 over the scope and the domain, each with
/// its length before it as eight bytes, the highest first, and the value's UTF-8 in NFC.
public struct Pseudonyms: Sendable {
  /// How a pseudonym is written.
  public enum Format: String, Sendable, CaseIterable {
    /// Digits and a–f: four bits a character.
    case hex
    /// a–z and 2–7 (RFC 4648, small letters): five bits a character.
    case base32

    /// The characters that the whole hash fills.
    public var longest: Int {
      switch self {
      case .hex: 64
      case .base32: 51
      }
    }
  }

  private let base: HMAC<SHA256>
  private let format: Format
  private let length: Int

  /// - Parameters:
  ///   - key: secret, at least 32 bytes.
  ///   - scope: what the pseudonyms are for; others have other pseudonyms.
  ///   - domain: what the values are; equal values of other domains have other pseudonyms.
  ///   - length: characters, at most `format.longest`.
  public init(key: [UInt8], scope: String, domain: String, format: Format, length: Int) {
    var base = HMAC<SHA256>(key: SymmetricKey(data: key))
    for part in [scope, domain] {
      let bytes = Array(part.utf8)
      base.update(data: (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (56 - 8 * $0)) })
      base.update(data: bytes)
    }
    (self.base, self.format, self.length) = (base, format, length)
  }

  /// Appends the pseudonym of a value.
  /// - Parameter value: UTF-8, in any normal form.
  public func append(of value: Span<UInt8>, to out: inout [UInt8]) {
    var normal: [UInt8] = []
    Normalisation.nfc(value, to: &normal)
    var hash = base
    hash.update(data: normal)
    let digest = Array(hash.finalize())
    switch format {
    case .hex:
      for place in 0..<length {
        let byte = digest[place / 2]
        out.append(Pseudonyms.hexDigits[Int(place % 2 == 0 ? byte >> 4 : byte & 15)])
      }
    case .base32:
      for place in 0..<length {
        let first = place * 5
        let high = UInt16(digest[first / 8]) << 8
        let low = first / 8 + 1 < digest.count ? UInt16(digest[first / 8 + 1]) : 0
        let five = ((high | low) >> UInt16(11 - first % 8)) & 31
        out.append(Pseudonyms.base32Digits[Int(five)])
      }
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
  private static let base32Digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
