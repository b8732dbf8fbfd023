/// Eight ASCII bytes in a word, the first in the lowest byte, read as digits all at once.
enum EightDigits {
  /// 10^n for n in 0…8.
  static let powers: InlineArray<9, UInt64> = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  @inline(__always)
  static func areDigits(_ word: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    let over = word &+ 0x4646_4646_4646_4646
    let under = word &- 0x3030_3030_3030_3030
    return (word | over | under) & high == 0
  }

  /// Neighbours are joined three times: to four pairs, two quadruples, the number.
  @inline(__always)
  static func value(_ word: UInt64) -> UInt64 {
    var value = pairs(word.littleEndian)
    value = (value &* 100 &+ (value >> 16)) & 0x0000_FFFF_0000_FFFF
    return (value &* 10_000 &+ (value >> 32)) & 0xFFFF_FFFF
  }

  /// The numbers of two digits, each in sixteen bits, the first in the lowest.
  /// - Parameter word: digits, the first in the lowest byte.
  @inline(__always)
  static func pairs(_ word: UInt64) -> UInt64 {
    let digits = word &- 0x3030_3030_3030_3030
    return (digits &* 10 &+ (digits >> 8)) & 0x00FF_00FF_00FF_00FF
  }

  /// The number in the last bytes of a word, with a mark between its digits or not.
  /// - Parameters:
  ///   - length: how many bytes it has, 1…8.
  ///   - hasHead: whether digits stand before it, so that the mark may come first.
  /// - Returns: the digits, how many there are, and how many of them follow the mark; nil when
  ///   there is anything else.
  @inline(__always)
  static func marked(
    _ word: UInt64, _ length: Int, _ mark: UInt8, hasHead: Bool
  ) -> (value: UInt64, count: Int, scale: Int)? {
    // What stands before the number becomes zeros.
    let before = UInt64(truncatingIfNeeded: (8 &- length) &* 8)
    let zeros: UInt64 = 0x3030_3030_3030_3030
    var digits = word.littleEndian
    digits = ((digits &>> before) &<< before) | (zeros & ((1 &<< before) &- 1))
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    let differs = digits ^ (0x0101_0101_0101_0101 &* UInt64(mark))
    let marks = ~(((differs & low) &+ low) | differs | low)
    var scale = 0
    if marks != 0 {
      // The digits before the mark move up by one.
      let bits = UInt64(truncatingIfNeeded: marks.trailingZeroBitCount & ~7)
      guard bits < 56, hasHead || bits > before else { return nil }
      scale = 7 &- Int(bits >> 3)
      let front = digits & ((1 &<< bits) &- 1)
      let above = bits &+ 8
      digits = (front &<< 8) | ((digits &>> above) &<< above) | 0x30
    }
    guard areDigits(digits.littleEndian) else { return nil }
    return (value(digits.littleEndian), length &- (marks != 0 ? 1 : 0), scale)
  }
}
