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

  // HMAC (RFC 2104) with both hashes begun: what every value shares is hashed once, and nothing
  // generic is left to do for each.
  private let inner: SHA256
  private let outer: SHA256
  private let format: Format
  private let length: Int

  /// - Parameters:
  ///   - key: secret, at least 32 bytes.
  ///   - scope: what the pseudonyms are for; others have other pseudonyms.
  ///   - domain: what the values are; equal values of other domains have other pseudonyms.
  ///   - length: characters, at most `format.longest`.
  public init(key: [UInt8], scope: String, domain: String, format: Format, length: Int) {
    var padded = key.count > SHA256.blockByteCount ? Array(SHA256.hash(data: key)) : key
    padded += [UInt8](repeating: 0, count: SHA256.blockByteCount - padded.count)
    var (inner, outer) = (SHA256(), SHA256())
    for place in padded.indices { padded[place] ^= 0x36 }
    inner.update(data: padded)
    for place in padded.indices { padded[place] ^= 0x36 ^ 0x5C }
    outer.update(data: padded)
    Secrecy.wipe(&padded)
    for part in [scope, domain] {
      let bytes = Array(part.utf8)
      inner.update(data: (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (56 - 8 * $0)) })
      inner.update(data: bytes)
    }
    (self.inner, self.outer, self.format, self.length) = (inner, outer, format, length)
  }

  /// Appends the pseudonym of a value.
  /// - Parameter value: UTF-8, in any normal form.
  public func append(of value: Span<UInt8>, to out: inout [UInt8]) {
    var hash = inner
    if Normalisation.isPlain(value) {
      value.withUnsafeBytes { hash.update(bufferPointer: $0) }
    } else {
      var normal: [UInt8] = []
      Normalisation.nfc(value, to: &normal)
      normal.withUnsafeBytes { hash.update(bufferPointer: $0) }
    }
    var whole = outer
    hash.finalize().withUnsafeBytes { whole.update(bufferPointer: $0) }
    whole.finalize().withUnsafeBytes { format.append($0, length: length, to: &out) }
  }
}

extension Pseudonyms.Format {
  /// Appends 32 bytes as they are written, cut.
  public func append(_ digest: UnsafeRawBufferPointer, length: Int, to out: inout [UInt8]) {
    switch self {
    case .hex:
      for place in 0..<length {
        let byte = digest[place / 2]
        out.append(Self.hexDigits[Int(place % 2 == 0 ? byte >> 4 : byte & 15)])
      }
    case .base32:
      for place in 0..<length {
        let first = place * 5
        let high = UInt16(digest[first / 8]) << 8
        let low = first / 8 + 1 < digest.count ? UInt16(digest[first / 8 + 1]) : 0
        let five = ((high | low) >> UInt16(11 - first % 8)) & 31
        out.append(Self.base32Digits[Int(five)])
      }
    }
  }

  private static let hexDigits = Array("0123456789abcdef".utf8)
  private static let base32Digits = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
}
