import StageKit

/// How often each value stands in a column.
struct ValueCounts: Sendable {
  private(set) var numbers: [[UInt8]: Int32] = [:]
  private(set) var values: [[UInt8]] = []
  private(set) var rows: [Int] = []

  /// The number of a value, counted once more or not.
  mutating func number(_ value: [UInt8], counting: Int) -> Int32 {
    if let known = numbers[value] {
      rows[Int(known)] += counting
      return known
    }
    let number = Int32(truncatingIfNeeded: values.count)
    numbers[value] = number
    values.append(value)
    rows.append(counting)
    return number
  }

  /// By number, the value's place in their order; numbers by size, all else by bytes.
  func order(isNumber: Bool) -> [Int] {
    let sorted = values.indices.sorted { first, second in
      let (first, second) = (values[first], values[second])
      if isNumber {
        let (one, other) = (Self.size(first), Self.size(second))
        if one != other { return one < other }
      }
      return first.lexicographicallyPrecedes(second)
    }
    var places = [Int](repeating: 0, count: values.count)
    for (place, number) in sorted.enumerated() { places[number] = place }
    return places
  }

  private static func size(_ key: [UInt8]) -> Int64 {
    guard key.first == 1 else { return .min }
    return Int64(String(decoding: key.dropFirst(9), as: UTF8.self)) ?? .min
  }
}

/// Values of one column, counted by class.
struct SensitiveColumn {
  private let terms: ClassTerms.Sensitive
  private var values = ValueCounts()
  /// What the whole input had.
  private let whole: ValueCounts?
  /// Rows by class and number of a value.
  private var cells: [UInt64: Int] = [:]
  private var key: [UInt8] = []

  init(_ terms: ClassTerms.Sensitive, whole: ValueCounts?) {
    (self.terms, self.whole) = (terms, whole)
    if let whole { values = whole }
  }

  /// - Returns: whether the class has not had this value before.
  mutating func add(_ row: some TableCells, to place: Int32) -> Bool {
    key.removeAll(keepingCapacity: true)
    row.appendKey(terms.column, to: &key)
    let value = values.number(key, counting: 0)
    let cell = UInt64(UInt32(bitPattern: place)) << 32 | UInt64(UInt32(bitPattern: value))
    cells[cell, default: 0] += 1
    return cells[cell] == 1
  }

  /// Promises that classes break.
  /// - Parameter rows: by class.
  func broken(_ rows: [Int]) -> [ClassFinding.Alike] {
    var byClass = [[(value: Int, rows: Int)]](repeating: [], count: rows.count)
    for (cell, count) in cells {
      byClass[Int(cell >> 32)].append((Int(cell & 0xFFFF_FFFF), count))
    }
    let spreads = terms.spreads.filter { !$0.isRelative || whole != nil }
    return spreads.compactMap { spread in
      let check = SpreadCheck(spread, whole, isNumber: terms.isNumber)
      let failing = byClass.count { !check.holds($0) }
      if failing == 0 { return nil }
      return ClassFinding.Alike(field: terms.field, told: spread.told("="), classes: failing)
    }
  }
}
