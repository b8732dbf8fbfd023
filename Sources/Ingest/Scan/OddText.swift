import Tabular

/// Looks through the bytes of a block for what is odd in texts, whatever fields are read: mojibake
/// and the errors of spreadsheets.
enum OddText {
  /// Rows with what is odd about them; each row at most once a kind, in order.
  static func find(
    _ span: Span<UInt8>, _ plan: FilePlan, _ index: FieldIndex
  ) -> [(row: Int, kind: WarningKind)] {
    var found: [(row: Int, kind: WarningKind)] = []
    var last: [WarningKind: Int] = [:]
    func note(_ position: Int, _ kind: WarningKind) {
      guard let row = BlockText.row(at: position, index.recordStarts), last[kind] != row else {
        return
      }
      // A position after the row may lie in a broken line.
      if BlockText.isBroken(position, index.faults) { return }
      last[kind] = row
      found.append((row, kind))
    }
    let isUTF8 = !plan.probe.encoding.isSingleByte
    // The second byte of `Ã` in UTF-8; or `Ã` itself in the encodings of one byte.
    span.each(isUTF8 ? 0x83 : 0xC3, or: UInt8(ascii: "#")) { at in
      if span[at] == UInt8(ascii: "#") {
        if isSheetError(span, at, plan.dialect) { note(at, .excelError) }
      } else if isMojibake(span, at, isUTF8) {
        note(at, .mojibake)
      }
    }
    return found
  }

  /// `Ã` before a character of U+0080…U+00BF: the second byte of an accented letter in UTF-8 that
  /// was read one byte a character.
  private static func isMojibake(_ span: Span<UInt8>, _ at: Int, _ isUTF8: Bool) -> Bool {
    guard isUTF8 else {
      return at + 1 < span.count && (0x80...0xBF).contains(span[at + 1])
    }
    guard at > 0, span[at - 1] == 0xC3, at + 2 < span.count else { return false }
    // U+0080…U+00BF, or what Windows-1252 makes of 0x80…0x9F (`€ ‚ ƒ „ …`).
    return (span[at + 1] == 0xC2 && (0x80...0xBF).contains(span[at + 2]))
      || span[at + 1] == 0xE2 || span[at + 1] == 0xC5 || span[at + 1] == 0xC6
      || span[at + 1] == 0xCB
  }

  private static let errors: [[UInt8]] = CellShapes.sheetErrors.sorted().map { Array($0.utf8) }

  /// A field that is nothing but a spreadsheet's error.
  private static func isSheetError(_ span: Span<UInt8>, _ at: Int, _ dialect: CSVDialect) -> Bool {
    let before = at == 0 ? dialect.delimiter : span[at - 1]
    guard isEdge(before, dialect) else { return false }
    return errors.contains { error in
      guard at + error.count <= span.count else { return false }
      for index in error.indices where span[at + index] != error[index] { return false }
      let end = at + error.count
      return end == span.count || isEdge(span[end], dialect)
    }
  }

  private static func isEdge(_ byte: UInt8, _ dialect: CSVDialect) -> Bool {
    byte == dialect.delimiter || byte == dialect.lineEnd || byte == 0x0D || byte == dialect.quote
  }
}
