/// How numbers are spelt in a column.
public struct NumberFormat: Sendable {
  /// Before the fraction.
  public let decimalMark: UInt8
  /// Between groups of three digits, as byte sequences of the file; empty when grouping is wrong.
  public let groupMarks: [[UInt8]]
  /// Texts such as `€` or `%` that may stand before or after the digits (Table Schema's
  /// `bareNumber: false`), as byte sequences of the file; their meaning is the schema's.
  public let affixes: [[UInt8]]
  /// Spellings of minus other than `-`, such as U+2212 in the file's encoding.
  public let minusSigns: [[UInt8]]

  public init(
    decimalMark: UInt8 = UInt8(ascii: "."), groupMarks: [[UInt8]] = [], affixes: [[UInt8]] = [],
    minusSigns: [[UInt8]] = [[0xe2, 0x88, 0x92]]
  ) {
    (self.decimalMark, self.groupMarks) = (decimalMark, groupMarks)
    (self.affixes, self.minusSigns) = (affixes, minusSigns)
  }

  /// A number as read: `digits / 10^scale`.
  struct Parsed {
    var digits: Int64
    var scale: Int
  }

  enum Outcome {
    case number(Parsed)
    case fault(DecodeFault)
  }

  /// Reads a number that is not empty.
  func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Outcome {
    var position = range.lowerBound
    var negative = false
    if bytes[position] == UInt8(ascii: "-") {
      negative = true
      position += 1
    } else if bytes[position] == UInt8(ascii: "+") {
      position += 1
    }
    var digits: Int64 = 0
    var count = 0
    var scale = 0
    var afterMark = false
    while position < range.upperBound {
      let byte = bytes[position]
      let digit = byte &- UInt8(ascii: "0")
      if digit < 10 {
        digits = digits &* 10 &+ Int64(digit)
        if digits != 0 || afterMark { count += 1 }
        if afterMark { scale += 1 }
        if count > 18 { return .fault(.numberTooLong) }
      } else if byte == decimalMark, !afterMark, position > range.lowerBound {
        afterMark = true
      } else {
        return irregular(bytes, range)
      }
      position += 1
    }
    let last = bytes[range.upperBound - 1] &- UInt8(ascii: "0")
    guard last < 10, count > 0 || digits == 0 else { return irregular(bytes, range) }
    return .number(Parsed(digits: negative ? -digits : digits, scale: scale))
  }

  /// Takes groups, affixes and other minus signs away, if they stand where they may, and tries
  /// again.
  private func irregular(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Outcome {
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    for index in range { text.append(bytes[index]) }
    var changed = stripAffixes(&text)
    for sign in minusSigns where text.starts(with: sign) {
      text.replaceSubrange(0..<sign.count, with: [UInt8(ascii: "-")])
      changed = true
      break
    }
    if let ungrouped = withoutGroups(text) {
      changed = changed || ungrouped.count != text.count
      text = ungrouped
    }
    guard changed, !text.isEmpty, NumberFormat.isPlain(text, decimalMark) else {
      return .fault(.badNumber)
    }
    return parse(text.span, 0..<text.count)
  }

  private static func isPlain(_ text: [UInt8], _ mark: UInt8) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    guard let first = rest.first, first &- 48 < 10, let last = rest.last, last &- 48 < 10 else {
      return false
    }
    return rest.count { $0 == mark } <= 1 && rest.allSatisfy { $0 &- 48 < 10 || $0 == mark }
  }

  private func stripAffixes(_ text: inout [UInt8]) -> Bool {
    var changed = false
    for affix in affixes {
      if text.count > affix.count, text.starts(with: affix) {
        text.removeFirst(affix.count)
        changed = true
      } else if text.count > affix.count, text.reversed().starts(with: affix.reversed()) {
        text.removeLast(affix.count)
        changed = true
      }
    }
    guard changed else { return false }
    // The blank between a number and its unit, of any kind that groups digits.
    var trimmed = true
    while trimmed {
      trimmed = false
      for blank in groupMarks + [[32]] where blank != [UInt8(ascii: ".")] {
        if text.count > blank.count, text.reversed().starts(with: blank.reversed()) {
          text.removeLast(blank.count)
          trimmed = true
        }
        if text.count > blank.count, text.starts(with: blank) {
          text.removeFirst(blank.count)
          trimmed = true
        }
      }
    }
    return true
  }

  /// The text without its group marks, or nil when they do not stand between triples.
  private func withoutGroups(_ text: [UInt8]) -> [UInt8]? {
    for mark in groupMarks {
      var result: [UInt8] = []
      var sinceMark: Int?
      var position = 0
      var lead = 0
      var sound = true
      var marks = 0
      while position < text.count, sound {
        if text[position...].starts(with: mark) {
          sound = sinceMark == nil ? (1...3).contains(lead) : sinceMark == 3
          sinceMark = 0
          marks += 1
          position += mark.count
          continue
        }
        let byte = text[position]
        if byte == decimalMark { break }
        if byte &- 48 < 10 {
          if let since = sinceMark { sinceMark = since + 1 } else { lead += 1 }
        }
        result.append(byte)
        position += 1
      }
      if marks > 0, sound, sinceMark == 3 { return result + text[position...] }
    }
    return nil
  }
}
