/// `length`: the number of Unicode scalars.
struct LengthKernel: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.integer) }
    let lengths = try inputs[0].texts().perRow { Int64(Utf8.count($0)) }
    return Vector(.integer(lengths), validity, frame.lanes(inputs))
  }
}

/// `trim`, `ltrim` and `rtrim`: without blanks (Unicode's white space, no-break spaces included)
/// or the given characters at the ends.
struct TrimKernel: StrictKernel {
  let atStart: Bool
  let atEnd: Bool
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let first = inputs.first else { throw .misplaced }
    let mapping = TextMapping(subject: first, others: Array(inputs.dropFirst()), frame: frame)
    guard inputs.count > 1 else {
      return try mapping.run { text, _, out in
        out.append(text.extracting(kept(text, TrimKernel.isBlank)))
      }
    }
    let sets = try inputs[1].texts()
    return try mapping.run { text, row, out in
      let set = sets.bytes.span.extracting(sets.range(inputs[1].index(row)))
      out.append(
        text.extracting(
          kept(text) { scalar in
            var position = 0
            while position < set.count {
              let (member, next) = Utf8.scalar(set, position)
              if member == scalar { return true }
              position = next
            }
            return false
          }))
    }
  }

  @inline(__always)
  private func kept(_ text: Span<UInt8>, _ goes: (UInt32) -> Bool) -> Range<Int> {
    var start = 0
    var end = text.count
    while atStart, start < end {
      let (scalar, next) = Utf8.scalar(text, start)
      guard goes(scalar) else { break }
      start = min(next, end)
    }
    while atEnd, end > start {
      let before = max(start, Utf8.previous(text, end))
      guard goes(Utf8.scalar(text, before).scalar) else { break }
      end = before
    }
    return start..<end
  }

  /// Unicode's White_Space.
  @inline(__always)
  static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }
}

/// `substr(text, start[, count])`: from 1; a negative start counts from the end, 0 is 1.
struct SubstringKernel: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let first = inputs.first else { throw .misplaced }
    let starts = try inputs[1].integers()
    let counts = inputs.count > 2 ? try inputs[2].integers() : nil
    let mapping = TextMapping(subject: first, others: Array(inputs.dropFirst()), frame: frame)
    return try mapping.run { text, row, out in
      let (from, to) = SubstringKernel.bounds(
        starts[row], counts?[row], length: { Int64(Utf8.count(text)) })
      guard from < to, from < text.count else { return }
      let start = SubstringKernel.offset(text, from: 0, skipping: from)
      let end = SubstringKernel.offset(text, from: start, skipping: to - from)
      out.append(text.extracting(start..<end))
    }
  }

  /// The scalars asked for, counted from 0. A start before the text uses up some of the count, as
  /// in Spark.
  @inline(__always)
  static func bounds(
    _ start: Int64, _ count: Int64?, length: () -> Int64
  ) -> (from: Int64, to: Int64) {
    let from =
      start > 0 ? start - 1 : start == 0 ? 0 : max(start, -Int64(Int32.max)) + length()
    guard let count else { return (max(0, from), Int64.max) }
    if count <= 0 { return (0, 0) }
    let (end, overflow) = from.addingReportingOverflow(count)
    return (max(0, from), overflow ? Int64.max : end)
  }

  /// The byte at which a scalar starts, or the end.
  @inline(__always)
  private static func offset(_ text: Span<UInt8>, from: Int, skipping: Int64) -> Int {
    var position = from
    var left = skipping
    while left > 0, position < text.count {
      position += 1
      while position < text.count, text[position] & 0xC0 == 0x80 { position += 1 }
      left -= 1
    }
    return position
  }
}

/// Where a text lies in another.
enum ByteSearch {
  /// The first place at or after `from`; nil when there is none.
  /// - Parameter needle: not empty.
  @inline(__always)
  static func first(_ needle: Span<UInt8>, in text: Span<UInt8>, from: Int) -> Int? {
    guard needle.count > 0, text.count >= needle.count else { return nil }
    let lead = needle[0]
    let last = text.count - needle.count
    var position = from
    while position <= last {
      if text[position] == lead, matches(needle, in: text, at: position) { return position }
      position += 1
    }
    return nil
  }

