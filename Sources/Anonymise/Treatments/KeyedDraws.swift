import Crypto
import StageKit
import Tabular

/// Random draws that whoever holds the key can repeat and nobody else can foresee: HMAC-SHA-256
/// over the scope, what is drawn for, and the values that name a row, each with its length or type
/// before it.
struct KeyedDraws: Sendable {
  private let base: HMAC<SHA256>

  /// - Parameters:
  ///   - key: secret, at least 32 bytes.
  ///   - purpose: what is drawn; draws for another purpose are independent.
  init(key: [UInt8], scope: String, purpose: [String]) {
    var base = HMAC<SHA256>(key: SymmetricKey(data: key))
    for part in ["octroi draws 1", scope] + purpose {
      base.update(data: Self.counted(Array(part.utf8)))
    }
    self.base = base
  }

  /// Bits for one row.
  func randomness(of row: [UInt8]) -> Randomness {
    var seeded = base
    seeded.update(data: row)
    return Randomness(seeded)
  }

  /// One number for one row, uniform over 64 bits.
  func number(of row: [UInt8]) -> UInt64 {
    var randomness = randomness(of: row)
    return randomness.next()
  }

  /// The bits of one row, without end: a hash for every four numbers, told apart by a counter.
  struct Randomness: RandomNumberGenerator {
    private let seeded: HMAC<SHA256>
    private var counter: UInt64 = 0
    private var words: [UInt64] = []

    fileprivate init(_ seeded: HMAC<SHA256>) { self.seeded = seeded }

    mutating func next() -> UInt64 {
      if words.isEmpty {
        var hash = seeded
        hash.update(data: KeyedDraws.bytes(counter))
        counter += 1
        var word: UInt64 = 0
        for (place, byte) in hash.finalize().enumerated() {
          word = word << 8 | UInt64(byte)
          if place % 8 == 7 { words.append(word) }
        }
      }
      return words.removeLast()
    }
  }

  static func bytes(_ word: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
  }

  static func counted(_ bytes: [UInt8]) -> [UInt8] { Self.bytes(UInt64(bytes.count)) + bytes }

  /// Appends a value so that no two rows of different values are alike; equal decimals of
  /// different scales are alike.
  /// - Returns: false for null.
  static func append(_ column: Column, _ row: Int, to bytes: inout [UInt8]) -> Bool {
    switch column.value(row) {
    case .null: return false
    case .text(let text):
      var normal: [UInt8] = []
      Normalisation.nfc(Array(text.utf8).span, to: &normal)
      bytes += [1] + counted(normal)
    case .boolean(let value): bytes += [2, value ? 1 : 0]
    case .integer(let value):
      bytes += [3] + Self.bytes(UInt64(bitPattern: value))
    case .decimal(let value):
      let trimmed = value.trimmed
      bytes += [4] + counted(Array("\(trimmed.digits)/\(trimmed.scale)".utf8))
    case .double(let value): bytes += [5] + Self.bytes(value.bitPattern)
    case .date(let days): bytes += [6] + Self.bytes(UInt64(bitPattern: Int64(days)))
    case .datetime(let micros, let zoned):
      bytes += [zoned ? 8 : 7] + Self.bytes(UInt64(bitPattern: micros))
    }
    return true
  }
}

extension KeyedDraws {
  /// With the key of a scope, which is wiped when the draws are made.
  /// - Throws: `OperatorError` when there is none, or a short one.
  init(_ keys: any KeySource, scope: String, purpose: [String]) throws {
    var key = try keys.key(scope: scope)
    defer { Secrecy.wipe(&key) }
    guard key.count >= 32 else { throw OperatorError(TreatmentMessages.shortKey(scope)) }
    self.init(key: key, scope: scope, purpose: purpose)
  }
}
