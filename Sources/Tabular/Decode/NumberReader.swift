/// Reads one number in all its spellings: signs, affixes, groups, an exponent.
struct NumberReader {
  private var position: Int
  private var end: Int
  private var negative = false
  /// The digits after leading zeros; right as long as `count` is at most 18.
  private var digits: UInt64 = 0
  /// How many digits those are; digits of the fraction always count.
  private var count = 0
  private var scale = 0
  private var exponent = 0
  private var sawDigit = false
  /// Whether `text` is wanted.
  var keepsText = false
  /// The number in ASCII, ungrouped, with a point.
  private(set) var text: [UInt8] = []

  init(_ range: Range<Int>) { (position, end) = (range.lowerBound, range.upperBound) }

  /// The value, or nil when it has more than 18 digits.
  var parsed: NumberFormat.Parsed? {
    guard count <= 18 else { return nil }
    var (digits, scale) = (digits, scale - exponent)
    // Trailing zeros of a number with an exponent say nothing.
    if exponent != 0 {
      while digits != 0, digits % 10 == 0 {
        digits /= 10
        scale -= 1
      }
      if digits == 0 { scale = 0 }
      while scale < 0 {
        guard digits < 100_000_000_000_000_000 else { return nil }
        digits *= 10
        scale += 1
      }
    }
    guard scale <= 18 else { return nil }
    let value = Int64(truncatingIfNeeded: digits)
    return NumberFormat.Parsed(digits: negative ? -value : value, scale: scale)
  }

  /// Whether the whole text is a number; affixes may stand before and after, and around the sign.
  mutating func read(_ bytes: Span<UInt8>, _ format: NumberFormat, exponent: Bool) -> Bool {
    if !format.affixes.isEmpty {
      stripBefore(bytes, format)
      stripAfter(bytes, format)
    }
    if readSign(bytes, format), !format.affixes.isEmpty { stripBefore(bytes, format) }
    if keepsText, negative { text.append(UInt8(ascii: "-")) }
    guard readWhole(bytes, format), readFraction(bytes, format) else { return false }
    if exponent, position < end, !readExponent(bytes) { return false }
    return position == end
  }

  /// Passes over affixes and the blanks after them.
  private mutating func stripBefore(_ bytes: Span<UInt8>, _ format: NumberFormat) {
    while let length = format.affixes.lengthOfFirst(where: { starts(bytes, with: $0) }) {
      position += length
      while let blank = format.blanks.lengthOfFirst(where: { starts(bytes, with: $0) }) {
        position += blank
      }
    }
  }

  private mutating func stripAfter(_ bytes: Span<UInt8>, _ format: NumberFormat) {
    while let length = format.affixes.lengthOfFirst(where: { ends(bytes, with: $0) }) {
      end -= length
      while let blank = format.blanks.lengthOfFirst(where: { ends(bytes, with: $0) }) {
        end -= blank
      }
    }
  }

  private func starts(_ bytes: Span<UInt8>, with text: [UInt8]) -> Bool {
    // Something must be left.
    guard text.count < end - position else { return false }
    for index in text.indices where bytes[position + index] != text[index] { return false }
    return true
  }

  private func ends(_ bytes: Span<UInt8>, with text: [UInt8]) -> Bool {
    guard text.count < end - position else { return false }
    let start = end - text.count
    for index in text.indices where bytes[start + index] != text[index] { return false }
    return true
  }

  private mutating func readSign(_ bytes: Span<UInt8>, _ format: NumberFormat) -> Bool {
    guard position < end else { return false }
    if bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+") {
      negative = bytes[position] == UInt8(ascii: "-")
      position += 1
      return true
    }
    if let length = format.minusSigns.lengthOfFirst(where: { starts(bytes, with: $0) }) {
      negative = true
      position += length
      return true
    }
    return false
  }

  /// Digits before the mark: none, or some, or groups of three after the first with one mark
  /// between all of them.
  private mutating func readWhole(_ bytes: Span<UInt8>, _ format: NumberFormat) -> Bool {
    let lead = readDigits(bytes, isFraction: false)
    guard position < end, lead > 0,
      let mark = format.groupMarks.first(where: { starts(bytes, with: $0) }),
      mark != [format.decimalMark]
    else { return true }
    guard lead <= 3 else { return false }
    while starts(bytes, with: mark) {
      position += mark.count
      guard readDigits(bytes, isFraction: false) == 3 else { return false }
    }
    return true
  }

  private mutating func readFraction(_ bytes: Span<UInt8>, _ format: NumberFormat) -> Bool {
    guard position < end, bytes[position] == format.decimalMark else { return sawDigit }
    position += 1
    if keepsText { text.append(UInt8(ascii: ".")) }
    let fraction = readDigits(bytes, isFraction: true)
    scale = fraction
    return fraction > 0
  }

  private mutating func readDigits(_ bytes: Span<UInt8>, isFraction: Bool) -> Int {
    let start = position
    while position < end {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      if digits != 0 || digit != 0 || isFraction { count += 1 }
      digits = digits &* 10 &+ UInt64(digit)
      if keepsText { text.append(bytes[position]) }
      position += 1
    }
    if position > start { sawDigit = true }
    return position - start
  }

  private mutating func readExponent(_ bytes: Span<UInt8>) -> Bool {
    guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return false }
    position += 1
    var sign = 1
    if position < end, bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
    {
      if bytes[position] == UInt8(ascii: "-") { sign = -1 }
      position += 1
    }
    let start = position
    var value = 0
    while position < end, bytes[position] &- UInt8(ascii: "0") < 10 {
      // Past all that a number can have, it stays so.
      value = min(value * 10 + Int(bytes[position] &- UInt8(ascii: "0")), 100_000)
      position += 1
    }
    guard position > start else { return false }
    exponent = sign * value
    if keepsText { text += Array("e\(exponent)".utf8) }
    return true
  }
}

extension NumberFormat {
  /// Blanks that may stand between a number and its unit: the space, and what groups digits.
  fileprivate var blanks: [[UInt8]] {
    groupMarks.filter { $0 != [UInt8(ascii: ".")] && $0 != [UInt8(ascii: ",")] } + [[32]]
  }
}

extension [[UInt8]] {
  fileprivate func lengthOfFirst(where matches: ([UInt8]) -> Bool) -> Int? {
    first(where: matches)?.count
  }
}
