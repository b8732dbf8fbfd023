import StageKit
import Tabular

/// A table of counts, all of it at once, with its cells named by codes.
struct GatheredTable {
  let types: [DataType]
  /// Values by column; nil where nobody wants it.
  let cells: [[Value]?]
  /// Each row's codes, one a dimension.
  let keys: [[Int32]]
  /// Rows in the order of their keys.
  let order: [Int]
  private let axes: [TableAxis]
  private let codes: [TableCodes]
  private let stage: String

  /// - Parameters:
  ///   - axes: positions of the keys, with what is known of them.
  ///   - stage: its name, for messages.
  init(
    _ types: [DataType], _ axes: [(position: Int, axis: TableAxis)],
    _ workers: [any BreakerWorker], _ resources: Resources, for stage: String
  ) throws {
    let batches = try Collect().held(workers).all(resources, for: stage)
    let rows = batches.reduce(0) { $0 + $1.rowCount }
    let cells = types.indices.map { column in
      batches.contains { $0.columns[column].isAbsent }
        ? nil : batches.flatMap { batch in (0..<batch.rowCount).map(batch.columns[column].value) }
    }
    let codes = axes.map { TableCodes(cells[$0.position] ?? []) }
    let keys = (0..<rows).map { row in codes.map { $0.codes[row] } }
    order = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
    (self.types, self.cells, self.keys, self.codes) = (types, cells, keys, codes)
    (self.axes, self.stage) = (axes.map(\.axis), stage)
  }

  /// What tells cells apart, the same in every run.
  var names: [[UInt8]] { TableCodes.names(codes, keys) }

  var keyValues: [[Value]] {
    keys.map { key in zip(codes, key).map { $0.values[Int($1)] } }
  }

  /// - Throws: `OperatorError` when a hierarchy lacks a value.
  func dimensions(knowsMargins: Bool) throws -> [TableDimension] {
    try zip(codes, axes).map { codes, axis in
      guard let dimension = axis.dimension(codes.values, knowsMargins: knowsMargins) else {
        throw TableMessages.notInHierarchy(axis.name, stage)
      }
      return dimension
    }
  }

  /// Rows of one column, each value as it is to be shown.
  func column(
    _ index: Int, _ rows: ArraySlice<Int>, _ shown: (Int, Value) -> Value
  ) throws -> Column {
    guard let values = cells[index] else {
      return Column(.absent(types[index], count: rows.count))
    }
    guard let column = Column(rows.map { shown($0, values[$0]) }, type: types[index]) else {
      throw TableMessages.internalError(stage)
    }
    return column
  }

  /// All rows in their order.
  /// - Parameter columns: those of some rows.
  func batches(_ columns: (ArraySlice<Int>) throws -> [Column]) throws -> [Batch] {
    try stride(from: 0, to: order.count, by: Batch.usualRows).enumerated().map { sequence, start in
      let rows = order[start..<min(start + Batch.usualRows, order.count)]
      return Batch(columns: try columns(rows), rowCount: rows.count, sequence: sequence)
    }
  }
}
