/// A column of a whole table: the batches' columns one after the other.
struct FlatColumn: Sendable {
  private enum Storage: Sendable {
    /// Anything but text, in one column.
    case plain(Column)
    case text(FlatText, Validity)
  }

  private let storage: Storage
  let type: DataType
  let count: Int

  /// A column that is whole already.
  init(_ column: Column) throws {
    (type, count) = (column.type, column.count)
    if case .text(let values) = column.values {
      storage = .text(try FlatText(joining: [values]), column.validity)
    } else {
      storage = .plain(column)
    }
  }

  init(_ text: FlatText, _ validity: Validity) {
    (type, count) = (.text, text.entries.count)
    storage = .text(text, validity)
  }

  /// - Parameters:
  ///   - pieces: in order, all of `type`. Decimals of different scales take the largest.
  ///   - type: counts when there are no pieces.
  init(joining pieces: [Column], type: DataType) throws {
    guard pieces.allSatisfy({ $0.type == type }) else { throw OperatorMessages.wrongColumn }
    if pieces.count == 1 {
      try self.init(pieces[0])
      return
    }
    let count = pieces.reduce(0) { $0 + $1.count }
    let validity = FlatColumn.validity(pieces, count)
    if pieces.contains(where: \.isAbsent) {
      try self.init(Column(.absent(type, count: count)))
    } else if type == .text {
      self.init(try FlatText(joining: pieces.compactMap(\.texts)), validity)
    } else {
      try self.init(Column(try FlatColumn.values(pieces, type, count), validity: validity))
    }
  }

  var validity: Validity {
    switch storage {
    case .plain(let column): column.validity
    case .text(_, let validity): validity
    }
  }

  /// The whole column where it is not text.
  var plain: Column? { if case .plain(let column) = storage { column } else { nil } }

  /// The texts where it is text.
  var text: FlatText? { if case .text(let text, _) = storage { text } else { nil } }

  /// The rows at the indices, in that order.
  func gathered(_ rows: [Int32]) throws -> Column {
    switch storage {
    case .plain(let column): column.gathered(rows)
    case .text(let text, let validity):
      Column(.text(try text.gathered(rows)), validity: validity.gathered(rows))
    }
  }

  /// The rows at the indices, null where an index is −1.
  func gatheredOrNull(_ rows: [Int32]) throws -> Column {
    guard rows.contains(-1) else { return try gathered(rows) }
    guard count > 0 else { return Column.nulls(type, count: rows.count) }
    let column = try gathered(rows.map { Swift.max($0, 0) })
    var flags = column.validity.flags ?? Array(repeating: true, count: rows.count)
    for (place, row) in rows.enumerated() where row < 0 { flags[place] = false }
    return Column(column.values, validity: Validity(flags: flags))
  }

  private static func validity(_ pieces: [Column], _ count: Int) -> Validity {
    guard pieces.contains(where: { $0.validity.flags != nil }) else { return .all }
    var flags: [Bool] = []
    flags.reserveCapacity(count)
    for piece in pieces {
      if let some = piece.validity.flags {
        flags.append(contentsOf: some)
      } else {
        flags.append(contentsOf: repeatElement(true, count: piece.count))
      }
    }
    return Validity(flags: flags)
  }

  private static func values(
    _ pieces: [Column], _ type: DataType, _ count: Int
  ) throws -> Column.Values {
    switch type {
    case .boolean:
      return .boolean(joined(pieces, count) { if case .boolean(let v) = $0 { v } else { [] } })
    case .integer:
      return .integer(joined(pieces, count) { if case .integer(let v) = $0 { v } else { [] } })
    case .double:
      return .double(joined(pieces, count) { if case .double(let v) = $0 { v } else { [] } })
    case .date:
      return .date(joined(pieces, count) { if case .date(let v) = $0 { v } else { [] } })
    case .datetime(let zoned):
      let all = joined(pieces, count) { if case .datetime(let v, _) = $0 { v } else { [] } }
      return .datetime(all, zoned: zoned)
    case .decimal: return .decimal(try DecimalValues(joining: pieces.compactMap(\.decimals)))
    case .text: throw OperatorMessages.wrongColumn
    }
  }

  private static func joined<T>(
    _ pieces: [Column], _ count: Int, _ pick: (Column.Values) -> [T]
  ) -> [T] {
    var all: [T] = []
    all.reserveCapacity(count)
    for piece in pieces { all.append(contentsOf: pick(piece.values)) }
    return all
  }
}

extension Column {
  /// The texts of a text column.
  var texts: TextValues? { if case .text(let values) = values { values } else { nil } }

  /// The decimals of a decimal column.
  var decimals: DecimalValues? { if case .decimal(let values) = values { values } else { nil } }
}

extension DecimalValues {
  /// One after the other, at the largest of their scales; in 64 bits where all values fit.
  init(joining pieces: [DecimalValues]) throws {
    let scale = pieces.reduce(0) { Swift.max($0, $1.scale) }
    if let narrow = DecimalValues.narrow(pieces, scale) {
      self.init(scale: scale, digits: .narrow(narrow))
      return
    }
    var wide: [Int128] = []
    for piece in pieces {
      let factor = Decimal.powersOfTen[scale - piece.scale]
      for value in piece.widened {
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        if overflow { throw OperatorMessages.decimalTooLarge }
        wide.append(product)
      }
    }
    self.init(scale: scale, digits: .wide(wide))
  }

  private static func narrow(_ pieces: [DecimalValues], _ scale: Int) -> [Int64]? {
    var all: [Int64] = []
    all.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
    for piece in pieces {
      guard case .narrow(let values) = piece.digits else { return nil }
      if piece.scale == scale {
        all.append(contentsOf: values)
        continue
      }
      let factor = Int64(truncatingIfNeeded: Decimal.powersOfTen[scale - piece.scale])
      for value in values {
        let (product, overflow) = value.multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        all.append(product)
      }
    }
    return all
  }
}
