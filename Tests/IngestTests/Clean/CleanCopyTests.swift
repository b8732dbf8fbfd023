import Ingest
import Testing

/// Files written anew: what a person would read in each of them.
@Suite struct CleanCopyTests {
  static let table = [
    ["jour", "nb", "nature", "texte", "lien"], ["01/02/2024", "3", "Voirie", "Trou, rue A", "h/1"],
    ["02/02/2024", "4", "Bruit fort", "Il a dit \"stop\"", "h/2"],
    ["03/02/2024", "5", "Voirie", "Lampe", "h/3"],
    ["04/02/2024", "6", "Bruit", "Arbre, mur", "h/4"],
    ["05/02/2024", "7", "Eau", "Fuite", "h/5"], ["06/02/2024", "8", "Voirie", "Dalle", "h/6"],
  ]

  /// The table's text, its fourth and fifth columns quoted.
  static func lines(
    _ delimiter: String = ",", quote: String = "\"", escape: String = "\"", end: String = "\n"
  ) -> [String] {
    table.map { row in
      row.enumerated().map { column, cell in
        column < 3
          ? cell : quote + cell.replacing(quote, with: escape + quote) + quote
      }.joined(separator: delimiter) + end
    }
  }

  @Test(arguments: [",", ";", "\t", "|", ", ", "||"], ["\n", "\r\n", "\r"])
  func everyDialectToldGivesTheTable(delimiter: String, end: String) throws {
    for (quote, escape) in [("\"", "\""), ("'", "'"), ("\"", "\\")] {
      let text = Self.lines(delimiter, quote: quote, escape: escape, end: end).joined()
      let read = try CleanReading(text) {
        $0.delimiter = Array(delimiter.utf8)
        $0.quote = .some(quote.utf8.first)
        $0.escape = escape == quote ? .doubled : .byte(UInt8(ascii: "\\"))
        ($0.skip, $0.headerRows) = (0, 1)
      }
      #expect(read.rows == Self.table, "\(delimiter) \(quote) \(escape)")
      #expect(read.counts.isClean && read.counts.rows == 6)
    }
  }

  @Test(arguments: [",", ";", "\t", "|", ", "], ["\n", "\r\n", "\r"])
  func everyDialectIsFoundOut(delimiter: String, end: String) throws {
    let read = try CleanReading(Self.lines(delimiter, end: end).joined())
    #expect(read.rows == Self.table)
    #expect(read.report.delimiter == (delimiter == "\t" ? "tab" : delimiter))
  }

  @Test func writingIsRFC4180() throws {
    let read = try CleanReading("a;b;c\n1,5;\"x\";\"\"\n\"u\nv\";say \"hi\";\n")
    let text = "a,b,c\r\n\"1,5\",x,\"\"\r\n\"u\nv\",\"say \"\"hi\"\"\",\r\n"
    #expect(String(decoding: read.bytes, as: UTF8.self) == text)
  }

  @Test func headerRowsAreToldOrFound() throws {
    let body = "1,2\n3,4\n"
    #expect(try CleanReading(body) { $0.headerRows = 0 }.rows == [["1", "2"], ["3", "4"]])
    let two = try CleanReading("an,an\ndébut,\n" + body) { $0.headerRows = 2 }
    #expect(two.rows == [["an début", "an"], ["1", "2"], ["3", "4"]])
    #expect(two.counts.headerRows == 2 && two.counts.rows == 2)
    #expect(try CleanReading("x,y\n" + body).counts.headerRows == 1)
    #expect(try CleanReading("an,an\n") { $0.headerRows = 3 }.rows == [["an", "an"]])
  }

  @Test func titlesAreLeftOutAndCounted() throws {
    let told = try CleanReading("Ville,,\n,,\n" + Self.lines().joined()) { $0.skip = 2 }
    #expect(told.rows == Self.table && told.counts.preambleLines == 2)
    let found = try CleanReading("Ville de Nantes\n\n" + Self.lines().joined())
    #expect(found.rows == Self.table && found.counts.preambleLines == 2)
    let mark = try CleanReading("sep=;\n" + Self.lines(";").joined())
    #expect(mark.rows == Self.table)
  }

  @Test func noRowIsDropped() throws {
    let read = try CleanReading("a,b,c\n1,2\n1,2,3,4\n\n,,\n1,2,3")
    let rows = [
      ["a", "b", "c"], ["1", "2", ""], ["1", "2", "3", "4"], ["", "", ""], ["1", "2", "3"],
    ]
    #expect(read.rows == rows)
    #expect(read.counts.padded == 1 && read.counts.overlong == 1 && read.counts.blankLines == 1)
  }

