import Synchronization

/// A stream's batches, held; past the share they lie on disk.
public final class HeldBatches: @unchecked Sendable {
  private enum Place {
    case memory(Batch)
    case disk(SpillFile, Range<Int>)
  }

  private var places: [(sequence: Int, place: Place)] = []
  public private(set) var rows = 0
  /// Roughly the bytes of all batches.
  public private(set) var bytes = 0
  private var held = 0
  private var file: SpillFile?

  public init() {}

  /// - Parameter batches: in order, in memory.
  public convenience init(_ batches: [Batch]) {
    self.init()
    places = batches.enumerated().map { ($0, .memory($1)) }
    rows = batches.reduce(0) { $0 + $1.rowCount }
    bytes = batches.reduce(0) { $0 + $1.heldBytes }
  }

  /// Used by one thread while it is filled.
  func add(_ batch: Batch, _ resources: Resources) throws {
    rows += batch.rowCount
    let size = batch.heldBytes
    bytes += size
    guard held + size > resources.share else {
      held += size
      places.append((batch.sequence, .memory(batch)))
      return
    }
    let file = try self.file ?? SpillFile(folder: resources.scratch)
    self.file = file
    places.append((batch.sequence, .disk(file, try file.append(BatchBytes.of(batch)))))
  }

  /// Takes over what others hold, and puts all of it in order; others must not be used any more.
  func join(_ others: [HeldBatches]) {
    for other in others {
      places += other.places
      rows += other.rows
      bytes += other.bytes
      other.places = []
    }
    places.sort { $0.sequence < $1.sequence }
  }

  /// The number of batches.
  public var count: Int { places.count }

  /// A batch; its sequence is its index.
  func batch(_ index: Int) throws -> Batch {
    var batch: Batch
    switch places[index].place {
    case .memory(let held): batch = held
    case .disk(let file, let range):
      guard let read = BatchBytes.batch(try file.read(range)) else { throw file.damaged }
      batch = read
    }
    batch.sequence = index
    return batch
  }

  /// All batches, in memory.
  /// - Throws: `OperatorError` when they exceed what operators may hold.
  public func all(_ resources: Resources, for step: String) throws -> [Batch] {
    guard bytes <= Swift.max(resources.memory / 2, 1 << 20) else {
      throw OperatorMessages.needsMemory(step)
    }
    return try (0..<count).map { try batch($0) }
  }

  /// The batches one by one, from the first on.
  public func source() -> any BatchSource { Reading(self) }

  private final class Reading: BatchSource {
    private let batches: HeldBatches
    private let cursor = Atomic<Int>(0)

    init(_ batches: HeldBatches) { self.batches = batches }

    func next() throws -> Batch? {
      let index = cursor.wrappingAdd(1, ordering: .relaxed).oldValue
      return index < batches.count ? try batches.batch(index) : nil
    }
  }
}
