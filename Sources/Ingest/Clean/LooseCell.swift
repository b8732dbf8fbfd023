/// Where a cell lies in a text, and what is to be done to write it anew.
struct LooseCell: Hashable {
  /// What a cell's bytes are.
  struct Form: OptionSet, Hashable {
    let rawValue: UInt8
    /// It stood in quotes; the range is what stood between them.
    static let quoted = Form(rawValue: 1)
    /// It holds bytes for which it must stand in quotes.
    static let special = Form(rawValue: 2)
    /// Its bytes are not those to be written between quotes.
    static let rewrite = Form(rawValue: 4)
    /// It holds escapes though it stood in no quotes.
    static let escaped = Form(rawValue: 8)
  }

  var start: Int
  var end: Int
  var form: Form

  var range: Range<Int> { start..<end }
  var isEmpty: Bool { start == end }
  /// Nothing at all between two delimiters.
  var isBareEmpty: Bool { isEmpty && !form.contains(.quoted) }

  /// The text of the cell: quotes resolved, zero bytes left out.
  func content(_ bytes: UnsafeBufferPointer<UInt8>, _ dialect: CleanDialect) -> [UInt8] {
    guard form.contains(.rewrite) else { return Array(bytes[range]) }
    var content: [UInt8] = []
    content.reserveCapacity(range.count)
    let undoes = form.contains(.quoted) || form.contains(.escaped)
    var at = start
    while at < end {
      if undoes, at + 1 < end, isEscape(bytes[at], before: bytes[at + 1], dialect) { at += 1 }
      if bytes[at] != 0 { content.append(bytes[at]) }
      at += 1
    }
    return content
  }

  private func isEscape(_ byte: UInt8, before next: UInt8, _ dialect: CleanDialect) -> Bool {
    switch dialect.escape {
    case .doubled: form.contains(.quoted) && byte == dialect.quote && next == byte
    case .byte(let escape):
      byte == escape && (next == dialect.quote || next == escape || next == dialect.delimiter.first)
    case .none: false
    }
  }
}
