import Codecs
import Foundation
import Pipeline
import Testing

/// The gate on several threads says what it says on one, and never yes where reading from the
/// start would say no.
@Suite struct SharedGateTests {
  static let formats = [PlannedOutput.Format.csv, .csvGzip]

  @Test(arguments: formats, [1, 7, 64, 300])
  func verdictsDoNotDependOnThreads(format: PlannedOutput.Format, every: Int) throws {
    var random = RandomLines(UInt64(every))
    for piece in [50, 999, 5000] {
      let table = try StagedTable(random.lines(600), piece: piece, every: every, format: format)
      let alone = try table.verdict(threads: 1)
      #expect(!alone.1)
      #expect(alone.0.hasSuffix(" 600"))
      for (threads, large) in [(2, 0), (5, 0), (2, 1 << 30), (5, 1 << 30)] {
        let several = try table.verdict(threads: threads, large: large)
        #expect(several.0 == alone.0)
        #expect(several.1, "\(threads) threads, pieces of \(piece)")
      }
    }
  }

  /// Records longer than any stretch, and none at all.
  @Test(arguments: formats) func longRecordsAndNone(format: PlannedOutput.Format) throws {
    var random = RandomLines(4)
    let long = try StagedTable(
      random.lines(5) + random.lines(2, longest: 800_000) + random.lines(5), piece: 1 << 18,
      every: 1, format: format)
    let several = try long.verdict(threads: 3)
    #expect(several.1)
    #expect(several.0 == (try long.verdict(threads: 1).0))
    let empty = try StagedTable([], piece: 100, every: 1, format: format)
    let verdicts = try empty.verdicts()
    #expect(verdicts.count == 1)
    #expect(verdicts.first?.hasSuffix(" 0") == true)
  }

  @Test(arguments: 1...2) func noChangedByteGetsThrough(seed: Int) throws {
    var random = RandomLines(UInt64(seed) * 100)
    let table = try StagedTable(random.lines(400), piece: 700, every: 10)
    let good = table.bytes
    let accepted = try table.verdict(threads: 1).0
    var places = Array(0..<12) + Array((good.count - 12)..<good.count)
    var border = 0
    for part in table.parts.prefix(8) {
      border += part.bytes.count
      places += [border - 2, border - 1, border, border + 1]
    }
    for _ in 0..<25 { places.append(Int.random(in: 0..<good.count, using: &random.numbers)) }
    for place in places where place < good.count {
      var flipped = good
      flipped[place] ^= 1 << UInt8.random(in: 0..<8, using: &random.numbers)
      var (missing, added) = (good, good)
      missing.remove(at: place)
      added.insert(UInt8.random(in: 0...255, using: &random.numbers), at: place)
      for damaged in [flipped, missing, added, Array(good[..<place])] where damaged != good {
        for threads in [1, 3] {
          let verdict = try table.verdict(threads: threads, found: damaged).0
          #expect(verdict != accepted && !verdict.hasSuffix(" 400"), "at byte \(place)")
        }
      }
    }
    for tail in [[0], [0, 0, 0], [7], GzipWriter.header, good] as [[UInt8]] {
      let verdict = try table.verdict(threads: 2, found: good + tail).0
      #expect(!verdict.hasSuffix(" 400"))
    }
  }

  @Test func whatPlainFilesHoldIsHeldToWhatWasWritten() throws {
    var random = RandomLines(77)
    let table = try StagedTable(random.lines(300), piece: 700, every: 10, format: .csv)
    let good = table.bytes
    for _ in 0..<40 {
      var flipped = good
      flipped[Int.random(in: 0..<good.count, using: &random.numbers)] ^= 1
      for threads in [1, 4] {
        #expect(try !table.verdict(threads: threads, found: flipped).0.hasSuffix(" 300"))
      }
    }
  }

