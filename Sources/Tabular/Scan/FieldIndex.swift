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
    var index = FieldIndex(wanted: wanted)
    // No record is shorter than its delimiters and line end; what is not used is never touched.
    let most = bytes.count / max(columns, 1) + 2
    index.slices = unsafe Array(unsafeUninitializedCapacity: most * wanted.count) {
      slices, sliceCount in
      index.recordStarts = unsafe Array(unsafeUninitializedCapacity: most) { starts, count in
        var build = unsafe IndexBuild(slices: slices, starts: starts, width: wanted.count)
        fill(&build, bytes)
        (count, sliceCount) = (build.records, build.records * wanted.count)
        (index.faults, index.blankLines) = (build.faults, build.blankLines)
      }
    }
    index.recordCount = index.recordStarts.count
    NULFilter.apply(to: &index, bytes, dialect)
    return index
  }

  private func fill(_ build: inout IndexBuild, _ bytes: Span<UInt8>) {
    var reader = RecordReader(dialect)
    var start = 0
    while start < bytes.count {
      if dialect.escape == nil {
        start = unsafe bytes.withUnsafeBufferPointer { buffer in
          unsafe slots.withUnsafeBufferPointer { slots in
            guard let base = buffer.baseAddress, let slots = slots.baseAddress else { return start }
            return unsafe sweep(base, buffer.count, slots, from: start, &build)
          }
        }
        if start >= bytes.count { break }
      }
      start = one(&reader, bytes, from: start, &build)
    }
  }

  /// The slow way: one record, byte by byte.
  private func one(
    _ reader: inout RecordReader, _ bytes: Span<UInt8>, from start: Int, _ build: inout IndexBuild
  ) -> Int {
    switch reader.read(bytes, from: start, atEnd: true) {
    case .record(let next):
      build.add(reader.fields, start: start, for: self)
      return next
    case .blank(let next):
      build.blankLines += 1
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
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ slots: UnsafePointer<Int32>, from start: Int,
    _ build: inout IndexBuild
  ) -> Int {
    var state = QuoteState()
    var row = RowCursor(start)
    var lines = 0
    var position = start
    while position &+ 64 <= count {
      let masks = unsafe loader.load(bytes, at: position)
      let (inside, irregular) = state.step(masks)
      let newlines = masks.newline & ~inside
      var ends = (masks.delimiter & ~inside) | newlines
      if inside != 0 { lines &+= (masks.newline & inside).nonzeroBitCount }
      let stop =
        irregular != 0 || lines >= dialect.maximumRecordLines
        || position &+ 64 &- row.start > dialect.maximumFieldBytes
      if stop { ends &= irregular == 0 ? 0 : (irregular & (0 &- irregular)) &- 1 }
      if newlines & ends != 0 { lines = 0 }
      while ends != 0 {
        let end = position &+ ends.trailingZeroBitCount
        let isLine = newlines & ends & (0 &- ends) != 0
        ends &= ends &- 1
        if row.column < columns, unsafe slots[row.column] >= 0 {
          unsafe put(bytes, row, end: end, isLine: isLine, &build)
        }
        row.column &+= 1
        if isLine {
          if row.column == columns, columns > 1 {
            build.close(row.start)
          } else {
            unsafe closeOdd(bytes, row, end: end, &build)
          }
          row = RowCursor(end &+ 1)
        } else {
          row.fieldStart = end &+ 1
        }
      }
      if stop { break }
      position &+= 64
    }
    build.rewind()
    return row.start
  }

  @inline(__always)
  private func put(
    _ bytes: UnsafePointer<UInt8>, _ row: RowCursor, end: Int, isLine: Bool,
    _ build: inout IndexBuild
  ) {
    var contentEnd = end
    if isLine, unsafe end > row.fieldStart && bytes[end &- 1] == 13, dialect.lineEnd == 10 {
      contentEnd &-= 1
    }
    let quoted = unsafe loader.opens(bytes[row.fieldStart])
    let inner = quoted ? 1 : 0
    build.put(
      FieldSlice(start: row.fieldStart &+ inner, end: contentEnd &- inner, quoted: quoted))
  }

  /// A line with another number of fields than asked, a blank one, or one of a single field.
  private func closeOdd(
    _ bytes: UnsafePointer<UInt8>, _ row: RowCursor, end: Int, _ build: inout IndexBuild
  ) {
    let carriage = unsafe end > row.start && bytes[end - 1] == 13 && dialect.lineEnd == 10
    if row.column == 1, end - row.start == (carriage ? 1 : 0) {
      build.rewind()
      build.blankLines += 1
    } else if row.column == columns
      || (allowsTrailingDelimiter && row.column == columns + 1
        && end - row.fieldStart == (carriage ? 1 : 0))
    {
      build.close(row.start)
    } else {
      build.rewind()
      build.fault(
        row.column < columns ? .tooFewFields : .tooManyFields,
        row.start..<(carriage ? end - 1 : end), at: row.start, column: row.column)
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
