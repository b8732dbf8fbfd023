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

  // Records may have millions of cells, so they are kept small; texts are shorter than 256 MiB.
  private var first: UInt32
  private var lengthAndForm: UInt32

  init(start: Int, end: Int, form: Form) {
    first = UInt32(truncatingIfNeeded: start)
    lengthAndForm = UInt32(truncatingIfNeeded: end - start) << 4 | UInt32(form.rawValue & 15)
  }

  var start: Int { Int(first) }
  var end: Int {
    get { Int(first) + Int(lengthAndForm >> 4) }
    set { self = LooseCell(start: start, end: newValue, form: form) }
  }
  var form: Form { Form(rawValue: UInt8(truncatingIfNeeded: lengthAndForm & 15)) }

  var range: Range<Int> { start..<end }
  var isEmpty: Bool { start == end }
  /// Nothing at all between two delimiters.
  var isBareEmpty: Bool { isEmpty && !form.contains(.quoted) }

  /// The text of the cell, byte by byte: quotes resolved, zero bytes left out.
  @inline(__always)
  func each(
    _ bytes: UnsafeBufferPointer<UInt8>, _ dialect: CleanDialect, _ body: (UInt8) -> Void
  ) {
    let undoes = form.contains(.quoted) || form.contains(.escaped)
    let end = end
    var at = start
    while at < end {
      if undoes, at + 1 < end, isEscape(bytes[at], before: bytes[at + 1], dialect) { at += 1 }
      if bytes[at] != 0 { body(bytes[at]) }
      at += 1
    }
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
