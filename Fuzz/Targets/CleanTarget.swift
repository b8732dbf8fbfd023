import Codecs
import Glibc
import Tabular

@testable import Ingest

/// The converter: any bytes, any dialect told, any blocks; what it writes is strict CSV of the
/// same rows, and written anew it stays as it is.
enum CleanTarget {
  private static let path = "/dev/shm/octroi-fuzz-\(getpid()).csv"

  static func run(_ input: [UInt8]) {
    guard input.count <= 2048 else { return }
    var choices = Choices(input)
    var options = CleanOptions()
    if choices.chance(2) {
      options.delimiter = choices.pick([[44], [59], [9], [32], [44, 32], [124, 124]])
    }
    switch choices.below(4) {
    case 1: options.quote = .some(34)
    case 2: options.quote = .some(39)
    case 3: options.quote = .some(nil)
    default: break
    }
    options.escape = choices.pick([nil, .doubled, .byte(92), QuoteEscape.none])
    if choices.chance(2) { options.headerRows = choices.below(4) }
    if choices.chance(2) { options.skip = choices.below(4) }
    options.encoding = choices.pick([.utf8, nil, .windows1252, .utf16LittleEndian])
    let block = choices.pick([1, 7, 100])
    let text = Array(choices.rest)
    guard let whole = written(text, options, 1 << 12) else { return }
    let cut = written(text, options, block)
    require(cut?.bytes == whole.bytes && cut?.counts == whole.counts, "blocks: \(input)")
    guard let rows = rows(whole.bytes) else { return require(false, "no strict CSV: \(input)") }
    let headers = whole.counts.headerRows > 0 ? 1 : 0
    require(rows.count == whole.counts.rows + headers, "rows: \(input)")
    again(rows, whole.bytes, input)
  }

  private static func again(_ rows: [[[UInt8]]], _ bytes: [UInt8], _ input: [UInt8]) {
    var plain = CleanOptions()
    (plain.delimiter, plain.quote, plain.escape) = ([44], .some(34), .doubled)
    (plain.skip, plain.headerRows, plain.encoding) = (0, 0, .utf8)
    guard Set(rows.map(\.count)).count == 1, let again = written(bytes, plain, 1 << 12)
    else { return }
    require(again.bytes == bytes, "written anew it differs: \(input)")
  }

  private static func written(
    _ text: [UInt8], _ options: CleanOptions, _ block: Int
  ) -> (bytes: [UInt8], counts: CleanCounts)? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard descriptor >= 0 else { return nil }
    _ = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    do {
      let copy = try CleanCopy(InputFile(name: "fuzz", path: path), options, block: block)
      var bytes: [UInt8] = []
      let report = try copy.run { bytes += $0 }
      return (bytes, report.counts)
    } catch {
      return nil
    }
  }

  private static func rows(_ bytes: [UInt8]) -> [[[UInt8]]]? {
    do {
      let reader = try ReferenceReader(Pieces(bytes), name: "fuzz")
      var rows: [[[UInt8]]] = []
      var row = ReferenceRow()
      while try reader.next(&row) { rows.append((0..<row.count).map { Array(row[$0]) }) }
      return rows
    } catch {
      return nil
    }
  }
}
