import Glibc

/// An index in the making: slices of a record are put one by one and kept or taken back when the
/// record's end has been seen. The buffers hold as many records as the morsel can have.
@safe struct IndexBuild {
  private let slices: UnsafeMutableBufferPointer<FieldSlice>
  private let starts: UnsafeMutableBufferPointer<Int32>
  private let width: Int
  private var put = 0
  private(set) var records = 0
  private(set) var faults: [FieldIndex.Fault] = []
  var blankLines = 0

  init(
    slices: UnsafeMutableBufferPointer<FieldSlice>, starts: UnsafeMutableBufferPointer<Int32>,
    width: Int
  ) {
    unsafe (self.slices, self.starts, self.width) = (slices, starts, width)
  }

  @inline(__always)
  mutating func put(_ slice: FieldSlice) {
    // A record that is too long for its columns puts no more than it has; the check is for faith.
    guard unsafe put < slices.count else { return }
    unsafe slices.initializeElement(at: put, to: slice)
    put &+= 1
  }

  /// Keeps the record whose slices were put last.
  @inline(__always)
  mutating func close(_ start: Int) {
    guard unsafe records < starts.count else { return }
    unsafe starts.initializeElement(at: records, to: Int32(truncatingIfNeeded: start))
    records &+= 1
  }

  /// Takes back the slices of a record that is not kept.
  @inline(__always)
  mutating func rewind() { put = records &* width }

  mutating func fault(_ fault: RecordFault, _ bytes: Range<Int>, at position: Int, column: Int) {
    faults.append(
      FieldIndex.Fault(
        fault: fault, bytes: bytes, position: position, recordsBefore: records, column: column))
  }

  /// A record that was read byte by byte.
  mutating func add(_ fields: [FieldSlice], start: Int, for indexer: FieldIndexer) {
    let last = fields[fields.count - 1]
    let trailing =
      indexer.allowsTrailingDelimiter && fields.count == indexer.columns + 1
      && last.start == last.end && !last.quoted
    guard fields.count == indexer.columns || trailing else {
      fault(
        fields.count < indexer.columns ? .tooFewFields : .tooManyFields, start..<last.end,
        at: start, column: fields.count)
      return
    }
    for column in indexer.wanted { put(fields[column]) }
    close(start)
  }
}

/// Takes records that hold a NUL byte out of an index. Rare, so looked for apart.
enum NULFilter {
  static func apply(to index: inout FieldIndex, _ bytes: Span<UInt8>, _ dialect: CSVDialect) {
    guard contains(bytes, 0..<bytes.count) else { return }
    let old = index
    let width = old.wanted.count
    index.slices.removeAll(keepingCapacity: true)
    index.recordStarts.removeAll(keepingCapacity: true)
    index.faults.removeAll()
    var faults = old.faults[...]
    func keepFaults(before record: Int, _ index: inout FieldIndex) {
      while let fault = faults.first, fault.recordsBefore <= record {
        index.faults.append(
          FieldIndex.Fault(
            fault: contains(bytes, fault.bytes) ? .nulByte : fault.fault, bytes: fault.bytes,
            position: fault.position, recordsBefore: index.recordStarts.count,
            column: fault.column))
        faults.removeFirst()
      }
    }
    var reader = RecordReader(dialect)
    for record in 0..<old.recordCount {
      keepFaults(before: record, &index)
      let start = Int(old.recordStarts[record])
      var end = bytes.count
      if case .record(let next) = reader.read(bytes, from: start, atEnd: true) { end = next }
      if contains(bytes, start..<end) {
        while end > start, bytes[end - 1] == dialect.lineEnd || bytes[end - 1] == 13 { end -= 1 }
        index.faults.append(
          FieldIndex.Fault(
            fault: .nulByte, bytes: start..<end, position: start,
            recordsBefore: index.recordStarts.count, column: 0))
      } else {
        index.recordStarts.append(old.recordStarts[record])
        index.slices.append(contentsOf: old.slices[record * width..<(record + 1) * width])
      }
    }
    keepFaults(before: old.recordCount, &index)
    index.recordCount = index.recordStarts.count
  }

  private static func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    unsafe bytes.extracting(range).withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return unsafe memchr(base, 0, buffer.count) != nil
    }
  }
}
