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
    let batches = try Collect().held(workers).all(resources, for: "protect_table")
    let rows = batches.reduce(0) { $0 + $1.rowCount }
    let cells = types.indices.map { column in
      batches.contains { $0.columns[column].isAbsent }
        ? nil : batches.flatMap { batch in (0..<batch.rowCount).map(batch.columns[column].value) }
    }
    let codes = axes.map { TableCodes(cells[$0.position] ?? []) }
    let keys = (0..<rows).map { row in codes.map { $0.codes[row] } }
    let order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    let isHidden = rows == 0 ? [] : try hidden(codes, keys, cells)
    tally.rowsIn += rows
    tally.rowsOut += rows
    return HeldBatches(try table(cells, order, isHidden)).source()
  }

  private func hidden(
    _ codes: [TableCodes], _ keys: [[Int32]], _ cells: [[Value]?]
  ) throws -> [Bool] {
    var dimensions: [TableDimension] = []
    for (codes, (_, axis)) in zip(codes, axes) {
      guard let dimension = axis.dimension(codes.values, knowsMargins: knowsMargins) else {
        throw TableMessages.notInHierarchy(axis.name)
      }
      dimensions.append(dimension)
    }
    let counts = try rules.counts(cells)
    let names = releases.map { _ in TableCodes.names(codes, keys) } ?? []
    var work = Audits(
      dimensions: dimensions, keys: keys, counts: counts, knowsMargins: knowsMargins)
    try work.add(rules, cells)
    if let link {
      let values = keys.map { key in zip(codes, key).map { $0.values[Int($1)] } }
      try work.add { try link.audit($0, values, rules) }
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

  private func table(
    _ cells: [[Value]?], _ order: [Int], _ isHidden: [Bool]
  ) throws -> [Batch] {
    var batches: [Batch] = []
    for start in stride(from: 0, to: order.count, by: Batch.usualRows) {
      let rows = order[start..<min(start + Batch.usualRows, order.count)]
      var columns: [Column] = []
      for (index, role) in roles.enumerated() where role != .left {
        guard let values = cells[index] else {
          columns.append(Column(.absent(types[index], count: rows.count)))
          continue
        }
        let shown = rows.map { role == .measure && isHidden[$0] ? Value.null : values[$0] }
        guard let column = Column(shown, type: types[index]) else {
          throw TableMessages.internalError
        }
        columns.append(column)
      }
      let status = Column(
        .text(
          TextValues(
            bytes: Array("publishedsuppressed".utf8), offsets: [0, 9, 19],
            codes: rows.map { isHidden[$0] ? 1 : 0 })))
      for role in roles where role == .measure { columns.append(status) }
      batches.append(Batch(columns: columns, rowCount: rows.count, sequence: batches.count))
    }
    return batches
  }
}
