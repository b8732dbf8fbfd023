import Foundation
import Ingest
import Synchronization
import Testing

/// Many threads at the gate, each as late as chance will have it.
@Suite struct OrderedGateTests {
  private struct Refused: Error {}

  /// Runs `body` on some threads until all are done.
  private func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let workers = (0..<count).map { index in Thread { body(index) } }
    for worker in workers { worker.start() }
    for worker in workers {
      while !worker.isFinished { usleep(200) }
    }
  }

  @Test(arguments: [(threads: 1, room: 0), (2, 1), (4, 8), (8, 2)])
  func allPassInOrder(threads: Int, room: Int) {
    let gate = OrderedGate<Int>(room: room)
    let next = Atomic<Int>(0)
    let inside = Atomic<Int>(0)
    let passed = Mutex<[Int]>([])
    let crowd = Mutex(0)
    onThreads(threads) { _ in
      while true {
        let sequence = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard sequence < 2_000 else { return }
        if sequence % 7 == 0 { usleep(UInt32(sequence % 300)) }
        try? gate.bring(sequence, at: sequence) { element in
          let others = inside.wrappingAdd(1, ordering: .relaxed).oldValue
          if others > 0 { crowd.withLock { $0 += 1 } }
          passed.withLock { $0.append(element) }
          inside.wrappingSubtract(1, ordering: .relaxed)
        }
      }
    }
    #expect(passed.withLock { $0 } == Array(0..<2_000))
    #expect(crowd.withLock { $0 } == 0)
  }

  /// Nobody is let past a failure, and nobody waits for what will not come.
  @Test func afterAFailureNobodyPasses() {
    let gate = OrderedGate<Int>(room: 3)
    let next = Atomic<Int>(0)
    let passed = Mutex<[Int]>([])
    let failures = Mutex((own: 0, others: 0))
    onThreads(4) { _ in
      while true {
        let sequence = next.wrappingAdd(1, ordering: .relaxed).oldValue
        do {
          try gate.bring(sequence, at: sequence) { element in
            if element == 500 {
              usleep(2_000)
              throw Refused()
            }
            passed.withLock { $0.append(element) }
          }
        } catch {
          failures.withLock { if error is Refused { $0.own += 1 } else { $0.others += 1 } }
          return
        }
      }
    }
    #expect(passed.withLock { $0 } == Array(0..<500))
    #expect(failures.withLock { $0.own } == 1)
    #expect(failures.withLock { $0.others } == 3)
  }

  /// Those who come early wait once there is no room, and go on when who was due has come.
  @Test func noMoreWaitThanThereIsRoomFor() {
    let gate = OrderedGate<Int>(room: 2)
    let returned = Atomic<Int>(0)
    let passed = Mutex<[Int]>([])
    onThreads(5) { thread in
      // Thread 0 comes when two of the others have been let go, and sees that no third one is.
      if thread == 0 {
        for _ in 0..<60_000 where returned.load(ordering: .relaxed) < 2 { usleep(1_000) }
        usleep(20_000)
        #expect(returned.load(ordering: .relaxed) == 2)
      }
      try? gate.bring(thread, at: thread) { element in passed.withLock { $0.append(element) } }
      returned.wrappingAdd(1, ordering: .relaxed)
    }
    #expect(passed.withLock { $0 } == [0, 1, 2, 3, 4])
  }
}
