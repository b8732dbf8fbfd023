import Synchronization

/// Gives out the blocks of all files in order, to any number of threads. One of them at a time
/// reads the file whose turn it is; whoever would have to wait inflates compressed files that come
/// later, as far as memory allows, so that many files are inflated side by side.
final class BlockFeeder: Sendable {
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

  /// Whose turn it is.
  private struct Turn {
    var sequence = 0
    var file = 0
    var isOver = false
  }

  /// Files that are open before their turn, at most.
  private static let openAhead = 8

  private let lanes: [FileLane]
  private let turn = Mutex(Turn())
  /// `Turn.file`, for those who do not hold the turn.
  private let current = Atomic<Int>(0)
  /// Bytes that were read ahead and not yet given out.
  private let held = Atomic<Int>(0)
  private let mostHeld: Int

  /// - Parameter mostHeld: bytes that may be read ahead, but for the last block of each thread.
  init(_ plans: [FilePlan], blockSize: Int, walksCuts: Bool, mostHeld: Int) {
    lanes = plans.enumerated().map {
      FileLane($1.probe, file: $0, blockSize: blockSize, walksCuts: walksCuts)
    }
    self.mostHeld = mostHeld
  }

  func next() -> Item {
    while true {
      if let item = turn.withLockIfAvailable({ give(&$0) }) { return item }
      if !readAhead() { return turn.withLock { give(&$0) } }
    }
  }

  private func give(_ turn: inout Turn) -> Item {
    guard !turn.isOver else { return .over }
    defer { turn.sequence += 1 }
    guard turn.file < lanes.count else {
      turn.isOver = true
      return .end(sequence: turn.sequence)
    }
    do {
      let (result, heldBytes) = lanes[turn.file].take()
      held.wrappingSubtract(heldBytes, ordering: .relaxed)
      var block = try result.get()
      block.sequence = turn.sequence
      if block.isLast {
        turn.file += 1
        current.store(turn.file, ordering: .relaxed)
      }
      return .block(block)
    } catch {
      turn.isOver = true
      return .failure(sequence: turn.sequence, error)
    }
  }

  /// Reads a block of the next compressed file that nobody else is reading.
  /// - Returns: false when there is none, or no memory for it.
  private func readAhead() -> Bool {
    let first = current.load(ordering: .relaxed) + 1
    guard first < lanes.count else { return false }
    for lane in lanes[first..<min(first + BlockFeeder.openAhead, lanes.count)] {
      guard held.load(ordering: .relaxed) < mostHeld else { return false }
      guard let bytes = lane.readAhead() else { continue }
      held.wrappingAdd(bytes, ordering: .relaxed)
      return true
    }
    return false
  }
}

/// One file on its way into blocks, by one thread at a time, and the blocks read ahead of its turn.
private final class FileLane: Sendable {
  private struct State {
    var stream: FileStream?
    var ready: [Result<ScanBlock, any Error>] = []
    var isOver = false
  }

  private let probe: FileProbe
  private let file: Int
  private let blockSize: Int
  private let walksCuts: Bool
  private let state = Mutex(State())

  init(_ probe: FileProbe, file: Int, blockSize: Int, walksCuts: Bool) {
    (self.probe, self.file) = (probe, file)
    (self.blockSize, self.walksCuts) = (blockSize, walksCuts)
  }

  /// The next block, and the bytes of it if it was read ahead.
  func take() -> (Result<ScanBlock, any Error>, held: Int) {
    state.withLock { state in
      guard !state.ready.isEmpty else { return (read(&state), 0) }
      let result = state.ready.removeFirst()
      return (result, FileLane.bytes(result))
    }
  }

  /// Reads a block to be taken later; nothing when the file is read by somebody else, has been
  /// read, or costs nothing to read.
  /// - Returns: its bytes.
  func readAhead() -> Int? {
    guard probe.isGzip else { return nil }
    let bytes: Int?? = state.withLockIfAvailable { state in
      guard !state.isOver else { return nil }
      let result = read(&state)
      state.ready.append(result)
      return FileLane.bytes(result)
    }
    return bytes ?? nil
  }

  private func read(_ state: inout State) -> Result<ScanBlock, any Error> {
    let result = Result {
      let stream =
        try state.stream
        ?? FileStream(probe, file: file, blockSize: blockSize, walksCuts: walksCuts)
      state.stream = stream
      return try stream.next()
    }
    if (try? result.get())?.isLast ?? true {
      state.isOver = true
      state.stream = nil
    }
    return result
  }

  /// What a block holds of memory.
  private static func bytes(_ result: Result<ScanBlock, any Error>) -> Int {
    guard case .success(let block) = result else { return 0 }
    return block.bytes.count + block.chunks.reduce(0) { $0 + $1.bytes.count }
  }
}
