/// Writes CSV by RFC 4180: commas, CR LF, quotes only where needed, `""` for an empty text that
/// stood in quotes. Bytes gather until somebody takes them.
struct CleanWriter {
  private(set) var bytes: [UInt8] = []
  let dialect: CleanDialect
  /// Whether a record may be written as it stands, if its cells allow it.
  private let isSame: Bool
  private(set) var zeroBytes = 0

  init(_ dialect: CleanDialect) {
    self.dialect = dialect
    isSame = dialect.delimiter == [UInt8(ascii: ",")] && dialect.quote == UInt8(ascii: "\"")
    bytes.reserveCapacity(1 << 19)
  }

  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// - Parameters:
  ///   - end: where the last cell ends, with its closing quote.
  ///   - padding: empty cells after the others.
  mutating func write(
    _ text: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell], from start: Int, to end: Int
  ) {
    if isSame, start < end, isVerbatim(cells) {
      bytes.append(contentsOf: text[start..<end])
    } else {
      write(text, cells, padding: 0)
      return
    }
    bytes.append(13)
    bytes.append(10)
  }

  mutating func write(
    _ text: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell], padding: Int
  ) {
    let before = bytes.count
    var isFirst = true
    for cell in cells {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(text, cell)
    }
    for _ in 0..<padding { bytes.append(UInt8(ascii: ",")) }
    endRow(isEmpty: bytes.count == before)
  }

  /// A row of texts, such as a joined header.
  mutating func write(_ texts: [[UInt8]]) {
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(text, isQuoted: false)
    }
    endRow(isEmpty: texts.count == 1 && texts[0].isEmpty)
  }

  private mutating func endRow(isEmpty: Bool) {
    // A row of one empty cell must not look like a blank line.
    if isEmpty { bytes += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    bytes.append(13)
    bytes.append(10)
  }

  /// Whether no quote is needless and nothing is to be rewritten.
  private func isVerbatim(_ cells: [LooseCell]) -> Bool {
    for cell in cells {
      if cell.form.contains(.rewrite) { return false }
      let isQuoted = cell.form.contains(.quoted)
      if isQuoted != cell.form.contains(.special), !(isQuoted && cell.isEmpty) { return false }
    }
    return true
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, _ cell: LooseCell) {
    if cell.form.contains(.rewrite) {
      let content = cell.content(text, dialect)
      if text[cell.range].contains(0) { zeroBytes += text[cell.range].count { $0 == 0 } }
      append(content, isQuoted: cell.form.contains(.quoted))
    } else if cell.form.contains(.special) || cell.isEmpty && cell.form.contains(.quoted) {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: text[cell.range])
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: text[cell.range])
    }
  }

  private mutating func append(_ content: [UInt8], isQuoted: Bool) {
    let isSpecial = content.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 10 || $0 == 13
    }
    guard isSpecial || isQuoted && content.isEmpty else {
      bytes += content
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in content {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
