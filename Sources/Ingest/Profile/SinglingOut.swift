import Dispatch
import Synchronization
import Tabular

/// Which small combinations of columns single rows out: what a person who knows these of somebody
/// would find. Counted over the whole file, in memory that does not depend on it.
public struct SinglingOut: Sendable {
  /// Columns together.
  public struct Combination: Sendable, Equatable {
    /// As in the file, in its order.
    public let columns: [String]
    /// Of 1,000 rows: those that nobody shares the combination with, and those that fewer than
    /// four others do.
    public let uniquePerMille: Int
    public let rarePerMille: Int
    /// Whether only a sample of the combination's values found room.
    public let isEstimate: Bool
  }

  /// Columns that were combined; at most `mostColumns`.
  public let columns: [String]
  /// Columns that might have been, too.
  public let leftOut: Int
  /// Those that single out 5 % of the rows or more while no part of them does; few columns first,
  /// then the most unique rows.
  public let minimal: [Combination]

  static let mostColumns = 10
  public static let mostTogether = 3
  /// Values of one combination that are held.
  private static let mostTuples = 1 << 13
  private static let threshold = 50

  /// The combinations as places among the columns, short ones first.
  package static func combinations(_ count: Int) -> [[Int]] {
    var all: [[Int]] = []
    var last: [[Int]] = [[]]
    for _ in 0..<mostTogether {
      last = last.flatMap { part in ((part.last ?? -1) + 1..<count).map { part + [$0] } }
      all += last
    }
    return all
  }

  /// Reads the columns of a file again.
  /// - Parameter names: of the columns, in the file's order.
  static func read(
    _ file: InputFile, _ options: DialectOptions, _ names: [String], leftOut: Int,
    _ resources: Resources
  ) throws -> SinglingOut {
    let wanted = Set(names)
    return try UndescribedTable.read(file, options: options, resources, wanted: { _ in wanted }) {
      table in
      let places = names.compactMap { table.names.firstIndex(of: $0) }
      return SinglingOut(
        names, leftOut, try count(table.scan, places, threads: resources.threads))
    }
  }

  /// Counts the tuples of all combinations, on several threads.
  private static func count(
    _ scan: SourceScan, _ places: [Int], threads: Int
  ) throws -> TupleCounter {
    let total = Mutex(TupleCounter(places))
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      var own = TupleCounter(places)
      do {
        while let batch = try scan.next() { own.add(batch) }
        total.withLock { $0.merge(own) }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return total.withLock { $0 }
  }

  init(_ names: [String], _ leftOut: Int, _ counter: TupleCounter) {
    (columns, self.leftOut) = (names, leftOut)
    var found: [(places: Set<Int>, combination: Combination)] = []
    for (places, sample) in zip(counter.combinations, counter.samples) {
      let rows = sample.rows
      guard rows.all > 0, !found.contains(where: { $0.places.isSubset(of: places) }) else {
        continue
      }
      let combination = Combination(
        columns: places.map { names[$0] }, uniquePerMille: rows.unique * 1000 / rows.all,
        rarePerMille: rows.rare * 1000 / rows.all, isEstimate: sample.level > 0)
      if combination.uniquePerMille >= SinglingOut.threshold {
        found.append((Set(places), combination))
      }
    }
    minimal = found.map(\.combination).enumerated().sorted { left, right in
      (left.element.columns.count, right.element.uniquePerMille, left.offset)
        < (right.element.columns.count, left.element.uniquePerMille, right.offset)
    }.map(\.element)
  }

  static func sample() -> TupleSample { TupleSample(most: mostTuples) }
}

/// Counts the tuples of all combinations, for one thread.
struct TupleCounter: Sendable {
  private let columns: [Int]
  let combinations: [[Int]]
  private(set) var samples: [TupleSample]
  /// By column, of the batch at hand: hashes of the cells.
  private var hashes: [[UInt64]]

  init(_ columns: [Int]) {
    self.columns = columns
    combinations = SinglingOut.combinations(columns.count)
    samples = combinations.map { _ in SinglingOut.sample() }
    hashes = columns.map { _ in [] }
  }

  mutating func add(_ batch: Batch) {
    for (place, column) in columns.enumerated() {
      hashes[place].removeAll(keepingCapacity: true)
      Self.hash(batch.columns[column], UInt64(place + 1), into: &hashes[place])
    }
    for (index, places) in combinations.enumerated() {
      for row in 0..<batch.rowCount {
        var sum: UInt64 = 0
        for place in places { sum &+= hashes[place][row] }
        samples[index].add(Self.mixed(sum))
      }
    }
  }

  mutating func merge(_ other: TupleCounter) {
    for index in samples.indices { samples[index].merge(other.samples[index]) }
  }

  /// Cells without the blanks around them; nothing is a value of its own.
  private static func hash(_ column: Column, _ salt: UInt64, into hashes: inout [UInt64]) {
    guard case .text(let texts) = column.values else {
      hashes = Array(repeating: 0, count: column.count)
      return
    }
    let entries = texts.bytes.withUnsafeBytes { bytes in
      (0..<texts.entryCount).map { entry in
        var (start, end) = (Int(texts.offsets[entry]), Int(texts.offsets[entry + 1]))
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        let cell = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        return mixed(KnownCells.hash(cell) &+ salt &* 0x9E37_79B9_7F4A_7C15)
      }
    }
    let nothing = mixed(salt)
    for row in 0..<texts.count {
      let entry = if let codes = texts.codes { Int(codes[row]) } else { row }
      hashes.append(column.validity[row] ? entries[entry] : nothing)
    }
  }

  /// Spreads a number over all bits.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var hash = (number ^ (number >> 31)) &* 0x7FB5_D329_728E_A185
    hash = (hash ^ (hash >> 27)) &* 0x81DA_DEF4_BC2D_D44D
    return hash ^ (hash >> 33)
  }
}
