import CKernels

extension FieldDecoder {
  func texts(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ coding: TextCoding
  ) -> DecodedColumn {
    var nulls = NullRows(index.recordCount)
    var values =
      coded(bytes, index, slot, coding, &nulls) ?? plain(bytes, index, slot, coding, &nulls)
    if normalises { TextNormaliser.normalise(&values) }
    return DecodedColumn(column: Column(.text(values), validity: nulls.validity))
  }

  @inline(__always)
  private func isNull(_ bytes: Span<UInt8>, _ slice: FieldSlice) -> Bool {
    let range = slice.start..<slice.end
    return range.isEmpty ? !slice.quoted : isMissing(bytes, range)
  }

  /// The texts by a dictionary, or nil when they do not repeat.
  private func coded(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ coding: TextCoding,
    _ nulls: inout NullRows
  ) -> TextValues? {
    let slices = index.slices.span
    let width = index.wanted.count
    var dictionary = TextDictionary()
    var isTooLarge = false
    var found = NullRows(index.recordCount)
    let codes = [Int32](capacity: index.recordCount) { codes in
      var place = slot
      for record in 0..<index.recordCount {
        let slice = slices[place]
        place &+= width
        if isNull(bytes, slice) {
          found.insert(record)
          codes.append(0)
          continue
        }
        let before = dictionary.count
        codes.append(dictionary.code(bytes, slice))
        if dictionary.count != before, dictionary.isTooLarge(rows: record) {
          isTooLarge = true
          return
        }
      }
    }
    if isTooLarge { return nil }
    nulls = found
    var pool = TextPool(coding, index.dialect)
    for code in 0..<dictionary.count { pool.append(bytes, dictionary.slice(code)) }
    // Rows without a text have a code too.
    if dictionary.count == 0, !codes.isEmpty { pool.appendEmpty() }
    return TextValues(bytes: pool.bytes, offsets: pool.offsets, codes: codes)
  }

  /// The texts one after the other.
  private func plain(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ coding: TextCoding,
    _ nulls: inout NullRows
  ) -> TextValues {
    let slices = index.slices.span
    let width = index.wanted.count
    var room = 0
    for record in 0..<index.recordCount {
      let slice = slices[record &* width &+ slot]
      room &+= slice.end &- slice.start
    }
    var pool = TextPool(coding, index.dialect, room: room, rows: index.recordCount)
    for record in 0..<index.recordCount {
      let slice = slices[record &* width &+ slot]
      if isNull(bytes, slice) {
        nulls.insert(record)
        pool.appendEmpty()
      } else {
        pool.append(bytes, slice)
      }
    }
    return TextValues(bytes: pool.bytes, offsets: pool.offsets)
  }
}

/// Texts in the making, in UTF-8.
private struct TextPool {
  private(set) var bytes: [UInt8] = []
  private(set) var offsets: [Int32] = [0]
  private let high: [UInt32]?
  private let quote: UInt8?
  /// Before a byte that is meant as it is; nil when quotes are doubled.
  private let escape: UInt8?

  init(_ coding: TextCoding, _ dialect: CSVDialect, room: Int = 0, rows: Int = 0) {
    (high, quote, escape) = (coding.high, dialect.quote, dialect.escapeByte)
    bytes.reserveCapacity(room)
    offsets.reserveCapacity(rows + 1)
  }

  mutating func appendEmpty() { offsets.append(Int32(clamping: bytes.count)) }

  @inline(__always)
  mutating func append(_ source: Span<UInt8>, _ slice: FieldSlice) {
    if slice.hasEscapes || high != nil {
      appendOdd(source, slice)
    } else {
      unsafe source.extracting(slice.start..<slice.end).withUnsafeBufferPointer {
        unsafe bytes.append(contentsOf: $0)
      }
    }
    offsets.append(Int32(clamping: bytes.count))
  }

  /// With quotes undoubled, and each byte as its table has it.
  private mutating func appendOdd(_ source: Span<UInt8>, _ slice: FieldSlice) {
    var position = slice.start
    while position < slice.end {
      let byte = source[position]
      position += 1
      if byte >= 0x80, let high {
        var packed = high[Int(byte & 0x7F)]
        repeat {
          bytes.append(UInt8(truncatingIfNeeded: packed))
          packed >>= 8
        } while packed > 0
        continue
      }
      bytes.append(byte)
      if slice.hasEscapes, escape == nil, byte == quote, position < slice.end,
        source[position] == byte
      {
        position += 1
      }
    }
  }
}
