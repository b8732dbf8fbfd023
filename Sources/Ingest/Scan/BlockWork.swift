import Tabular

/// One block read: its columns, what was found against its rows, and what the ordered gate needs.
/// Made by one worker, outside any lock.
struct BlockWork {
  let block: ScanBlock
  let plan: FilePlan
  let index: FieldIndex
  /// The fields that were read, by index of the schema.
  private(set) var columns: [Int: Column] = [:]
  private(set) var marks: RowMarks
  /// Rows (indices of good records) with a warning.
  private(set) var warned: [(row: Int, kind: WarningKind)] = []
  /// Faults that are no rejects.
  private var skippedFaults: [SkipKind?] = []
  private(set) var keys: [KeyColumn] = []
  /// Rows that are kept, by the day that they are dated.
  private(set) var days: [Int: Int] = [:]
  /// Of each row, where rows are dated; and which have a date.
  private var dayOfRow: [Int32] = []
  private var dated = Validity.all
  /// Physical lines of the block.
  let lines: Int
  /// Bytes of the decompressed file that the block stands for.
  let fileBytes: Int

  /// - Throws: `NotUTF8` for a block of a file whose encoding is still to be proven; `WrongCut`.
  init(_ block: ScanBlock, _ plan: FilePlan, _ schema: SchemaPlan, _ hash: KeyHash) throws {
    (self.block, self.plan) = (block, plan)
    let span = block.bytes.span.extracting(0..<block.count)
    if let length = block.oversized {
      let nothing: [UInt8] = []
      index = plan.indexer.index(nothing.span)
      marks = RowMarks(rows: 0)
      // Bytes of UTF-16 are about twice those of its UTF-8; nothing exact is left of such a line.
      (lines, fileBytes) = (1, plan.probe.encoding.isUTF16 ? length * 2 : length)
      return
    }
    let isUTF8 = !plan.probe.encoding.isSingleByte && !plan.probe.encoding.isUTF16
    if isUTF8, plan.probe.isUnproven, UTF8Check.firstInvalid(span) != nil { throw NotUTF8() }
    index = plan.indexer.index(span)
    marks = RowMarks(rows: index.recordCount)
    if block.isGuessed, index.endsOpen { throw WrongCut() }
    lines = span.occurrences(of: plan.dialect.lineEnd)
    fileBytes =
      plan.probe.encoding.isUTF16
      ? UTF16Source.bytes(of: block.bytes, 0..<block.count) : block.count
    if isUTF8, !plan.probe.isUnproven { rejectInvalid(span) }
    skipRepeatedAndEmpty(span)
    if block.isLast { skipFooter() }
    decode(span, schema)
    warned = OddText.find(span, plan, index)
    keys = schema.keys.map { key in
      KeyColumn(
        key.fields.map { columns[$0] ?? .nulls(.text, count: index.recordCount) },
        rows: index.recordCount, hash)
    }
    if let dated = schema.dated, let column = columns[dated] { countDays(column) }
  }

  /// Counts the rows that are kept by their day. Neighbours are often of one day.
  private mutating func countDays(_ column: Column) {
    switch column.values {
    case .date(let values): dayOfRow = values
    case .datetime(let values, _):
      dayOfRow = values.map { Int32(clamping: IsoText.split($0).days) }
    default: return
    }
    dated = column.validity
    var (last, run) = (Int32(0), 0)
    for row in 0..<min(index.recordCount, dayOfRow.count)
    where marks.isKept(row) && dated[row] {
      if dayOfRow[row] != last {
        if run > 0 { days[Int(last), default: 0] += run }
        (last, run) = (dayOfRow[row], 0)
      }
      run += 1
    }
    if run > 0 { days[Int(last), default: 0] += run }
  }

