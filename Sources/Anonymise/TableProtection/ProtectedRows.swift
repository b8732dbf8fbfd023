import StageKit
import Tabular

/// What `protect_table` does with the rows: all of them are read, cells are hidden, and the rows
/// come out in the order of their keys.
struct ProtectedRows: Breaker {
  /// What becomes of a column.
  enum Role: Sendable {
    case key
    /// Emptied where the cell is hidden.
    case measure
    /// Not given out.
    case left
  }

  /// The table's name among those that are remembered.
  struct Releases: Sendable {
    let name: String
    let isCumulative: Bool
    let history: any ReleaseHistory
  }

  let types: [DataType]
  let roles: [Role]
  /// Positions of the keys, with what is known of them.
  let axes: [(position: Int, axis: TableAxis)]
  let rules: TableRules
  let knowsMargins: Bool
  let releases: Releases?
  let link: TableLink?
  let remark: @Sendable (Message) -> Void

  func makeWorker(_ resources: Resources) -> any BreakerWorker { Collect().makeWorker(resources) }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let table = try GatheredTable(types, axes, workers, resources, for: "protect_table")
    let rows = table.keys.count
    let isHidden = rows == 0 ? [] : try hidden(table)
    tally.rowsIn += rows
    tally.rowsOut += rows
    return HeldBatches(try shown(table, isHidden)).source()
  }

  private func hidden(_ table: GatheredTable) throws -> [Bool] {
    let (keys, cells) = (table.keys, table.cells)
    let counts = try rules.counts(cells)
    let names = releases.map { _ in table.names } ?? []
    var work = Audits(
      dimensions: try table.dimensions(knowsMargins: knowsMargins), keys: keys, counts: counts,
      knowsMargins: knowsMargins)
    try work.add(rules, cells)
    if let link {
      try work.add { try link.audit($0, table.keyValues, rules) }
    }
    if let releases {
      let earlier = TableReleases(
        earlier: try releases.history.earlier(releases.name, names),
        minCount: Int64(rules.minCount), isCumulative: releases.isCumulative)
      try work.add(earlier)
    }
    let isHidden = try work.suppressed(remark)
    try releases?.history.offer(
      releases?.name ?? "", names,
      zip(counts, isHidden).map { ReleasedCount(count: $0, isHidden: $1) })
    return isHidden
  }

  private func shown(_ table: GatheredTable, _ isHidden: [Bool]) throws -> [Batch] {
    let status = TextValues(
      bytes: Array("publishedsuppressed".utf8), offsets: [0, 9, 19], codes: [])
    return try table.batches { rows in
      var columns: [Column] = []
      for (index, role) in roles.enumerated() where role != .left {
        columns.append(
          try table.column(index, rows) { row, value in
            role == .measure && isHidden[row] ? .null : value
          })
      }
      var shown = status
      shown.codes = rows.map { isHidden[$0] ? 1 : 0 }
      for role in roles where role == .measure { columns.append(Column(.text(shown))) }
      return columns
    }
  }
}
