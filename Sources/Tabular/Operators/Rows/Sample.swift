/// Keeps each row with a given probability, decided by a fixed hash of seed and ordinal: the same
/// input and seed always draw the same rows.
///
/// The hash is SplitMix64's (Steele, Lea and Flood, 2014): the state `seed + (ordinal + 1) ·
/// 0x9E3779B97F4A7C15` through its finaliser; a row is kept when the hash is below fraction · 2⁶⁴.
public struct Sample: RowOperator {
  private let threshold: UInt64?
  private let seed: UInt64

  /// - Parameters:
  ///   - fraction: 0 keeps nothing, 1 everything; clamped to 0…1.
  ///   - seed: another seed draws other rows.
  public init(fraction: Decimal, seed: UInt64) {
    self.seed = seed
    // fraction · 2⁶⁴, one bit after the other.
    let whole = Decimal.powersOfTen[Swift.min(Swift.max(fraction.scale, 0), 18)]
    var remainder = Swift.max(fraction.digits, 0)
    var bits: UInt64 = 0
    if remainder < whole {
      for _ in 0..<64 {
        remainder *= 2
        bits <<= 1
        if remainder >= whole {
          remainder -= whole
          bits |= 1
        }
      }
      threshold = bits
    } else {
      threshold = nil
    }
  }

  /// The hash that decides, uniform over 64 bits.
  public static func hash(seed: UInt64, ordinal: Int64) -> UInt64 {
    var z = seed &+ (UInt64(bitPattern: ordinal) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  public func makeWorker() -> any RowWorker { Worker(threshold, seed) }

  private final class Worker: RowWorker {
    private let threshold: UInt64?
    private let seed: UInt64
    private(set) var tally = Tally()

    init(_ threshold: UInt64?, _ seed: UInt64) { (self.threshold, self.seed) = (threshold, seed) }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      guard let threshold else {
        tally.rowsOut += batch.rowCount
        return batch
      }
      var kept: [Int32] = []
      for row in 0..<batch.rowCount
      where Sample.hash(seed: seed, ordinal: batch.ordinal(row)) < threshold {
        kept.append(Int32(row))
      }
      tally.rowsOut += kept.count
      tally.left[RowWay.notSampled, default: 0] += batch.rowCount - kept.count
      return batch.gathered(kept)
    }
  }
}
