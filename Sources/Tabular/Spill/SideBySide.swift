import Dispatch
import Synchronization

/// Pieces of work done by several threads, each by whoever is free next.
package enum SideBySide {
  /// Calls `body` with each of `0..<count`, and with the number of the lane that it is called on;
  /// a lane's calls follow each other.
  /// - Throws: the first error; no work is begun after it.
  package static func run(
    _ count: Int, lanes: Int, _ body: @Sendable (_ piece: Int, _ lane: Int) throws -> Void
  ) throws {
    let cursor = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(lanes, 1)) { lane in
      while failure.withLock({ $0 == nil }) {
        let piece = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        do { try body(piece, lane) } catch { failure.withLock { if $0 == nil { $0 = error } } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
