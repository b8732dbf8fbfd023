/// `regexp_matches(text, pattern)`: whether some part of the text matches.
struct RegexMatchKernel: StrictKernel {
  let pattern: Pattern
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.boolean) }
    let results = try inputs[0].texts().perRow { pattern.matches($0, anchored: false) }
    return Vector(.boolean(results), validity, frame.lanes(inputs))
  }
}

/// `regexp_replace(text, pattern, replacement)`: every match, from left to right.
struct RegexReplaceKernel: StrictKernel {
  let pattern: Pattern
  let replacement: PatternReplacement
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    var matcher = PatternMatcher(pattern)
    let mapping = TextMapping(subject: inputs[0], others: [], frame: frame)
    return try mapping.run { text, _, out in replace(text, &matcher, &out) }
  }

  private func replace(
    _ text: Span<UInt8>, _ matcher: inout PatternMatcher, _ out: inout [UInt8]
  ) {
    guard pattern.matches(text, anchored: false) else { return out.append(text) }
    var copied = 0
    var position = 0
    while position <= text.count, matcher.find(in: text, from: position) {
      let (start, end) = (matcher.groups[0], matcher.groups[1])
      out.append(text.extracting(copied..<start))
      replacement.append(text, matcher.groups, to: &out)
      copied = end
      // An empty match lets one character pass.
      position = end > start ? end : end < text.count ? Utf8.scalar(text, end).next : end + 1
    }
    out.append(text.extracting(copied..<text.count))
  }
}

/// What stands in place of a match: text with `$1` for groups (`$0` for the whole), as in Spark.
struct PatternReplacement: Sendable {
  private enum Part: Sendable {
    case text([UInt8])
    case group(Int)
  }

  private var parts: [Part] = []

  /// - Throws: for a group that the pattern does not have, and for a stray `$` or `\`.
  init(_ text: String, groupCount: Int) throws(PatternError) {
    var literal: [UInt8] = []
    let bytes = Array(text.utf8)
    var position = 0
    while position < bytes.count {
      let start = position
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\\") {
        guard position < bytes.count, !bytes[position].isLetter, !bytes[position].isDigit else {
          throw PatternError(message: PatternMessages.badReference, offset: start, length: 1)
        }
        literal.append(bytes[position])
        position += 1
      } else if byte == UInt8(ascii: "$") {
        guard position < bytes.count, bytes[position].isDigit else {
          throw PatternError(message: PatternMessages.badReference, offset: start, length: 1)
        }
        var number = Int(bytes[position] - UInt8(ascii: "0"))
        position += 1
        // Further digits belong to the number as long as there is such a group.
        while position < bytes.count, bytes[position].isDigit {
          let longer = number * 10 + Int(bytes[position] - UInt8(ascii: "0"))
          guard longer <= groupCount else { break }
          number = longer
          position += 1
        }
        guard number <= groupCount else {
          throw PatternError(
            message: PatternMessages.noSuchGroup, offset: start, length: position - start)
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = []
        parts.append(.group(number))
      } else {
        literal.append(byte)
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
  }

  func append(_ text: Span<UInt8>, _ groups: [Int], to out: inout [UInt8]) {
    for part in parts {
      switch part {
      case .text(let bytes): out.append(contentsOf: bytes)
      case .group(let number):
        let (start, end) = (groups[2 * number], groups[2 * number + 1])
        if start >= 0, end >= start { out.append(text.extracting(start..<end)) }
      }
    }
  }
}
