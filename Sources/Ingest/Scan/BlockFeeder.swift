/// Gives out the blocks of all files in order. Used by one thread at a time (under a lock).
final class BlockFeeder {
  /// What a worker is given.
  enum Item: Sendable {
    case block(ScanBlock)
    /// Reading failed: told in order, like everything else.
    case failure(sequence: Int, any Error)
    /// All blocks have been given out.
    case end(sequence: Int)
    /// The end has been given to somebody.
    case over
  }

  private let plans: [FilePlan]
  private let blockSize: Int
  private let walksCuts: Bool
  private var sequence = 0
  private var file = 0
  private var stream: FileStream?
  private var isOver = false

  init(_ plans: [FilePlan], blockSize: Int, walksCuts: Bool) {
    (self.plans, self.blockSize, self.walksCuts) = (plans, blockSize, walksCuts)
  }

  func next() -> Item {
    guard !isOver else { return .over }
    defer { sequence += 1 }
    do {
      if stream?.ended ?? false {
        stream = nil
        file += 1
      }
      guard file < plans.count else {
        isOver = true
        return .end(sequence: sequence)
      }
      let current =
        try stream
        ?? FileStream(
          plans[file].probe, file: file, blockSize: blockSize, walksCuts: walksCuts)
      stream = current
      return .block(try current.next(sequence))
    } catch {
      isOver = true
      stream = nil
      return .failure(sequence: sequence, error)
    }
  }
}
