import Tabular

/// Where the table lies in the beginning of a text, and how wide it is.
struct CleanLayout {
  private static let rows = 2000

  private(set) var preambleLines = 0
  private(set) var headerRows = 0
  private(set) var width = 0
  private(set) var profile = ColumnProfile(width: 0)
  private(set) var detections: [Detection] = []

  private struct Row {
    let cells: [LooseCell]
    let range: Range<Int>
    let isBroken: Bool
    var isBlank: Bool { cells.count == 1 && cells[0].isBareEmpty }
  }

  /// - Parameter text: after the lines that were told to be skipped.
  init(_ text: [UInt8], isWhole: Bool, _ dialect: CleanDialect, _ options: CleanOptions) {
    headerRows = options.headerRows ?? 0
    text.withUnsafeBufferPointer { bytes in
      let rows = CleanLayout.rows(bytes, isWhole: isWhole, dialect)
      guard let usual = CleanLayout.usualWidth(rows) else { return }
      let first = start(rows, usual.width, bytes, options, dialect.returnEnds)
      guard first < rows.count else { return }
      width = usual.width
      headerRows = options.headerRows ?? (named(text, isWhole, dialect, rows[first]) ? 1 : 0)
      let header = rows[first]
      // A header that is sound, and as wide as a good part of the rows, says how wide they are.
      if headerRows > 0, !header.isBroken, header.cells.count != width {
        let like = rows.count { $0.cells.count == header.cells.count }
        let agrees = like * 5 >= rows.count && like > 1
        if agrees || usual.share < 0.5 { width = header.cells.count }
      }
      profile = ColumnProfile(width: width)
      for row in rows[min(first + headerRows, rows.count)...].prefix(500) where !row.isBroken {
        profile.add(bytes, row.cells)
      }
    }
  }

  private static func rows(
    _ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ dialect: CleanDialect
  ) -> [Row] {
    var cutter = RecordCutter(dialect)
    var rows: [Row] = []
    var at = 0
    while at < bytes.count, rows.count < CleanLayout.rows {
      switch cutter.cut(bytes, from: at, atEnd: isWhole) {
      case .record(let next):
        rows.append(Row(cells: cutter.cells, range: at..<next, isBroken: false))
        at = next
      case .broken:
        var end = at
        while end < bytes.count, !cutter.isLineEnd(bytes, end) { end += 1 }
        let next = end < bytes.count ? end + RecordCutter.endLength(bytes, end) : end
        let reading = LeastFaults(bytes, at..<end, cutter, width: 0).best()
        rows.append(Row(cells: reading?.cells ?? [], range: at..<next, isBroken: true))
        at = next
      case .incomplete, .tooWide: return rows
      }
    }
    return rows
  }

  private static func usualWidth(_ rows: [Row]) -> (width: Int, share: Double)? {
    var widths: [Int: Int] = [:]
    let sound = rows.contains { !$0.isBlank && !$0.isBroken }
    for row in rows where !row.isBlank && !(row.isBroken && sound) {
      widths[row.cells.count, default: 0] += 1
    }
    guard let usual = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
      return nil
    }
    return (usual.key, Double(usual.value) / Double(max(rows.count, 1)))
  }

  /// The first row of the table.
  private mutating func start(
    _ rows: [Row], _ width: Int, _ bytes: UnsafeBufferPointer<UInt8>, _ options: CleanOptions,
    _ returnEnds: Bool
  ) -> Int {
    func isPreamble(_ row: Row) -> Bool {
      if row.isBlank || TableLayout.isSeparatorLine(ArraySlice(bytes[row.range])) { return true }
      let filled = row.cells.count { !$0.isEmpty }
      guard filled * 2 < width, !row.isBroken else { return false }
      guard row.cells.count < width else { return true }
      // A row that another delimiter cuts as the others are cut is one of them.
      return !RowMender.others.contains { delimiter in
        bytes[row.range].count { $0 == delimiter } == width - 1
      }
    }
    guard options.skip == nil else { return rows.firstIndex { !$0.isBlank } ?? rows.count }
    // Titles stand at the top only: when most of the beginning is not like the rest, all is kept.
    guard let first = rows.prefix(100).firstIndex(where: { !isPreamble($0) }), first > 0 else {
      return 0
    }
    let before = Array(bytes[..<rows[first].range.lowerBound])
    preambleLines = before.indices.count {
      CleanProbe.endsLine(before, $0, returnEnds)
    }
    detections.append(
      Detection(
        "preamble", String(preambleLines),
        Message(
          en: "the table begins on line \(preambleLines + 1)",
          fr: "le tableau commence à la ligne \(preambleLines + 1)")))
    return first
  }

  /// Whether the first row names the columns.
  private mutating func named(
    _ text: [UInt8], _ isWhole: Bool, _ dialect: CleanDialect, _ first: Row
  ) -> Bool {
    guard dialect.delimiter.count == 1, let delimiter = dialect.delimiter.first else { return true }
    var known = Dialect(delimiter: delimiter, quote: dialect.quote)
    if case .byte(let escape) = dialect.escape { known.escape = escape }
    known.lineEnd = text.contains(10) ? .feed : .carriageReturn
    var options = DialectOptions()
    options.preambleLines = 0
    let table = SampleTable(
      Array(text[first.range.lowerBound...]), known, isWhole: isWhole, limit: CleanLayout.rows)
    // A first row that is broken tells nothing: it is taken for the header that most files have.
    guard let top = table.rows.first, !top.isBroken, top.cells.count > 1 || width == 1 else {
      return true
    }
    let layout = TableLayout.find(table, options: options, names: [])
    detections += layout.detections.filter { $0.what == "header" }
    return layout.hasHeader
  }
}
