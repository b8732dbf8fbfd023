import Tabular

extension Reject {
  /// Bytes of a record that the reject file keeps.
  static let longestText = 1 << 16

  /// The rejects of a block, in the order of its bytes.
  static func list(_ work: BlockWork, _ schema: SchemaPlan) -> [Reject] {
    if let length = work.block.oversized { return [oversized(work, length)] }
    var found: [(at: Int, make: Found)] = []
    for (row, reason) in work.marks.rejected {
      found.append((Int(work.index.recordStarts[row]), .row(row, reason)))
    }
    for (place, fault) in work.index.faults.enumerated() where work.skippedFaults[place] == nil {
      found.append((fault.bytes.lowerBound, .fault(fault)))
    }
    found.sort { $0.at < $1.at }
    var lines = LineCounter(work)
    return found.map { item in
      switch item.make {
      case .row(let row, let reason): make(row, reason, work, schema, &lines)
      case .fault(let fault): make(fault, work, &lines)
      }
    }
  }

  private enum Found {
    case row(Int, RowMarks.Reason)
    case fault(FieldIndex.Fault)
  }

  private static func make(
    _ row: Int, _ reason: RowMarks.Reason, _ work: BlockWork, _ schema: SchemaPlan,
    _ lines: inout LineCounter
  ) -> Reject {
    let start = Int(work.index.recordStarts[row])
    let place = reason.field.flatMap { field in
      work.plan.columns.first { $0.field == field }
    }
    let (line, byte) = lines.place(of: start)
    let at = place.map { work.index.slice(row, slot: $0.slot).start } ?? start
    return Reject(
      kind: reason.kind, column: place?.column,
      columnName: reason.field.map { schema.fields[$0].field.name }, rule: reason.rule,
      line: line, lineBytes: byte, bytes: byte + lines.fileBytes(start..<max(start, at)),
      text: text(start..<recordEnd(row, work), work), row: row)
  }

  private static func make(
    _ fault: FieldIndex.Fault, _ work: BlockWork, _ lines: inout LineCounter
  ) -> Reject {
    let start = fault.bytes.lowerBound
    let (line, byte) = lines.place(of: start)
    let kind = RejectKind(fault.fault)
    let isWidth = kind == .tooFewFields || kind == .tooManyFields
    let rule =
      isWidth
      ? "\(work.plan.probe.match.width) fields, not \(fault.column)" : "CSV"
    return Reject(
      kind: kind, column: isWidth ? nil : fault.column, columnName: nil, rule: rule,
      line: line, lineBytes: byte,
      bytes: byte + lines.fileBytes(start..<max(start, fault.position)),
      text: text(fault.bytes, work))
  }

  private static func oversized(_ work: BlockWork, _ length: Int) -> Reject {
    let kept = min(work.block.bytes.count, longestText)
    return Reject(
      kind: .fieldTooLong, column: nil, columnName: nil,
      rule: "at most \(work.plan.dialect.maximumRecordBytes) bytes, not \(length)", line: 0,
      lineBytes: 0, bytes: 0,
      text: work.plan.probe.encoding.utf8(work.block.bytes[0..<kept]))
  }

  private static func text(_ range: Range<Int>, _ work: BlockWork) -> [UInt8] {
    let bytes = work.block.bytes[range].prefix(longestText)
    var end = bytes.endIndex
    while end > bytes.startIndex, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return work.plan.probe.encoding.utf8(bytes[..<end])
  }

  /// Where a good record ends at the latest: where the next record or fault begins.
  private static func recordEnd(_ row: Int, _ work: BlockWork) -> Int {
    var end = work.block.count
    if row + 1 < work.index.recordCount { end = Int(work.index.recordStarts[row + 1]) }
    let start = Int(work.index.recordStarts[row])
    // Faults are in order.
    var (low, high) = (0, work.index.faults.count)
    while low < high {
      let middle = (low + high) / 2
      if work.index.faults[middle].bytes.lowerBound <= start {
        low = middle + 1
      } else {
        high = middle
      }
    }
    if low < work.index.faults.count { end = min(end, work.index.faults[low].bytes.lowerBound) }
    return end
  }
}

/// Counts physical lines, and bytes of the file, up to ascending places of a block.
private struct LineCounter {
  private let bytes: [UInt8]
  private let lineEnd: UInt8
  private let isUTF16: Bool
  private var at = 0
  private var line = 0
  private var fileByte = 0

  init(_ work: BlockWork) {
    bytes = work.block.bytes
    lineEnd = work.plan.dialect.lineEnd
    isUTF16 = work.plan.probe.encoding.isUTF16
  }

  /// Line and byte of the start of a record, which must not lie before the last one asked for.
  mutating func place(of start: Int) -> (line: Int, byte: Int) {
    line += bytes.span.extracting(at..<start).occurrences(of: lineEnd)
    fileByte += fileBytes(at..<start)
    at = start
    return (line, fileByte)
  }

  /// Bytes of the decompressed file in a part of the block.
  func fileBytes(_ range: Range<Int>) -> Int {
    isUTF16 ? UTF16Source.bytes(of: bytes, range) : range.count
  }
}
