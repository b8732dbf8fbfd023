import Tabular

/// What all cells of a column look like, counted; no cell is kept but markers of nothing and, while
/// there are few different ones, short texts: they are counted and never shown.
struct ColumnStatistics: Sendable {
  /// Texts that people write for nothing.
  static let markers: Set<String> = [
    "na", "n/a", "nr", "nc", "nd", "n.c.", "n.d.", "null", "none", "nan", "-", "--", "?", "inconnu",
    "inconnue", "unknown", "non renseigné", "non renseigne", "vide", ".", "néant",
  ]
  /// Distinct short texts that are counted at most.
  private static let mostWords = 100
  /// Bytes of a short text.
  private static let longestWord = 80
  private static let longestMarker = 16

  private(set) var cells = 0
  /// Cells with nothing in them.
  private(set) var empty = 0
  /// Markers of nothing, as written.
  private(set) var missing: [String: Int] = [:]
  /// Cells by their set of readings; there are few different ones.
  private(set) var shapes: [CellShapes: Int] = [:]
  private(set) var longest = 0
  private(set) var shortest = Int.max
  /// The most digits in one cell.
  private(set) var mostDigits = 0
  /// Distinct texts, as long as there are few.
  private(set) var words: [String: Int] = [:]
  private(set) var hasManyWords = false
  private(set) var detected: [PersonalData: Int] = [:]
  private(set) var scientific = 0

  /// Cells that hold a value.
  var values: Int { shapes.values.reduce(0, +) }

  /// Whether values recur so much that they are kinds and not persons or texts.
  var isCategory: Bool { !hasManyWords && !words.isEmpty && words.count * 3 <= values }

  mutating func add(_ text: ArraySlice<UInt8>) {
    cells += 1
    let cell = CellShapes.trimmed(text)
    if cell.isEmpty {
      empty += 1
      return
    }
    if cell.count <= ColumnStatistics.longestMarker, ColumnStatistics.mayBeMarker(cell) {
      let word = String(decoding: cell, as: UTF8.self)
      if ColumnStatistics.markers.contains(word.lowercased()) {
        missing[word, default: 0] += 1
        return
      }
    }
    note(cell)
    let readings = CellShapes.of(cell)
    shapes[readings, default: 0] += 1
    longest = max(longest, cell.count)
    shortest = min(shortest, cell.count)
    mostDigits = max(mostDigits, cell.count { (0x30...0x39).contains($0) })
    if CodeShape.isScientific(cell) { scientific += 1 }
    for kind in PersonalData.found(in: cell, readings) { detected[kind, default: 0] += 1 }
  }

  /// Most cells begin otherwise, and are not made a text for nothing.
  private static func mayBeMarker(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first else { return false }
    return "nNiIuUvV-?.".utf8.contains(first)
  }

  mutating func addNothing() {
    cells += 1
    empty += 1
  }

  private mutating func note(_ cell: ArraySlice<UInt8>) {
    guard !hasManyWords else { return }
    if cell.count <= ColumnStatistics.longestWord {
      words[String(decoding: cell, as: UTF8.self), default: 0] += 1
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
    shapes.merge(other.shapes, uniquingKeysWith: +)
    longest = max(longest, other.longest)
    shortest = min(shortest, other.shortest)
    mostDigits = max(mostDigits, other.mostDigits)
    words.merge(other.words, uniquingKeysWith: +)
    hasManyWords = hasManyWords || other.hasManyWords
    if hasManyWords { words = [:] }
    forgetMany(isLong: false)
    detected.merge(other.detected, uniquingKeysWith: +)
    scientific += other.scientific
  }

  /// Cells with a value for which a test of their readings holds.
  func count(_ test: (CellShapes) -> Bool) -> Int {
    shapes.reduce(0) { test($1.key) ? $0 + $1.value : $0 }
  }

  /// Whether nearly all cells with a value pass: one in fifty may be broken.
  func nearlyAll(_ count: Int) -> Bool { values > 0 && count * 50 >= values * 49 }
}