  @Test func anExtraDelimiterIsFoundAnywhere() throws {
    for row in 0..<Self.table.count {
      for column in 0..<5 {
        var cells = Self.table
        cells[row].insert("", at: column)
        let read = try CleanReading(Self.text(cells)) { $0.headerRows = 1 }
        #expect(read.rows == Self.table, "row \(row) column \(column)")
        #expect(read.counts.delimitersDropped == (row == 0 ? 0 : 1) || row == 0)
      }
    }
  }

  @Test func aLackingDelimiterBesideAQuoteIsSupposed() throws {
    for row in 1..<Self.table.count {
      let lines = Self.lines()
      for joint in [("\",\"", "\"\""), (",\"", "\"")] {
        var broken = lines
        let first = broken[row].ranges(of: joint.0).last
        guard let first else { continue }
        broken[row].replaceSubrange(first, with: joint.1)
        let read = try CleanReading(broken.joined()) { $0.headerRows = 1 }
        #expect(read.rows == Self.table, "row \(row) \(joint)")
        #expect(read.counts.delimitersSupposed == 1)
      }
    }
  }

  @Test func aStrayQuoteStaysWithItsCell() throws {
    for row in 0..<Self.table.count {
      for column in 0..<5 {
        var lines = Self.lines()
        var cells = lines[row].dropLast().split(separator: ",", omittingEmptySubsequences: false)
        guard cells.count == 5 else { continue }
        let isQuoted = cells[column].hasPrefix("\"")
        cells[column] = (isQuoted ? "\"\"" + cells[column].dropFirst() : "\"" + cells[column])
        lines[row] = cells.joined(separator: ",") + "\n"
        var expected = Self.table
        expected[row][column] = "\"" + expected[row][column]
        let read = try CleanReading(lines.joined()) { $0.headerRows = 1 }
        #expect(read.rows == expected, "row \(row) column \(column)")
        #expect(read.counts.quotesMended == 1 || row == 0)
      }
    }
  }

  @Test func oneRowMayHaveAnotherDelimiter() throws {
    for row in 1..<Self.table.count {
      for delimiter in [";", "\t", "|", " "] {
        var lines = Self.lines()
        lines[row] = Self.lines(delimiter)[row]
        let read = try CleanReading(lines.joined()) { $0.headerRows = 1 }
        #expect(read.rows == Self.table, "row \(row) \(delimiter)")
        #expect(read.counts.otherwiseSeparated == 1)
      }
    }
  }

  @Test func unescapedQuotesWithinQuotes() throws {
    let text = "a,b\n1,\"say \"hi\", then go\"\n2,\"x\"\n"
    for escape in [QuoteEscape.none, .doubled] {
      let read = try CleanReading(text) { $0.escape = escape }
      #expect(read.rows == [["a", "b"], ["1", "say \"hi\", then go"], ["2", "x"]])
    }
  }

  @Test func encodingsBecomeUTF8() throws {
    let text = Self.text([["nom", "ville"], ["Éloïse", "Orléans"], ["Zoé", "Besançon"]])
    let latin = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let wide = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for bytes in [
      Array(text.utf8), [0xEF, 0xBB, 0xBF] + text.utf8, latin, wide, [0xFF, 0xFE] + wide,
    ] {
      #expect(try CleanReading(bytes) { $0.headerRows = 1 }.rows.last == ["Zoé", "Besançon"])
    }
    let damaged = try CleanReading(Array("a,b\né,".utf8) + [0xC3, 10]) { $0.encoding = .utf8 }
    #expect(damaged.rows == [["a", "b"], ["é", "\u{FFFD}"]])
    #expect(damaged.counts.invalidCharacters == 1)
  }

  @Test func smallAndOddFiles() throws {
    #expect(try CleanReading("").rows == [])
    #expect(try CleanReading("\n\n").rows == [])
    #expect(try CleanReading("a,b").rows == [["a", "b"]])
    #expect(try CleanReading("mot\nchat\nchien\n").rows == [["mot"], ["chat"], ["chien"]])
    let zero = try CleanReading("a,b\nx\0y,\"\0\"\n")
    #expect(zero.rows == [["a", "b"], ["xy", ""]] && zero.counts.zeroBytes == 2)
    let nothing = try CleanReading("a\n\0\nb\n") { $0.headerRows = 0 }
    #expect(nothing.rows == [["a"], [""], ["b"]] && nothing.counts.rows == 3)
    let mixed = try CleanReading("a,b\r\n1,2\r3,4\n5,6\r")
    #expect(mixed.rows == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]])
    let long = String(repeating: "x,", count: 300_000)
    #expect(try CleanReading("a,b\n1,\"\(long)\"\n").rows.last == ["1", long])
  }

  static func text(_ rows: [[String]]) -> String {
    rows.map { row in
      row.map { $0.contains { ",\"\n".contains($0) } ? Self.quoted($0) : $0 }
        .joined(separator: ",") + "\n"
    }.joined()
  }

  static func quoted(_ cell: String) -> String {
    "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }
}
