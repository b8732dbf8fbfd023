import Codecs
import Foundation
import Pipeline
import Tabular
import TestSupport

/// A table as a sink would stage it, in pieces of any size, with hints that may be wrong.
struct StagedTable {
  /// Bytes of the file, and how many of content the hints say they are (0 for the framing).
  var parts: [(bytes: [UInt8], content: Int)] = []
  /// Where the hints say that records begin, in bytes of content.
  var records: [Int] = []
  var rows = 0
  var format = PlannedOutput.Format.csvGzip
  var names = ["a", "b", "c"]
  var least: (column: Int, count: Int)?

  var bytes: [UInt8] { parts.flatMap(\.bytes) }

  static let header: [UInt8] = Array("a,b,c\r\n".utf8)

  /// One gz member of these contents, each deflated apart.
  static func member(_ contents: [[UInt8]]) throws -> [(bytes: [UInt8], content: Int)] {
    let deflater = try IsalDeflater()
    var sum = GzipSum()
    var parts: [(bytes: [UInt8], content: Int)] = [(GzipWriter.header, 0)]
    for content in contents {
      sum.add(crc: deflater.crc(content[...]), count: content.count)
      parts.append((try deflater.deflate(content[...]), content.count))
    }
    return parts + [([3, 0] + sum.bytes, 0)]
  }

  /// Content cut into pieces of this size.
  static func cut(_ content: [UInt8], _ size: Int) -> [[UInt8]] {
    stride(from: 0, to: content.count, by: size).map {
      Array(content[$0..<min($0 + size, content.count)])
    }
  }

  init() {}

  /// - Parameters:
  ///   - every: rows from one hint to the next.
  init(
    _ lines: [[UInt8]], piece: Int, every: Int, format: PlannedOutput.Format = .csvGzip
  ) throws {
    self.format = format
    rows = lines.count
    var content = Self.header
    for (index, line) in lines.enumerated() {
      if index % every == 0 { records.append(content.count) }
      content += line
    }
    let contents = Self.cut(content, piece)
    parts = format == .csv ? contents.map { ($0, $0.count) } : try Self.member(contents)
  }

  /// What the gate says, as a text, and whether several threads found it.
  /// - Parameter found: what stands on disk instead, in the end.
  func verdict(threads: Int, found: [UInt8]? = nil, large: Int = 0) throws -> (String, Bool) {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "x").path
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw CocoaError(.fileWriteUnknown) }
    defer { try? file.close() }
    var sizes = GateWatch.Sizes()
    (sizes.large, sizes.shared, sizes.stretch) = (large, 0, 1000)
    let watch = GateWatch(
      GateTerms(name: "x", format: format, names: names, least: least), path: path,
      threads: threads, sizes: sizes)
    // What is on disk is whole before the gate hears of it, if it is to be another.
    if let found { try file.write(contentsOf: Data(found)) }
    for place in records { watch.record(at: place) }
    for part in parts {
      if found == nil { try file.write(contentsOf: Data(part.bytes)) }
      watch.written(part.bytes, content: part.content)
      watch.work?.help()
    }
    do {
      let report = try watch.finish(rowsWritten: rows)
      return (
        "\(report.bytes) \(report.sha256) \(report.contentSHA256) \(report.rows)", watch.isShared
      )
    } catch let error as RunError {
      return (error.message.en, watch.isShared)
    } catch {
      return ("\(error)".replacing(path, with: "x"), watch.isShared)
    }
  }

  /// The verdicts of one, two and five threads, which must be one.
  func verdicts(found: [UInt8]? = nil) throws -> Set<String> {
    var all: Set<String> = []
    for threads in [1, 2, 5] {
      for large in [0, 1 << 30] {
        all.insert(try verdict(threads: threads, found: found, large: large).0)
      }
    }
    return all
  }
}

/// Rows that quote, break lines and leave nulls.
struct RandomLines {
  var numbers: Numbers

  init(_ seed: UInt64) { numbers = Numbers(state: seed) }

  mutating func lines(_ count: Int, longest: Int = 30) -> [[UInt8]] {
    (0..<count).map { row in
      Array("\(row),\(cell(longest)),\(cell(longest))\r\n".utf8)
    }
  }

  private mutating func cell(_ longest: Int) -> String {
    let letters = ["x", "é", " ", "\r\n", "\n", "\"\"", ",", "word", "7"]
    let count = Int.random(in: 0...longest, using: &numbers)
    let text = (0..<count).map { _ in letters.randomElement(using: &numbers) ?? "" }.joined()
    let isPlain = !text.contains { "\"\n\r\r\n,".contains($0) }
    return isPlain && Bool.random(using: &numbers) ? text : "\"" + text + "\""
  }

  /// Numbers that follow from a seed (splitmix64).
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
