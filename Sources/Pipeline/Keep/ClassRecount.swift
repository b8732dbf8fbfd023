import Ingest
import Tabular

/// Counts the classes of a published table again, from its bytes: slow, obvious, in memory.
struct ClassRecount {
  private struct Class {
    var rows = 0
    var persons: Set<[UInt8]> = []
    var values: [Set<[UInt8]>]
  }

  private let quasi: [Int]
  private let person: Int?
  private let sensitive: [Int]
  private var classes: [[UInt8]: Class] = [:]

  /// - Parameters:
  ///   - quasi: columns that make the classes.
  ///   - person: the column that tells persons apart; nil where every row is one.
  init(quasi: [Int], person: Int?, sensitive: [Int]) {
    (self.quasi, self.person, self.sensitive) = (quasi, person, sensitive)
  }

  mutating func add(_ row: ReferenceRow) {
    // Suppressed rows form no class.
    if !quasi.isEmpty, quasi.allSatisfy({ Array(row[$0]) == [UInt8(ascii: "*")] }) { return }
    var key: [UInt8] = []
    for column in quasi {
      let cell = row[column]
      // An empty cell is a value of its own, and not the same as an empty text.
      key.append(row.isNull(column) ? 0 : 1)
      withUnsafeBytes(of: cell.count.littleEndian) { key.append(contentsOf: $0) }
      key.append(contentsOf: cell)
    }
    var found =
      classes.removeValue(forKey: key)
      ?? Class(values: Array(repeating: [], count: sensitive.count))
    found.rows += 1
    if let person { found.persons.insert(Array(row[person])) }
    for (place, column) in sensitive.enumerated() {
      found.values[place].insert([row.isNull(column) ? 0 : 1] + row[column])
    }
    classes[key] = found
  }

  /// Persons of the smallest class; nil without rows.
  var least: Int? { classes.values.map { person == nil ? $0.rows : $0.persons.count }.min() }

  /// The fewest values that a class has of a sensitive column; nil without rows.
  func leastValues(_ place: Int) -> Int? { classes.values.map { $0.values[place].count }.min() }
}
