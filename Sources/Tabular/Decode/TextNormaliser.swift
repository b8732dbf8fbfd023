@_spi(_Unicode) import Swift

/// Brings texts to the composed form (NFC), so that `é` is one character however it was typed.
enum TextNormaliser {
  static func normalise(_ values: inout TextValues) {
    // Below U+0300, whose first bytes are below 0xCC, every text is composed already.
    guard values.bytes.contains(where: { $0 >= 0xCC }) else { return }
    var result = TextValues()
    result.bytes.reserveCapacity(values.bytes.count)
    result.offsets.reserveCapacity(values.offsets.count)
    for entry in 0..<values.entryCount {
      let text = values.bytes[Int(values.offsets[entry])..<Int(values.offsets[entry + 1])]
      if isComposed(text) {
        result.append(text)
      } else {
        let composed = String(decoding: text, as: UTF8.self)._nfc
        for scalar in composed {
          result.bytes.append(contentsOf: Array(UTF8.encode(scalar) ?? .init()))
        }
        result.offsets.append(Int32(clamping: result.bytes.count))
      }
    }
    result.codes = values.codes
    values = result
  }

  /// Whether a text is composed for certain: nothing in it composes or changes its place. Letters
  /// of Arabic without marks, dashes, quotes and currency signs are the usual characters above
  /// U+0300.
  private static func isComposed(_ text: ArraySlice<UInt8>) -> Bool {
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      let next = position + 1 < text.endIndex ? text[position + 1] : 0
      switch byte {
      case ..<0xCC: position += 1
      // U+0621…U+064A.
      case 0xD8 where next >= 0xA1: position += 2
      case 0xD9 where next <= 0x8A: position += 2
      // U+2010…U+203F and U+20A0…U+20BF.
      case 0xE2:
        let last = position + 2 < text.endIndex ? text[position + 2] : 0
        guard next == 0x80 && last >= 0x90 || next == 0x82 && last >= 0xA0 else { return false }
        position += 3
      default: return false
      }
    }
    return true
  }
}
