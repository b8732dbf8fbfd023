import Foundation
import Reports
import StageKit
import Tabular

/// The first rows of a table of a plan. Masked fields are not even computed, where nothing shown
/// depends on them.
public struct Preview: Sendable {
  public let place: LookPlace
  /// Whether these are all the table's rows.
  public let isWhole: Bool
  /// At most as many rows as were asked for.
  let rows: Batch
  let facts: Facts

  /// Works the table out as far as needed. Nothing is published or remembered, and no lock is
  /// taken.
  /// - Parameters:
  ///   - count: how many rows, at least 1.
  /// - Throws: `RunError`.
  public init(
    _ plan: Plan, at place: LookPlace, rows count: Int, _ language: Language, threads: Int
  ) throws {
    self.place = place
    facts = plan.nodes[place.node].facts
    let shown = facts.fields.filter { ShownClasses.shows($0.privacy) }.map(\.name)
    let (limit, overflow) = max(count, 1).addingReportingOverflow(1)
    let tap = FirstRows(overflow ? .max : limit)
    try LookExecution(
      plan: plan.looked(at: [place.node: Set(shown)]), language: language, threads: threads
    ).run(Watch(goals: [place.node], taps: [place.node: tap]))
    let found = tap.batches
    let total = found.reduce(0) { $0 + $1.rowCount }
    isWhole = total <= max(count, 1)
    rows = try Self.joined(found, facts, most: max(count, 1))
  }

  /// The first rows of several batches as one, what is not shown masked.
  private static func joined(_ batches: [Batch], _ facts: Facts, most: Int) throws -> Batch {
    let total = min(batches.reduce(0) { $0 + $1.rowCount }, most)
    let columns = try facts.fields.indices.map { index -> Column in
      let field = facts.fields[index]
      guard ShownClasses.shows(field.privacy) else {
        let masks = Array(repeating: ShownClasses.mask, count: total)
        return Column(.text(TextValues(masks)))
      }
      var cells: [Value] = []
      for batch in batches where cells.count < total {
        for row in 0..<min(batch.rowCount, total - cells.count) {
          cells.append(
            batch.columns.indices.contains(index) ? batch.columns[index].value(row) : .null)
        }
      }
      guard let column = Column(cells, type: field.type) else {
        throw RunError(.machine, RunMessages.unexpected)
      }
      return column
    }
    return Batch(columns: columns, rowCount: total, sequence: 0)
  }

  private var masked: [Field] { facts.fields.filter { !ShownClasses.shows($0.privacy) } }

  /// An aligned table, lines ended, safe to print on a terminal.
  /// - Parameter width: the most columns that a cell takes.
  public func table(width: Int = 40) throws -> String {
    var columns = TextTable(rows: rows.rowCount, cellWidth: width)
    for (field, column) in zip(facts.fields, rows.columns) {
      let isNumber = field.type.isNumeric && ShownClasses.shows(field.privacy)
      let cells = try CellText.all(column, decimals: field.decimals).map(CellText.shown)
      columns.add(TerminalText.safe(field.name), cells, isRight: isNumber)
    }
    return columns.text
  }

  /// What is to be said beside the table.
  public func remarks(_ language: Language) -> String {
    var lines = [LookMessages.rows(rows.rowCount, isWhole: isWhole).text(language)]
    if !masked.isEmpty {
      let fields = masked.map { ($0.name, $0.privacy.strongest.word) }
      lines.append(TerminalText.safe(LookMessages.masked(fields).text(language)))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private struct Head: Encodable {
    struct Column: Encodable {
      let name: String
      let type: String
      let privacy: [String]
      let masked: Bool
    }

    let step: String
    let stage: Int?
    let whole: Bool
    let fields: [Column]
  }

  /// One object: the place, the fields, and the rows, each an object with its fields in order.
  public func json() throws -> String {
    let head = Head(
      step: place.step, stage: place.stage, whole: isWhole,
      fields: facts.fields.map {
        Head.Column(
          name: $0.name, type: $0.type.name,
          privacy: PlanRecord.classes($0.privacy).map(\.rawValue),
          masked: !ShownClasses.shows($0.privacy))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let opening = String(decoding: try encoder.encode(head), as: UTF8.self).dropLast()
    let rowsEncoder = JSONRowsEncoder(fields: facts.fields, lines: false)
    let body = String(
      decoding: rowsEncoder.opening() + rowsEncoder.rows(rows) + rowsEncoder.closing(),
      as: UTF8.self)
    return TerminalText.safeJSON("\(opening),\"rows\":\(body)}\n")
  }
}
