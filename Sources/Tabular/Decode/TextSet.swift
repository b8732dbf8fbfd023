/// A few short texts to be recognised in a column: markers of nothing, spellings of true.
struct TextSet: Sendable {
  /// Bit n for a text of n bytes, bit 63 for longer ones: most fields end the search here.
  private let lengths: UInt64
  private let texts: [[UInt8]]

  init(_ texts: [[UInt8]]) {
    self.texts = texts
    lengths = texts.reduce(0) { $0 | TextSet.bit($1.count) }
  }

  private static func bit(_ length: Int) -> UInt64 { 1 << UInt64(min(length, 63)) }

  var isEmpty: Bool { texts.isEmpty }

  @inline(__always)
  func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard lengths & TextSet.bit(range.count) != 0 else { return false }
    return search(bytes, range)
  }

  private func search(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for text in texts where text.count == range.count {
      var index = 0
      while index < text.count, text[index] == bytes[range.lowerBound + index] { index += 1 }
      if index == text.count { return true }
    }
    return false
  }
}
