import CLibCSV
import Tabular

/// Which columns of a table are looked at for identifiers while it is read back.
public struct WatchedColumns: Sendable {
  /// By column: its place among those watched, or −1.
  fileprivate let places: [Int32]
  public let kinds: Set<Identifier>
  public let count: Int

  /// - Parameters:
  ///   - columns: ascending.
  ///   - all: how many columns the table has.
  public init(_ columns: [Int], of all: Int, _ kinds: Set<Identifier>) {
    var places = [Int32](repeating: -1, count: all)
    for (place, column) in columns.enumerated() where places.indices.contains(column) {
      places[column] = Int32(truncatingIfNeeded: place)
    }
    (self.places, self.kinds, count) = (places, kinds, columns.count)
  }
}

/// What was found in the cells of watched columns: counts alone, which add up in any order.
public struct WatchedCells: Sendable, Hashable {
  /// Of one column.
  public struct Column: Sendable, Hashable {
    /// Cells with something in them.
    public fileprivate(set) var cells = 0
    /// By kind: cells that hold one, and cells in which only check digits speak for it.
    fileprivate var hits = [Int](repeating: 0, count: Identifier.allCases.count)
    fileprivate var chances = [Int](repeating: 0, count: Identifier.allCases.count)
    /// By their number of digits: numbers.
    fileprivate var numbers = [Int](repeating: 0, count: IdentifierFinder.longestRun + 1)
    /// By kind: numbers of its form, right or not.
    fileprivate var forms = [Int](repeating: 0, count: Identifier.allCases.count)

    /// Numbers of one kind that come right by chance are fewer than this, in short tables too.
    private static let fewest = 3

    /// Cells that hold an identifier. Where only check digits speak for them, they count if half
    /// of all numbers of their length in the column are right; and where the column holds so few
    /// numbers of their form that not even one would be right by chance.
    public func found(_ kind: Identifier) -> Int {
      hits[kind.rank] + (isMeant(kind) ? chances[kind.rank] : 0)
    }

    private func isMeant(_ kind: Identifier) -> Bool {
      guard let lengths = kind.chanceLengths, chances[kind.rank] > 0 else { return true }
      if let chance = NumberForms.chance(kind), forms[kind.rank] > 0,
        forms[kind.rank] * 10 <= chance
      {
        return true
      }
      let numbers = lengths.reduce(0) { $0 + self.numbers[$1] }
      let isLuhn = [.creditCard, .siren, .siret, .sin].contains(kind)
      return chances[kind.rank] * 2 >= numbers
        && (!isLuhn || chances[kind.rank] >= Column.fewest)
    }

    fileprivate mutating func add(_ other: Column) {
      cells += other.cells
      for place in hits.indices { hits[place] += other.hits[place] }
      for place in chances.indices { chances[place] += other.chances[place] }
      for place in numbers.indices { numbers[place] += other.numbers[place] }
      for place in forms.indices { forms[place] += other.forms[place] }
    }

    /// Takes a cell; what was found in it, if anything, is the finder's.
    fileprivate mutating func take(_ finder: borrowing IdentifierFinder, _ isFound: Bool) {
      if finder.holdsNumbers {
        for length in numbers.indices { numbers[length] += finder.runs[length] }
        for kind in forms.indices { forms[kind] += finder.forms[kind] }
      }
      guard isFound else { return }
      // A cell counts once, however much it holds.
      var (certain, byChance) = (UInt32(0), UInt32(0))
      for match in finder.matches {
        let place = UInt32(truncatingIfNeeded: match.kind.rank)
        if match.isByChance { byChance |= 1 << place } else { certain |= 1 << place }
      }
      for place in hits.indices {
        if certain >> UInt32(place) & 1 == 1 {
          hits[place] += 1
        } else if byChance >> UInt32(place) & 1 == 1 {
          chances[place] += 1
        }
      }
    }
  }

  public fileprivate(set) var columns: [Column]

  init(_ columns: Int) { self.columns = Array(repeating: Column(), count: columns) }

  mutating func add(_ other: WatchedCells) {
    for place in columns.indices { columns[place].add(other.columns[place]) }
  }
}

/// Looks for identifiers in the cells that libcsv hands over, on one thread.
package final class CellWatch {
  /// What changes with each cell, together: asking a class for each of its parts takes longer than
  /// looking at most cells.
  private struct State {
    var finder: IdentifierFinder
    var cells: WatchedCells

    mutating func take(_ place: Int, _ text: UnsafeRawBufferPointer) {
      let isFound = finder.find(in: Span(_unsafeBytes: text))
      cells.columns[place].cells += 1
      // Most cells hold neither: nothing is copied for them.
      if isFound || finder.holdsNumbers { cells.columns[place].take(finder, isFound) }
    }
  }

  private let watched: WatchedColumns
  private var state: State
  package var cells: WatchedCells { state.cells }

  package init(_ watched: WatchedColumns) {
    self.watched = watched
    state = State(finder: IdentifierFinder(watched.kinds), cells: WatchedCells(watched.count))
  }

  /// Takes a cell.
  package func take(_ column: Int, _ text: UnsafeRawBufferPointer) {
    guard !text.isEmpty, watched.places.indices.contains(column) else { return }
    let place = Int(watched.places[column])
    guard place >= 0 else { return }
    state.take(place, text)
  }

  /// Has libcsv parse text that counts in a tally, and its cells handed over.
  /// - Parameter parse: is given the callbacks' context.
  func watching<Result>(
    _ tally: inout clibcsv_tally, _ parse: (UnsafeMutablePointer<clibcsv_watched>) throws -> Result
  ) rethrows -> Result {
    var both = clibcsv_watched(
      tally: tally, watch: Unmanaged.passUnretained(self).toOpaque(), watched: onWatched)
    defer { tally = both.tally }
    return try withUnsafeMutablePointer(to: &both) { try parse($0) }
  }
}

private let onWatched:
  @convention(c) (UnsafeMutableRawPointer?, Int64, UnsafeRawPointer?, Int) -> Void = {
    watch, column, bytes, count in
    guard let watch, let bytes else { return }
    Unmanaged<CellWatch>.fromOpaque(watch)._withUnsafeGuaranteedRef {
      $0.take(Int(column), UnsafeRawBufferPointer(start: bytes, count: count))
    }
  }
