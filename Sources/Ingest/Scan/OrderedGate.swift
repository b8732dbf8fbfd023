/// Lets workers through in the order of their blocks: what must happen in order (keys, rejects,
/// line numbers, counts) happens inside, and everything else outside. A block's worker waits only
/// for those of earlier blocks, which wait for nobody later, so that nobody waits for ever.
final class OrderedGate: Sendable {
  private struct Turn {
    var sequence = 0
    var isBroken = false
  }

  private let turn = Monitor(Turn())

  /// Thrown to those who wait when somebody failed: the failure itself is reported by whoever
  /// met it.
  struct Broken: Error {}

  /// Runs `body` once all blocks before `sequence` have passed. When it throws, the gate breaks.
  func pass<Result>(_ sequence: Int, _ body: () throws -> Result) throws -> Result {
    let isOpen = turn.answer { $0.isBroken ? false : $0.sequence == sequence ? true : nil }
    guard isOpen else { throw Broken() }
    do {
      let result = try body()
      turn.change { $0.sequence += 1 }
      return result
    } catch {
      breakDown()
      throw error
    }
  }

  /// Wakes all who wait: nobody passes any more.
  func breakDown() { turn.change { $0.isBroken = true } }
}
