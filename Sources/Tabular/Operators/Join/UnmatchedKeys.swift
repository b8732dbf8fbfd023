/// Keys that found no match, and how often: bounded, and the same however the rows are spread over
/// workers.
///
/// Past `capacity` different keys, those with the smallest fixed hashes stay: whichever worker saw
/// them, their counts are exact, while others are forgotten.
public struct UnmatchedKeys: Sendable {
  /// How many different keys are remembered.
  public static let capacity = 100_000

  private let types: [DataType]
  private let seed: HashSeed
  private let capacity: Int
  private var index: KeyIndex
  private var counts: [Int] = []
  /// Whether all keys were remembered; if not, counts are of some keys only.
  public private(set) var isComplete = true

  package init(_ types: [DataType], _ seed: HashSeed, capacity: Int = UnmatchedKeys.capacity) {
    (self.types, self.seed, self.capacity) = (types, seed, capacity)
    index = KeyIndex(types, seed)
  }

  /// The number of different keys: all of them when `isComplete`, else at least so many.
  public var keyCount: Int { index.count }

  /// The most frequent keys; of equally frequent ones those that sort first.
  /// - Parameter limit: at most so many.
  public func top(_ limit: Int) throws -> [(key: [Value], count: Int)] {
    let order = index.order()
    let words = [order.map { UInt64(Int.max - counts[Int($0)]) }]
    let best = RowOrder.sorted(words, count: order.count).prefix(limit).map { order[Int($0)] }
    let columns = try index.keys().map { try $0.gathered(best) }
    return best.indices.map { place in
      (columns.map { $0.value(place) }, counts[Int(best[place])])
    }
  }

  /// Counts the keys of some rows.
  package mutating func add(_ keys: [Column], _ rows: [Int32]) throws {
    if rows.isEmpty { return }
    var ids: [Int32] = []
    try index.assign(keys.map { $0.gathered(rows) }, rows: rows.count, into: &ids)
    counts.append(contentsOf: repeatElement(0, count: index.count - counts.count))
    for id in ids { counts[Int(id)] += 1 }
    if index.count > 2 * capacity { try forget() }
  }

  /// Takes in another worker's keys.
  package mutating func merge(_ other: UnmatchedKeys) throws {
    isComplete = isComplete && other.isComplete
    let map = try index.absorb(other.index)
    counts.append(contentsOf: repeatElement(0, count: index.count - counts.count))
    for (from, to) in map.enumerated() { counts[Int(to)] += other.counts[from] }
  }

  /// Forgets the keys past capacity; to be called once all workers are merged.
  package mutating func forget() throws {
    guard index.count > capacity else { return }
    let words = [index.stableHashes()]
    let kept = Array(RowOrder.sorted(words, count: index.count).prefix(capacity))
    let columns = try index.keys().map { try $0.gathered(kept) }
    let keptCounts = kept.map { counts[Int($0)] }
    var ids: [Int32] = []
    index = KeyIndex(types, seed)
    try index.assign(columns, rows: kept.count, into: &ids)
    counts = Array(repeating: 0, count: index.count)
    for (place, id) in ids.enumerated() { counts[Int(id)] += keptCounts[place] }
    isComplete = false
  }
}
