/// Batches as bytes, for files that the same process reads back: columns as they lie in memory,
/// each array with its length before it.
struct BatchBytes {
  private var bytes: [UInt8] = []
  private var position = 0

  static func of(_ batch: Batch) -> [UInt8] {
    var writer = BatchBytes()
    writer.put([Int64(batch.rowCount), Int64(batch.sequence), Int64(batch.columns.count)])
    for column in batch.columns { writer.put(column) }
    return writer.bytes
  }

  /// - Returns: nil when the bytes are no batch.
  static func batch(_ bytes: [UInt8]) -> Batch? {
    var reader = BatchBytes()
    reader.bytes = bytes
    guard let head: [Int64] = reader.take(), head.count == 3, head[0] >= 0, head[2] >= 0 else {
      return nil
    }
    var columns: [Column] = []
    for _ in 0..<head[2] {
      guard let column = reader.takeColumn(rows: Int(head[0])) else { return nil }
      columns.append(column)
    }
    guard reader.position == bytes.count else { return nil }
    return Batch(columns: columns, rowCount: Int(head[0]), sequence: Int(head[1]))
  }

  private mutating func put(_ column: Column) {
    put(column.validity.flags.map { $0.map { $0 ? 1 : 0 } } ?? [UInt8]())
    switch column.values {
    case .text(let values):
      put([0, values.codes == nil ? 0 : 1] as [Int64])
      put(values.bytes)
      put(values.offsets)
      if let codes = values.codes { put(codes) }
    case .boolean(let values):
      put([1] as [Int64])
      put(values.map { $0 ? 1 : 0 } as [UInt8])
    case .integer(let values):
      put([2] as [Int64])
      put(values)
    case .decimal(let values):
      switch values.digits {
      case .narrow(let digits):
        put([3, Int64(values.scale)])
        put(digits)
      case .wide(let digits):
        put([4, Int64(values.scale)])
        put(digits)
      }
    case .double(let values):
      put([5] as [Int64])
      put(values)
    case .date(let values):
      put([6] as [Int64])
      put(values)
    case .datetime(let values, let zoned):
      put([7, zoned ? 1 : 0])
      put(values)
    case .absent(let type, _): put([8, BatchBytes.number(type)])
    }
  }

  private mutating func takeColumn(rows: Int) -> Column? {
    guard let flags: [UInt8] = take(), let head: [Int64] = take(), let kind = head.first,
      flags.isEmpty || flags.count == rows,
      let values = takeValues(kind, head.count > 1 ? head[1] : 0, rows: rows)
    else { return nil }
    let column = Column(
      values, validity: flags.isEmpty ? .all : Validity(flags: flags.map { $0 != 0 }))
    return column.count == rows ? column : nil
  }

  private mutating func takeValues(_ kind: Int64, _ more: Int64, rows: Int) -> Column.Values? {
    if kind == 3 || kind == 4, !(0...Int64(DecimalValues.maximumScale)).contains(more) {
      return nil
    }
    switch kind {
    case 0: return takeTexts(coded: more != 0).map { .text($0) }
    case 1: return (take() as [UInt8]?).map { .boolean($0.map { $0 != 0 }) }
    case 2: return (take() as [Int64]?).map { .integer($0) }
    case 3:
      return (take() as [Int64]?).map {
        .decimal(DecimalValues(scale: Int(more), digits: .narrow($0)))
      }
    case 4:
      return (take() as [Int128]?).map {
        .decimal(DecimalValues(scale: Int(more), digits: .wide($0)))
      }
    case 5: return (take() as [Double]?).map { .double($0) }
    case 6: return (take() as [Int32]?).map { .date($0) }
    case 7: return (take() as [Int64]?).map { .datetime($0, zoned: more != 0) }
    case 8: return BatchBytes.type(more).map { .absent($0, count: rows) }
    default: return nil
    }
  }

  private mutating func takeTexts(coded: Bool) -> TextValues? {
    guard let bytes: [UInt8] = take(), let offsets: [Int32] = take(),
      offsets.first == 0, Int(offsets.last ?? -1) == bytes.count
    else { return nil }
    for place in 1..<offsets.count where offsets[place] < offsets[place - 1] { return nil }
    guard coded else { return TextValues(bytes: bytes, offsets: offsets) }
    guard let codes: [Int32] = take(),
      codes.allSatisfy({ $0 >= 0 && Int($0) < offsets.count - 1 })
    else { return nil }
    return TextValues(bytes: bytes, offsets: offsets, codes: codes)
  }

  private static let types: [DataType] = [
    .text, .boolean, .integer, .decimal, .double, .date, .datetime(zoned: false),
    .datetime(zoned: true),
  ]

  private static func number(_ type: DataType) -> Int64 {
    Int64(types.firstIndex(of: type) ?? 0)
  }

  private static func type(_ number: Int64) -> DataType? {
    types.indices.contains(Int(clamping: number)) ? types[Int(number)] : nil
  }

  private mutating func put<Element: BitwiseCopyable>(_ values: [Element]) {
    unsafe withUnsafeBytes(of: Int64(values.count)) { unsafe bytes.append(contentsOf: $0) }
    unsafe values.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  }

  private mutating func take<Element: BitwiseCopyable>() -> [Element]? {
    guard position + 8 <= bytes.count else { return nil }
    let (start, held) = (position + 8, bytes)
    let count = unsafe held.withUnsafeBytes {
      unsafe $0.loadUnaligned(fromByteOffset: position, as: Int64.self)
    }
    let (length, overflow) = Int(count).multipliedReportingOverflow(
      by: MemoryLayout<Element>.stride)
    guard count >= 0, !overflow, length <= bytes.count - start else { return nil }
    position = start + length
    return unsafe [Element](unsafeUninitializedCapacity: Int(count)) { buffer, filled in
      unsafe held.withUnsafeBytes { raw in
        let target = UnsafeMutableRawBufferPointer(buffer)
        unsafe target.copyMemory(
          from: UnsafeRawBufferPointer(rebasing: raw[start..<(start + length)]))
      }
      filled = Int(count)
    }
  }
}

extension Batch {
  /// Roughly the bytes that its columns take.
  var heldBytes: Int { columns.reduce(64) { $0 + $1.heldBytes } }
}

extension Column {
  fileprivate var heldBytes: Int {
    let flags = validity.flags?.count ?? 0
    switch values {
    case .text(let values):
      return flags + values.bytes.count + 4 * (values.offsets.count + (values.codes?.count ?? 0))
    case .boolean(let values): return flags + values.count
    case .decimal(let values):
      if case .narrow(let digits) = values.digits { return flags + 8 * digits.count }
      return flags + 16 * values.count
    case .date(let values): return flags + 4 * values.count
    case .integer, .double, .datetime: return flags + 8 * count
    case .absent: return 0
    }
  }
}
