import Tabular

/// Goes through the rejects of a block in the order of its bytes, one at a time: a block may hold
/// hundreds of thousands.
struct RejectWalk {
  /// Bytes of a record that the reject file keeps.
  static let longestText = 1 << 16

  private let work: BlockWork
  private let schema: SchemaPlan
  private let starts: [Int32]
  private let faults: [FieldIndex.Fault]
  /// Where the field of each of the block's reasons lies: its column, and its slot in the index.
  private let places: [(column: Int, slot: Int)?]
  private var lines: LineCounter
  private var row = 0
  private var fault = 0
  private var isOver = false

  init(_ work: BlockWork, _ schema: SchemaPlan) {
    (self.work, self.schema) = (work, schema)
    (starts, faults) = (work.index.recordStarts, work.index.faults)
    places = work.marks.reasons.map { reason in
      work.plan.columns.first { $0.field == reason.field }.map { ($0.column, $0.slot) }
    }
    lines = LineCounter(work)
  }

  /// The next one, or nil.
  mutating func next() -> Reject? {
    if let length = work.block.oversized {
      defer { isOver = true }
      return isOver ? nil : oversized(length)
    }
    while true {
      let rowStart = row < starts.count ? Int(starts[row]) : .max
      let faultStart = fault < faults.count ? faults[fault].bytes.lowerBound : .max
      if rowStart == .max, faultStart == .max { return nil }
      if rowStart < faultStart {
        defer { row += 1 }
        if let reason = work.marks.reasonPlace(row) { return record(row, reason, rowStart) }
      } else {
        defer { fault += 1 }
        if work.skipKind(ofFault: fault) == nil { return broken(faults[fault]) }
      }
    }
  }

  /// The rule that was broken, such as `minimum 0` or `%d/%m/%Y`.
  func rule(_ reject: Reject) -> String {
    if let reason = reject.reason { return work.marks.reasons[reason].rule }
    if let fields = reject.fields {
      return "\(work.plan.probe.match.width) fields, not \(fields)"
    }
    guard let length = work.block.oversized else { return "CSV" }
    return "at most \(work.plan.dialect.maximumRecordBytes) bytes, not \(length)"
  }

  /// The name of the field that broke it, where it is one of the schema's.
  func columnName(_ reject: Reject) -> String? {
    reject.reason.flatMap { work.marks.reasons[$0].field }.map { schema.fields[$0].field.name }
  }

  private mutating func record(_ row: Int, _ reason: Int, _ start: Int) -> Reject {
    let (line, byte) = lines.place(of: start)
    let at = places[reason].map { work.index.slice(row, slot: $0.slot).start } ?? start
    // A good record ends at the latest where the next one or the next fault begins.
    var end = row + 1 < starts.count ? Int(starts[row + 1]) : work.block.count
    if fault < faults.count { end = min(end, faults[fault].bytes.lowerBound) }
    return Reject(
      kind: work.marks.reasons[reason].kind, reason: reason, column: places[reason]?.column,
      fields: nil, line: line, lineBytes: byte,
      bytes: byte + lines.fileBytes(start..<max(start, at)), text: text(start..<end), row: row)
  }

  private mutating func broken(_ fault: FieldIndex.Fault) -> Reject {
    let start = fault.bytes.lowerBound
    let (line, byte) = lines.place(of: start)
    let kind = RejectKind(fault.fault)
    let isWidth = kind == .tooFewFields || kind == .tooManyFields
    return Reject(
      kind: kind, reason: nil, column: isWidth ? nil : fault.column,
      fields: isWidth ? fault.column : nil, line: line, lineBytes: byte,
      bytes: byte + lines.fileBytes(start..<max(start, fault.position)),
      text: text(fault.bytes), row: nil)
  }

  private func oversized(_ length: Int) -> Reject {
    let kept = min(work.block.bytes.count, RejectWalk.longestText)
    return Reject(
      kind: .fieldTooLong, reason: nil, column: nil, fields: nil, line: 0, lineBytes: 0, bytes: 0,
      text: 0..<kept, row: nil)
  }

  private func text(_ record: Range<Int>) -> Range<Int> {
    let bytes = work.block.bytes
    var end = min(record.upperBound, record.lowerBound + RejectWalk.longestText)
    while end > record.lowerBound, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return record.lowerBound..<end
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
