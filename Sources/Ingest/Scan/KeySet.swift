import Glibc
import Tabular

/// The keys of all rows that passed so far, for `unique` and `primaryKey`. Rows come in the order
/// of the source (inside the ordered gate), so that the first of equal keys stays, whatever the
/// threads. Hashes are compared first, then the keys themselves, so that nothing depends on the
/// hash. Memory: 36 to 72 bytes a row; the keys lie in a scratch file once they outgrow a buffer.
final class KeySet {
  private static let bufferSize = 1 << 22

  private struct Slot {
    var hash: UInt64
    /// Where the key lies, plus one; 0 for a free slot.
    var place: UInt64
    var length: UInt32
  }

  private let scratch: String
  private let limit: Int
  private var slots: [Slot]
  private var count = 0
  /// The keys added last; those before lie in the file.
  private var buffer: [UInt8] = []
  private var spilled = 0
  private var descriptor: Int32 = -1

  /// - Parameters:
  ///   - scratch: a private folder.
  ///   - memory: bytes that the table may take.
  init(scratch: String, memory: Int) {
    self.scratch = scratch
    limit = max(memory, 1 << 20)
    slots = Array(repeating: Slot(hash: 0, place: 0, length: 0), count: 1 << 10)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Adds the key `bytes[range]` unless it is there already.
  /// - Returns: whether it was new.
  func insert(
    _ hash: UInt64, _ bytes: [UInt8], _ range: Range<Int>
  ) throws(IngestError) -> Bool {
    if count * 3 >= slots.count * 2 { try grow() }
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].place != 0 {
      if slots[index].hash == hash, Int(slots[index].length) == range.count,
        try equals(slots[index], bytes, range)
      {
        return false
      }
      index = (index + 1) & mask
    }
    slots[index] = Slot(
      hash: hash, place: UInt64(spilled + buffer.count + 1), length: UInt32(clamping: range.count))
    buffer.append(contentsOf: bytes[range])
    count += 1
    if buffer.count >= KeySet.bufferSize { try spill() }
    return true
  }

  /// Whether the key `bytes[range]` is there.
  func contains(
    _ hash: UInt64, _ bytes: [UInt8], _ range: Range<Int>
  ) throws(IngestError) -> Bool {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: hash) & mask
    while slots[index].place != 0 {
      if slots[index].hash == hash, Int(slots[index].length) == range.count,
        try equals(slots[index], bytes, range)
      {
        return true
      }
      index = (index + 1) & mask
    }
    return false
  }

  private func grow() throws(IngestError) {
    let size = slots.count * 2
    guard size * MemoryLayout<Slot>.stride <= limit else {
      throw IngestError(
        .machine, "too_many_keys",
        Message(
          en: "the keys of \(count) rows do not fit into the memory allowed",
          fr: "les clés de \(count) lignes ne tiennent pas dans la mémoire permise"),
        remedy: Message(
          en: "raise --memory, or check uniqueness downstream with 'deduplicate'",
          fr: "augmentez --memory, ou vérifiez l’unicité en aval avec « deduplicate »"))
    }
    var larger = [Slot](repeating: Slot(hash: 0, place: 0, length: 0), count: size)
    for slot in slots where slot.place != 0 {
      var index = Int(truncatingIfNeeded: slot.hash) & (size - 1)
      while larger[index].place != 0 { index = (index + 1) & (size - 1) }
      larger[index] = slot
    }
    slots = larger
  }

  private func equals(
    _ slot: Slot, _ bytes: [UInt8], _ range: Range<Int>
  ) throws(IngestError) -> Bool {
    let place = Int(slot.place - 1)
    if place >= spilled {
      let from = place - spilled
      return buffer[from..<(from + range.count)].elementsEqual(bytes[range])
    }
    var stored = [UInt8](repeating: 0, count: range.count)
    var done = 0
    while done < stored.count {
      let got = stored.withUnsafeMutableBytes { raw in
        raw.baseAddress.map { pread(descriptor, $0 + done, raw.count - done, place + done) } ?? 0
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { throw IngestError.machine(scratch, errno: got < 0 ? errno : EIO) }
      done += got
    }
    return stored.elementsEqual(bytes[range])
  }

  private func spill() throws(IngestError) {
    if descriptor < 0 {
      let (opened, path) = try Spool.create(in: scratch)
      // Without a name, the file goes with its last user.
      unlink(path)
      descriptor = opened
    }
    try Spool.append(buffer, buffer.count, to: descriptor, scratch)
    spilled += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
