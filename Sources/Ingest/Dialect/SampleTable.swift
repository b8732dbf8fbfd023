/// The beginning of a text cut into records and cells by one candidate dialect, slowly and
/// obviously: what detection looks at. The rules are the scanner's: a quote means something only
/// at the start of a field; when a record's quoting breaks a rule, its first physical line is one
/// broken record and reading resumes at the next.
package struct SampleTable {
  package struct Cell {
    /// Without the quotes around it; doubled quotes and escapes are left as they are.
    package let bytes: Range<Int>
    package let isQuoted: Bool
  }

  package struct Row {
    package let cells: Range<Int>
    /// Physical line on which it begins, from 1.
    package let line: Int
    /// From its first byte to the first of the next record.
    package let bytes: Range<Int>
    package let isBroken: Bool
    /// Nothing at all between two line ends.
    package let isBlank: Bool
  }

  package let text: [UInt8]
  package private(set) var cells: [Cell] = []
  package private(set) var rows: [Row] = []

  private let delimiter: UInt8
  private let quote: UInt8?
  private let escape: UInt8?
  private let end: UInt8
  private let isWhole: Bool

  /// - Parameters:
  ///   - text: UTF-8 (or any encoding with ASCII below 0x80), without byte order mark.
  ///   - isWhole: whether the text goes on past the sample; its last record is then left out.
  ///   - limit: records at most.
  package init(
    _ text: [UInt8], _ dialect: Dialect, isWhole: Bool, from start: Int = 0, limit: Int = .max
  ) {
    self.text = text
    self.isWhole = isWhole
    delimiter = dialect.delimiter
    quote = dialect.quote
    escape = dialect.escape
    end = dialect.lineEnd == .feed ? 0x0A : 0x0D
    parse(from: start, limit: limit)
  }

  package func cells(_ row: Row) -> ArraySlice<Cell> { cells[row.cells] }

  /// The bytes of a cell, with doubled quotes and escapes resolved.
  package func content(_ cell: Cell) -> [UInt8] {
    guard cell.isQuoted, let quote else { return Array(text[cell.bytes]) }
    var content: [UInt8] = []
    var at = cell.bytes.lowerBound
    while at < cell.bytes.upperBound {
      if text[at] == (escape ?? quote), at + 1 < cell.bytes.upperBound { at += 1 }
      content.append(text[at])
      at += 1
    }
    return content
  }

  package func string(_ cell: Cell) -> String { String(decoding: content(cell), as: UTF8.self) }

  private mutating func parse(from start: Int, limit: Int) {
    var at = start
    var line = 1
    while at < text.count, rows.count < limit {
      let first = cells.count
      guard let next = record(at) else {
        // An unclosed quote, or text after a closing one: the physical line alone is broken.
        cells.removeLast(cells.count - first)
        let stop = lineEnd(at)
        if stop == text.count, !isWhole { return }
        rows.append(
          Row(cells: first..<first, line: line, bytes: at..<stop, isBroken: true, isBlank: false))
        line += 1
        at = stop
        continue
      }
      if next == text.count, !isWhole, text[next - 1] != end {
        cells.removeLast(cells.count - first)
        return
      }
      let isBlank =
        cells.count == first + 1 && cells[first].bytes.isEmpty && !cells[first].isQuoted
      rows.append(
        Row(
          cells: first..<cells.count, line: line, bytes: at..<next, isBroken: false,
          isBlank: isBlank))
      for byte in text[at..<next] where byte == end { line += 1 }
      at = next
    }
  }

  private func lineEnd(_ from: Int) -> Int {
    (text[from...].firstIndex(of: end) ?? text.count - 1) + 1
  }

  /// Reads one record; nil when its quoting breaks a rule.
  private mutating func record(_ start: Int) -> Int? {
    var at = start
    while true {
      if at < text.count, let quote, text[at] == quote {
        guard let after = quoted(at + 1, quote) else { return nil }
        at = after
      } else {
        let from = at
        while at < text.count, text[at] != delimiter, text[at] != end { at += 1 }
        var to = at
        if end == 0x0A, to > from, at == text.count || text[at] == end, text[to - 1] == 0x0D {
          to -= 1
        }
        cells.append(Cell(bytes: from..<to, isQuoted: false))
      }
      if at == text.count { return at }
      at += 1
      if text[at - 1] == end { return at }
    }
  }

  /// Reads a quoted cell from after its opening quote; the place of what ends it, or nil.
  private mutating func quoted(_ start: Int, _ quote: UInt8) -> Int? {
    var at = start
    while at < text.count {
      if let escape, text[at] == escape {
        at += 2
        continue
      }
      if text[at] == quote {
        if escape == nil, at + 1 < text.count, text[at + 1] == quote {
          at += 2
          continue
        }
        cells.append(Cell(bytes: start..<at, isQuoted: true))
        at += 1
        if end == 0x0A, at < text.count, text[at] == 0x0D,
          at + 1 == text.count || text[at + 1] == end
        {
          at += 1
        }
        return at == text.count || text[at] == delimiter || text[at] == end ? at : nil
      }
      at += 1
    }
    return nil
  }
}
