import Tabular

/// What all cells of a column look like, counted; no cell is kept but markers of nothing and, while
/// there are few different ones, short texts: they are counted and never shown.
struct ColumnStatistics: Sendable {
  /// Distinct short texts that are counted at most.
  private static let mostWords = 100
  /// Bytes of a short text.
  private static let longestWord = 80

  private(set) var cells = 0
  /// Cells with nothing in them.
  private(set) var empty = 0
  /// Markers of nothing, as written.
  private(set) var missing: [String: Int] = [:]
  /// Cells by their set of readings; there are few different ones.
  private var shapes = Tally<CellShapes>()
  private(set) var longest = 0
  private(set) var shortest = Int.max
  /// The most digits in one cell.
  private(set) var mostDigits = 0
  /// Distinct texts, as long as there are few.
  private(set) var words: [String: Int] = [:]
  private(set) var hasManyWords = false
  private(set) var detected = Tally<Identifier>()
  /// By kind: texts that hold one among other words.
  private(set) var within = Tally<Identifier>()
  private(set) var scientific = 0

  /// Cells that hold a value.
  var values: Int { shapes.total }

  /// Whether values recur so much that they are kinds and not persons or texts.
  var isCategory: Bool { !hasManyWords && !words.isEmpty && words.count * 3 <= values }

  /// - Parameter cell: without blanks around it, and not empty.
  mutating func add(_ cell: ArraySlice<UInt8>, _ reading: CellReading, times: Int) {
    cells += times
    if reading.isMarker {
      missing[String(decoding: cell, as: UTF8.self), default: 0] += times
      return
    }
    note(cell, times)
    shapes.add(reading.shapes, times: times)
    longest = max(longest, cell.count)
    shortest = min(shortest, cell.count)
    mostDigits = max(mostDigits, reading.digits)
    if reading.isScientific { scientific += times }
    if let kind = reading.kind { detected.add(kind, times: times) }
    guard reading.within != 0 else { return }
    for kind in CellReading.textKinds where reading.within >> UInt32(kind.rank) & 1 == 1 {
      within.add(kind, times: times)
    }
  }

  mutating func addNothing(times: Int) {
    cells += times
    empty += times
  }

  private mutating func note(_ cell: ArraySlice<UInt8>, _ times: Int) {
    guard !hasManyWords else { return }
    if cell.count <= ColumnStatistics.longestWord {
      words[String(decoding: cell, as: UTF8.self), default: 0] += times
    }
    forgetMany(isLong: cell.count > ColumnStatistics.longestWord)
  }

  private mutating func forgetMany(isLong: Bool) {
    guard isLong || words.count > ColumnStatistics.mostWords else { return }
    hasManyWords = true
    words = [:]
  }

  /// Adds the cells of another part of the column; the order of parts changes nothing.
  mutating func merge(_ other: ColumnStatistics) {
    cells += other.cells
    empty += other.empty
    missing.merge(other.missing, uniquingKeysWith: +)
    shapes.merge(other.shapes)
    longest = max(longest, other.longest)
    shortest = min(shortest, other.shortest)
    mostDigits = max(mostDigits, other.mostDigits)
    words.merge(other.words, uniquingKeysWith: +)
    hasManyWords = hasManyWords || other.hasManyWords
    if hasManyWords { words = [:] }
    forgetMany(isLong: false)
    detected.merge(other.detected)
    within.merge(other.within)
    scientific += other.scientific
  }

  /// Cells with a value for which a test of their readings holds.
  func count(_ test: (CellShapes) -> Bool) -> Int {
    shapes.count(test)
  }

  /// Whether nearly all cells with a value pass: one in fifty may be broken.
  func nearlyAll(_ count: Int) -> Bool { values > 0 && count * 50 >= values * 49 }
}
