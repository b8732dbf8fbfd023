import StageKit
import Tabular

/// What `gather_indicators` does with the rows: units in their order, once for each period, each
/// with the values that the steps have for it.
struct GatheredUnits: Breaker {
  let spec: IndexSpec
  let input: Facts
  let output: Facts
  let sources: [GatherStage.Source]
  let tables: [String: Facts]
  let context: StageContext

  /// What a value of an indicator is called, or why there is none.
  enum Status: String {
    case known
    case noRow = "no_row"
    case empty
    case suppressed
  }

  /// A row of a step: whose it is, and when.
  private struct Place: Hashable {
    let unit: Value
    let period: Value
  }

  func makeWorker(_ resources: Resources) -> any BreakerWorker { Collect().makeWorker(resources) }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let batches = try Collect().held(workers).all(resources, for: "indicators")
    let units = try spec.units.fields.map { field in
      try Cells.all(batches, input.index(of: field.name))
    }
    let keys = units.first ?? []
    guard Set(keys).count == keys.count else {
      throw IndexMessages.repeatedUnit(spec.units.table, spec.units.key.name)
    }
    let periods = spec.periods?.values ?? [.null]
    let places = keys.flatMap { unit in periods.map { Place(unit: unit, period: $0) } }
    tally.rowsIn += keys.count
    tally.rowsOut += places.count
    if places.count > keys.count { tally.made[RowWay.completed] = places.count - keys.count }
    var columns = units.map { column in
      column.flatMap { Array(repeating: $0, count: periods.count) }
    }
    if spec.periods != nil { columns.append(places.map(\.period)) }
    let (values, statuses) = try found(places)
    return HeldBatches(
      try Cells.batches(columns + values + statuses, output.fields.map(\.type))
    ).source()
  }

  /// The values of all sources for all places, and what is to be said of them.
  private func found(_ places: [Place]) throws -> (values: [[Value]], statuses: [[Value]]) {
    var values = [[Value]](repeating: [], count: sources.count)
    var statuses = values
    for (table, facts) in tables.sorted(by: { $0.key < $1.key }) {
      let batches = try context.side(table)
      let own = sources.indices.filter { sources[$0].measure.table == table }
      let hasPeriods = own.contains { sources[$0].hasPeriods }
      let rows = try rows(table, facts, batches, hasPeriods: hasPeriods)
      let known = Set(places.map { Place(unit: $0.unit, period: hasPeriods ? $0.period : .null) })
      let strangers = rows.keys.count { !known.contains($0) }
      if strangers > 0 { context.remark(IndexMessages.strangers(table, strangers)) }
      let found = places.map { rows[Place(unit: $0.unit, period: hasPeriods ? $0.period : .null)] }
      for source in own {
        let cells = try Cells.all(batches, facts.index(of: sources[source].measure.field.name))
        let notes = try sources[source].status.map {
          try Cells.all(batches, facts.index(of: $0))
        }
        values[source] = found.map { row in row.map { cells[$0] } ?? .null }
        statuses[source] = found.map { row in
          guard let row else { return .text(Status.noRow.rawValue) }
          guard cells[row] == .null else { return .text(Status.known.rawValue) }
          let isSuppressed = notes?[row] == .text(Status.suppressed.rawValue)
          return .text((isSuppressed ? Status.suppressed : .empty).rawValue)
        }
      }
    }
    return (values, statuses)
  }

  /// Where each unit's row of a step is. Rows without a key are nobody's.
  private func rows(
    _ table: String, _ facts: Facts, _ batches: [Batch], hasPeriods: Bool
  ) throws -> [Place: Int] {
    let keys = try Cells.all(batches, facts.index(of: spec.units.key.name))
    let periods =
      try hasPeriods
      ? spec.periods.map { try Cells.all(batches, facts.index(of: $0.field)) } : nil
    var rows: [Place: Int] = [:]
    for (row, key) in keys.enumerated() where key != .null {
      let place = Place(unit: key, period: periods?[row] ?? .null)
      guard rows.updateValue(row, forKey: place) == nil else {
        throw IndexMessages.repeatedUnit(table, spec.units.key.name)
      }
    }
    return rows
  }
}

/// Tables of a row a unit, as columns of single cells.
enum Cells {
  /// A column of all batches.
  static func all(_ batches: [Batch], _ position: Int?) throws -> [Value] {
    guard let position else { throw IndexMessages.internalError }
    return try batches.flatMap { batch in
      guard batch.columns.indices.contains(position), !batch.columns[position].isAbsent else {
        throw IndexMessages.internalError
      }
      return (0..<batch.rowCount).map(batch.columns[position].value)
    }
  }

  /// Columns as batches.
  static func batches(_ columns: [[Value]], _ types: [DataType]) throws -> [Batch] {
    let rows = columns.first?.count ?? 0
    guard columns.count == types.count, columns.allSatisfy({ $0.count == rows }) else {
      throw IndexMessages.internalError
    }
    return try stride(from: 0, to: rows, by: Batch.usualRows).enumerated().map { place, start in
      let end = min(start + Batch.usualRows, rows)
      let part = try zip(columns, types).map { cells, type in
        guard let column = Column(Array(cells[start..<end]), type: type) else {
          throw IndexMessages.internalError
        }
        return column
      }
      return Batch(columns: part, rowCount: end - start, sequence: place)
    }
  }
}
