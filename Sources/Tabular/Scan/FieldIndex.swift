import CKernels

/// Where the wanted fields of a morsel's records lie, and what was wrong with the others.
public struct FieldIndex: Sendable {
  /// A record that is no row.
  public struct Fault: Sendable {
    public let fault: RecordFault
    /// The record's (for broken quoting, the physical line's) bytes in the morsel, without its
    /// line end.
    public let bytes: Range<Int>
    /// Where in the morsel the trouble is.
    public let position: Int
    /// The number of good records before it in the morsel.
    public let recordsBefore: Int
    /// Index of the field in which it is, or the number of fields found.
    public let column: Int
  }

  /// Columns that were asked for, as positions in the record; slot *s* is column `wanted[s]`.
  public let wanted: [Int]
  /// Good records.
  public internal(set) var recordCount = 0
  /// Slices of the wanted fields, record by record: `recordCount × wanted.count`.
  public internal(set) var slices: [FieldSlice] = []
  /// Where each good record begins.
  public internal(set) var recordStarts: [Int32] = []
  public internal(set) var faults: [Fault] = []
  public internal(set) var blankLines = 0

  init(wanted: [Int]) { self.wanted = wanted }

  /// The slice of a record's field.
  @inlinable
  public func slice(_ record: Int, slot: Int) -> FieldSlice {
    slices[record * wanted.count + slot]
  }
}

/// Makes the index of a morsel: whole records, beginning at a record's start.
public struct FieldIndexer: Sendable {
  public let dialect: CSVDialect
  /// Fields that a record must have.
  public let columns: Int
  /// Positions of the fields to index, ascending.
  public let wanted: [Int]
  /// Whether one more, empty field at the end (a trailing delimiter) is let through.
  public let allowsTrailingDelimiter: Bool
  private let slots: [Int32]
  private let loader: MaskLoader

  public init(
    dialect: CSVDialect, columns: Int, wanted: [Int], allowsTrailingDelimiter: Bool = false
  ) {
    (self.dialect, self.columns, self.wanted) = (dialect, columns, wanted)
    self.allowsTrailingDelimiter = allowsTrailingDelimiter
    var slots = [Int32](repeating: -1, count: columns)
    for (slot, column) in wanted.enumerated() where column < columns { slots[column] = Int32(slot) }
    self.slots = slots
    loader = MaskLoader(dialect)
  }

  /// - Parameter bytes: a morsel, at most 2 GiB.
  public func index(_ bytes: Span<UInt8>) -> FieldIndex {
    var build = IndexBuild(FieldIndex(wanted: wanted), expecting: bytes.count / 64)
    var reader = RecordReader(dialect)
    var start = 0
    while start < bytes.count {
      if dialect.escape == nil {
        start = unsafe bytes.withUnsafeBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return start }
          return unsafe sweep(base, buffer.count, from: start, &build)
        }
        if start >= bytes.count { break }
      }
      start = one(&reader, bytes, from: start, &build)
    }
    var index = build.finished()
    NULFilter.apply(to: &index, bytes, dialect)
    return index
  }

  /// The slow way: one record, byte by byte.
  private func one(
    _ reader: inout RecordReader, _ bytes: Span<UInt8>, from start: Int, _ build: inout IndexBuild
  ) -> Int {
    switch reader.read(bytes, from: start, atEnd: true) {
    case .record(let next):
      build.add(reader.fields, start: start, next: next, for: self)
      return next
    case .blank(let next):
      build.index.blankLines += 1
      return next
    case .fault(let fault, let at, let next):
      var end = next
      if end > start, bytes[end - 1] == dialect.lineEnd { end -= 1 }
      build.fault(fault, start..<end, at: at, column: reader.fields.count)
      return next
    case .incomplete:
      return bytes.count
    }
  }

  /// The fast way, 64 bytes a step, as long as everything is regular.
  /// - Returns: the start of the first record that was not indexed.
  private func sweep(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, from start: Int, _ build: inout IndexBuild
  ) -> Int {
    var state = QuoteState()
    var row = RowCursor(start)
    var lines = 0
    var position = start
    let (quote, hasQuote) = (dialect.quoteByte, dialect.quote != nil)
    while position + 64 <= count {
      let masks = unsafe loader.load(bytes, at: position)
      let (inside, irregular) = state.step(masks)
      var ends = (masks.delimiter | masks.newline) & ~inside
      lines += (masks.newline & inside).nonzeroBitCount
      let stop =
        irregular != 0 || lines >= dialect.maximumRecordLines
        || position + 64 - row.start > dialect.maximumFieldBytes
      if stop { ends &= irregular == 0 ? 0 : (irregular & (0 &- irregular)) &- 1 }
      if masks.newline & ends != 0 { lines = 0 }
      while ends != 0 {
        let bit = ends.trailingZeroBitCount
        ends &= ends &- 1
        let end = position &+ bit
        let isLine = masks.newline >> UInt64(bit) & 1 == 1
        if row.column < columns {
          let slot = slots[row.column]
          if slot >= 0 {
            let quoted = unsafe hasQuote && bytes[row.fieldStart] == quote
            var contentEnd = end
            if isLine, unsafe end > row.fieldStart && bytes[end - 1] == 13, dialect.lineEnd == 10 {
              contentEnd -= 1
            }
            build.put(
              FieldSlice(
                start: Int32(truncatingIfNeeded: row.fieldStart &+ (quoted ? 1 : 0)),
                end: Int32(truncatingIfNeeded: contentEnd &- (quoted ? 1 : 0)), quoted: quoted))
          }
        }
        row.column &+= 1
        if isLine {
          if row.column == columns, columns > 1 {
            build.close(row.start)
          } else {
            let carriage = unsafe end > row.start && bytes[end - 1] == 13
            let isEmpty = end - row.start == (carriage ? 1 : 0)
            closeOdd(row, end: end, isBlank: row.column == 1 && isEmpty, &build)
          }
          row = RowCursor(end &+ 1)
        } else {
          row.fieldStart = end &+ 1
        }
      }
      if stop { break }
      position += 64
    }
    build.rewind()
    return row.start
  }

  /// A line with another number of fields than asked, or a blank one.
  private func closeOdd(_ row: RowCursor, end: Int, isBlank: Bool, _ build: inout IndexBuild) {
    if isBlank, dialect.lineEnd == 10 || end == row.start {
      build.rewind()
      build.index.blankLines += 1
    } else if row.column == columns
      || (allowsTrailingDelimiter && row.column == columns + 1 && row.fieldStart == end)
    {
      build.close(row.start)
    } else {
      build.rewind()
      build.fault(
        row.column < columns ? .tooFewFields : .tooManyFields, row.start..<end, at: row.start,
        column: row.column)
    }
  }
}

/// Where the fast loop stands in its record.
struct RowCursor {
  let start: Int
  var fieldStart: Int
  var column = 0

  init(_ start: Int) { (self.start, fieldStart) = (start, start) }
}
