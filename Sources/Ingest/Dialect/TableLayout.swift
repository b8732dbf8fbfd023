import Tabular

/// Where the table lies in a text: what stands before its header, whether there is a header, what
/// follows its last row.
package struct TableLayout {
  /// Index of the header (or first row) among the sample's rows; nil in an empty text.
  package let first: Int?
  package let hasHeader: Bool
  /// Physical lines before it.
  package let preambleLines: Int
  /// The usual number of fields.
  package let width: Int
  package let detections: [Detection]

  /// - Parameter names: the schema's names and aliases, folded; empty when there is no schema.
  package static func find(
    _ table: SampleTable, options: DialectOptions, names: Set<String>
  ) -> TableLayout {
    var detections: [Detection] = []
    let width = usualWidth(table)
    let first: Int?
    if let lines = options.preambleLines {
      first = table.rows.firstIndex { $0.line > lines && !$0.isBlank }
    } else if let named = namedRow(table, names), options.hasHeader != false {
      first = named
    } else {
      first = fullRow(table, width)
    }
    guard let first else {
      return TableLayout(
        first: nil, hasHeader: options.hasHeader ?? true, preambleLines: 0, width: width,
        detections: [])
    }
    let lines = table.rows[first].line - 1
    if options.preambleLines == nil, lines > 0 {
      detections.append(
        Detection(
          "preamble", String(lines),
          Message(
            en: "the table begins on line \(lines + 1)",
            fr: "le tableau commence à la ligne \(lines + 1)")))
    }
    let header: Bool
    if let declared = options.hasHeader {
      header = declared
    } else if matches(table, first, names) > 0 {
      header = true
    } else {
      let (looks, evidence, isSure) = looksLikeHeader(table, first, width)
      // With a schema, texts that could be names are: what is missing can then be said.
      let isHeader = looks || (!names.isEmpty && !isSure)
      header = isHeader
      if names.isEmpty || !isHeader {
        detections.append(
          Detection("header", isHeader ? "true" : "false", evidence, isAmbiguous: !isSure))
      }
    }
    return TableLayout(
      first: first, hasHeader: header, preambleLines: options.preambleLines ?? lines, width: width,
      detections: detections)
  }

  /// `sep=;`, as spreadsheets write it before the table.
  static func isSeparatorLine(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.filter { $0 != 0x0A && $0 != 0x0D && $0 != UInt8(ascii: "\"") }
    return text.count == 5 && String(decoding: text.prefix(4), as: UTF8.self).lowercased() == "sep="
  }

  private static func usualWidth(_ table: SampleTable) -> Int {
    var widths: [Int: Int] = [:]
    for row in table.rows where !row.isBlank && !row.isBroken {
      widths[row.cells.count, default: 0] += 1
    }
    return widths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
  }

  private static func matches(_ table: SampleTable, _ row: Int, _ names: Set<String>) -> Int {
    guard !names.isEmpty else { return 0 }
    let cells = table.cells(table.rows[row])
    return ColumnNames.folded(cells.map(table.string)).intersection(names).count
  }

  /// The row that holds most of the schema's names, if it holds at least half of its own width or
  /// of the names.
  private static func namedRow(_ table: SampleTable, _ names: Set<String>) -> Int? {
    guard !names.isEmpty else { return nil }
    var best: (row: Int, count: Int)?
    for row in table.rows.indices.prefix(200) {
      let count = matches(table, row, names)
      if count > best?.count ?? 0 { best = (row, count) }
    }
    guard let best else { return nil }
    let cells = table.rows[best.row].cells.count
    return best.count * 2 >= min(cells, names.count) ? best.row : nil
  }

  /// The first row that is as wide as most, and not mostly empty cells (titles are padded so).
  private static func fullRow(_ table: SampleTable, _ width: Int) -> Int? {
    let full = table.rows.firstIndex { row in
      guard !isSeparatorLine(table.text[row.bytes]), !row.isBlank, !row.isBroken,
        row.cells.count == width
      else { return false }
      let filled = table.cells(row).count { !$0.bytes.isEmpty }
      return filled * 2 >= width
    }
    return full
      ?? table.rows.firstIndex { !$0.isBlank && !isSeparatorLine(table.text[$0.bytes]) }
  }

  /// Whether a row names columns: names are texts, differ, and do not recur below; and where the
  /// column below holds numbers or dates, a text on top of it is the best sign.
  private static func looksLikeHeader(
    _ table: SampleTable, _ first: Int, _ width: Int
  ) -> (Bool, Message, isSure: Bool) {
    let top = table.cells(table.rows[first]).map { table.content($0) }
    let body = table.rows[(first + 1)...].filter { $0.cells.count == width && !$0.isBlank }
    let typed = CellShapes.numbers.union(.dates).union([
      .leadingZero, .time, .email, .url, .phone,
    ])
    if top.contains(where: { !CellShapes.of($0[...]).isDisjoint(with: typed) }) {
      let values = top.count { !CellShapes.of($0[...]).isDisjoint(with: typed) }
      // Years often head columns; a row that is numbers beside texts is data.
      let years = top.count { CellShapes.of($0[...]).contains(.year) }
      if values > years || body.isEmpty {
        return (
          false,
          Message(
            en: "the first row holds values", fr: "la première ligne contient des valeurs"), true
        )
      }
    }
    var contrasts = 0
    for column in 0..<width where column < top.count {
      let cells = body.prefix(100).map {
        table.text[table.cells[$0.cells.lowerBound + column].bytes]
      }
      let values = cells.count { !CellShapes.of($0).isDisjoint(with: typed) }
      if values * 2 > cells.count, CellShapes.of(top[column][...]).isDisjoint(with: typed) {
        contrasts += 1
      }
    }
    if contrasts > 0 {
      return (
        true,
        Message(
          en: "columns of numbers or dates with a text above them: \(contrasts)",
          fr: "colonnes de nombres ou de dates surmontées d’un texte : \(contrasts)"), true
      )
    }
    let distinct = Set(top).count == top.count && !top.contains([])
    let recurring = body.prefix(200).contains { row in
      zip(table.cells(row), top).contains { !$1.isEmpty && table.content($0) == $1 }
    }
    // Persons are listed, and seldom head columns.
    let isPerson = top.contains { GivenNames.isIn($0[...]) }
    let isHeader = distinct && !recurring && !isPerson
    let evidence =
      isHeader
      ? Message(
        en: "all columns are texts: the first row is taken for the header",
        fr: "toutes les colonnes sont des textes : la première ligne est prise pour l’en-tête")
      : Message(
        en: "all columns are texts: the first row is taken for data",
        fr: "toutes les colonnes sont des textes : la première ligne est prise pour une donnée")
    return (isHeader, evidence, false)
  }
}
