import Foundation
import Ingest
import Json
import Tabular
import TestSupport
import Testing

/// The cases of csv-spectrum, read by the converter and by the scanner.
@Suite struct SpectrumTests {
  static let folder = Repository.root.appending(path: "Tests/IngestTests/csv-spectrum")
  static let names = [
    "comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "location_coordinates",
    "newlines", "newlines_crlf", "quotes_and_newlines", "simple", "simple_crlf", "utf8",
  ]

  /// The header and rows that a case expects.
  private static func expected(_ name: String) throws -> [[String]] {
    let data = try Data(contentsOf: folder.appending(path: "json/\(name).json"))
    let root = try JSONParser.parse([UInt8](data))
    // One case is an object instead of a list, and names another phone number than its file.
    let objects = root.array ?? [root]
    guard let header = objects.first?.object?.map(\.key) else { return [] }
    return [header]
      + objects.map { $0.object?.map { $0.value.string ?? "" } ?? [] }
      .map { row in name == "location_coordinates" ? ["2095257564"] + row.dropFirst() : row }
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: "csvs/\(name).csv")))
  }

  @Test(arguments: names) func converterReads(name: String) throws {
    let expected = try Self.expected(name)
    #expect(!expected.isEmpty)
    #expect(try CleanReading(Self.bytes(name)) { $0.headerRows = 1 }.rows == expected)
    #expect(try CleanReading(Self.bytes(name)).rows == expected)
  }

  @Test(arguments: names) func scannerReads(name: String) throws {
    let expected = try Self.expected(name)
    let folder = try TemporaryFolder()
    try folder.write("t.csv", try Self.bytes(name))
    let fields = (expected.first ?? []).map { SchemaField(name: $0) }
    let read = Scanning.scan(folder, ["t.csv"], TableSchema(fields: fields, missingValues: []))
    #expect(read.error == nil)
    let rows = read.rows.map { row in row.map { Self.text($0) } }
    #expect(rows == Array(expected.dropFirst()))
    #expect(read.counts.rejectedBy.isEmpty)
  }

  /// Empty cells are nulls where no text stands for nothing.
  private static func text(_ value: Value) -> String {
    if case .text(let text) = value { text } else { "" }
  }

  @Test func noneIsForgotten() throws {
    let files = try FileManager.default.contentsOfDirectory(
      atPath: Self.folder.appending(path: "csvs").path)
    #expect(files.sorted() == Self.names.map { $0 + ".csv" })
  }
}
