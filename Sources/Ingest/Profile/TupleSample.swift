/// Counts tuples by their hashes, a sample of them where there are many: those whose hashes begin
/// with so many zeros that they find room. Which ones these are depends on the tuples alone, so
/// that tables merge into what one would have counted.
package struct TupleSample: Sendable {
  private var hashes: [UInt64] = []
  private var counts: [UInt32] = []
  private var held = 0
  /// Zeros that a hash begins with.
  package private(set) var level = 0
  private let most: Int

  /// - Parameter most: tuples that are held.
  package init(most: Int) { self.most = most }

  /// - Parameter hash: of a tuple; evenly spread.
  package mutating func add(_ hash: UInt64, times: UInt32 = 1) {
    guard isTaken(hash) else { return }
    if held * 2 >= hashes.count { grow() }
    let place = self.place(of: hash)
    if counts[place] == 0 {
      hashes[place] = hash
      held += 1
    }
    counts[place] =
      counts[place].addingReportingOverflow(times).overflow
      ? .max : counts[place] + times
    while held > most { raise() }
  }

  package mutating func merge(_ other: TupleSample) {
    while level < other.level { raise() }
    for (place, count) in other.counts.enumerated() where count > 0 {
      add(other.hashes[place], times: count)
    }
  }

  /// Rows of the tuples in the sample, and of those that one row or fewer than five have.
  package var rows: (all: Int, unique: Int, rare: Int) {
    var (all, unique, rare) = (0, 0, 0)
    for count in counts where count > 0 {
      all += Int(count)
      if count == 1 { unique += 1 }
      if count < 5 { rare += Int(count) }
    }
    return (all, unique, rare)
  }

  private func isTaken(_ hash: UInt64) -> Bool {
    level == 0 || hash >> UInt64(64 - level) == 0
  }

  private func place(of hash: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while counts[place] != 0, hashes[place] != hash { place = (place + 1) & (hashes.count - 1) }
    return place
  }

  private mutating func grow() { rebuild(room: max(64, hashes.count * 2)) }

  private mutating func raise() {
    level = min(level + 1, 63)
    rebuild(room: hashes.count)
  }

  private mutating func rebuild(room: Int) {
    let (oldHashes, oldCounts) = (hashes, counts)
    hashes = Array(repeating: 0, count: room)
    counts = Array(repeating: 0, count: room)
    held = 0
    for (index, count) in oldCounts.enumerated() where count > 0 && isTaken(oldHashes[index]) {
      let place = self.place(of: oldHashes[index])
      hashes[place] = oldHashes[index]
      counts[place] = count
      held += 1
    }
  }
}
