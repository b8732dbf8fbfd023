import Tabular

/// Follows the records that hold a certain value in a field while a source is read: which become
/// rows, and which do not and why. Told in the order of the source, and never with a value.
public struct RecordWatch: Sendable {
  /// What became of a record.
  public enum Fate: Sendable {
    /// A row of the batch with this sequence.
    case row(sequence: Int, index: Int)
    /// - Parameters:
    ///   - column: the field that is wrong, where it is one.
    ///   - rule: the rule of the schema that was broken.
    case rejected(RejectKind, column: String?, rule: String)
    case skipped(SkipKind)
  }

  /// One record.
  public struct Notice: Sendable {
    /// The file's name.
    public let file: String
    /// The line in it on which the record begins, from 1.
    public let line: Int
    public let fate: Fate
  }

  let field: String
  let matches: @Sendable (Column, Int) -> Bool
  let matchesText: @Sendable (String) -> Bool
  let tell: @Sendable (Notice) -> Void

  /// - Parameters:
  ///   - field: a field of the schema, which must be among those wanted.
  ///   - matches: whether a row of the field's column has the value.
  ///   - matchesText: whether a field's text in a record that is no row is the value.
  ///   - tell: called inside the reader's ordered gate.
  public init(
    field: String, matches: @escaping @Sendable (Column, Int) -> Bool,
    matchesText: @escaping @Sendable (String) -> Bool,
    tell: @escaping @Sendable (Notice) -> Void
  ) {
    (self.field, self.matches, self.matchesText, self.tell) = (field, matches, matchesText, tell)
  }

  /// Looks through a block that has passed the gate.
  /// - Parameters:
  ///   - line: of the block's start.
  ///   - first: the sequence of the block's first batch.
  func look(at work: BlockWork, _ schema: SchemaPlan, line: Int, first: Int) {
    guard let index = schema.fields.firstIndex(where: { $0.field.name == field }) else { return }
    var notices = rows(work, index, line: line, first: first)
    let place = work.plan.probe.match.positions[index]
    var walk = RejectWalk(work, schema)
    while let reject = walk.next() {
      let isRow = reject.row.map { isMatch(work, index, $0) } ?? false
      let cells = RecordCells.split(
        work.plan.probe.encoding.utf8(work.block.bytes[reject.text]), work.plan.dialect)
      let text = place.flatMap { cells.indices.contains($0) ? cells[$0] : nil }
      guard isRow || text.map(matchesText) ?? false else { continue }
      let fate = Fate.rejected(
        reject.kind, column: walk.columnName(reject), rule: walk.rule(reject))
      notices.append(
        Notice(file: work.plan.probe.file.name, line: line + reject.line, fate: fate))
    }
    for notice in notices.sorted(by: { $0.line < $1.line }) { tell(notice) }
  }

  private func isMatch(_ work: BlockWork, _ index: Int, _ row: Int) -> Bool {
    guard let column = work.columns[index], row < column.count else { return false }
    return matches(column, row)
  }

  /// The records that are rows, or are well-formed and no data.
  private func rows(
    _ work: BlockWork, _ index: Int, line: Int, first: Int
  ) -> [Notice] {
    var notices: [Notice] = []
    var kept = 0
    var (at, lines) = (0, 0)
    for row in 0..<work.index.recordCount {
      let isKept = work.marks.isKept(row)
      defer { if isKept { kept += 1 } }
      guard work.marks.reasonPlace(row) == nil, isMatch(work, index, row) else { continue }
      let start = Int(work.index.recordStarts[row])
      lines += work.block.bytes.span.extracting(at..<start)
        .occurrences(of: work.plan.dialect.lineEnd)
      at = start
      let (batch, place) = kept.quotientAndRemainder(dividingBy: Batch.maximumRows)
      let fate: Fate? =
        isKept
        ? .row(sequence: first + batch, index: place)
        : work.marks.skipKind(row).map { .skipped($0) }
      guard let fate else { continue }
      notices.append(
        Notice(file: work.plan.probe.file.name, line: line + lines, fate: fate))
    }
    return notices
  }
}

/// The cells of a record that is no row, as far as they can be told apart.
enum RecordCells {
  static func split(_ record: [UInt8], _ dialect: CSVDialect) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in record {
      if byte == dialect.quote {
        isQuoted.toggle()
      } else if byte == dialect.delimiter, !isQuoted {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell.removeAll(keepingCapacity: true)
      } else {
        cell.append(byte)
      }
    }
    return cells + [String(decoding: cell, as: UTF8.self)]
  }
}
