/// Finds what a misshapen row was meant to be.
struct RowMender {
  /// What was done to it.
  enum Way {
    case asItStands
    /// Quotes that broke a rule were read for what they seem to be.
    case quotes
    /// A delimiter was supposed where it lacked.
    case supposed
    /// Empty fields too many were left out.
    case dropped
    /// Another delimiter was taken, or fields joined.
    case otherwise
  }

  struct Mended {
    let cells: [LooseCell]
    let next: Int
    let way: Way
  }

  /// Delimiters that a single row may have instead of the others'.
  static let others: [UInt8] = [
    UInt8(ascii: ";"), 9, UInt8(ascii: "|"), UInt8(ascii: ","), 32,
  ]

  private let bytes: UnsafeBufferPointer<UInt8>
  private let cutter: RecordCutter
  private let profile: ColumnProfile
  /// What the strict rules read, where they hold and only the number of fields is wrong.
  private let strict: [LooseCell]?
  /// Names of columns look like nothing below them.
  private let isHeader: Bool

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, _ cutter: RecordCutter, _ profile: ColumnProfile,
    strict: [LooseCell]?, isHeader: Bool
  ) {
    (self.bytes, self.cutter, self.profile, self.strict) = (bytes, cutter, profile, strict)
    self.isHeader = isHeader
  }

  private var width: Int { profile.width }

  /// - Parameters:
  ///   - at: where the record starts.
  ///   - lines: physical lines that it may span.
  /// - Returns: nil when the text does not hold its lines whole.
  func mend(_ at: Int, isLast: Bool, lines: Int) -> Mended? {
    if cutter.dialect.delimiter != [32], let strict,
      let fewer = profile.withoutExtras(bytes, strict)
    {
      return Mended(cells: fewer, next: afterStrict(strict), way: .dropped)
    }
    var best: (reading: LeastFaults.Reading, end: Int, cost: Int)?
    var end = at
    for line in 0..<lines {
      while end < bytes.count, !cutter.isLineEnd(bytes, end) { end += 1 }
      if end == bytes.count || bytes[end] == 13 && end + 1 == bytes.count, !isLast {
        // The first line must be whole; the others are looked at as far as they are there.
        if line == 0 || bytes.count - at < 1 << 16 { return nil }
        break
      }
      if line > 0, end - at > 1 << 16 { break }
      let faults = LeastFaults(bytes, at..<end, cutter, width: width)
      if let reading = faults.best() ?? (line == 0 ? faults.plainly() : nil),
        line == 0 || reading.cells.count == width && width > 0,
        best.map({ reading.cost + line < $0.cost }) ?? true
      {
        best = (reading, end, reading.cost + line)
      }
      // One line of sound quotes, or a good reading of it, needs no other.
      if end == bytes.count || (best?.cost ?? 0) < 4 || isOneLine(end) {
        break
      }
      end += RecordCutter.endLength(bytes, end)
    }
    guard let best else { return nil }
    return chosen(best.reading, best.end, at)
  }

  /// Whether the strict rules hold and read no further than this line end.
  private func isOneLine(_ end: Int) -> Bool {
    guard let strict, let last = strict.last else { return false }
    return last.end <= end
  }

  private func chosen(_ reading: LeastFaults.Reading, _ end: Int, _ at: Int) -> Mended {
    let next = end < bytes.count ? end + RecordCutter.endLength(bytes, end) : end
    let way: Way =
      reading.joints > 0 ? .supposed : strict == nil ? .quotes : .asItStands
    if reading.cells.count == width || width == 0 {
      return Mended(cells: reading.cells, next: next, way: way)
    }
    if let other = separatedOtherwise(at..<end) {
      return Mended(cells: other, next: next, way: .otherwise)
    }
    // Sound rows that are kept as they stand may span lines.
    var (cells, after) = (reading.cells, next)
    if let strict { (cells, after) = (strict, afterStrict(strict)) }
    if cutter.dialect.delimiter == [32], let joined = profile.joined(bytes, cells) {
      return Mended(cells: joined, next: after, way: .otherwise)
    }
    if let fewer = profile.withoutExtras(bytes, cells) {
      return Mended(cells: fewer, next: after, way: .dropped)
    }
    return Mended(cells: cells, next: after, way: strict == nil ? .quotes : .asItStands)
  }

  /// Where the record after one that the strict rules read starts.
  private func afterStrict(_ cells: [LooseCell]) -> Int {
    guard let last = cells.last else { return bytes.count }
    let end = last.end + (last.form.contains(.quoted) ? 1 : 0)
    return end < bytes.count ? end + RecordCutter.endLength(bytes, end) : end
  }

  /// Reads a row with another delimiter, if it then is as wide as the others and like them.
  private func separatedOtherwise(_ region: Range<Int>) -> [LooseCell]? {
    guard width >= 3, region.count < 1 << 14 else { return nil }
    for delimiter in RowMender.others where cutter.dialect.delimiter != [delimiter] {
      guard bytes[region].contains(delimiter), width >= 5 || delimiter != 32 else { continue }
      let other = RecordCutter(cutter.dialect.with(delimiter: delimiter))
      guard let cells = soundly(other, region) else { continue }
      if cells.count == width, isHeader || profile.fits(bytes, cells) { return cells }
      if delimiter == 32, let joined = profile.joined(bytes, cells) { return joined }
    }
    return nil
  }

  private func soundly(_ cutter: RecordCutter, _ region: Range<Int>) -> [LooseCell]? {
    var cutter = cutter
    let line = UnsafeBufferPointer(rebasing: bytes[region])
    guard cutter.cut(line, from: 0, atEnd: true) == .record(next: line.count) else { return nil }
    return cutter.cells.map { cell in
      LooseCell(
        start: cell.start + region.lowerBound, end: cell.end + region.lowerBound,
        form: cell.form.union(.rewrite))
    }
  }
}
