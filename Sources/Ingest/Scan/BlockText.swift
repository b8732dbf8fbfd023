import Tabular

/// Small questions about the bytes of a block.
enum BlockText {
  /// The good record in which (or in whose wake) a position lies; nil before the first.
  static func row(at position: Int, _ starts: [Int32]) -> Int? {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(starts[middle]) <= position { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }

  /// Whether a position lies in a broken record.
  /// - Parameter faults: in the order of their bytes.
  static func isBroken(_ position: Int, _ faults: [FieldIndex.Fault]) -> Bool {
    var (low, high) = (0, faults.count)
    while low < high {
      let middle = (low + high) / 2
      if faults[middle].bytes.lowerBound <= position { low = middle + 1 } else { high = middle }
    }
    return low > 0 && faults[low - 1].bytes.contains(position)
  }

  /// Whether the record at a place is exactly these bytes.
  static func isRecord(
    _ record: [UInt8], _ span: Span<UInt8>, at start: Int, _ dialect: CSVDialect
  ) -> Bool {
    guard start + record.count <= span.count else { return false }
    for index in record.indices where span[start + index] != record[index] { return false }
    var end = start + record.count
    if end < span.count, span[end] == 0x0D, dialect.lineEnd == 0x0A { end += 1 }
    return end == span.count || span[end] == dialect.lineEnd
  }

  /// Whether the record at a place is delimiters alone.
  static func isEmptyRow(_ span: Span<UInt8>, at start: Int, _ dialect: CSVDialect) -> Bool {
    var at = start
    while at < span.count, span[at] == dialect.delimiter || span[at] == 0x20 { at += 1 }
    if at < span.count, span[at] == 0x0D, dialect.lineEnd == 0x0A { at += 1 }
    return at == span.count || span[at] == dialect.lineEnd
  }

  /// Texts with the escape bytes of quoted fields taken out.
  static func unescaped(
    _ texts: TextValues, _ index: FieldIndex, slot: Int, _ escape: UInt8
  ) -> TextValues {
    guard texts.bytes.contains(escape) else { return texts }
    var result = TextValues()
    for row in 0..<texts.count {
      let text = texts.bytes[texts.range(row)]
      guard index.slice(row, slot: slot).quoted, text.contains(escape) else {
        result.append(text)
        continue
      }
      var plain: [UInt8] = []
      var isEscaped = false
      for byte in text {
        if byte == escape, !isEscaped {
          isEscaped = true
        } else {
          plain.append(byte)
          isEscaped = false
        }
      }
      result.append(plain[...])
    }
    return result
  }
}
