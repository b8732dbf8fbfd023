import StageKit
import Tabular

/// A small table as texts, what may not be shown masked.
struct AccountTable: Sendable {
  let fields: [String]
  /// By field and row; nil where empty.
  private let cells: [[String?]]
  private let areNumbers: [Bool]

  private init(_ fields: [String], _ cells: [[String?]], _ areNumbers: [Bool]) {
    (self.fields, self.cells, self.areNumbers) = (fields, cells, areNumbers)
  }

  /// Works some nodes of a plan out, together.
  /// - Throws: `RunError`.
  static func read(
    _ plan: Plan, _ nodes: [Int], _ language: Language, _ threads: Int
  ) throws -> [AccountTable] {
    var goals: [Int: Set<String>] = [:]
    var taps: [Int: FirstRows] = [:]
    for node in nodes {
      let shown = plan.nodes[node].facts.fields.filter { ShownClasses.shows($0.privacy) }
      goals[node] = Set(shown.map(\.name)).subtracting([
        "rank_5", "rank_median", "rank_95", "group",
      ])
      taps[node] = FirstRows(.max)
    }
    try LookExecution(plan: plan.looked(at: goals), language: language, threads: threads)
      .run(Watch(goals: Set(nodes), taps: taps))
    return try nodes.map { node in
      try AccountTable(plan.nodes[node].facts, taps[node]?.batches ?? [])
    }
  }

  private init(_ facts: Facts, _ batches: [Batch]) throws {
    fields = facts.names
    areNumbers = facts.fields.map { $0.type.isNumeric }
    cells = try facts.fields.enumerated().map { place, field in
      try batches.flatMap { batch -> [String?] in
        guard ShownClasses.shows(field.privacy) else {
          return Array(repeating: ShownClasses.mask, count: batch.rowCount)
        }
        return try CellText.all(batch.columns[place], decimals: field.decimals)
      }
    }
  }

  var count: Int { cells.first?.count ?? 0 }
  var isEmpty: Bool { count == 0 }

  /// The rows with a text in a column.
  func only(_ field: String, _ text: String) -> AccountTable {
    fields.firstIndex(of: field).map { only(at: $0, text) } ?? self
  }

  func only(at column: Int, _ text: String) -> AccountTable {
    guard cells.indices.contains(column) else { return self }
    let rows = cells[column].indices.filter { cells[column][$0] == text }
    return AccountTable(fields, cells.map { cells in rows.map { cells[$0] } }, areNumbers)
  }

  func column(_ field: String) -> [String?] {
    fields.firstIndex(of: field).map { cells[$0] } ?? []
  }

  /// The first row's text; nil where it is empty.
  func first(_ field: String) -> String? { column(field).first.flatMap { $0 } }

  var records: [[String: String?]] {
    (0..<count).map { row in
      Dictionary(zip(fields, cells.map { $0[row] }), uniquingKeysWith: { $1 })
    }
  }

  /// Aligned, lines ended, safe to print on a terminal.
  var text: String {
    var table = TextTable(rows: count, cellWidth: 24)
    for (place, field) in fields.enumerated() {
      table.add(
        TerminalText.safe(field), cells[place].map(CellText.shown), isRight: areNumbers[place])
    }
    return table.text
  }
}
