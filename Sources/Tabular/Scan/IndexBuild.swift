/// An index in the making: slices of a record are put one by one and kept or taken back when the
/// record's end has been seen.
struct IndexBuild {
  var index: FieldIndex
  private var kept = 0

  init(_ index: FieldIndex, expecting records: Int) {
    self.index = index
    self.index.slices.reserveCapacity(records * index.wanted.count)
    self.index.recordStarts.reserveCapacity(records)
  }

  @inline(__always)
  mutating func put(_ slice: FieldSlice) { index.slices.append(slice) }

  /// Keeps the record whose slices were put last.
  @inline(__always)
  mutating func close(_ start: Int) {
    index.recordStarts.append(Int32(truncatingIfNeeded: start))
    kept = index.slices.count
  }

  /// Takes back the slices of a record that is not kept.
  @inline(__always)
  mutating func rewind() {
    if index.slices.count > kept { index.slices.removeLast(index.slices.count - kept) }
  }

  mutating func fault(_ fault: RecordFault, _ bytes: Range<Int>, at position: Int, column: Int) {
    index.faults.append(
      FieldIndex.Fault(
        fault: fault, bytes: bytes, position: position, recordsBefore: index.recordStarts.count,
        column: column))
  }

  /// A record that was read byte by byte.
  mutating func add(_ fields: [FieldSlice], start: Int, next: Int, for indexer: FieldIndexer) {
    let trailing =
      indexer.allowsTrailingDelimiter && fields.count == indexer.columns + 1
      && fields[fields.count - 1].start == fields[fields.count - 1].end
      && !fields[fields.count - 1].quoted
    guard fields.count == indexer.columns || trailing else {
      fault(
        fields.count < indexer.columns ? .tooFewFields : .tooManyFields,
        start..<Int(fields[fields.count - 1].end), at: start, column: fields.count)
      return
    }
    for column in indexer.wanted { put(fields[column]) }
    close(start)
  }

  consuming func finished() -> FieldIndex {
    index.recordCount = index.recordStarts.count
    return index
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
    var position = range.lowerBound
    // Eight at a time would be quicker; the compiler vectorises this sum of comparisons.
    while position < range.upperBound {
      let end = min(position + 4096, range.upperBound)
      var zeros = 0
      for index in position..<end { zeros &+= bytes[index] == 0 ? 1 : 0 }
      if zeros > 0 { return true }
      position = end
    }
    return false
  }
}
