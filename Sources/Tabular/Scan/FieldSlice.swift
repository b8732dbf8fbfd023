/// A field's place in a morsel, without its quotes.
public struct FieldSlice: Sendable, Hashable {
  @usableFromInline let first: UInt32
  /// The end; in bit 31 whether the field stood in quotes, in bit 30 whether it holds escapes.
  @usableFromInline let rest: UInt32

  /// - Parameters:
  ///   - start, end: byte offsets in the morsel, below 1 GiB.
  ///   - hasEscapes: whether doubled quotes or escape bytes are to be undone.
  @inlinable @inline(__always)
  public init(start: Int, end: Int, quoted: Bool, hasEscapes: Bool = false) {
    first = UInt32(truncatingIfNeeded: start)
    rest =
      UInt32(truncatingIfNeeded: end) | (quoted ? 0x8000_0000 : 0) | (hasEscapes ? 0x4000_0000 : 0)
  }

  /// The two words as they are stored.
  @inline(__always)
  init(_ first: UInt32, _ rest: UInt32) { (self.first, self.rest) = (first, rest) }

  /// A byte shorter at the end.
  var shortened: FieldSlice { FieldSlice(first, rest &- 1) }

  /// Where the content starts.
  @inlinable public var start: Int { Int(first) }
  /// Where it ends (exclusive).
  @inlinable public var end: Int { Int(rest & 0x3fff_ffff) }
  /// Whether it stood in quotes: `""` is an empty text, nothing at all is null.
  @inlinable public var quoted: Bool { rest >> 31 == 1 }
  /// Whether two quotes, or an escape byte and another, stand for one in it.
  @inlinable public var hasEscapes: Bool { rest & 0x4000_0000 != 0 }
}
