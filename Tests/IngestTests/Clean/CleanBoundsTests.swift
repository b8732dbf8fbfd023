import Ingest
import Tabular
import Testing

/// Records and headers of absurd size: read whole, or refused with the place, and never in part.
@Suite struct CleanBoundsTests {
  private static func error(
    _ text: [UInt8], _ change: (inout CleanOptions) -> Void = { _ in }
  ) throws -> IngestError? {
    do {
      _ = try CleanReading(text, change)
      return nil
    } catch let error as IngestError {
      return error
    }
  }

  private static func commas(_ count: Int) -> [UInt8] {
    [UInt8](repeating: UInt8(ascii: ","), count: count)
  }

  @Test func tooManyFieldsAreRefusedWithTheirPlace() throws {
    let head = Array("a,b\n1,\"x\ny\"\n3,4\n".utf8)
    let most = Self.commas(CleanCopy.mostFields - 1)
    #expect(try Self.error(head + most + [10]) == nil)
    let refused = try #require(try Self.error(head + most + Array(",\n".utf8)))
    #expect(refused.code == "record_too_wide" && refused.kind.exitCode == 1)
    #expect(refused.file == "t.csv" && refused.line == 5 && refused.remedy != nil)
    #expect(refused.message.en.hasPrefix("row 4 has more than 2097152 fields"))
    // A broken quote in it changes nothing.
    let broken = try #require(
      try Self.error(head + Array("\"x\"y".utf8) + most + Array(",\n".utf8)))
    #expect(broken.code == "record_too_wide" && broken.line == 5)
  }

  @Test func linesAreCountedWhateverEndsThem() throws {
    for end in ["\n", "\r\n", "\r"] {
      let head = Array("a,b\(end)1,2\(end)\(end)".utf8)
      let refused = try Self.error(head + Self.commas(CleanCopy.mostFields) + Array(end.utf8))
      #expect(refused?.line == 4, "\(end.utf8.map { $0 })")
    }
  }

  @Test func aHeaderOfManyColumnsIsCounted() throws {
    let names = (0..<100_000).map { "c\($0)" }
    let text = names.joined(separator: ",") + "\n" + String(repeating: "1,", count: 99_990) + "1\n"
    for told in [nil, 1] {
      let read = try CleanReading(text) { $0.headerRows = told }
      #expect(read.counts.columns == 100_000)
      #expect(read.counts.padded == 1)
      #expect(read.rows.first == names && read.rows.last?.count == 100_000)
      #expect(read.counts.headerRows == told ?? 0)
    }
  }

  @Test func headersOfSeveralRowsAreBounded() throws {
    let row = Array(String(repeating: "nom", count: 1 << 18).utf8) + Array(",b\n".utf8)
    let text = Array((0..<12).map { _ in row }.joined())
    let refused = try Self.error(text) {
      ($0.skip, $0.headerRows) = (0, 12)
      $0.delimiter = [UInt8(ascii: ",")]
    }
    #expect(refused?.code == "header_too_long" && refused?.kind.exitCode == 1)
  }

  @Test func quotesInNamesStayAsTheyAre() throws {
    let names = ["say \"hi\"", "a,b", "", "c"]
    let text = "\"say \"\"hi\"\"\",\"a,b\",\"\",c\n1,2,3,4\n"
    let read = try CleanReading(text) { $0.headerRows = 1 }
    #expect(read.rows == [names, ["1", "2", "3", "4"]])
    let twice = try CleanReading("x,y,z,t\n" + text) { $0.headerRows = 2 }
    #expect(twice.rows[0] == ["x say \"hi\"", "y a,b", "z", "t c"])
  }

  /// A cell of megabytes, with quotes and zero bytes to be rewritten.
  @Test func largeCellsAreRewritten() throws {
    let content = String(repeating: "a\"b", count: 1 << 20)
    let text = "x;y\n1;'\(content)'\n3;4\0\n"
    let read = try CleanReading(text) {
      ($0.delimiter, $0.quote) = ([UInt8(ascii: ";")], .some(UInt8(ascii: "'")))
      $0.headerRows = 1
    }
    #expect(read.rows == [["x", "y"], ["1", content], ["3", "4"]])
    #expect(read.counts.zeroBytes == 1)
  }
}
