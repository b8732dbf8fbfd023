/// Records one at a time: those that are not what was expected, and those that were walked.
extension IndexBuild {
  /// Takes the records whose separators are noted, whatever their numbers of fields.
  /// - Returns: the first separator that was not taken.
  mutating func takeOneByOne(_ bytes: Span<UInt8>) -> Int {
    var first = 1
    for place in 1..<noted where bytes[Int(separators[place])] == dialect.lineEnd {
      consider(bytes, first...place)
      first = place + 1
    }
    return first
  }

  /// Reads a record or a broken line byte by byte.
  /// - Returns: where the next line starts.
  mutating func walk(_ bytes: Span<UInt8>, _ walker: inout LineWalker, from start: Int) -> Int {
    switch walker.next(bytes, from: start, isEnd: true) {
    case .record(let next):
      let end = bytes[next - 1] == dialect.lineEnd ? next - 1 : next
      begin(at: start)
      noteFields(bytes, start..<dialect.contentEnd(bytes, start..<end))
      separators[noted - 1] = UInt32(truncatingIfNeeded: end)
      consider(bytes, 1...noted - 1)
      return next
    case .broken(let fault, let position, let column, let next):
      let end = bytes[next - 1] == dialect.lineEnd ? next - 1 : next
      let line = start..<dialect.contentEnd(bytes, start..<end)
      let nul = mayHoldNul && bytes.holds(0, in: line)
      reject(nul ? .nulByte : fault, line, at: position, column: column)
      return next
    case .incomplete:
      return bytes.count
    }
  }

  /// Notes the separators of a well-quoted record, its end included.
  private mutating func noteFields(_ bytes: Span<UInt8>, _ record: Range<Int>) {
    var position = record.lowerBound
    while true {
      if position < record.upperBound, UInt16(bytes[position]) == quote {
        position = min(
          closingQuote(bytes, position + 1..<record.upperBound) + 1, record.upperBound)
      }
      let start = position
      while position < record.upperBound, bytes[position] != dialect.delimiter { position += 1 }
      if let quote = dialect.quote, bytes.holds(quote, in: start..<max(start, position)) {
        strayQuotes += 1
      }
      makeRoom(for: 1)
      separators[noted] = UInt32(truncatingIfNeeded: position)
      noted += 1
      if position >= record.upperBound { return }
      position += 1
    }
  }

  /// Where the quotes close that were opened before the range.
  private mutating func closingQuote(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var position = range.lowerBound
    while position < range.upperBound {
      if bytes[position] == dialect.escapeByte {
        position += 2
      } else if UInt16(bytes[position]) != quote {
        position += 1
      } else if !mayDouble || position + 1 >= range.upperBound
        || UInt16(bytes[position + 1]) != quote
      {
        return position
      } else {
        mayEscape = true
        position += 2
      }
    }
    return range.upperBound
  }

  private var mayDouble: Bool { dialect.escapeByte == nil }

  /// Keeps or rejects the record that ends with the last of the separators.
  private mutating func consider(_ bytes: Span<UInt8>, _ places: ClosedRange<Int>) {
    let start = Int(separators[places.lowerBound - 1] &+ 1)
    let record = start..<dialect.contentEnd(bytes, start..<Int(separators[places.upperBound]))
    let fields = places.count
    if fields == 1, dialect.isBlank(bytes, record) {
      blankLines += 1
      return
    }
    if mayHoldNul, let nul = bytes.extracting(record).first(0, from: 0) {
      let column = places.firstIndex { Int(separators[$0]) >= start + nul }
      return reject(
        .nulByte, record, at: start + nul,
        column: column.map { places.distance(from: places.startIndex, to: $0) } ?? 0)
    }
    let last = Int(separators[places.upperBound - 1] &+ 1)
    let isTrailing =
      allowsTrailingDelimiter && fields == columns + 1 && last == record.upperBound
    guard fields == columns || isTrailing else {
      return reject(
        fields < columns ? .tooFewFields : .tooManyFields, record, at: start, column: fields)
    }
    store(bytes, record, first: places.lowerBound)
  }

  private mutating func store(_ bytes: Span<UInt8>, _ record: Range<Int>, first: Int) {
    guard hasRoom(for: 1) else { return }
    for slot in 0..<wanted.count {
      let place = first + wanted[slot]
      let start = Int(separators[place - 1] &+ 1)
      let end = min(Int(separators[place]), record.upperBound)
      let slice = slice(bytes, start..<end)
      unsafe slices.initializeElement(at: records * wanted.count + slot, to: slice)
    }
    unsafe starts.initializeElement(
      at: records, to: Int32(truncatingIfNeeded: record.lowerBound))
    records += 1
  }

  /// The content of a field, given with its quotes.
  private func slice(_ bytes: Span<UInt8>, _ field: Range<Int>) -> FieldSlice {
    var (start, end) = (field.lowerBound, field.upperBound)
    if start < end, UInt16(bytes[start]) == quote {
      let content = start + 1..<end - 1
      let hasEscapes = mayEscape && bytes.holds(dialect.escapeByte ?? bytes[start], in: content)
      return FieldSlice(
        start: content.lowerBound, end: content.upperBound, quoted: true, hasEscapes: hasEscapes)
    }
    if dialect.trimsBlanks {
      while start < end, isBlank(bytes[start]) { start += 1 }
      while start < end, isBlank(bytes[end - 1]) { end -= 1 }
    }
    return FieldSlice(start: start, end: end, quoted: false)
  }

  private func isBlank(_ byte: UInt8) -> Bool {
    (byte == 32 || byte == 9) && byte != dialect.delimiter
  }

  private mutating func reject(
    _ fault: RecordFault, _ bytes: Range<Int>, at position: Int, column: Int
  ) {
    faults.append(
      FieldIndex.Fault(fault, bytes, at: position, after: records, column: column))
  }
}
