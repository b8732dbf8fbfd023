/// Counts keys of which there are few, mostly the same as just before.
struct Tally<Key: Hashable & Sendable>: Sendable {
  private var keys: [Key] = []
  private var counts: [Int] = []
  private var places: [Key: Int] = [:]
  private var last = 0

  mutating func add(_ key: Key, times: Int) {
    if last < keys.count, keys[last] == key {
      counts[last] += times
    } else if let place = places[key] {
      counts[place] += times
      last = place
    } else {
      last = keys.count
      places[key] = last
      keys.append(key)
      counts.append(times)
    }
  }

  mutating func merge(_ other: Tally<Key>) {
    for (key, count) in zip(other.keys, other.counts) { add(key, times: count) }
  }

  subscript(_ key: Key) -> Int? { places[key].map { counts[$0] } }

  /// Of all keys.
  var total: Int { counts.reduce(0, +) }

  /// Of the keys for which a test holds.
  func count(_ test: (Key) -> Bool) -> Int {
    zip(keys, counts).reduce(0) { test($1.0) ? $0 + $1.1 : $0 }
  }
}
