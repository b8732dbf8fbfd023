/// How the texts of one column become values: its type, its spellings and its markers of nothing.
public struct FieldDecoder: Sendable {
  /// What the texts are.
  public enum Kind: Sendable {
    case text(TextCoding)
    case boolean(true: [[UInt8]], false: [[UInt8]])
    case integer(NumberFormat)
    case decimal(NumberFormat)
    case double(NumberFormat)
    case date([DatePattern])
    case datetime([DatePattern], zoned: Bool)
  }

  public let kind: Kind
  /// Texts that mean 'no value', as bytes of the file; the unquoted empty field always does.
  public let missing: [[UInt8]]

  public init(_ kind: Kind, missing: [[UInt8]] = []) {
    (self.kind, self.missing) = (kind, missing.filter { !$0.isEmpty })
  }

  public var type: DataType {
    switch kind {
    case .text: .text
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .double: .double
    case .date: .date
    case .datetime(_, let zoned): .datetime(zoned: zoned)
    }
  }

  /// The column of a slot of an index.
  /// - Parameter bytes: the morsel that the index is of.
  public func decode(_ bytes: Span<UInt8>, _ index: FieldIndex, slot: Int) -> DecodedColumn {
    switch kind {
    case .text(let coding): return texts(bytes, index, slot, coding)
    case .boolean(let yes, let no): return booleans(bytes, index, slot, yes, no)
    case .integer(let format): return integers(bytes, index, slot, format)
    case .decimal(let format): return decimals(bytes, index, slot, format)
    case .double(let format): return doubles(bytes, index, slot, format)
    case .date(let patterns): return dates(bytes, index, slot, patterns)
    case .datetime(let patterns, let zoned):
      return datetimes(bytes, index, slot, patterns, zoned: zoned)
    }
  }

  /// The slice without surrounding blanks, or nil when it means 'no value'.
  @inline(__always)
  func content(_ bytes: Span<UInt8>, _ slice: FieldSlice) -> Range<Int>? {
    var start = slice.start
    var end = slice.end
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start &+= 1 }
    while start < end, bytes[end &- 1] == 32 || bytes[end &- 1] == 9 { end &-= 1 }
    if start == end { return nil }
    if !missing.isEmpty, isMissing(bytes, start..<end) { return nil }
    return start..<end
  }

  func isMissing(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    missing.contains { Self.equal(bytes, range, $0) }
  }

  static func equal(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: [UInt8]) -> Bool {
    guard text.count == range.count else { return false }
    for index in 0..<text.count where bytes[range.lowerBound + index] != text[index] {
      return false
    }
    return true
  }

  /// The fault of a text that did not parse: a spreadsheet's error has a name of its own.
  func fault(_ bytes: Span<UInt8>, _ range: Range<Int>, _ usual: DecodeFault) -> DecodeFault {
    ExcelError.matches(bytes, range) ? .excelError : usual
  }

  private func booleans(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ yes: [[UInt8]], _ no: [[UInt8]]
  ) -> DecodedColumn {
    var build = ColumnBuild<Bool>(index.recordCount, null: false)
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        continue
      }
      if yes.contains(where: { Self.equal(bytes, range, $0) }) {
        build.value(true)
      } else if no.contains(where: { Self.equal(bytes, range, $0) }) {
        build.value(false)
      } else {
        build.failure(record, fault(bytes, range, .badBoolean))
      }
    }
    return build.finished { .boolean($0) }
  }

  private func dates(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ patterns: [DatePattern]
  ) -> DecodedColumn {
    var build = ColumnBuild<Int32>(index.recordCount, null: 0)
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        continue
      }
      if let day = DatePattern.day(bytes, range, patterns) {
        build.value(Int32(truncatingIfNeeded: day))
      } else {
        build.failure(record, fault(bytes, range, .badDate))
      }
    }
    return build.finished { .date($0) }
  }

  private func datetimes(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ patterns: [DatePattern], zoned: Bool
  ) -> DecodedColumn {
    var build = ColumnBuild<Int64>(index.recordCount, null: 0)
    for record in 0..<index.recordCount {
      guard let range = content(bytes, index.slice(record, slot: slot)) else {
        build.null()
        continue
      }
      if let moment = DatePattern.moment(bytes, range, patterns, zoned: zoned) {
        build.value(moment)
      } else {
        build.failure(record, fault(bytes, range, .badDatetime))
      }
    }
    return build.finished { .datetime($0, zoned: zoned) }
  }
}

/// A column's values in the making.
struct ColumnBuild<Element> {
  private let none: Element
  private(set) var values: [Element] = []
  private var flags: [Bool] = []
  private var failures: [(record: Int, fault: DecodeFault)] = []

  init(_ count: Int, null: Element) {
    none = null
    values.reserveCapacity(count)
  }

  @inline(__always)
  mutating func value(_ value: Element) {
    values.append(value)
    if !flags.isEmpty { flags.append(true) }
  }

  mutating func null() {
    // Flags are kept from the first null on; most columns have none in most batches.
    if flags.isEmpty { flags = Array(repeating: true, count: values.count) }
    values.append(none)
    flags.append(false)
  }

  mutating func failure(_ record: Int, _ fault: DecodeFault) {
    null()
    failures.append((record, fault))
  }

  func finished(_ make: ([Element]) -> Column.Values) -> DecodedColumn {
    DecodedColumn(
      column: Column(make(values), validity: Validity(flags: flags.isEmpty ? nil : flags)),
      failures: failures)
  }
}
