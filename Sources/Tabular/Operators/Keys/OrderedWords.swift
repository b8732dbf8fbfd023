/// Columns of fixed width as 64-bit words whose signed order is the values' order, and back: one
/// loop then serves all of these types.
///
/// Doubles: −0 becomes 0, and NaN, of whatever payload, comes after everything else.
enum OrderedWords {
  /// The words, or nil for texts, decimals and absent columns. Words of null rows are arbitrary.
  static func of(_ column: Column) -> [Int64]? {
    switch column.values {
    case .boolean(let values): values.map { $0 ? 1 : 0 }
    case .integer(let values), .datetime(let values, _): values
    case .double(let values): values.map(word)
    case .date(let values): values.map { Int64($0) }
    case .text, .decimal, .absent: nil
    }
  }

  /// The column of values behind the words; nil for types without words.
  static func column(_ words: [Int64], _ type: DataType, _ validity: Validity) -> Column? {
    let values: Column.Values
    switch type {
    case .boolean: values = .boolean(words.map { $0 != 0 })
    case .integer: values = .integer(words)
    case .double: values = .double(words.map(double))
    case .date: values = .date(words.map { Int32(truncatingIfNeeded: $0) })
    case .datetime(let zoned): values = .datetime(words, zoned: zoned)
    case .text, .decimal: return nil
    }
    return Column(values, validity: validity)
  }

  /// Whether columns of the type have words.
  static func cover(_ type: DataType) -> Bool {
    switch type {
    case .boolean, .integer, .double, .date, .datetime: true
    case .text, .decimal: false
    }
  }

  @inline(__always)
  static func word(_ value: Double) -> Int64 {
    if value.isNaN { return Int64(bitPattern: Double.nan.bitPattern) }
    let bits = Int64(bitPattern: (value == 0 ? 0 : value).bitPattern)
    return flipped(bits)
  }

  @inline(__always)
  static func double(_ word: Int64) -> Double {
    Double(bitPattern: UInt64(bitPattern: flipped(word)))
  }

  /// Negative doubles have their order reversed; the sign bit tells, and stays.
  @inline(__always)
  private static func flipped(_ bits: Int64) -> Int64 {
    bits ^ Int64(bitPattern: UInt64(bitPattern: bits >> 63) >> 1)
  }
}
