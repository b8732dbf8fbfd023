import Tabular

/// Finds what follows the last row of a file: declared, or known by its first words (totals, a
/// source, a date of extraction). Looked for from the end backwards, in the file's last block.
struct Footer {
  /// Indices of good records.
  private(set) var rows: [Int] = []
  /// Indices of faults.
  private(set) var faults: [Int] = []

  /// Lines that end a table and are not counted as broken rows. The second list also takes rows
  /// that are as wide as the table.
  private static let notes = [
    "source", "note", "nombredelignes", "nbdelignes", "extraction", "datedextraction", "editele",
    "generele", "exportele", "findufichier", "findelextraction", "totallignes", "rowcount",
    "generatedon",
  ]
  private static let totals = [
    "total", "totaux", "totalgeneral", "soustotal", "grandtotal", "totalgenerale", "sommetotale",
  ]

  /// Bytes before the end within which footers are looked for.
  private static let reach = FileStream.reserve

  static func find(_ work: BlockWork) -> Footer {
    var footer = Footer()
    let declared = work.plan.probe.declaredFooter
    var row = work.index.recordCount - 1
    var fault = work.index.faults.count - 1
    while row >= 0 || fault >= 0 {
      let rowStart = row >= 0 ? Int(work.index.recordStarts[row]) : -1
      let faultStart = fault >= 0 ? work.index.faults[fault].bytes.lowerBound : -1
      let isRow = rowStart > faultStart
      let start = max(rowStart, faultStart)
      if let declared {
        if footer.rows.count + footer.faults.count == declared { break }
      } else {
        guard work.block.count - start <= Footer.reach else { break }
        let isEmptyRow = isRow && work.marks.skipKind(row) != nil
        let isEmptyFault = !isRow && work.skipKind(ofFault: fault) != nil
        if isEmptyRow || isEmptyFault {
          // Rows of delimiters between the table and its totals.
          if isRow { row -= 1 } else { fault -= 1 }
          continue
        }
        guard isFooter(work, start, isRow: isRow) else { break }
      }
      if isRow {
        footer.rows.append(row)
        row -= 1
      } else {
        footer.faults.append(fault)
        fault -= 1
      }
    }
    return footer
  }

  private static func isFooter(_ work: BlockWork, _ start: Int, isRow: Bool) -> Bool {
    let word = firstWord(work, start)
    if totals.contains(word) { return true }
    return !isRow && (notes.contains { word.hasPrefix($0) } || word.hasPrefix("total"))
  }

  /// The first cell of the record that is not empty, folded.
  private static func firstWord(_ work: BlockWork, _ start: Int) -> String {
    let dialect = work.plan.dialect
    let bytes = work.block.bytes[start..<work.block.count]
    let content = bytes.drop { $0 == dialect.delimiter || $0 == dialect.quote || $0 == 0x20 }
    let cell = content.prefix(80).prefix {
      $0 != dialect.delimiter && $0 != dialect.quote && $0 != dialect.lineEnd && $0 != 0x0D
    }
    return NearMiss.folded(
      String(decoding: work.plan.probe.encoding.utf8(cell), as: UTF8.self))
  }
}
