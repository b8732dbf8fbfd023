import StageKit
import Synchronization
import Tabular

/// Runs operations on batches in memory, the way a run would: several workers, batches spread over
/// them in no helpful order.
public enum StageRun {
  /// - Returns: the output's batches in order, and the counts of all workers together.
  public static func run(
    _ operation: StageOperation, _ batches: [Batch], workers count: Int,
    resources: Resources = resources
  ) throws -> (batches: [Batch], tally: Tally) {
    var tally = Tally()
    switch operation {
    case .rowLocal(let rowOperator):
      let workers = (0..<count).map { _ in rowOperator.makeWorker() }
      var out: [Batch] = []
      for (turn, batch) in batches.reversed().enumerated() {
        out.append(try workers[turn % count].process(batch))
      }
      for worker in workers { tally.add(worker.tally) }
      try rowOperator.conclude(workers)
      return (out.reversed(), tally)
    case .breaker(let breaker):
      let workers = (0..<count).map { _ in breaker.makeWorker(resources) }
      for (turn, batch) in batches.reversed().enumerated() {
        try workers[turn % count].consume(batch)
      }
      let source = try breaker.finish(workers, resources, tally: &tally)
      var out: [Batch] = []
      while let batch = try source.next() { out.append(batch) }
      return (out.sorted { $0.sequence < $1.sequence }, tally)
    }
  }

  public static let resources = Resources(threads: 2, memory: 1 << 28, scratch: "")
}

/// What stages tell the author, in order.
final class Remarks: Sendable {
  private let list = Mutex<[Message]>([])

  func add(_ message: Message) { list.withLock { $0.append(message) } }
  var all: [Message] { list.withLock { $0 } }
}

/// A vault whose tokens follow from the values, so that cases can be recorded.
public struct TestVault: TokenVault {
  public init() {}

  public func book(scope: String, domain: String) throws -> any TokenBook {
    guard scope != "inconnu" else {
      throw OperatorError(Message(en: "no key for the scope", fr: "pas de clé pour ce domaine"))
    }
    return Book(Array("\(scope)/\(domain)/".utf8))
  }

  private final class Book: TokenBook {
    private let start: [UInt8]

    init(_ start: [UInt8]) { self.start = start }

    func token(of value: [UInt8]) throws -> [UInt8] {
      var state: UInt64 = 0xCBF2_9CE4_8422_2325
      for byte in start + value { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
      return (0..<32).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 56)
      }
    }
  }
}

/// Keys that everybody may know.
public struct TestKeys: KeySource {
  public init() {}

  public func key(scope: String) throws -> [UInt8] {
    guard scope != "inconnu" else {
      throw OperatorError(Message(en: "no key for the scope", fr: "pas de clé pour ce domaine"))
    }
    return Array(0..<32)
  }

  /// Another key for every number.
  public func key(scope: String, id: Int?) throws -> [UInt8] {
    try key(scope: scope).map { $0 &+ UInt8(truncatingIfNeeded: (id ?? 2) - 2) }
  }
}
