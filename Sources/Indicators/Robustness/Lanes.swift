import Dispatch
import Synchronization

/// Threads that work side by side; the first that fails stops the others at their next step.
enum Lanes {
  /// - Throws: what the first lane that failed threw.
  static func each(_ lanes: Int, _ body: @Sendable (_ lane: Int) throws -> Void) throws {
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      do {
        try body(lane)
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
