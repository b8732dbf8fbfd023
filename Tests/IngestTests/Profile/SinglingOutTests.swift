import Testing

import Ingest
import Tabular

@Suite struct SinglingOutTests {
  /// Small and obvious: rows counted by the texts themselves.
  private func shares(_ rows: [[String]], _ places: [Int]) -> (unique: Int, rare: Int) {
    var counts: [[String]: Int] = [:]
    for row in rows { counts[places.map { row[$0] }, default: 0] += 1 }
    let rare = counts.values.filter { $0 < 5 }.reduce(0, +)
    return (counts.values.count { $0 == 1 } * 1000 / rows.count, rare * 1000 / rows.count)
  }

  private func profile(_ names: [String], _ rows: [[String]], threads: Int) throws -> FileProfile {
    let folder = try TemporaryFolder()
    let lines = ([names] + rows).map { $0.joined(separator: ";") + "\n" }
    let path = try folder.write("t.csv", lines.joined())
    return try FileProfile.of(
      InputFile(name: "t", path: path), combines: true,
      Resources(threads: threads, memory: 1 << 28, scratch: folder.path))
  }

  private static let names = ["naissance", "sexe", "commune", "statut"]

  private static func rows(_ count: Int) -> [[String]] {
    var state: UInt64 = 11
    func next(_ bound: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: (state >> 33) % bound)
    }
    return (0..<count).map { _ in
      [
        "19\(10 + next(90))-0\(1 + next(9))-\(10 + next(18))", next(2) == 0 ? "F" : "H",
        "C\(next(12))", ["ouvert", "clos", "en cours"][next(3)],
      ]
    }
  }

  @Test func sharesAreThoseOfAPlainCount() throws {
    let rows = Self.rows(4000)
    let found = try #require(try profile(Self.names, rows, threads: 1).singlingOut)
    #expect(found.columns == Self.names && found.leftOut == 0)
    var minimal: [[Int]] = []
    for places in SinglingOut.combinations(4) {
      let isPart = minimal.contains { Set($0).isSubset(of: places) }
      let share = shares(rows, places)
      let told = found.minimal.first { $0.columns == places.map { Self.names[$0] } }
      #expect((told != nil) == (!isPart && share.unique >= 50), "\(places)")
      if let told {
        minimal.append(places)
        #expect(told.uniquePerMille == share.unique && told.rarePerMille == share.rare)
        #expect(!told.isEstimate)
      }
    }
    #expect(!minimal.isEmpty)
    #expect(found.minimal.map(\.columns.count) == found.minimal.map(\.columns.count).sorted())
  }

  /// Past what is held, a sample of the values tells nearly the same; threads change nothing.
  @Test func samplesAreNearAndTheSameOnAnyThreads() throws {
    let rows = Self.rows(40_000)
    let profiles = try [1, 3].map { try profile(Self.names, rows, threads: $0) }
    let (one, three) = (profiles[0].singlingOut?.minimal, profiles[1].singlingOut?.minimal)
    #expect(one == three)
    let estimates = (one ?? []).filter(\.isEstimate)
    #expect(!estimates.isEmpty)
    for told in estimates {
      let places = told.columns.compactMap { Self.names.firstIndex(of: $0) }
      #expect(abs(told.uniquePerMille - shares(rows, places).unique) <= 30, "\(told)")
    }
  }

  @Test func samplesMergeIntoOne() {
    var whole = TupleSample(most: 50)
    var parts = (0..<3).map { _ in TupleSample(most: 50) }
    for number in 0..<2000 {
      let hash = UInt64(number % 700) &* 0x9E37_79B9_7F4A_7C15
      whole.add(hash)
      parts[number % 3].add(hash)
    }
    var merged = parts[2]
    merged.merge(parts[0])
    merged.merge(parts[1])
    #expect(merged.level == whole.level && merged.rows == whole.rows)
    #expect(whole.level > 0 && whole.rows.all > 0)
  }

  @Test func tablesOfThingsAreLeftAlone() throws {
    let rows = (0..<50).map { ["banc \($0)", "\($0 % 7)"] }
    #expect(try profile(["equipement", "surface"], rows, threads: 1).singlingOut == nil)
  }
}
