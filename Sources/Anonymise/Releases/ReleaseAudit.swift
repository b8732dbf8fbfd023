import StageKit
import Tabular

/// Holds two releases of the same persons together, as somebody does who has both.
///
/// The attacker knows one combination of quasi-identifiers of a person, knows that the person is in
/// both releases, and can tell that two rows of different releases are of one person (by a
/// pseudonym that stayed the same). The person is then one of those who stand in the combination's
/// class of the one release and in its class of the other: they must be k.
///
/// Of who was forgotten only the class is known that the person stood in. Whoever is new in this
/// release may be that person still, so that the two are held to stand in such pairs, too.
package struct ReleaseAudit: Sendable, Hashable {
  /// Pairs of classes with somebody in both, but too few; and how few are the fewest.
  package private(set) var tooFew = 0
  package private(set) var fewest = Int.max
  /// Classes of this release in which some but too few persons are new, and of the earlier one of
  /// which some but too few are gone: who knows when a person came or went is led to them.
  package private(set) var arrivals = 0
  package private(set) var departures = 0

  package var holds: Bool { tooFew == 0 }

  /// - Parameter k: persons that somebody must be among.
  package init(_ earlier: PersonRelease, _ release: PersonRelease, k: Int) {
    var persons: [UInt64: Int] = [:]
    // Persons of one class in each: their combination's pair is theirs.
    var single: Set<UInt64> = []
    var (new, gone): ([UInt32: Int], [UInt32: Int]) = ([:], [:])
    Self.walk(earlier.persons, release.persons) { before, after in
      if before.isEmpty { for stand in after { new[stand.place, default: 0] += 1 } }
      if after.isEmpty { for stand in before { gone[stand.place, default: 0] += 1 } }
      for old in before {
        for now in after { persons[Self.pair(old, now), default: 0] += 1 }
      }
      if before.count == 1, after.count == 1, let old = before.first, let now = after.first {
        single.insert(Self.pair(old, now))
      }
    }
    var known: Set<UInt64> = []
    if earlier.fields == release.fields {
      Self.walk(earlier.combinations, release.combinations) { before, after in
        for old in before { for now in after { known.insert(Self.pair(old, now)) } }
      }
    } else {
      known = single
    }
    let returned = Set(
      earlier.forgotten.flatMap { old in new.keys.map { UInt64(old) << 32 | UInt64($0) } })
    if earlier.fields != release.fields { known.formUnion(returned) }
    for pair in known {
      guard let together = persons[pair] ?? (returned.contains(pair) ? 0 : nil), together < k
      else { continue }
      tooFew += 1
      fewest = min(fewest, together)
    }
    arrivals = new.values.count { $0 < k }
    departures = gone.values.count { $0 < k }
  }

  private static func pair(
    _ old: PersonRelease.Stand, _ now: PersonRelease.Stand
  ) -> UInt64 { UInt64(old.place) << 32 | UInt64(now.place) }

  /// Goes through two lists at once: for each that is in one of them, its entries in both.
  private static func walk(
    _ before: [PersonRelease.Stand], _ after: [PersonRelease.Stand],
    _ body: (ArraySlice<PersonRelease.Stand>, ArraySlice<PersonRelease.Stand>) -> Void
  ) {
    var (old, now) = (0, 0)
    while old < before.count || now < after.count {
      let whom = min(
        old < before.count ? before[old].whom : .max, now < after.count ? after[now].whom : .max)
      let (oldStart, nowStart) = (old, now)
      while old < before.count, before[old].whom == whom { old += 1 }
      while now < after.count, after[now].whom == whom { now += 1 }
      body(before[oldStart..<old], after[nowStart..<now])
    }
  }
}
