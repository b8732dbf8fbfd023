import Tabular

/// Makes batches of a block that has passed the gate.
enum BatchMaker {
  /// - Parameter first: the sequence of the first batch.
  /// - Returns: as few batches as their largest size allows; none for a block without rows.
  static func batches(_ work: BlockWork, _ schema: SchemaPlan, first: Int) -> [Batch] {
    let count = work.keptCount
    guard count > 0 else { return [] }
    if work.marks.isEmpty, count <= Batch.maximumRows {
      return [Batch(columns: columns(work, schema, nil), rowCount: count, sequence: first)]
    }
    let rows = (0..<Int32(work.index.recordCount)).filter { work.marks.isKept(Int($0)) }
    var batches: [Batch] = []
    var from = 0
    while from < rows.count {
      let part = Array(rows[from..<min(from + Batch.maximumRows, rows.count)])
      batches.append(
        Batch(
          columns: columns(work, schema, part), rowCount: part.count,
          sequence: first + batches.count))
      from += part.count
    }
    return batches
  }

  private static func columns(
    _ work: BlockWork, _ schema: SchemaPlan, _ rows: [Int32]?
  ) -> [Column] {
    let count = rows?.count ?? work.index.recordCount
    return schema.fields.enumerated().map { index, field in
      let type = field.field.dataType
      guard field.isWanted else { return Column(.absent(type, count: count)) }
      guard let column = work.columns[index] else { return .nulls(type, count: count) }
      return rows.map(column.gathered) ?? column
    }
  }
}
