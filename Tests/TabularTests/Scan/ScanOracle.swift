import Tabular

/// The scanner's documented rules, written down once more: slowly, and on the whole text.
struct ScanOracle {
  enum Kind: Equatable {
    case blank
    case record([Field])
    case fault(RecordFault, position: Int, column: Int)
  }

  struct Field: Equatable {
    var content: [UInt8]
    var isQuoted: Bool
  }

  /// A record or a line that is none.
  struct Item: Equatable {
    var kind: Kind
    /// Without the line end.
    var range: Range<Int>
    var next: Int
    /// Physical lines before it.
    var line: Int
  }

  let text: [UInt8]
  let dialect: CSVDialect
  let columns: Int
  let allowsTrailing: Bool

  func items() -> [Item] {
    var items: [Item] = []
    var (start, line) = (0, 0)
    while start < text.count {
      let item = item(at: start, line)
      items.append(item)
      line += text[start..<item.next].count { $0 == dialect.lineEnd }
      start = item.next
    }
    return items
  }

  /// A field as written.
  private struct Written {
    var range: Range<Int>
    /// For a quoted field the places of its content, without the first of two quotes.
    var content: [Int]?
    var field: Field
  }

  private func item(at start: Int, _ line: Int) -> Item {
    let firstLine = text[start...].firstIndex(of: dialect.lineEnd) ?? text.count
    let (end, failure, fields) = attempt(start)
    var events: [(position: Int, rank: Int, fault: RecordFault)] = []
    if let failure { events.append((end, 9, failure)) }
    let longest = start + dialect.maximumRecordBytes - 1
    if longest < text.count, longest < end || (longest == end && failure != nil) {
      events.append((longest, 0, .fieldTooLong))
    }
    for written in fields {
      if let content = written.content {
        let open = written.range.lowerBound
        if let place = content.first(where: { $0 - open > dialect.maximumFieldBytes }) {
          events.append((place, 1, .unclosedQuote))
        }
      } else if written.range.count > dialect.maximumFieldBytes {
        let place = written.range.lowerBound + dialect.maximumFieldBytes
        events.append((place, 1, .fieldTooLong))
      }
    }
    let inner = fields.flatMap { $0.content ?? [] }.filter { text[$0] == dialect.lineEnd }
    if inner.count >= dialect.maximumRecordLines {
      events.append((inner[dialect.maximumRecordLines - 1], 2, .unclosedQuote))
    }
    if let first = events.min(by: { ($0.position, $0.rank) < ($1.position, $1.rank) }) {
      return broken(first.fault, at: first.position, start, firstLine, fields, line)
    }
    let range = start..<contentEnd(start, end)
    return Item(
      kind: kind(range, fields), range: range, next: min(end + 1, text.count), line: line)
  }

  private func broken(
    _ fault: RecordFault, at place: Int, _ start: Int, _ firstLine: Int, _ fields: [Written],
    _ line: Int
  ) -> Item {
    let range = start..<contentEnd(start, firstLine)
    let isLater = place > firstLine
    let column = fields.lastIndex { $0.range.lowerBound <= (isLater ? firstLine : place) } ?? 0
    var position = fields[column].range.lowerBound
    if !isLater, fault == .strayQuote { position = place }
    let nul = text[range].contains(0)
    return Item(
      kind: .fault(
        nul ? .nulByte : isLater ? .unclosedQuote : fault, position: position, column: column),
      range: range, next: min(firstLine + 1, text.count), line: line)
  }

  private func kind(_ range: Range<Int>, _ fields: [Written]) -> Kind {
    let isBlank =
      range.isEmpty
      || dialect.blankLinesMayHoldBlanks && text[range].allSatisfy { $0 == 32 || $0 == 9 }
    if isBlank, fields.count == 1 { return .blank }
    if let nul = text[range].firstIndex(of: 0) {
      return .fault(
        .nulByte, position: nul, column: fields.firstIndex { $0.range.upperBound >= nul } ?? 0)
    }
    let last = fields[fields.count - 1].range
    let trailing =
      allowsTrailing && fields.count == columns + 1 && last.lowerBound >= range.upperBound
    if fields.count == columns || trailing {
      return .record(fields.prefix(columns).map(\.field))
    }
    return .fault(
      fields.count < columns ? .tooFewFields : .tooManyFields, position: range.lowerBound,
      column: fields.count)
  }

  private func contentEnd(_ start: Int, _ end: Int) -> Int {
    dialect.lineEnd == 10 && end > start && text[end - 1] == 13 ? end - 1 : end
  }

  /// Reads a record without limits.
  /// - Returns: where its line end stands, or where and how it fails; and its fields so far.
  private func attempt(_ start: Int) -> (Int, RecordFault?, [Written]) {
    var fields: [Written] = []
    var i = start
    while true {
      if i < text.count, text[i] == dialect.quote {
        let (closing, quoted) = quotedField(i)
        fields.append(quoted)
        guard let closing else { return (text.count, .unclosedQuote, fields) }
        i = closing + 1
        if i == text.count || text[i] == dialect.lineEnd { return (i, nil, fields) }
        if dialect.lineEnd == 10, text[i] == 13 {
          if i + 1 == text.count || text[i + 1] == 10 { return (i + 1, nil, fields) }
        }
        if text[i] != dialect.delimiter { return (i, .strayQuote, fields) }
      } else {
        let from = i
        while i < text.count, text[i] != dialect.delimiter, text[i] != dialect.lineEnd { i += 1 }
        let isLast = i == text.count || text[i] == dialect.lineEnd
        let content = text[from..<(isLast ? max(from, contentEnd(start, i)) : i)]
        fields.append(
          Written(
            range: from..<i, content: nil, field: Field(content: trim(content), isQuoted: false)))
        if isLast { return (i, nil, fields) }
      }
      i += 1
    }
  }

  private func quotedField(_ open: Int) -> (closing: Int?, Written) {
    var places: [Int] = []
    var content: [UInt8] = []
    var i = open + 1
    while i < text.count {
      let next = i + 1 < text.count ? text[i + 1] : nil
      if let escape = dialect.escape, text[i] == escape {
        places.append(i)
        if let next {
          places.append(i + 1)
          content.append(next)
        }
        i += 2
      } else if text[i] != dialect.quote {
        places.append(i)
        content.append(text[i])
        i += 1
      } else if dialect.escape == nil, next == text[i] {
        places.append(i + 1)
        content.append(text[i])
        i += 2
      } else {
        return (
          i,
          Written(
            range: open..<i + 1, content: places, field: Field(content: content, isQuoted: true))
        )
      }
    }
    return (
      nil,
      Written(
        range: open..<text.count, content: places, field: Field(content: content, isQuoted: true))
    )
  }

  private func trim(_ content: ArraySlice<UInt8>) -> [UInt8] {
    guard dialect.trimsBlanks else { return Array(content) }
    let isBlank = { (byte: UInt8) in (byte == 32 || byte == 9) && byte != dialect.delimiter }
    var content = content.drop(while: isBlank)
    while let last = content.last, isBlank(last) { content.removeLast() }
    return Array(content)
  }
}
