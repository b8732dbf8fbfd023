import Tabular

/// Hands a staged table's rows on as batches of texts, as somebody else's code read them.
struct StagedClasses: RowTaker {
  private let columns: Int
  private let give: (Batch) throws -> Void
  private var texts: [TextValues]
  private var flags: [[Bool]]
  private var rows = 0
  private var sequence = 0
  private(set) var failure: (any Error)?

  /// - Parameter give: takes batches, in order.
  init(columns: Int, give: @escaping (Batch) throws -> Void) {
    (self.columns, self.give) = (columns, give)
    texts = Array(repeating: TextValues(), count: columns)
    flags = Array(repeating: [], count: columns)
  }

  mutating func take(_ cells: some TableCells) {
    for column in 0..<columns {
      let isThere = cells.length(column) != nil
      flags[column].append(isThere)
      if isThere { cells.append(column, to: &texts[column].bytes) }
      texts[column].offsets.append(Int32(clamping: texts[column].bytes.count))
    }
    rows += 1
    if rows == Batch.usualRows { flush() }
  }

  /// - Throws: what went wrong on the way.
  mutating func finish() throws {
    flush()
    if let failure { throw failure }
  }

  private mutating func flush() {
    guard rows > 0, failure == nil else { return }
    let batch = Batch(
      columns: texts.indices.map {
        Column(.text(texts[$0]), validity: Validity(flags: flags[$0]))
      }, rowCount: rows, sequence: sequence)
    texts = Array(repeating: TextValues(), count: columns)
    flags = Array(repeating: [], count: columns)
    (rows, sequence) = (0, sequence + 1)
    do { try give(batch) } catch { failure = error }
  }
}
