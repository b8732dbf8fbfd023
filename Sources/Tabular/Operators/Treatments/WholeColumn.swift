/// A column of all rows of a table.
package struct WholeColumn: Sendable {
  private let column: FlatColumn
  private let lengths: [Int]

  /// - Parameter batches: with this column in them, at least one.
  package init(_ batches: [Batch], _ position: Int) throws {
    let pieces = try batches.map { try $0.column(position) }
    guard let type = pieces.first?.type else { throw OperatorMessages.wrongColumn }
    column = try FlatColumn(joining: pieces, type: type)
    lengths = pieces.map(\.count)
  }

  /// The values of other rows in the place of each row's, cut as the batches were.
  /// - Parameter rows: for each row the one whose value it gets.
  package func rearranged(_ rows: [Int32]) throws -> [Column] {
    var start = 0
    return try lengths.map { length in
      defer { start += length }
      guard start + length <= rows.count else { throw OperatorMessages.wrongColumn }
      return try column.gathered(Array(rows[start..<(start + length)]))
    }
  }
}

/// Whole numbers, decimals and dates as whole numbers of one unit.
package enum ExactNumbers {
  /// The types that it knows.
  package static let types: [DataType] = [.integer, .decimal, .date]

  /// The digits after the point that hold the values of all columns.
  package static func scale(_ columns: [Column]) -> Int {
    columns.reduce(0) { Swift.max($0, $1.decimals?.scale ?? 0) }
  }

  /// - Returns: for each row its value at the scale, nil for null.
  /// - Throws: `OperatorError` when one does not fit.
  package static func units(_ column: Column, scale: Int) throws -> [Int128?] {
    let values: [Int128]
    switch column.values {
    case .integer(let integers): values = try scaled(integers.map { Int128($0) }, by: scale)
    case .decimal(let decimals):
      values = try scaled(decimals.widened, by: scale - decimals.scale)
    case .date(let days): values = days.map { Int128($0) }
    case .absent: throw OperatorMessages.absentColumn
    default: throw OperatorMessages.wrongColumn
    }
    guard let flags = column.validity.flags else { return values }
    return values.indices.map { flags[$0] ? values[$0] : nil }
  }

  private static func scaled(_ values: [Int128], by digits: Int) throws -> [Int128] {
    if digits == 0 { return values }
    guard digits > 0, digits <= 38 else { throw OperatorMessages.wrongColumn }
    let factor = Decimal.powersOfTen[digits]
    return try values.map { value in
      let (product, overflows) = value.multipliedReportingOverflow(by: factor)
      if overflows { throw OperatorMessages.decimalTooLarge }
      return product
    }
  }

  /// A column of values at a scale; integers and dates stay within their type.
  package static func column(
    _ units: some Collection<Int128?>, _ type: DataType, scale: Int
  ) throws -> Column {
    let hasNulls = units.contains { $0 == nil }
    let validity = hasNulls ? Validity(flags: units.map { $0 != nil }) : .all
    let unit = type == .decimal ? 1 : Decimal.powersOfTen[Swift.min(Swift.max(scale, 0), 38)]
    switch type {
    case .integer:
      return Column(
        .integer(units.map { Int64(clamping: divideHalfAway($0 ?? 0, by: unit)) }),
        validity: validity)
    case .date:
      return Column(.date(units.map { Int32(clamping: $0 ?? 0) }), validity: validity)
    case .decimal:
      let digits = DecimalValues(scale: scale, digits: .wide(units.map { $0 ?? 0 }))
      return Column(.decimal(digits.narrowed), validity: validity)
    default: throw OperatorMessages.wrongColumn
    }
  }
}
