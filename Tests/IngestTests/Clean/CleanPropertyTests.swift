import Ingest
import Testing

/// Whatever the bytes: an answer, the same for every cut into blocks, and clean CSV.
@Suite struct CleanPropertyTests {
  @Test func soundFilesKeepEveryCell() throws {
    var numbers = SeededNumbers(7)
    for _ in 0..<120 {
      let width = Int.random(in: 2...6, using: &numbers)
      let rows = (0..<Int.random(in: 1...30, using: &numbers)).map { _ in
        (0..<width).map { _ in Self.cell(&numbers) }
      }
      let read = try CleanReading(CleanCopyTests.text(rows)) {
        $0.delimiter = [UInt8(ascii: ",")]
        $0.quote = .some(UInt8(ascii: "\""))
        $0.escape = .doubled
        ($0.skip, $0.headerRows) = (0, 0)
      }
      #expect(read.rows == rows)
      #expect(read.counts.rows == rows.count && read.counts.isClean)
    }
  }

  private static func cell(_ numbers: inout SeededNumbers) -> String {
    let letters = ["a", "b", "é", " ", ",", "\"", "\n", ";", "x"]
    let count = Int.random(in: 0...6, using: &numbers)
    let text = (0..<count).map { _ in letters.randomElement(using: &numbers) ?? "" }.joined()
    return text.isEmpty ? "z" : text
  }

  @Test func anyBytesBecomeCleanWhateverTheBlocks() throws {
    var numbers = SeededNumbers(11)
    let alphabet = Array("aab1,,;\"\"\"\n\n\r\\ \0'".utf8) + [0xC3, 0xA9]
    for round in 0..<250 {
      var bytes = (0..<Int.random(in: 0...400, using: &numbers)).map { _ in
        alphabet.randomElement(using: &numbers) ?? 0
      }
      if round % 2 == 0 { bytes = Array("col,autre,fin\n".utf8) + bytes }
      let whole = try Self.read(bytes, block: 1 << 18, round)
      let cut = try Self.read(bytes, block: 7, round)
      #expect(whole?.bytes == cut?.bytes, "\(bytes)")
      #expect(whole?.counts == cut?.counts)
    }
  }

  /// Nil where the file is refused as no text.
  private static func read(_ bytes: [UInt8], block: Int, _ round: Int) throws -> CleanReading? {
    do {
      return try CleanReading(bytes, block: block) {
        if round % 3 == 0 { $0.delimiter = [UInt8(ascii: ",")] }
        if round % 5 == 0 { $0.escape = QuoteEscape.none }
        if round % 7 == 0 { $0.escape = .byte(UInt8(ascii: "\\")) }
        if round % 11 == 0 { ($0.skip, $0.headerRows) = (round % 3, round % 4) }
      }
    } catch let error as IngestError where error.code == "binary" {
      return nil
    }
  }
}
