import Synchronization

/// Batches in memory.
public final class BatchList: BatchSource {
  public let batches: [Batch]
  private let cursor = Atomic<Int>(0)

  /// - Parameter batches: in order; their sequences are set anew, dense from 0.
  public init(_ batches: [Batch]) {
    var numbered = batches
    for index in numbered.indices { numbered[index].sequence = index }
    self.batches = numbered
  }

  public func next() -> Batch? {
    let index = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < batches.count ? batches[index] : nil
  }
}
