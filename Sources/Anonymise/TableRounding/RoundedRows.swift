import StageKit
import Tabular

/// What `round_table` does with the rows: all of them are read, counts are rounded, and the rows
/// come out in the order of their keys.
struct RoundedRows: Breaker {
  /// A column of counts with what is drawn for its cells.
  struct Measure: Sendable {
    let column: Int
    let draws: KeyedDraws
  }

  let types: [DataType]
  /// Positions of the keys, with what is known of them.
  let axes: [(position: Int, axis: TableAxis)]
  let measures: [Measure]
  let base: Int64
  let isControlled: Bool

  func makeWorker(_ resources: Resources) -> any BreakerWorker { Collect().makeWorker(resources) }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let table = try GatheredTable(types, axes, workers, resources, for: "round_table")
    guard Set(table.keys).count == table.keys.count else {
      throw TableMessages.fault(.repeatedCell, "round_table")
    }
    var rounded: [Int: [Int64]] = [:]
    for measure in measures {
      guard let values = table.cells[measure.column] else { continue }
      rounded[measure.column] = try round(try counts(values), table, measure.draws)
    }
    tally.rowsIn += table.keys.count
    tally.rowsOut += table.keys.count
    let batches = try table.batches { rows in
      try types.indices.map { index in
        try table.column(index, rows) { row, value in
          rounded[index].map { .integer($0[row]) } ?? value
        }
      }
    }
    return HeldBatches(batches).source()
  }

  private func counts(_ values: [Value]) throws -> [Int64] {
    try values.map { value in
      guard case .integer(let count) = value, count >= 0, count <= Int64.max - base else {
        throw TableMessages.noCount("round_table")
      }
      return count
    }
  }

  private func round(
    _ counts: [Int64], _ table: GatheredTable, _ draws: KeyedDraws
  ) throws -> [Int64] {
    let names = table.names
    guard isControlled else {
      return zip(counts, names).map { count, name in
        RandomRounding(base).rounded(count, drawing: draws.number(of: name))
      }
    }
    let dimensions = try table.dimensions(knowsMargins: false)
    let system: TableSystem
    do throws(TableSystem.Fault) {
      system = try TableSystem(
        dimensions: dimensions, keys: table.keys, values: counts, knowsMargins: false)
    } catch { throw TableMessages.fault(error, "round_table") }
    var rounding = ControlledRounding(system, base, order: table.order)
    let isRounded = rounding.run { cell, times in
      draws.number(of: names[cell] + KeyedDraws.bytes(times))
    }
    guard isRounded else { throw Self.noNetwork }
    return rounding.values
  }

  private static let noNetwork = OperatorError(
    Message(
      en: "round_table: controlled rounding is for tables of one dimension, or of two without "
        + "hierarchies; use `method: random`",
      fr: "round_table : l’arrondi contrôlé est pour les tableaux d’une dimension, ou de deux sans "
        + "hiérarchies ; prenez `method: random`"))
}
