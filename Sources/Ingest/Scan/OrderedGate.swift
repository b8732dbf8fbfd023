/// Takes in the order of their sequence what workers bring in any order: what must happen in order
/// (keys, rejects, line numbers, counts) happens inside, and everything else outside.
///
/// Whoever comes early leaves what he brings at the gate and goes on to other work; it is taken by
/// whoever brings what was due before it. So a block that takes long holds nobody up, until as
/// much waits as there is room for: then those who come early wait too, but never who is due.
package final class OrderedGate<Element: Sendable>: Sendable {
  private struct State {
    /// What is due, or is being taken.
    var sequence = 0
    var early: [Int: Element] = [:]
    var isBroken = false
  }

  private let state = Monitor(State())
  private let room: Int

  /// Thrown to those who come after somebody failed: the failure itself is reported by whoever
  /// met it.
  package struct Broken: Error {}

  /// - Parameter room: how many may be left at the gate.
  package init(room: Int) { self.room = room }

  /// Brings one, and takes it and all that wait behind it if it is due. When `take` throws, the
  /// gate breaks.
  /// - Parameter sequence: dense from 0 over all that is ever brought.
  package func bring(
    _ element: Element, at sequence: Int, take: (consuming Element) throws -> Void
  ) throws {
    guard var due = try enter(element, sequence) else { return }
    do {
      while true {
        try take(due)
        guard let next = state.change(OrderedGate.advance) else { return }
        due = next
      }
    } catch {
      state.change { $0.isBroken = true }
      throw error
    }
  }

  /// - Returns: nil when it was left at the gate.
  private func enter(_ element: Element, _ sequence: Int) throws -> Element? {
    let entry: Result<Element?, Broken> = state.answer { state in
      if state.isBroken { return .failure(Broken()) }
      if sequence == state.sequence { return .success(element) }
      guard state.early.count < room else { return nil }
      state.early[sequence] = element
      return .success(nil)
    }
    return try entry.get()
  }

  /// On to the next one, if it is there.
  private static func advance(_ state: inout State) -> Element? {
    state.sequence += 1
    return state.early.removeValue(forKey: state.sequence)
  }
}
