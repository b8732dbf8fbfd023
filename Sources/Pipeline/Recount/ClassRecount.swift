import Ingest
import StageKit

/// Counts the classes of a table again. The table is read once more for every part of its classes
/// where they are too many to be held at once: memory is that of so many entries (a class, a
/// person of one with fewer than k, a value of one), and of the different values of sensitive
/// columns.
struct ClassRecount {
  /// Entries that are held at once: some 200 MB.
  static let entries = 1 << 21
  /// The table is read no more often than this; the memory is then that of as small a part.
  static let parts = 64

  private let terms: ClassTerms
  private let most: Int
  /// What the whole input had, by sensitive column, where it is known.
  private let wholes: [ValueCounts?]

  init(_ terms: ClassTerms, wholes: [ValueCounts?] = [], most: Int = Self.entries) {
    (self.terms, self.wholes, self.most) = (terms, wholes, most)
  }

  /// - Parameter read: hands all rows over, each time it is called.
  func run(_ read: (inout ClassTable) throws -> Void) throws -> ClassFinding {
    var parts = 1
    while true {
      if let found = try run(parts, read) { return found }
      parts *= 2
    }
  }

  /// - Returns: nil when a part is too large.
  private func run(
    _ parts: Int, _ read: (inout ClassTable) throws -> Void
  ) throws -> ClassFinding? {
    var all = ClassFinding()
    for part in 0..<parts {
      let room = parts < Self.parts ? most : Int.max
      var table = ClassTable(terms, part: part, of: parts, most: room, wholes: wholes)
      try read(&table)
      if table.isFull { return nil }
      all.add(table.finding())
    }
    return all
  }
}
