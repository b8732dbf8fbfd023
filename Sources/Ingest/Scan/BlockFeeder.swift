/// Gives out the blocks of all files in order, to any number of threads. One of them at a time
/// reads a file; whoever would have to wait inflates compressed files that come later, as far as
/// memory allows, so that many files are inflated side by side.
///
/// A compressed file is read a little ahead of those who take its blocks: inflating goes in order
/// and takes about as long as everything else, and would stand still whenever nobody needs a block.
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

  /// Whose turn it is, and what was read before it was wanted.
  private struct State {
    var sequence = 0
    var file = 0
    var isOver = false
    var lanes: [Lane]
    /// Bytes that were read ahead of their file's turn, and not yet given out.
    var held = 0
  }

  /// A file on its way into blocks.
  private struct Lane {
    var ready: [(block: Result<ScanBlock, any Error>, held: Int)] = []
    var isBeingRead = false
    /// Whether its last block has been read.
    var isRead = false
  }

  private enum Step {
    case give(Item)
    /// The file may be read by whoever is told so, and by nobody else.
    case read(file: Int)
  }

  /// Files that are open before their turn, at most.
  private static let openAhead = 8

  private let readers: [FileReader]
  private let state: Monitor<State>
  private let mostHeld: Int
  /// Blocks that are ready before somebody takes one instead of reading another.
  private let ahead: Int

  /// - Parameter mostHeld: bytes that may be read ahead, but for the last block of each thread.
  init(_ plans: [FilePlan], blockSize: Int, walksCuts: Bool, mostHeld: Int) {
    readers = plans.enumerated().map {
      FileReader($1.probe, file: $0, blockSize: blockSize, walksCuts: walksCuts)
    }
    state = Monitor(State(lanes: plans.map { _ in Lane() }))
    self.mostHeld = mostHeld
    ahead = mostHeld > 0 ? 2 : 1
  }

  func next() -> Item {
    while true {
      switch state.answer({ step(&$0) }) {
      case .give(let item): return item
      case .read(let file):
        let result = readers[file].read()
        state.change { keep(result, file, &$0) }
      }
    }
  }

  /// What to do now; nil when there is nothing but to wait.
  private func step(_ state: inout State) -> Step? {
    guard !state.isOver else { return .give(.over) }
    guard state.file < readers.count else {
      state.isOver = true
      return .give(.end(sequence: state.sequence))
    }
    let lane = state.lanes[state.file]
    let isIdle = !lane.isBeingRead && !lane.isRead
    let wanted = readers[state.file].isGzip ? ahead : 1
    if !lane.ready.isEmpty, !isIdle || lane.ready.count >= wanted { return .give(take(&state)) }
    if isIdle { return read(state.file, &state) }
    return later(state).flatMap { read($0, &state) }
  }

  private func read(_ file: Int, _ state: inout State) -> Step {
    state.lanes[file].isBeingRead = true
    return .read(file: file)
  }

  /// A compressed file after the present one that nobody reads; nil when there is none, or no
  /// memory for it.
  private func later(_ state: State) -> Int? {
    let first = state.file + 1
    guard first < readers.count, state.held < mostHeld else { return nil }
    return (first..<min(first + BlockFeeder.openAhead, readers.count)).first {
      readers[$0].isGzip && !state.lanes[$0].isBeingRead && !state.lanes[$0].isRead
    }
  }

  private func keep(_ result: Result<ScanBlock, any Error>, _ file: Int, _ state: inout State) {
    let held = file > state.file ? BlockFeeder.bytes(result) : 0
    state.held += held
    state.lanes[file].ready.append((result, held))
    state.lanes[file].isBeingRead = false
    state.lanes[file].isRead = (try? result.get().isLast) ?? true
  }

  private func take(_ state: inout State) -> Item {
    defer { state.sequence += 1 }
    let (result, held) = state.lanes[state.file].ready.removeFirst()
    state.held -= held
    do {
      var block = try result.get()
      block.sequence = state.sequence
      if block.isLast { state.file += 1 }
      return .block(block)
    } catch {
      state.isOver = true
      return .failure(sequence: state.sequence, error)
    }
  }

  /// What a block holds of memory.
  private static func bytes(_ result: Result<ScanBlock, any Error>) -> Int {
    guard case .success(let block) = result else { return 0 }
    return block.bytes.count + block.chunks.reduce(0) { $0 + $1.bytes.count }
  }
}

/// Opens a file when its first block is wanted, and closes it after its last.
private final class FileReader: @unchecked Sendable {
  // Used by one thread at a time, as the feeder tells.
  private var stream: FileStream?
  private let probe: FileProbe
  private let file: Int
  private let blockSize: Int
  private let walksCuts: Bool

  var isGzip: Bool { probe.isGzip }

  init(_ probe: FileProbe, file: Int, blockSize: Int, walksCuts: Bool) {
    (self.probe, self.file) = (probe, file)
    (self.blockSize, self.walksCuts) = (blockSize, walksCuts)
  }

  /// The next block.
  func read() -> Result<ScanBlock, any Error> {
    let result = Result {
      let stream =
        try stream ?? FileStream(probe, file: file, blockSize: blockSize, walksCuts: walksCuts)
      self.stream = stream
      return try stream.next()
    }
    if (try? result.get().isLast) ?? true { stream = nil }
    return result
  }
}
