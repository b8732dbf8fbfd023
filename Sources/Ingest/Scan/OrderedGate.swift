import Glibc

/// Lets workers through in the order of their blocks: what must happen in order (keys, rejects,
/// line numbers, counts) happens inside, and everything else outside. A block's worker waits only
/// for those of earlier blocks, which wait for nobody later, so that nobody waits for ever.
final class OrderedGate: @unchecked Sendable {
  // `turn` and `isBroken` are read and written under the mutex alone.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let condition: UnsafeMutablePointer<pthread_cond_t>
  private var turn = 0
  private var isBroken = false

  /// Thrown to those who wait when somebody failed: the failure itself is reported by whoever
  /// met it.
  struct Broken: Error {}

  init() {
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    mutex.initialize(to: pthread_mutex_t())
    condition.initialize(to: pthread_cond_t())
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Runs `body` once all blocks before `sequence` have passed. When it throws, the gate breaks.
  func pass<Result>(_ sequence: Int, _ body: () throws -> Result) throws -> Result {
    pthread_mutex_lock(mutex)
    while turn != sequence, !isBroken { pthread_cond_wait(condition, mutex) }
    let broken = isBroken
    pthread_mutex_unlock(mutex)
    if broken { throw Broken() }
    do {
      let result = try body()
      pthread_mutex_lock(mutex)
      turn += 1
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
      return result
    } catch {
      breakDown()
      throw error
    }
  }

  /// Wakes all who wait: nobody passes any more.
  func breakDown() {
    pthread_mutex_lock(mutex)
    isBroken = true
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
