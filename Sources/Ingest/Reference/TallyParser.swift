import CLibCSV
import Codecs
import Glibc

/// libcsv over a stretch of a table's text, handed over piece by piece: counts, and keeps nothing.
/// A text may be cut where a record begins and each part be counted by a parser of its own, as
/// long as each of them ends between two records: then one parser would have counted the same.
public final class TallyParser {
  private var parser = csv_parser()
  /// What the parser's state is where a record begins.
  private let start: Int32
  private var counted: RowTally
  private let watch: CellWatch?

  /// - Parameters:
  ///   - delimiter, quote: single bytes; quotes are doubled within quotes.
  ///   - tally: what is asked.
  public init(
    _ tally: RowTally, delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")
  ) throws(IngestError) {
    counted = tally
    watch = tally.watched.map { CellWatch($0) }
    guard ReferenceReader.prepare(&parser, delimiter: delimiter, quote: quote) else {
      throw IngestError(CodecError(.codec, file: "", offset: 0))
    }
    start = parser.pstate
  }

  deinit { csv_free(&parser) }

  /// What has been counted so far.
  public var tally: RowTally {
    var tally = counted
    if let watch { tally.cells?.add(watch.cells) }
    return tally
  }

  /// Takes more of the text.
  /// - Returns: whether it is strict CSV so far, with no field over the reference reader's cap.
  public func take(_ text: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.lowerBound >= 0, range.upperBound <= text.count else { return false }
    let parsed = text.withUnsafeBytes { bytes in
      let start = bytes.baseAddress.map { $0 + range.lowerBound }
      if let watch {
        return watch.watching(&counted.state) { both in
          csv_parse(&parser, start, range.count, clibcsv_watch_field, clibcsv_tally_record, both)
        }
      }
      return withUnsafeMutablePointer(to: &counted.state) { state in
        csv_parse(&parser, start, range.count, clibcsv_tally_field, clibcsv_tally_record, state)
      }
    }
    return parsed == range.count
  }

  /// Whether a parser that knows nothing of the text so far would read on from here like this one.
  public var isBetweenRecords: Bool {
    parser.pstate == start && parser.entry_pos == 0 && parser.quoted == 0 && parser.spaces == 0
      && counted.state.field == 0 && counted.state.after_return == 0
  }
}
