/// Writes CSV by RFC 4180: commas, CR LF, quotes only where needed, `""` for an empty text that
/// stood in quotes. Bytes gather until somebody takes them.
struct CleanWriter {
  private static let room = 1 << 19
  private static let mostKept = 1 << 22

  private(set) var bytes: [UInt8] = []
  let dialect: CleanDialect
  /// Whether a record may be written as it stands, if its cells allow it.
  private let isSame: Bool
  private(set) var zeroBytes = 0

  init(_ dialect: CleanDialect) {
    self.dialect = dialect
    isSame = dialect.delimiter == [UInt8(ascii: ",")] && dialect.quote == UInt8(ascii: "\"")
    bytes.reserveCapacity(CleanWriter.room)
  }

  mutating func clear() {
    // What one huge record took is not kept.
    let keeps = bytes.capacity <= CleanWriter.mostKept
    bytes.removeAll(keepingCapacity: keeps)
    if !keeps { bytes.reserveCapacity(CleanWriter.room) }
  }

  /// - Parameter end: where the last cell ends, with its closing quote.
  mutating func write(
    _ text: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell], from start: Int, to end: Int
  ) {
    guard isSame, start < end, isNearlyVerbatim(cells) else {
      return write(text, cells, padding: 0)
    }
    var from = start
    for cell in cells where cell.form == .quoted && !cell.isEmpty {
      // Its quotes are needless.
      bytes.append(contentsOf: text[from..<(cell.start - 1)])
      bytes.append(contentsOf: text[cell.range])
      from = cell.end + 1
    }
    bytes.append(contentsOf: text[from..<end])
    bytes.append(13)
    bytes.append(10)
  }

  /// - Parameters:
  ///   - padding: empty cells after the others.
  ///   - isHeader: names of columns; one that is empty is nothing, in quotes or not.
  mutating func write(
    _ text: UnsafeBufferPointer<UInt8>, _ cells: [LooseCell], padding: Int, isHeader: Bool = false
  ) {
    let before = bytes.count
    var isFirst = true
    for cell in cells {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(text, cell, keepsQuotes: !isHeader)
    }
    for _ in 0..<padding { bytes.append(UInt8(ascii: ",")) }
    endRow(isEmpty: bytes.count == before)
  }

  /// A row of texts, such as a joined header.
  mutating func write(_ texts: some Sequence<[UInt8]>) {
    let before = bytes.count
    var isFirst = true
    for text in texts {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      isFirst = false
      append(
        size: text.count + text.count { $0 == UInt8(ascii: "\"") },
        isSpecial: text.contains(where: CleanWriter.isSpecial)
      ) { body in text.forEach(body) }
    }
    endRow(isEmpty: bytes.count == before)
  }

  private mutating func endRow(isEmpty: Bool) {
    // A row of one empty cell must not look like a blank line.
    if isEmpty { bytes += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    bytes.append(13)
    bytes.append(10)
  }

  /// Whether a row stands as it is to be written, but for needless quotes.
  private func isNearlyVerbatim(_ cells: [LooseCell]) -> Bool {
    for cell in cells where cell.form != [] && cell.form != .quoted {
      if cell.form != [.quoted, .special] { return false }
    }
    return true
  }

  private mutating func append(
    _ text: UnsafeBufferPointer<UInt8>, _ cell: LooseCell, keepsQuotes: Bool
  ) {
    let (isQuotedEmpty, dialect) = (keepsQuotes && cell.form.contains(.quoted), dialect)
    if cell.form.contains(.rewrite) {
      var size = 0
      var isSpecial = false
      cell.each(text, dialect) { byte in
        size += byte == UInt8(ascii: "\"") ? 2 : 1
        if CleanWriter.isSpecial(byte) { isSpecial = true }
      }
      if text[cell.range].contains(0) { zeroBytes += text[cell.range].count { $0 == 0 } }
      append(size: size, isSpecial: isSpecial || size == 0 && isQuotedEmpty) { body in
        cell.each(text, dialect, body)
      }
    } else if cell.form.contains(.special) || cell.isEmpty && isQuotedEmpty {
      bytes.append(UInt8(ascii: "\""))
      bytes.append(contentsOf: text[cell.range])
      bytes.append(UInt8(ascii: "\""))
    } else {
      bytes.append(contentsOf: text[cell.range])
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 10 || byte == 13
  }

  /// - Parameters:
  ///   - size: bytes of the content, quotes doubled.
  ///   - isSpecial: whether it must stand in quotes.
  ///   - each: gives its bytes.
  @inline(__always)
  private mutating func append(size: Int, isSpecial: Bool, _ each: ((UInt8) -> Void) -> Void) {
    // Growing by doubling is for small cells.
    if size > CleanWriter.mostKept { bytes.reserveCapacity(bytes.count + size + 4) }
    guard isSpecial else { return each { bytes.append($0) } }
    bytes.append(UInt8(ascii: "\""))
    each { byte in
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
