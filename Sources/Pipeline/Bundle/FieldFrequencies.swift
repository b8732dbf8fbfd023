import Ingest
import Tabular

/// How often the values of a column occur, as far as it may be told: only of values that stand for
/// enough persons, and never so that a small rest could be computed from the total.
struct FieldFrequencies: Sendable, Hashable {
  struct Row: Sendable, Hashable {
    /// Nil for an empty cell.
    let value: String?
    let count: Int
  }

  /// The most frequent first, then by value.
  let rows: [Row]
  /// Rows of all the other values together, named by nobody; 0 for none.
  let others: Int
}

/// Counts values of several columns in one reading.
struct FrequencyCount {
  /// Columns with more values than this are told without frequencies.
  static let mostValues = 40

  private struct Value {
    var rows = 0
    /// For each column of pseudonyms, up to as many as are needed.
    var persons: [Set<[UInt8]>]
  }

  private let columns: [Int]
  private let persons: [Int]
  private let least: Int
  private var values: [[[UInt8]: Value]?]

  /// - Parameters:
  ///   - columns: to be counted.
  ///   - persons: columns that may tell persons apart, each of which must have enough values;
  ///     empty where every row is a person.
  ///   - least: persons that a value must stand for.
  init(columns: [Int], persons: [Int], least: Int) {
    (self.columns, self.persons, self.least) = (columns, persons, least)
    values = Array(repeating: [:], count: columns.count)
  }

  mutating func add(_ row: ReferenceRow) {
    for (place, column) in columns.enumerated() where values[place] != nil {
      // A null differs from an empty text.
      let key: [UInt8] = [row.isNull(column) ? 0 : 1] + row[column]
      var value =
        values[place]?.removeValue(forKey: key)
        ?? Value(persons: Array(repeating: [], count: persons.count))
      value.rows += 1
      for (index, person) in persons.enumerated() where value.persons[index].count < least {
        value.persons[index].insert(Array(row[person]))
      }
      values[place]?[key] = value
      if values[place]?.count ?? 0 > Self.mostValues { values[place] = nil }
    }
  }

  /// - Returns: nil for a column with too many values, or where nothing may be told.
  func frequencies(_ place: Int) -> FieldFrequencies? {
    guard let counted = values[place], !counted.isEmpty else { return nil }
    let order = counted.sorted {
      ($1.value.rows, $0.key.lexicographic) < ($0.value.rows, $1.key.lexicographic)
    }
    func persons(_ entries: ArraySlice<(key: [UInt8], value: Value)>) -> Int {
      let counts = self.persons.indices.map { index in
        entries.reduce(into: Set<[UInt8]>()) { $0.formUnion($1.value.persons[index]) }.count
      }
      return counts.min() ?? entries.reduce(0) { $0 + $1.value.rows }
    }
    let safe = order.filter { persons([$0][...]) >= least }
    var rest = order.filter { persons([$0][...]) < least }
    var shown = safe[...]
    // What is left must be enough persons too, else it is told by the total.
    while !rest.isEmpty, persons(rest[...]) < least, let smallest = shown.popLast() {
      rest.append(smallest)
    }
    guard !shown.isEmpty else { return nil }
    return FieldFrequencies(
      rows: shown.map {
        FieldFrequencies.Row(
          value: $0.key.first == 0 ? nil : String(decoding: $0.key.dropFirst(), as: UTF8.self),
          count: $0.value.rows)
      }, others: rest.reduce(0) { $0 + $1.value.rows })
  }
}

extension [UInt8] {
  /// Compares byte by byte.
  fileprivate var lexicographic: ByteOrder { ByteOrder(bytes: self) }
}

private struct ByteOrder: Comparable {
  let bytes: [UInt8]

  static func < (left: ByteOrder, right: ByteOrder) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
