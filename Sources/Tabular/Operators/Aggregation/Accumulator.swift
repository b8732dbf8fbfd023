/// The rows of a batch that count for a measure: entry i is row `rows[i]`, of group `groups[i]`.
/// Rows ascend.
struct Selection {
  var rows: [Int32] = []
  var groups: [Int32] = []

  init(rows: [Int32], groups: [Int32]) { (self.rows, self.groups) = (rows, groups) }

  /// - Parameters:
  ///   - wanted: which rows count.
  ///   - all: the group of each row, counting or not.
  init(_ wanted: [Bool], of all: [Int32]) {
    let count = min(wanted.count, all.count)
    rows = unsafe Array(unsafeUninitializedCapacity: count) { rows, kept in
      var taken = 0
      groups = unsafe Array(unsafeUninitializedCapacity: count) { groups, kept in
        let (wanted, all) = (wanted.span, all.span)
        // Which rows are wanted is hard to foresee: no branch.
        for row in 0..<count {
          unsafe rows[taken] = Int32(truncatingIfNeeded: row)
          unsafe groups[taken] = all[row]
          taken &+= wanted[row] ? 1 : 0
        }
        kept = taken
      }
      kept = taken
    }
  }
}

/// What one worker knows of one column, group by group. Several measures may share it: a mean and
/// a sum of the same field add it up once.
protocol Accumulator: AnyObject {
  /// Makes room for groups to come.
  func grow(to groups: Int)

  /// Takes in the selected rows, none of which is null in `column`.
  /// - Parameter column: the argument; any column for a measure without one.
  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws

  /// Takes in another worker's state of the same kind: its group g is `map[g]` here; groups whose
  /// number here is negative are passed over.
  func merge(_ other: any Accumulator, _ map: [Int32]) throws

  /// Roughly the bytes that it takes.
  var heldBytes: Int { get }
}

/// Values that measures are made of.
enum AccumulatorKind: Hashable {
  case counts
  case sums
  case squares
  case distinct
  case least
  case greatest
  case earliest
  case latest
  case values

  /// Whether what is held of a group may grow with its rows.
  var growsWithRows: Bool { self == .distinct || self == .values }

  /// - Parameter type: of the argument.
  func make(_ type: DataType, _ seed: HashSeed) -> any Accumulator {
    switch self {
    case .counts: Counts()
    case .sums: type == .double ? DoubleSums() : Sums()
    case .squares: type == .double ? DoubleSquares() : Squares()
    case .distinct: DistinctCounts(type, seed)
    case .least: Extremes(type, greatest: false)
    case .greatest: Extremes(type, greatest: true)
    case .earliest: Edges(type, latest: false)
    case .latest: Edges(type, latest: true)
    case .values: GroupValues(type)
    }
  }
}

/// How many rows each group has.
final class Counts: Accumulator {
  private(set) var counts: [Int64] = []

  func grow(to groups: Int) {
    counts.append(contentsOf: repeatElement(0, count: Swift.max(0, groups - counts.count)))
  }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) {
    // Out of the object while they change, and by a span: nothing is checked or copied per row.
    var taken = counts
    counts = []
    var span = taken.mutableSpan
    for group in selection.groups { span[Int(group)] &+= 1 }
    counts = taken
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? Counts else { throw OperatorMessages.wrongColumn }
    for (from, to) in map.enumerated() where to >= 0 { counts[Int(to)] &+= other.counts[from] }
  }

  var heldBytes: Int { 8 * counts.capacity }
}

/// How many different values each group has.
final class DistinctCounts: Accumulator {
  private var values: KeyColumn
  private var pairs: PairSet
  private(set) var counts: [Int64] = []
  private var scratch: [Int32] = []

  init(_ type: DataType, _ seed: HashSeed) {
    values = KeyColumn(type, seed)
    pairs = PairSet(seed)
  }

  func grow(to groups: Int) {
    counts.append(contentsOf: repeatElement(0, count: Swift.max(0, groups - counts.count)))
  }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    try values.assign(column, into: &scratch)
    pairs.insert(selection.groups, scratch, rows: selection.rows, counts: &counts)
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? DistinctCounts else { throw OperatorMessages.wrongColumn }
    var wanted: [Bool]?
    if map.contains(where: { $0 < 0 }) {
      wanted = other.pairs.values(of: map, count: other.values.count)
    }
    let valueMap = try values.absorb(other.values, only: wanted)
    pairs.merge(other.pairs, groups: map, values: valueMap, counts: &counts)
  }

  var heldBytes: Int { values.heldBytes + pairs.heldBytes + 8 * counts.capacity }
}
