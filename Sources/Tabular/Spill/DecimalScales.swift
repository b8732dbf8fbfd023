/// The largest scales of decimals that came, by column. Quotients are rounded by the scale of all
/// their terms: rows that are worked on apart must know that of the others.
struct DecimalScales: Sendable {
  private var scales: [Int: Int] = [:]

  mutating func note(_ batch: Batch, _ columns: some Sequence<Int>) {
    for column in columns where batch.columns.indices.contains(column) {
      guard let scale = batch.columns[column].decimals?.scale else { continue }
      scales[column] = Swift.max(scales[column] ?? 0, scale)
    }
  }

  mutating func merge(_ other: DecimalScales) {
    scales.merge(other.scales, uniquingKeysWith: Swift.max)
  }

  /// A batch without rows that has these scales.
  func batch(_ types: [DataType]) -> Batch {
    let columns = types.indices.map { position in
      guard let scale = scales[position] else { return Column.nulls(types[position], count: 0) }
      return Column(.decimal(DecimalValues(scale: scale, digits: .narrow([]))))
    }
    return Batch(columns: columns, rowCount: 0, sequence: 0)
  }
}
