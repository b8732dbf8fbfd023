import CKernels
import Ingest
import Tabular

/// The scanner at all its levels and in all blocks, against the rules read slowly; and libcsv where
/// its rules are the same.
enum ScanTarget {
  struct Trial {
    var text: [UInt8] = []
    var dialect = CSVDialect()
    var columns = 3
    var wanted: [Int] = []
    var allowsTrailing = false
    var block = 1
    var window = 1
  }

  struct Reading: Equatable {
    var records: [[ScanOracle.Field]] = []
    var starts: [Int] = []
    var blanks = 0
    var faults: [RecordFault] = []
    var ranges: [Range<Int>] = []
    var positions: [Int] = []
    var columns: [Int] = []
  }

  static func run(_ input: [UInt8]) {
    guard input.count <= 4096 else { return }
    var choices = Choices(input)
    var trial = Trial()
    trial.columns = 1 + choices.below(4)
    let wanted = choices.below(16)
    trial.wanted = (0..<trial.columns).filter { wanted >> $0 & 1 == 1 }
    let flags = choices.below(256)
    if flags & 1 == 1 { trial.dialect.escape = UInt8(ascii: "\\") }
    if flags & 6 == 6 { trial.dialect.quote = nil }
    if flags & 8 == 8 { trial.dialect.lineEnd = 13 }
    trial.allowsTrailing = flags & 16 == 16
    trial.dialect.trimsBlanks = flags & 96 == 96
    trial.dialect.blankLinesMayHoldBlanks = flags & 128 == 128
    let limits = choices.below(64)
    if limits & 1 == 1 {
      trial.dialect.maximumFieldBytes = [1, 5, 20, 130, 180][limits / 2 % 5]
      trial.dialect.maximumRecordLines = [1, 2, 3, 10, 70][limits / 10 % 5]
    }
    trial.block = [1, 7, 64, 65, 200, 1000][choices.below(6)]
    trial.window = 1 + choices.below(256)
    trial.text = Array(choices.rest)
    let expected = expected(trial)
    require(read(trial, guessing: false) == expected, "in blocks of \(trial.block): \(trial)")
    if let guessed = read(trial, guessing: true) {
      require(guessed == expected, "guessed in blocks of \(trial.block): \(trial)")
    }
    trial.block = trial.text.count + 1
    require(read(trial, guessing: false) == expected, "at once: \(trial)")
    levels(trial)
    if flags & 0xEF == 0, limits & 1 == 0 { reference(trial, expected) }
  }

  private static func expected(_ trial: Trial) -> Reading {
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
        reading.ranges.append(item.range)
        reading.positions.append(position)
        reading.columns.append(column)
      }
    }
    return reading
  }

  /// Nil when a guessed cut was disproved.
  private static func read(_ trial: Trial, guessing: Bool) -> Reading? {
    let splitter = RecordSplitter(trial.dialect, window: trial.window)
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
      let guess = isEnd || !guessing ? nil : splitter.guess(held.span)
      let cut = guess ?? splitter.cut(held.span, atEnd: isEnd)
      let morsel = Array(held[..<cut])
      held.removeFirst(cut)
      let index = indexer.index(morsel.span)
      if guess != nil, index.endsOpen { return nil }
      add(index, morsel, offset, trial, &reading)
      offset += cut
    }
    return reading
  }

  private static func add(
    _ index: FieldIndex, _ morsel: [UInt8], _ offset: Int, _ trial: Trial, _ reading: inout Reading
  ) {
    for record in 0..<index.recordCount {
      reading.records.append(
        trial.wanted.indices.map { field(index.slice(record, slot: $0), morsel, trial.dialect) })
      reading.starts.append(Int(index.recordStarts[record]) + offset)
    }
    reading.blanks += index.blankLines
    for fault in index.faults {
      reading.faults.append(fault.fault)
      reading.ranges.append(fault.bytes.lowerBound + offset..<fault.bytes.upperBound + offset)
      reading.positions.append(fault.position + offset)
      reading.columns.append(fault.column)
    }
  }

  private static func field(
    _ slice: FieldSlice, _ bytes: [UInt8], _ dialect: CSVDialect
  ) -> ScanOracle.Field {
    var content: [UInt8] = []
    var at = slice.start
    while at < slice.end {
      let isMark = bytes[at] == (dialect.escape ?? dialect.quote)
      if slice.hasEscapes, isMark, at + 1 < slice.end { at += 1 }
      content.append(bytes[at])
      at += 1
    }
    return ScanOracle.Field(content: content, isQuoted: slice.quoted)
  }

  /// Every level notes the same separators and stops at the same place.
  private static func levels(_ trial: Trial) {
    var answers: [[Int]] = []
    for level in PlainScan.levels {
      var scan = PlainScan(trial.dialect, isEnd: true, level: level)
      let count = trial.text.count
      var places = [UInt32](repeating: 0, count: count + PlainScan.slack)
      var (noted, lineEnds) = (0, 0)
      scan.note(
        trial.text.span, to: count, in: &places, noted: &noted, lineEnds: &lineEnds)
      answers.append(
        [scan.recordStart, scan.stopped ? 1 : 0, lineEnds] + places[..<noted].map { Int($0) })
    }
    for answer in answers { require(answer == answers[0], "levels differ: \(trial)") }
  }

  /// libcsv, where it takes the text at all: without CRs, zero bytes and quotes amid fields.
  private static func reference(_ trial: Trial, _ expected: Reading) {
    guard expected.faults.isEmpty, trial.wanted.count == trial.columns,
      !trial.text.contains(13), !trial.text.contains(0), !trial.text.starts(with: [0xEF, 0xBB])
    else { return }
    var rows: [[[UInt8]]] = []
    do {
      let reader = try ReferenceReader(Pieces(trial.text), name: "fuzz")
      var row = ReferenceRow()
      while try reader.next(&row) {
        if row.count > 0 { rows.append((0..<row.count).map { Array(row[$0]) }) }
      }
    } catch {
      // Strict mode refuses a quote in an unquoted field, which the scanner reads as written.
      require(
        expected.records.contains { $0.contains { $0.content.contains(34) && !$0.isQuoted } },
        "libcsv refuses: \(trial)")
      return
    }
    require(rows == expected.records.map { $0.map(\.content) }, "libcsv differs: \(trial)")
  }
}