  private mutating func decode(_ span: Span<UInt8>, _ schema: SchemaPlan) {
    for column in plan.columns {
      let field = schema.fields[column.field]
      var decoded = column.decoder.decode(span, index, slot: column.slot)
      if let escape = plan.dialect.escape, case .text(let texts) = decoded.column.values {
        decoded.column.values = .text(
          BlockText.unescaped(texts, index, slot: column.slot, escape))
      }
      let rule = decoded.failures.isEmpty ? "" : BlockWork.rule(field.field)
      for failure in decoded.failures {
        marks.reject(
          failure.record, RejectKind(failure.fault, field.field), column.field, rule)
      }
      field.checks.check(decoded.column, field: column.field, &marks)
      columns[column.field] = decoded.column
    }
  }

  /// The type as the schema writes it.
  private static func rule(_ field: SchemaField) -> String {
    field.format == "default"
      ? "type \(field.type.rawValue)" : "\(field.type.rawValue) \(field.format)"
  }

  private mutating func rejectInvalid(_ span: Span<UInt8>) {
    var from = 0
    while from < span.count,
      let found = UTF8Check.firstInvalid(span.extracting(from..<span.count))
    {
      let isBroken = BlockText.isBroken(from + found, index.faults)
      let row = isBroken ? nil : BlockText.row(at: from + found, index.recordStarts)
      if let row { marks.reject(row, .invalidEncoding, nil, "encoding utf-8") }
      // On to the next record; broken lines are rejected anyway.
      var next = from + found + 1
      if let row, row + 1 < index.recordCount { next = max(next, Int(index.recordStarts[row + 1])) }
      from = next
    }
  }

  /// Headers that come again, and rows of delimiters alone (spreadsheets leave such below tables).
  private mutating func skipRepeatedAndEmpty(_ span: Span<UInt8>) {
    let (header, delimiter) = (plan.probe.header, plan.dialect.delimiter)
    // The byte that headers begin with, or what no byte equals.
    let first = header.first.map { UInt16($0) } ?? 0x100
    for row in 0..<index.recordCount {
      let start = Int(index.recordStarts[row])
      guard start < span.count else { continue }
      if span[start] == delimiter, BlockText.isEmptyRow(span, at: start, plan.dialect) {
        marks.skip(row, .emptyRow)
      } else if UInt16(span[start]) == first,
        BlockText.isRecord(header, span, at: start, plan.dialect)
      {
        marks.skip(row, .repeatedHeader)
      }
    }
    for (place, fault) in index.faults.enumerated() where fault.bytes.lowerBound < span.count {
      let start = fault.bytes.lowerBound
      if span[start] == delimiter, BlockText.isEmptyRow(span, at: start, plan.dialect) {
        skip(fault: place, .emptyRow)
      }
    }
  }

  private mutating func skipFooter() {
    let footer = Footer.find(self)
    for row in footer.rows { marks.skip(row, .footer) }
    for place in footer.faults { skip(fault: place, .footer) }
  }

  private mutating func skip(fault: Int, _ kind: SkipKind) {
    if skippedFaults.isEmpty { skippedFaults = Array(repeating: nil, count: index.faults.count) }
    skippedFaults[fault] = kind
  }

  /// Why a fault is no reject.
  func skipKind(ofFault fault: Int) -> SkipKind? {
    skippedFaults.isEmpty ? nil : skippedFaults[fault]
  }

  /// Rows that pass.
  var keptCount: Int { index.recordCount - marks.count }

  /// Rejects one more row, at the gate.
  mutating func rejectDuplicate(_ row: Int, _ key: SchemaPlan.KeyPlan) {
    if dayOfRow.indices.contains(row), dated[row], marks.isKept(row) {
      let day = Int(dayOfRow[row])
      days[day] = days[day].flatMap { $0 > 1 ? $0 - 1 : nil }
    }
    marks.reject(row, .duplicateKey, key.fields.first, key.rule)
  }
}

/// Bytes that are not UTF-8 in a file that was taken for it.
struct NotUTF8: Error {}

/// The block was cut where no record ends.
struct WrongCut: Error {}

extension RejectKind {
  init(_ fault: DecodeFault, _ field: SchemaField) {
    switch fault {
    case .badNumber, .numberTooLong: self = .badNumber
    case .badDate, .badDatetime: self = .badDate
    case .badBoolean: self = .badBoolean
    case .excelError: self = .excelError
    }
  }
}
