/// Adds a row for each combination of keys that has none, so that a month without requests shows a
/// zero and not a gap. All rows come out sorted by key, equal ones in their order.
public struct Complete: Breaker {
  /// Values of a dimension that must all be there.
  public enum Domain: Sendable {
    /// Those that occur, without null.
    case observed
    /// These, and no other: rows with other values stay but are not completed.
    case values([Value])
    /// The dates of a calendar between two bounds, each taken from the data where nil. Dates that
    /// are not of the calendar stay but are not completed.
    case calendar(CalendarStep, from: Int32?, to: Int32?)
  }

  /// A key, or several that go together (a district's code and name).
  public struct Dimension: Sendable {
    let columns: [Int]
    let domain: Domain

    /// - Parameter column: the position of the key's column.
    public init(column: Int, domain: Domain = .observed) {
      (columns, self.domain) = ([column], domain)
    }

    /// - Parameter columns: positions of columns whose observed combinations are the domain.
    public init(together columns: [Int]) { (self.columns, domain) = (columns, .observed) }
  }

  /// The most combinations that are tried.
  public static let maximumCombinations = 20_000_000

  private let dimensions: [Dimension]
  private let fill: [Int: Value]
  private let types: [DataType]
  private let seed: HashSeed

  /// - Parameters:
  ///   - dimensions: at least one.
  ///   - fill: the values of the other columns in rows that are added, by position; null where not
  ///     given.
  ///   - inputTypes: the types of all input columns.
  ///   - seed: for hashing; no result depends on it.
  public init(
    _ dimensions: [Dimension], fill: [Int: Value] = [:], inputTypes: [DataType],
    seed: HashSeed = .run
  ) {
    (self.dimensions, self.fill, types, self.seed) = (dimensions, fill, inputTypes, seed)
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Collect.Worker(resources, "complete")
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    guard dimensions.allSatisfy({ $0.columns.allSatisfy(types.indices.contains) }) else {
      throw OperatorMessages.wrongColumn
    }
    let batches = try Collect.Worker.inOrder(workers)
    let rows = batches.reduce(0) { $0 + $1.rowCount }
    let sides = try dimensions.map {
      try CompleteDomain($0.columns, $0.domain, $0.columns.map { types[$0] }, batches, seed)
    }
    let missing = try missingCombinations(sides, rows)
    let added = try madeRows(sides, missing)
    let keys = dimensions.flatMap(\.columns).map { SortKey(column: $0) }
    var pieces = batches.map { Sort.Piece(batch: $0, ordinals: nil) }
    var sequence = (batches.last?.sequence ?? -1) + 1
    for var batch in added {
      batch.sequence = sequence
      sequence += 1
      pieces.append(Sort.Piece(batch: batch, ordinals: nil))
    }
    let count = missing.first?.count ?? 0
    tally.rowsIn += rows
    tally.made[RowWay.completed, default: 0] += count
    tally.rowsOut += rows + count
    let (table, order, _) = try Sort.order(pieces, keys)
    return GatheredRows(table, order: order)
  }

  /// The combinations without row: for each dimension the number of its value in each of them.
  private func missingCombinations(
    _ sides: [CompleteDomain], _ rows: Int
  ) throws -> [[Int32]] {
    var total = 1
    for side in sides {
      let (product, overflow) = total.multipliedReportingOverflow(by: side.wanted.count)
      guard !overflow, product <= Complete.maximumCombinations else {
        throw OperatorMessages.tooManyCombinations(Complete.maximumCombinations)
      }
      total = product
    }
    var present = [Bool](repeating: false, count: total)
    for row in 0..<rows {
      var place = 0
      for side in sides {
        let within = side.placeOfRow[row]
        place = place < 0 || within < 0 ? -1 : place * side.wanted.count + Int(within)
      }
      if place >= 0 { present[place] = true }
    }
    var missing = [[Int32]](repeating: [], count: sides.count)
    for place in present.indices where !present[place] {
      var rest = place
      for index in sides.indices.reversed() {
        let (above, within) = rest.quotientAndRemainder(dividingBy: sides[index].wanted.count)
        missing[index].append(sides[index].wanted[within])
        rest = above
      }
    }
    return missing
  }

