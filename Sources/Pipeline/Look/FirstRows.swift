import Synchronization
import Tabular

/// Takes the first rows of a table, in their order, from any thread, and stops the execution once
/// it has them.
final class FirstRows: Sendable {
  /// There are enough: nothing more need be read.
  struct Enough: Error {}

  private struct State {
    var next = 0
    var waiting: [Int: Batch] = [:]
    var batches: [Batch] = []
    var rows = 0
  }

  private let wanted: Int
  private let state = Mutex(State())

  /// - Parameter wanted: how many rows, at least 1.
  init(_ wanted: Int) { self.wanted = wanted }

  /// - Throws: `Enough`, once all batches up to the last wanted row have come.
  func take(_ batch: Batch) throws {
    let head =
      batch.rowCount <= wanted
      ? batch : batch.gathered((0..<wanted).map { Int32(truncatingIfNeeded: $0) })
    try state.withLock { state in
      state.waiting[batch.sequence] = head
      while state.rows < wanted, let next = state.waiting.removeValue(forKey: state.next) {
        state.next += 1
        state.batches.append(next)
        state.rows += next.rowCount
      }
      if state.rows >= wanted { throw Enough() }
    }
  }

  /// Forgets everything, for a source that is read again.
  func restart() { state.withLock { $0 = State() } }

  /// What came, in order; more rows than wanted are possible.
  var batches: [Batch] { state.withLock { $0.batches } }
}
