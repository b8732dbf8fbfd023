/// A breaker that looks at all rows before it changes some columns of them, or leaves some out;
/// the rows keep their order. They are held, and spill; only what `solve` takes is in memory.
package struct SolvedRows: Breaker {
  /// What becomes of the rows, batch by batch as they are held.
  package struct Solution: Sendable {
    /// By position: a column for each batch, of as many rows.
    package var columns: [Int: [Column]]
    /// For each batch, whether a row leaves; empty for none.
    package var leaving: [[Bool]]
    /// By which way.
    package var way: String

    package init(_ columns: [Int: [Column]], leaving: [[Bool]] = [], way: String = "") {
      (self.columns, self.leaving, self.way) = (columns, leaving, way)
    }
  }

  private let solve: @Sendable ([Batch]) throws -> Solution
  private let reads: Set<Int>
  private let name: String

  /// - Parameters:
  ///   - name: the stage's, in messages.
  ///   - reads: positions of the columns that `solve` needs; it gets the others absent.
  ///   - solve: gets the batches in order.
  package init(
    _ name: String, reads: Set<Int>, solve: @escaping @Sendable ([Batch]) throws -> Solution
  ) {
    (self.name, self.reads, self.solve) = (name, reads, solve)
  }

  package func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Collect().makeWorker(resources)
  }

  package func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let held = try Collect().held(workers)
    var narrow: [Batch] = []
    var bytes = 0
    for index in 0..<held.count {
      var batch = try held.batch(index)
      for position in batch.columns.indices where !reads.contains(position) {
        batch.columns[position] = Column(
          .absent(batch.columns[position].type, count: batch.rowCount))
      }
      bytes += batch.heldBytes
      // Solving takes a few times as much again.
      guard bytes <= Swift.max(resources.memory / 4, 1 << 20) else {
        throw OperatorMessages.needsMemory(name)
      }
      narrow.append(batch)
    }
    guard held.rows < Int(Int32.max) else { throw OperatorMessages.tooManyRows }
    let solution = try solve(narrow)
    let left = solution.leaving.reduce(0) { $0 + $1.count { $0 } }
    tally.rowsIn += held.rows
    tally.rowsOut += held.rows - left
    if left > 0 { tally.left[solution.way, default: 0] += left }
    return Changed(source: held.source(), solution: solution)
  }

  private struct Changed: BatchSource {
    let source: any BatchSource
    let solution: Solution

    func next() throws -> Batch? {
      guard var batch = try source.next() else { return nil }
      for (position, columns) in solution.columns {
        guard batch.columns.indices.contains(position), columns.indices.contains(batch.sequence),
          columns[batch.sequence].count == batch.rowCount
        else { throw OperatorMessages.wrongColumn }
        batch.columns[position] = columns[batch.sequence]
      }
      guard solution.leaving.indices.contains(batch.sequence) else { return batch }
      let leaving = solution.leaving[batch.sequence]
      guard leaving.contains(true) else { return batch }
      let rows = leaving.indices.filter { !leaving[$0] }
      return batch.gathered(rows.map { Int32(truncatingIfNeeded: $0) })
    }
  }
}