  private func madeRows(
    _ sides: [CompleteDomain], _ missing: [[Int32]]
  ) throws -> [Batch] {
    let keys = try sides.map { try $0.index.keys() }
    let count = missing.first?.count ?? 0
    var batches: [Batch] = []
    for start in stride(from: 0, to: count, by: Batch.usualRows) {
      let rows = start..<Swift.min(start + Batch.usualRows, count)
      var columns: [Column] = []
      for position in types.indices {
        let cells = Array(repeating: fill[position] ?? .null, count: rows.count)
        guard let column = Column(cells, type: types[position]) else {
          throw OperatorMessages.wrongColumn
        }
        columns.append(column)
      }
      for (index, dimension) in dimensions.enumerated() {
        let ids = Array(missing[index][rows])
        for (column, position) in zip(keys[index], dimension.columns) {
          columns[position] = try column.gathered(ids)
        }
      }
      batches.append(Batch(columns: columns, rowCount: rows.count, sequence: 0))
    }
    return batches
  }
}

/// One dimension: its values, those that are wanted, and each row's place among them.
struct CompleteDomain {
  private(set) var index: KeyIndex
  /// The numbers of the wanted values.
  private(set) var wanted: [Int32] = []
  /// For each row the place of its value in `wanted`, or −1.
  private(set) var placeOfRow: [Int32] = []

  init(
    _ columns: [Int], _ domain: Complete.Domain, _ types: [DataType], _ batches: [Batch],
    _ seed: HashSeed
  ) throws {
    index = KeyIndex(types, seed)
    var numbers: [Int32] = []
    var hasNull: [Bool] = []
    var ids: [Int32] = []
    for batch in batches {
      let keys = try batch.columns(columns)
      try index.assign(keys, rows: batch.rowCount, into: &ids)
      numbers.append(contentsOf: ids)
      for row in 0..<batch.rowCount {
        hasNull.append(!keys.allSatisfy { $0.validity[row] })
      }
    }
    if let values = try CompleteDomain.values(domain, columns, types, batches) {
      try index.assign([values], rows: values.count, into: &ids)
      var seen = Set<Int32>()
      wanted = ids.filter { seen.insert($0).inserted }
    } else {
      var isWanted = [Bool](repeating: false, count: index.count)
      for (row, number) in numbers.enumerated() where !hasNull[row] { isWanted[Int(number)] = true }
      wanted = index.order().filter { isWanted[Int($0)] }
    }
    var places = [Int32](repeating: -1, count: index.count)
    for (place, number) in wanted.enumerated() {
      places[Int(number)] = Int32(truncatingIfNeeded: place)
    }
    placeOfRow = numbers.map { places[Int($0)] }
  }

  /// The values of a domain that is not simply what is observed.
  private static func values(
    _ domain: Complete.Domain, _ columns: [Int], _ types: [DataType], _ batches: [Batch]
  ) throws -> Column? {
    guard let type = types.first, let position = columns.first else {
      throw OperatorMessages.wrongColumn
    }
    switch domain {
    case .observed: return nil
    case .values(let values):
      guard let column = Column(values.filter { $0 != .null }, type: type) else {
        throw OperatorMessages.wrongColumn
      }
      return column
    case .calendar(let step, let from, let to):
      var (low, high): (Int32, Int32) = (.max, .min)
      for batch in batches {
        let column = try batch.column(position)
        guard case .date(let days) = column.values else { throw OperatorMessages.wrongColumn }
        for row in days.indices where column.validity[row] {
          low = Swift.min(low, days[row])
          high = Swift.max(high, days[row])
        }
      }
      guard type == .date else { throw OperatorMessages.wrongColumn }
      guard let dates = step.dates(from: from ?? low, to: to ?? high) else {
        throw OperatorMessages.tooManyCombinations(Complete.maximumCombinations)
      }
      return Column(.date(dates))
    }
  }
}
