import Tabular

extension FileProbe {
  /// When fields are missing and the header, cut by another delimiter, would have more of them,
  /// the declared delimiter is what is wrong, not the delivery.
  static func wrongDelimiter(
    _ table: SampleTable, _ row: SampleTable.Row, _ match: ColumnMatch,
    _ source: SourceDescription, _ file: InputFile
  ) -> IngestError? {
    guard let declared = source.dialect.delimiter, !match.missing.isEmpty else { return nil }
    let names = Set(source.schema.fields.flatMap { [$0.name] + $0.aliases }.map(NearMiss.folded))
    let line = table.cells(row).map(table.string).joined(
      separator: String(UnicodeScalar(declared)))
    let found = match.positions.count { $0 != nil }
    let others: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C].filter { $0 != declared }
    let counts = others.map { other in
      let cells = line.utf8.split(separator: other, omittingEmptySubsequences: false)
      return cells.count { names.contains(NearMiss.folded(name(in: $0))) }
    }
    guard let most = counts.max(), most > found, let place = counts.firstIndex(of: most)
    else { return nil }
    let (was, is_) = (shown(declared), shown(others[place]))
    let fields = source.schema.fields.count
    return IngestError(
      .refused, "wrong_delimiter", file: file.name, line: row.line,
      Message(
        en: "cut by the declared delimiter \(was), the header has \(found) of the schema's "
          + "\(fields) fields; cut by \(is_) it would have \(most)",
        fr: "découpé par le délimiteur déclaré \(was), l’en-tête a \(found) des \(fields) champs "
          + "du schéma ; découpé par \(is_), il en aurait \(most)"),
      remedy: Message(
        en: "declare \(is_) in the source's dialect, or leave it out: it is then detected",
        fr: "déclarez \(is_) dans le dialecte de la source, ou ne dites rien : il sera détecté"))
  }

  /// A name without the quotes and blanks around it.
  private static func name(in cell: Substring.UTF8View.SubSequence) -> String {
    let around: Set<UInt8> = [0x20, 0x22, 0x27]
    var cell = cell
    while let first = cell.first, around.contains(first) { cell.removeFirst() }
    while let last = cell.last, around.contains(last) { cell.removeLast() }
    return String(decoding: cell, as: UTF8.self)
  }

  private static func shown(_ delimiter: UInt8) -> String {
    delimiter == 0x09 ? "\"\\t\"" : "\"\(UnicodeScalar(delimiter))\""
  }
}
