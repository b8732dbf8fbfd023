import Tabular

/// How the texts of a schema's field are read from files of an encoding.
enum FieldFormat {
  /// Units that `bareNumber: false` lets stand beside a number.
  private static let affixes = [
    "€", "%", "$", "£", "EUR", "euros", "MAD", "DHS", "DH", "F CFA", "FCFA", "CFA", "XOF", "XAF",
    "TND", "DT", "DZD", "DA", "CAD", "CHF", "m²", "m2", "km²", "km", "ha", "kg", "kWh", "‰",
  ]
  /// Blanks that stand between thousands: a schema that names one means them all, since nobody
  /// sees the difference.
  private static let blanks = [" ", "\u{A0}", "\u{202F}", "\u{2009}"]

  /// - Parameter missing: the schema's markers, for fields without their own.
  static func decoder(
    _ field: SchemaField, missing: [String], encoding: TextEncoding
  ) -> FieldDecoder {
    let missing = (field.missingValues ?? missing).compactMap(encoding.bytes)
    return FieldDecoder(kind(field, encoding), missing: missing)
  }

  private static func kind(_ field: SchemaField, _ encoding: TextEncoding) -> FieldDecoder.Kind {
    switch field.dataType {
    case .text: .text(encoding.coding)
    case .boolean:
      .boolean(
        true: field.trueValues.compactMap(encoding.bytes),
        false: field.falseValues.compactMap(encoding.bytes))
    case .integer: .integer(numbers(field, encoding))
    case .decimal: .decimal(numbers(field, encoding))
    case .double: .double(numbers(field, encoding))
    case .date: .date(patterns(field) ?? [])
    case .datetime(let zoned): .datetime(patterns(field) ?? [], zoned: zoned)
    }
  }

  private static func numbers(_ field: SchemaField, _ encoding: TextEncoding) -> NumberFormat {
    var groups: [String] = []
    switch field.groupChar {
    case "": break
    case let mark where blanks.contains(mark): groups = blanks
    case "'", "’": groups = ["'", "’"]
    case let mark: groups = [mark]
    }
    return NumberFormat(
      decimalMark: field.decimalChar.utf8.first ?? UInt8(ascii: "."),
      groupMarks: groups.compactMap(encoding.bytes),
      // The blank between a number and its unit goes after the unit.
      affixes: field.bareNumber ? [] : (affixes + blanks.dropFirst()).compactMap(encoding.bytes),
      minusSigns: ["\u{2212}", "–"].compactMap(encoding.bytes))
  }

  /// The patterns of a date or datetime; nil when its format is not understood.
  static func patterns(_ field: SchemaField) -> [DatePattern]? {
    let isDate = field.type == .date
    switch field.format {
    case "default": return isDate ? [.isoDate] : DatePattern.isoDatetimes
    case "any":
      // What can be read in one way only; `03/02/2024` cannot.
      let dates = ["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d-%B-%Y"]
      let all = isDate ? dates : ["%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M"]
      return all.compactMap(DatePattern.init) + (isDate ? [] : DatePattern.isoDatetimes)
    case let format:
      // Older schemas write `fmt:` before a pattern.
      let pattern = format.hasPrefix("fmt:") ? String(format.dropFirst(4)) : format
      return DatePattern(pattern).map { [$0] }
    }
  }

  /// The value of a literal of the schema (a bound, a choice), read as the field's texts are, or
  /// as JSON and ISO 8601 write values; nil when it is neither.
  static func value(_ literal: String, _ field: SchemaField) -> Value? {
    if field.dataType == .text { return .text(literal) }
    if let value = read(literal, kind(field, .utf8)) { return value }
    switch field.dataType {
    case .integer: return read(literal, .integer(NumberFormat()))
    case .decimal: return read(literal, .decimal(NumberFormat()))
    case .double: return read(literal, .double(NumberFormat()))
    case .boolean:
      return read(literal, .boolean(true: [Array("true".utf8)], false: [Array("false".utf8)]))
    case .date: return read(literal, .date([.isoDate]))
    case .datetime(let zoned):
      return read(literal, .datetime(DatePattern.isoDatetimes, zoned: zoned))
    case .text: return nil
    }
  }

  private static func read(_ literal: String, _ kind: FieldDecoder.Kind) -> Value? {
    let (separator, end) = (UInt8(0x1F), UInt8(0x0A))
    guard !literal.utf8.contains(separator), !literal.utf8.contains(end), !literal.isEmpty else {
      return nil
    }
    let bytes = Array(literal.utf8) + [separator, end]
    let dialect = CSVDialect(delimiter: separator, quote: nil)
    let index = FieldIndexer(dialect: dialect, columns: 2, wanted: [0]).index(bytes.span)
    guard index.recordCount == 1 else { return nil }
    let decoded = FieldDecoder(kind).decode(bytes.span, index, slot: 0)
    let value = decoded.column.value(0)
    return decoded.failures.isEmpty && value != .null ? value : nil
  }
}