  /// Promises that are broken are told in the same words.
  @Test(arguments: formats) func refusalsDoNotDependOnThreads(format: PlannedOutput.Format) throws {
    var random = RandomLines(9)
    let lines = random.lines(300)
    let bad = [
      "1,2\r\n", "1,2,3,4\r\n", "1,\"2,3\r\n", "1,x\"y,3\r\n", "1, \"x\",3\r\n", "1,\"x\" ,3\r\n",
      "\r\n", " \r\n", "1,2,3", "\n", "\r",
    ]
    for text in bad {
      for place in [0, 150, 300] {
        let changed = lines[..<place] + [Array(text.utf8)] + lines[place...]
        let table = try StagedTable(Array(changed), piece: 333, every: 5, format: format)
        let verdicts = try table.verdicts()
        #expect(verdicts.count == 1, "\(text) at \(place): \(verdicts)")
        if text != "1,2,3" || place != 300 {
          #expect(verdicts.first?.hasSuffix(" 301") == false, "\(text) at \(place)")
        }
      }
    }
    var few = try StagedTable(lines, piece: 333, every: 5, format: format)
    few.least = (0, 1)
    #expect(
      try few.verdicts() == ["gate: 'x' holds a row that stands for fewer than 1 source rows"])
    few.names = ["a", "b", "d"]
    #expect(try few.verdicts().count == 1)
    few = try StagedTable(lines, piece: 333, every: 5, format: format)
    few.rows = 299
    #expect(try few.verdicts().count == 1)
    #expect(try few.verdicts().first?.contains("299") == true)
  }

  /// Hints at random places: a record may be split, a quote left open where they say one begins.
  @Test(arguments: formats) func wrongHintsChangeNothing(format: PlannedOutput.Format) throws {
    var random = RandomLines(31)
    for _ in 0..<40 {
      var table = try StagedTable(random.lines(200), piece: 400, every: 20, format: format)
      let right = try table.verdict(threads: 1).0
      let length = table.parts.reduce(0) { $0 + $1.content }
      for _ in 0..<3 {
        table.records.append(Int.random(in: 0...(length + 50), using: &random.numbers))
      }
      table.records.sort()
      #expect(try table.verdict(threads: 3).0 == right)
      guard format == .csvGzip else { continue }
      let part = Int.random(in: 1..<(table.parts.count - 1), using: &random.numbers)
      table.parts[part].content += Int.random(in: -3...3, using: &random.numbers)
      #expect(try table.verdict(threads: 3).0 == right)
    }
  }

  /// A row over two lines whose second line would pass for a row by itself.
  @Test func linesWithinQuotesAreNoRecords() throws {
    let line = Array("1,2,\"x\r\n4,5,6\"\r\n".utf8)
    var table = try StagedTable(Array(repeating: line, count: 300), piece: 400, every: 1)
    let right = try table.verdict(threads: 1).0
    let inside = Array("1,2,\"x\r\n".utf8).count
    table.records = table.records.map { $0 + inside }
    let several = try table.verdict(threads: 2)
    #expect(several.0 == right)
    #expect(!several.1)
  }

  /// Pieces that a reader of the whole takes, but that do not stand by themselves.
  @Test func piecesThatLeanOnOthersAreReadFromTheStart() throws {
    let lines = Array(repeating: Array("10,20,30\r\n".utf8), count: 200)
    let content = StagedTable.header + lines.flatMap { $0 }
    // A hundred rows, each of them the ten bytes before it.
    var leaning = try StagedTable(lines, piece: 1007, every: 1)
    var bits = BitWriter()
    bits.put(0b010, 3)
    for _ in 0..<100 { bits.matchOfTenAtTen() }
    bits.end()
    let deflater = try IsalDeflater()
    var sum = GzipSum()
    sum.add(crc: deflater.crc(content[...]), count: content.count)
    leaning.parts = [
      (GzipWriter.header, 0), (try deflater.deflate(content[..<1007]), 1007), (bits.bytes, 1000),
      ([3, 0] + sum.bytes, 0),
    ]
    let alone = try leaning.verdict(threads: 1)
    #expect(alone.0.hasSuffix(" 200"))
    let several = try leaning.verdict(threads: 2)
    #expect(several.0 == alone.0)
    #expect(!several.1)
  }

  @Test func oddMembersAreJudgedAlike() throws {
    var random = RandomLines(12)
    let lines = random.lines(200)
    let whole = try StagedTable(lines, piece: 400, every: 5)
    // The stream ends in the middle.
    var ended = whole
    ended.parts[3].bytes = [3, 0]
    var second = whole
    second.parts += try StagedTable.member([Array("1,2,3\r\n".utf8)])
    var garbage = whole
    garbage.parts.append(([1, 2, 3], 0))
    for table in [ended, second, garbage] {
      let verdicts = try table.verdicts()
      #expect(verdicts.count == 1, "\(verdicts)")
      #expect(verdicts.first?.hasSuffix(" 200") == false)
    }
    // An empty block changes nothing, told or not.
    var empty = whole
    empty.parts.insert(([0, 0, 0, 0xFF, 0xFF], 0), at: 4)
    #expect(try empty.verdicts().count == 1)
    #expect(try empty.verdicts().first?.hasSuffix(" 200") == true)
  }
}

/// Deflate's bits, by hand (RFC 1951).
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var used = 8

  /// The lowest bit first.
  mutating func put(_ value: Int, _ count: Int) {
    for bit in 0..<count {
      if used == 8 { (bytes, used) = (bytes + [0], 0) }
      bytes[bytes.count - 1] |= UInt8((value >> bit) & 1) << UInt8(used)
      used += 1
    }
  }

  /// A Huffman code: the highest bit first.
  private mutating func code(_ value: Int, _ count: Int) {
    for bit in (0..<count).reversed() { put(value >> bit & 1, 1) }
  }

  /// With the fixed codes: ten bytes as they stand ten bytes before.
  mutating func matchOfTenAtTen() {
    code(264 - 256, 7)
    // Distances 9 to 12 have code 6 and two more bits.
    code(6, 5)
    put(1, 2)
  }

  /// Ends the block, and goes to a byte with an empty stored block.
  mutating func end() {
    code(0, 7)
    put(0, 3)
    used = 8
    bytes += [0, 0, 0xFF, 0xFF]
  }
}
