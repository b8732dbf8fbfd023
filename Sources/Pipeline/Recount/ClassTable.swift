import StageKit

/// Classes of rows being counted: those whose keys fall in one part of all, so that the memory
/// stays bounded whatever the number of classes.
struct ClassTable: RowTaker {
  private let terms: ClassTerms
  private let part: UInt64
  private let parts: UInt64
  /// Entries that may be held.
  private let most: Int
  private var places: [[UInt8]: Int32] = [:]
  private var key: [UInt8] = []
  private(set) var rows: [Int] = []
  /// By class: hashes of its persons, as long as they are fewer than k. Persons whose hashes are
  /// equal count once: never more than there are.
  private var persons: [Set<Int>] = []
  private var values: [SensitiveColumn]
  private(set) var isFull = false
  private var entries = 0

  /// - Parameters:
  ///   - parts: a power of two.
  ///   - wholes: what the whole input had, by sensitive column, where that is known.
  init(_ terms: ClassTerms, part: Int, of parts: Int, most: Int, wholes: [ValueCounts?]) {
    (self.terms, self.most) = (terms, most)
    (self.part, self.parts) = (UInt64(part), UInt64(parts))
    values = terms.sensitive.indices.map {
      SensitiveColumn(terms.sensitive[$0], whole: $0 < wholes.count ? wholes[$0] : nil)
    }
  }

  mutating func take(_ cells: some TableCells) {
    if isFull { return }
    key.removeAll(keepingCapacity: true)
    for column in terms.quasi { cells.appendKey(column, to: &key) }
    if parts > 1, Self.hash(key) & (parts - 1) != part { return }
    let place: Int32
    if let known = places[key] {
      place = known
    } else {
      place = Int32(truncatingIfNeeded: rows.count)
      places[key] = place
      rows.append(0)
      if terms.person != nil { persons.append([]) }
      entries += 1
    }
    rows[Int(place)] += 1
    if let column = terms.person { add(person: cells.cell(column), to: Int(place)) }
    for index in values.indices {
      if values[index].add(cells, to: place) { entries += 1 }
    }
    isFull = entries > most
  }

  private mutating func add(person: ArraySlice<UInt8>?, to place: Int) {
    // Whoever has no number may be anyone, and counts as one more only once.
    guard persons[place].count < terms.k else { return }
    var hasher = Hasher()
    hasher.combine(person == nil)
    for byte in person ?? [] { hasher.combine(byte) }
    if persons[place].insert(hasher.finalize()).inserted { entries += 1 }
  }

  /// FNV-1a, the same in every process.
  static func hash(_ key: [UInt8]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash ^ (hash >> 32)
  }

  /// Classes of this part that two tables do not have alike, with as many rows.
  func differing(from other: ClassTable) -> Int {
    let alike = places.count { key, place in
      other.places[key].map { other.rows[Int($0)] == rows[Int(place)] } ?? false
    }
    return max(places.count, other.places.count) - alike
  }

  /// What was found in this part.
  func finding() -> ClassFinding {
    let counts = terms.person == nil ? rows : persons.map(\.count)
    var finding = ClassFinding()
    finding.tooSmall = counts.count { $0 < terms.k }
    for size in rows { finding.sizes[size, default: 0] += 1 }
    for column in values { finding.broken += column.broken(rows) }
    return finding
  }
}

/// What counting classes again found.
package struct ClassFinding: Sendable, Hashable {
  /// A column in which classes are too much alike.
  package struct Alike: Sendable, Hashable {
    package let field: String
    /// What was promised of it.
    package let told: String
    /// Classes that break it.
    package var classes: Int
  }

  /// Classes of fewer than k.
  package var tooSmall = 0
  package var broken: [Alike] = []
  /// How many classes have so many rows.
  package var sizes: [Int: Int] = [:]

  package init() {}

  package var isSound: Bool { tooSmall == 0 && broken.isEmpty }

  /// Adds what was found in another part of the classes.
  mutating func add(_ other: ClassFinding) {
    tooSmall += other.tooSmall
    sizes.merge(other.sizes, uniquingKeysWith: +)
    for one in other.broken {
      if let place = broken.firstIndex(where: { $0.field == one.field && $0.told == one.told }) {
        broken[place].classes += one.classes
      } else {
        broken.append(one)
      }
    }
  }
}
