import Tabular
import Testing

/// Splitter and index against the rules, on texts full of quotes, line ends and dirt, whatever the
/// blocks.
@Suite struct ScanPropertyTests {
  struct Trial {
    var text: [UInt8]
    var dialect = CSVDialect()
    var columns = 3
    var wanted: [Int] = []
    var allowsTrailing = false
    var block = 1
  }

  /// What reading gives, in a form that two ways of reading can be compared in.
  struct Reading: Equatable {
    var records: [[ScanOracle.Field]] = []
    var starts: [Int] = []
    var blanks = 0
    var faults: [RecordFault] = []
    var faultRanges: [Range<Int>] = []
    var positions: [Int] = []
    var columns: [Int] = []
    var recordsBefore: [Int] = []
  }

  static func trial(_ seed: Int) -> Trial {
    var random = SeededBytes(seed: UInt64(seed))
    let text: [UInt8] =
      switch seed % 5 {
      case 0: random.bytes(random.below(120), from: "\"\",\n\ra")
      case 1: random.bytes(random.below(300), from: "\",\na\r bcdefghijklmnopq\\\t")
      case 2: random.csv(rows: random.below(20), columns: 4, dirt: 0)
      case 3: random.openings(lines: random.below(40))
      default: random.csv(rows: random.below(30), columns: 3, dirt: random.pick([10, 60, 300]))
      }
    var trial = Trial(text: text)
    if random.chance(6) { trial.dialect.escape = UInt8(ascii: "\\") }
    if random.chance(10) { trial.dialect.quote = nil }
    if random.chance(8) { trial.dialect.lineEnd = 13 }
    if random.chance(2) {
      trial.dialect.maximumFieldBytes = random.pick([1, 5, 20, 130, 180])
      trial.dialect.maximumRecordLines = random.pick([1, 2, 3, 10, 70])
    }
    trial.dialect.trimsBlanks = random.chance(3)
    trial.dialect.blankLinesMayHoldBlanks = random.chance(3)
    trial.allowsTrailing = random.chance(2)
    trial.columns = random.pick([1, 2, 3, 3, 4])
    trial.wanted = (0..<trial.columns).filter { _ in random.chance(2) }
    trial.block = random.pick([1, 7, 64, 65, 200, 1000])
    return trial
  }

  static func expected(_ trial: Trial) -> Reading {
    let oracle = ScanOracle(
      text: trial.text, dialect: trial.dialect, columns: trial.columns,
      allowsTrailing: trial.allowsTrailing)
    var reading = Reading()
    for item in oracle.items() {
      switch item.kind {
      case .blank: reading.blanks += 1
      case .record(let fields):
        reading.records.append(trial.wanted.map { fields[$0] })
        reading.starts.append(item.range.lowerBound)
      case .fault(let fault, let position, let column):
        reading.faults.append(fault)
        reading.faultRanges.append(item.range)
        reading.positions.append(position)
        reading.columns.append(column)
        reading.recordsBefore.append(reading.records.count)
      }
    }
    return reading
  }

  /// Adds what the index of a morsel holds.
  static func add(
    _ index: FieldIndex, _ morsel: [UInt8], at offset: Int, _ trial: Trial,
    to reading: inout Reading
  ) {
    let before = reading.records.count
    for record in 0..<index.recordCount {
      reading.records.append(
        trial.wanted.indices.map { slot in
          field(index.slice(record, slot: slot), morsel, trial.dialect)
        })
      reading.starts.append(Int(index.recordStarts[record]) + offset)
    }
    reading.blanks += index.blankLines
    for fault in index.faults {
      reading.faults.append(fault.fault)
      reading.faultRanges.append(
        fault.bytes.lowerBound + offset..<fault.bytes.upperBound + offset)
      reading.positions.append(fault.position + offset)
      reading.columns.append(fault.column)
      reading.recordsBefore.append(before + fault.recordsBefore)
    }
  }

  static func field(
    _ slice: FieldSlice, _ bytes: [UInt8], _ dialect: CSVDialect
  ) -> ScanOracle.Field {
    var content: [UInt8] = []
    var position = slice.start
    while position < slice.end {
      let isMark = bytes[position] == (dialect.escape ?? dialect.quote)
      if slice.hasEscapes, isMark, position + 1 < slice.end { position += 1 }
      content.append(bytes[position])
      position += 1
    }
    return ScanOracle.Field(content: content, isQuoted: slice.quoted)
  }

  /// Reads a text in blocks, as a file is.
  /// - Parameter window: of guessed cuts; nil when none is to be guessed.
  /// - Returns: nil when a guess was disproved.
  static func read(_ trial: Trial, window: Int? = nil) -> Reading? {
    let splitter = RecordSplitter(trial.dialect, window: window ?? 1)
    let indexer = FieldIndexer(
      dialect: trial.dialect, columns: trial.columns, wanted: trial.wanted,
      allowsTrailingDelimiter: trial.allowsTrailing)
    var reading = Reading()
    var (held, given, offset): ([UInt8], Int, Int) = ([], 0, 0)
    while given < trial.text.count || !held.isEmpty {
      let end = min(given + trial.block, trial.text.count)
      held += trial.text[given..<end]
      given = end
      let isEnd = given == trial.text.count
      let guess = isEnd || window == nil ? nil : splitter.guess(held.span)
      let cut = guess ?? splitter.cut(held.span, atEnd: isEnd)
      let morsel = Array(held[..<cut])
      held.removeFirst(cut)
      let index = indexer.index(morsel.span)
      if guess != nil, index.endsOpen { return nil }
      add(index, morsel, at: offset, trial, to: &reading)
      offset += cut
    }
    return reading
  }

  @Test(arguments: 0..<10) func readsAsTheRulesSay(batch: Int) {
    for seed in batch * 80..<(batch + 1) * 80 {
      var trial = Self.trial(seed)
      let expected = Self.expected(trial)
      let inBlocks = Self.read(trial)
      trial.block = trial.text.count + 1
      let atOnce = Self.read(trial)
      #expect(atOnce == expected, "seed \(seed), whole")
      #expect(inBlocks == expected, "seed \(seed), in blocks")
      if atOnce != expected || inBlocks != expected { return }
    }
  }

  /// A guess that is not disproved is right, however the text was made to mislead.
  @Test func guessedCutsAreRightOrDisproved() {
    var (disproved, held) = (0, 0)
    for seed in 0..<2000 {
      var trial = Self.trial(seed)
      var random = SeededBytes(seed: UInt64(seed) ^ 0xC07)
      if random.chance(2) {
        let lure = random.pick(["\",\"\n", "\"\n\"", ",\"\n,", "a,\"b\nc\",d\n"])
        trial.text = Array(String(repeating: lure, count: 1 + random.below(60)).utf8) + trial.text
      }
      trial.block = random.pick([70, 130, 200, 400])
      let expected = Self.expected(trial)
      guard let reading = Self.read(trial, window: random.pick([1, 8, 40, 64, 128])) else {
        disproved += 1
        continue
      }
      held += 1
      #expect(reading == expected, "seed \(seed)")
      if reading != expected { return }
    }
    #expect(disproved > 0 && held > disproved)
  }
}
