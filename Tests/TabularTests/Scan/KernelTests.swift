import Tabular
import Testing

/// Loops over bytes give the same result on every instruction set that this machine has.
@Suite struct KernelTests {
  /// Where a scan stands after each stretch, and what it noted.
  struct Trace: Equatable {
    var places: [UInt32] = []
    var stands: [Int] = []
    var stops: [Bool] = []
    var lineEnds: [Int] = []
  }

  static func text(_ seed: Int) -> [UInt8] {
    var random = SeededBytes(seed: UInt64(seed))
    switch seed % 4 {
    case 0: return random.bytes(random.below(700), from: "\"\",,\n\ra")
    case 1: return random.openings(lines: random.below(60))
    case 2: return random.csv(rows: random.below(60), columns: 4, dirt: 0)
    default: return random.csv(rows: random.below(90), columns: 3, dirt: 200)
    }
  }

  @Test func thereIsMoreThanOneLevel() { #expect(PlainScan.levels.count >= 2) }

  @Test(arguments: 0..<8) func levelsAgree(batch: Int) {
    for seed in batch * 100..<(batch + 1) * 100 {
      let text = Self.text(seed)
      var random = SeededBytes(seed: UInt64(seed) &+ 7)
      var dialect = CSVDialect()
      if random.chance(8) { dialect.quote = nil }
      if random.chance(6) { dialect.maximumFieldBytes = random.pick([70, 130, 300]) }
      if random.chance(6) { dialect.maximumRecordLines = random.pick([2, 3, 5]) }
      let (isEnd, step) = (random.chance(2), random.pick([64, 100, 1000]))
      let traces = PlainScan.levels.map { level in
        var scan = PlainScan(dialect, isEnd: isEnd, level: level)
        var trace = Trace()
        var places = [UInt32](repeating: 0, count: text.count + 2 * PlainScan.slack + 64)
        var noted = 0
        while scan.position < text.count, !scan.stopped {
          let before = scan.position
          var lineEnds = 0
          scan.note(
            text.span, to: min(before + step, text.count), in: &places, noted: &noted,
            lineEnds: &lineEnds)
          trace.stands += [scan.position, scan.recordStart]
          trace.stops.append(scan.stopped)
          trace.lineEnds.append(lineEnds)
          if scan.position == before { break }
        }
        trace.places = Array(places[..<noted])
        return trace
      }
      for trace in traces.dropFirst() { #expect(trace == traces[0], "seed \(seed)") }
    }
  }

  /// Every place in two steps, and those near the borders of what is passed over when it is ASCII.
  static let places = Array(0..<130) + Array(310..<330) + Array(570..<580)

  /// Characters of one to four bytes, broken or not, at every distance from a step's border.
  @Test func utf8IsCheckedAcrossSteps() {
    let pieces: [[UInt8]] = [
      Array("é".utf8), Array("ß".utf8), Array("’".utf8), Array("😀".utf8), [0xc3], [0xa9],
      [0xe2, 0x80], [0xc0, 0xaf], [0xc1, 0x81], [0xed, 0xa0, 0x80], [0xf5], [0xc3, 0xc3],
      [0xc3, 0xa9, 0xa9], Array("éàü".utf8), [0xe0, 0x80, 0x80], [0xdf, 0xbf], [0xc2, 0x80],
    ]
    for piece in pieces {
      for place in Self.places {
        for tail in [0, 1, 63, 64, 300] {
          var bytes = [UInt8](repeating: 0x61, count: place)
          bytes += piece
          bytes += [UInt8](repeating: 0x62, count: tail)
          let isValid = String(validating: bytes, as: UTF8.self) != nil
          for level in PlainScan.levels {
            let invalid = UTF8Check.firstInvalid(bytes.span, level: level)
            #expect((invalid == nil) == isValid, "\(piece) at \(place), then \(tail)")
            if let invalid { #expect(invalid >= place && invalid < place + piece.count) }
          }
        }
      }
    }
  }

  /// Every pair of bytes with every kind of follower, across the border of a step.
  @Test func utf8IsTheSameAtEveryLevel() {
    let followers: [UInt8] = [0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xff]
    var bytes = [UInt8](repeating: 0x61, count: 192)
    for first in UInt8(0x80)...0xff {
      for second in UInt8(0)...0xff {
        let place = 124 + Int(first ^ second) % 8
        bytes[place] = first
        bytes[place + 1] = second
        for third in followers {
          let fourth = followers[Int(first ^ second ^ third) % followers.count]
          (bytes[place + 2], bytes[place + 3]) = (third, fourth)
          let found = PlainScan.levels.map { UTF8Check.firstInvalid(bytes.span, level: $0) }
          #expect(Set(found).count == 1, "\(first) \(second) \(third) \(fourth)")
        }
        for offset in 0..<4 { bytes[place + offset] = 0x61 }
      }
    }
  }

  @Test func bytesAreFound() {
    for seed in 0..<60 {
      var random = SeededBytes(seed: UInt64(seed))
      let bytes = random.bytes(
        random.pick([0, 1, 63, 64, 65, 200, 1000]),
        from: random.pick(["ab", "c", "abcdefgh", "cdefghijklmnopqrstuvwxyz0123456789"]))
      for text in ["ab", "bz", "dd"] {
        let wanted = Array(text.utf8)
        let expected = bytes.indices.filter { wanted.contains(bytes[$0]) }
        for level in PlainScan.levels {
          var found: [Int] = []
          bytes.span.each(wanted[0], or: wanted[1], level: level) { found.append($0) }
          #expect(found == expected, "seed \(seed)")
        }
      }
    }
  }

  @Test func bytesAreCounted() {
    for seed in 0..<40 {
      var random = SeededBytes(seed: UInt64(seed))
      let count = random.pick([0, 1, 63, 64, 65, 1000, 20_000, 64 * 255 + 3, 64 * 600])
      let bytes = random.bytes(count, from: random.pick(["ab", "a", "abcdefgh"]))
      let wanted = UInt8(ascii: "a")
      let expected = bytes.count { $0 == wanted }
      for level in PlainScan.levels {
        #expect(bytes.span.occurrences(of: wanted, level: level) == expected)
      }
    }
  }
}
