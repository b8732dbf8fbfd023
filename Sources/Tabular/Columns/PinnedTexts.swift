/// Texts where they lie in memory, for loops over several columns at once.
@unsafe struct PinnedTexts {
  let bytes: UnsafeBufferPointer<UInt8>
  private let offsets: UnsafeBufferPointer<Int32>
  /// Nil for texts in the order of the rows.
  private let codes: UnsafePointer<Int32>?

  /// Where the text of a row lies in `bytes`.
  @inline(__always)
  func range(_ row: Int) -> (start: Int, length: Int) {
    let entry = unsafe codes.map { unsafe Int($0[row]) } ?? row
    let start = unsafe Int(offsets[entry])
    return (start, unsafe Int(offsets[entry &+ 1]) &- start)
  }

  /// Holds all of the texts still while `body` runs.
  static func hold(_ texts: [TextValues], _ body: (UnsafeBufferPointer<PinnedTexts>) -> Void) {
    unsafe hold(texts[...], [], body)
  }

  private static func hold(
    _ texts: ArraySlice<TextValues>, _ held: [PinnedTexts],
    _ body: (UnsafeBufferPointer<PinnedTexts>) -> Void
  ) {
    guard let first = texts.first else {
      unsafe held.withUnsafeBufferPointer { unsafe body($0) }
      return
    }
    unsafe first.bytes.withUnsafeBufferPointer { bytes in
      unsafe first.offsets.withUnsafeBufferPointer { offsets in
        guard let codes = first.codes else {
          let next = unsafe PinnedTexts(bytes: bytes, offsets: offsets, codes: nil)
          return unsafe hold(texts.dropFirst(), held + [next], body)
        }
        unsafe codes.withUnsafeBufferPointer { codes in
          let next = unsafe PinnedTexts(bytes: bytes, offsets: offsets, codes: codes.baseAddress)
          unsafe hold(texts.dropFirst(), held + [next], body)
        }
      }
    }
  }
}
