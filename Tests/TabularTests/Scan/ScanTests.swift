import Tabular
import Testing

/// The scanner's rules once more, as slowly and plainly as they can be written.
private struct SlowScanner {
  let dialect: CSVDialect
  var records: [[String]] = []
  var faults: [RecordFault] = []
  var blanks = 0

  init(_ bytes: [UInt8], _ dialect: CSVDialect, columns: Int) {
    self.dialect = dialect
    var position = 0
    while position < bytes.count { position = record(bytes, position, columns) }
  }

  private mutating func record(_ bytes: [UInt8], _ start: Int, _ columns: Int) -> Int {
    var fields: [String] = []
    var position = start
    var nextLine = start
    while nextLine < bytes.count, bytes[nextLine] != 10 { nextLine += 1 }
    nextLine = min(nextLine + 1, bytes.count)
    var blank = true
    while true {
      var text: [UInt8] = []
      if position < bytes.count, bytes[position] == dialect.quote {
        blank = false
        position += 1
        while true {
          guard position < bytes.count else {
            faults.append(.unclosedQuote)
            return nextLine
          }
          if bytes[position] == dialect.quote {
            if position + 1 < bytes.count, bytes[position + 1] == dialect.quote {
              text.append(bytes[position])
              position += 2
              continue
            }
            position += 1
            break
          }
          text.append(bytes[position])
          position += 1
        }
        if position + 1 < bytes.count, bytes[position] == 13, bytes[position + 1] == 10 {
          position += 1
        }
        if position == bytes.count - 1, bytes[position] == 13 { position += 1 }
        let ended = position == bytes.count
        if !ended, bytes[position] != 10, bytes[position] != dialect.delimiter {
          faults.append(position < nextLine ? .strayQuote : .unclosedQuote)
          return nextLine
        }
      } else {
        while position < bytes.count, bytes[position] != 10, bytes[position] != dialect.delimiter {
          text.append(bytes[position])
          position += 1
        }
        let atLineEnd = position == bytes.count || bytes[position] == 10
        if atLineEnd, text.last == 13 { text.removeLast() }
        if !text.isEmpty { blank = false }
      }
      fields.append(String(decoding: text, as: UTF8.self))
      if position < bytes.count, bytes[position] == dialect.delimiter {
        position += 1
        continue
      }
      break
    }
    let next = min(position + 1, bytes.count)
    if fields.count == 1, blank {
      blanks += 1
    } else if fields.count == columns {
      records.append(fields)
    } else {
      faults.append(fields.count < columns ? .tooFewFields : .tooManyFields)
    }
    return next
  }
}

@Suite struct ScanTests {
  static func random(_ seed: UInt64) -> [UInt8] {
    var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let pieces = [
      "a", "bc", ",", ",", "\n", "\r\n", "\"", "\"\"", ",\"x\",", "\"\n", "é", "\r", "x,y,z\n",
    ]
    var text = ""
    for _ in 0..<next(400) { text += pieces[next(pieces.count)] }
    return Array(text.utf8)
  }

  static func strings(_ index: FieldIndex, _ bytes: [UInt8]) -> [[String]] {
    (0..<index.recordCount).map { record in
      index.wanted.indices.map { slot in
        let slice = index.slice(record, slot: slot)
        let text = String(decoding: bytes[slice.start..<slice.end], as: UTF8.self)
        return slice.quoted ? text.replacing("\"\"", with: "\"") : text
      }
    }
  }

  @Test func indexEqualsTheSlowScanner() {
    for seed in 0..<4000 {
      let bytes = Self.random(UInt64(seed))
      for columns in 1...3 {
        let slow = SlowScanner(bytes, CSVDialect(), columns: columns)
        let indexer = FieldIndexer(
          dialect: CSVDialect(), columns: columns, wanted: Array(0..<columns))
        let index = indexer.index(bytes.span)
        #expect(Self.strings(index, bytes) == slow.records, "seed \(seed), \(columns) columns")
        #expect(index.faults.map(\.fault) == slow.faults, "seed \(seed), \(columns) columns")
        #expect(index.blankLines == slow.blanks, "seed \(seed)")
      }
    }
  }

  @Test func splittingChangesNothing() {
    let splitter = RecordSplitter(CSVDialect())
    let indexer = FieldIndexer(dialect: CSVDialect(), columns: 3, wanted: [0, 2])
    for seed in 0..<1500 {
      let bytes = Self.random(UInt64(seed) + 50_000)
      let whole = indexer.index(bytes.span)
      for block in [1, 7, 64, 100] {
        var records: [[String]] = []
        var faults: [RecordFault] = []
        var held: [UInt8] = []
        var offset = 0
        while offset < bytes.count || !held.isEmpty {
          let end = min(offset + block, bytes.count)
          held += bytes[offset..<end]
          offset = end
          let cut = splitter.cut(held.span, atEnd: offset == bytes.count)
          let morsel = Array(held[..<cut])
          held.removeFirst(cut)
          let part = indexer.index(morsel.span)
          records += Self.strings(part, morsel)
          faults += part.faults.map(\.fault)
        }
        #expect(records.count == whole.recordCount, "seed \(seed), block \(block)")
        #expect(records.joined().elementsEqual(Self.strings(whole, bytes).joined()))
        #expect(faults == whole.faults.map(\.fault), "seed \(seed), block \(block)")
      }
    }
  }
}