  /// - Parameter position: with room for the needle after it.
  @inline(__always)
  static func matches(_ needle: Span<UInt8>, in text: Span<UInt8>, at position: Int) -> Bool {
    for index in 0..<needle.count where text[position + index] != needle[index] { return false }
    return true
  }
}

/// `replace(text, from, to)`: every occurrence, from left to right; nothing where `from` is empty.
struct ReplaceKernel: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard inputs.count == 3 else { throw .misplaced }
    let (needles, values) = (try inputs[1].texts(), try inputs[2].texts())
    let mapping = TextMapping(subject: inputs[0], others: [inputs[1], inputs[2]], frame: frame)
    return try mapping.run { text, row, out in
      let needle = needles.bytes.span.extracting(needles.range(inputs[1].index(row)))
      let value = values.bytes.span.extracting(values.range(inputs[2].index(row)))
      var position = 0
      while let found = ByteSearch.first(needle, in: text, from: position) {
        out.append(text.extracting(position..<found))
        out.append(value)
        position = found + needle.count
      }
      out.append(text.extracting(position..<text.count))
    }
  }
}

/// `split_part(text, separator, n)`: the n-th part from 1, or from the end when negative; empty
/// where there is none. An empty separator does not split.
struct SplitPartKernel: StrictKernel {
  var canFail: Bool { true }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard inputs.count == 3 else { throw .misplaced }
    let separators = try inputs[1].texts()
    let numbers = try inputs[2].integers()
    if let validity = frame.validity(inputs) {
      let lanes = frame.lanes(inputs)
      let live = frame.live(validity, lanes)
      for row in 0..<lanes.count where live[row] && numbers[row] == 0 { throw .splitAtZero }
    }
    let mapping = TextMapping(subject: inputs[0], others: [inputs[1], inputs[2]], frame: frame)
    return try mapping.run { text, row, out in
      let separator = separators.bytes.span.extracting(separators.range(inputs[1].index(row)))
      var number = numbers[row]
      if number < 0 {
        number = max(number, -Int64(Int32.max)) + SplitPartKernel.parts(text, separator) + 1
      }
      guard number > 0 else { return }
      var start = 0
      var part: Int64 = 1
      while let found = ByteSearch.first(separator, in: text, from: start) {
        if part == number { return out.append(text.extracting(start..<found)) }
        part += 1
        start = found + separator.count
      }
      if part == number { out.append(text.extracting(start..<text.count)) }
    }
  }

  private static func parts(_ text: Span<UInt8>, _ separator: Span<UInt8>) -> Int64 {
    var count: Int64 = 1
    var start = 0
    while let found = ByteSearch.first(separator, in: text, from: start) {
      count += 1
      start = found + separator.count
    }
    return count
  }
}

/// `starts_with`, `ends_with` and `contains`.
struct AffixKernel: StrictKernel {
  enum Kind: Sendable {
    case prefix
    case suffix
    case inside
  }

  let kind: Kind
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.boolean) }
    let lanes = frame.lanes(inputs)
    let (texts, needles) = (try inputs[0].texts(), try inputs[1].texts())
    if inputs[1].isConstant {
      let needle = Array(needles.bytes[needles.range(0)])
      return Vector(.boolean(texts.perRow { holds($0, needle.span) }), validity, lanes)
    }
    var results: [Bool] = []
    results.reserveCapacity(lanes.count)
    for row in 0..<lanes.count {
      results.append(
        holds(
          texts.bytes.span.extracting(texts.range(inputs[0].index(row))),
          needles.bytes.span.extracting(needles.range(row))))
    }
    return Vector(.boolean(results), validity, lanes)
  }

  @inline(__always)
  func holds(_ text: Span<UInt8>, _ needle: Span<UInt8>) -> Bool {
    guard needle.count <= text.count else { return false }
    switch kind {
    case .prefix: return ByteSearch.matches(needle, in: text, at: 0)
    case .suffix: return ByteSearch.matches(needle, in: text, at: text.count - needle.count)
    case .inside: return needle.count == 0 || ByteSearch.first(needle, in: text, from: 0) != nil
    }
  }
}
