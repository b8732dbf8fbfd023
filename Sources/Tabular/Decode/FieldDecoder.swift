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
  /// Whether texts are brought to the composed form (NFC).
  public let normalises: Bool
  private let missingSet: TextSet

  /// - Parameter normalises: for texts; the empty text and other types know nothing of it.
  public init(_ kind: Kind, missing: [[UInt8]] = [], normalises: Bool = false) {
    (self.kind, self.normalises) = (kind, normalises)
    self.missing = missing.filter { !$0.isEmpty }
    missingSet = TextSet(self.missing)
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
    var range = slice.start..<slice.end
    if range.isEmpty { return nil }
    if bytes[range.lowerBound] <= 32 || bytes[range.upperBound &- 1] <= 32 {
      range = trimmed(bytes, range)
      if range.isEmpty { return nil }
    }
    return missingSet.contains(bytes, range) ? nil : range
  }

  private func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] == 32 || bytes[start] == 9 { start += 1 }
    while start < end, bytes[end - 1] == 32 || bytes[end - 1] == 9 { end -= 1 }
    return start..<end
  }

  /// Whether a text means 'no value'.
  @inline(__always)
  func isMissing(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    missingSet.contains(bytes, range)
  }

  /// The fault of a text that did not parse: a spreadsheet's error has a name of its own.
  func fault(_ bytes: Span<UInt8>, _ range: Range<Int>, _ usual: DecodeFault) -> DecodeFault {
    ExcelError.matches(bytes, range) ? .excelError : usual
  }

  private func booleans(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, _ yes: [[UInt8]], _ no: [[UInt8]]
  ) -> DecodedColumn {
    let (yes, no) = (TextSet(yes), TextSet(no))
    return column(bytes, index, slot, null: false, make: { .boolean($0) }) { _, range, value in
      value = yes.contains(bytes, range)
      return value || no.contains(bytes, range) ? nil : .badBoolean
    }
  }

  /// A column of values of one width.
  /// - Parameter parse: puts the value of a text, or says why there is none.
  @inline(__always)
  func column<Element>(
    _ bytes: Span<UInt8>, _ index: FieldIndex, _ slot: Int, null: Element,
    make: ([Element]) -> Column.Values,
    parse: (_ record: Int, _ range: Range<Int>, _ value: inout Element) -> DecodeFault?
  ) -> DecodedColumn {
    let slices = index.slices.span
    let width = index.wanted.count
    var nulls = NullRows(index.recordCount)
    var failures: [(record: Int, fault: DecodeFault)] = []
    let values = [Element](capacity: index.recordCount) { values in
      var place = slot
      for record in 0..<index.recordCount {
        var value = null
        if let range = content(bytes, slices[place]) {
          if let fault = parse(record, range, &value) {
            failures.append((record, self.fault(bytes, range, fault)))
            nulls.insert(record)
            value = null
          }
        } else {
          nulls.insert(record)
        }
        values.append(value)
        place &+= width
      }
    }
    return DecodedColumn(
      column: Column(make(values), validity: nulls.validity), failures: failures)
  }
}

/// The rows of a column in the making that have no value.
struct NullRows {
  private let count: Int
  private var flags: [Bool] = []

  init(_ count: Int) { self.count = count }

  mutating func insert(_ row: Int) {
    // Most columns have no null in most batches, and then no flags.
    if flags.isEmpty { flags = Array(repeating: true, count: count) }
    flags[row] = false
  }

  var validity: Validity { Validity(flags: flags.isEmpty ? nil : flags) }
}
