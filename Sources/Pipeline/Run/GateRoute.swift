import Foundation

/// A stretch of a staged table that can be read back by itself, if the writer told the truth.
struct GateStretch: Sendable {
  /// Bytes of the file.
  var file = 0
  /// Bytes of content.
  var content = 0
  /// In a compressed file, the pieces that were deflated apart: bytes of the file, of content.
  var pieces: [(file: Int, content: Int)] = []
  /// Bytes of content before the first record that begins in it; nil when none does.
  var firstRecord: Int?
}

/// What the writer tells of a file in the making: where pieces end and records begin. Hints only;
/// whoever uses them proves them.
final class GateRoute: @unchecked Sendable {
  private let size: Int
  private let isCompressed: Bool
  private let condition = NSCondition()
  // Under the condition.
  private var current = GateStretch()
  private var ready: [GateStretch] = []
  /// Where records begin, in bytes of content; those that no piece has reached yet.
  private var records: [Int] = []
  /// Content of the pieces so far.
  private var reached = 0
  private var isEnded = false
  private var isCancelled = false

  /// - Parameter size: bytes of content from which on a stretch ends where a record begins. Twice
  ///   as long, it ends anywhere.
  init(size: Int, isCompressed: Bool) { (self.size, self.isCompressed) = (size, isCompressed) }

  /// A record begins after so many bytes of content; told before the piece that holds it.
  func record(at place: Int) {
    condition.withLock { if !isCancelled { records.append(place) } }
  }

  /// So many bytes of the file came, which hold so many bytes of content.
  func add(file: Int, content: Int) {
    condition.withLock {
      if isCancelled { return }
      guard !isCompressed else { return take(file, content) }
      var left = content
      while left > 0 {
        let part = min(left, size)
        take(part, part)
        left -= part
      }
    }
  }

  private func take(_ file: Int, _ content: Int) {
    let end = reached + content
    let first = records.first.flatMap { $0 < end ? $0 - reached : nil }
    if current.content >= 2 * size || (current.content >= size && first != nil) { flush() }
    if current.firstRecord == nil, let first { current.firstRecord = current.content + first }
    current.file += file
    current.content += content
    if isCompressed { current.pieces.append((file, content)) }
    reached = end
    if first != nil { records.removeFirst(records.prefix { $0 < end }.count) }
  }

  private func flush() {
    if current.file > 0 { ready.append(current) }
    current = GateStretch()
    condition.signal()
  }

  /// No more will come.
  func end() {
    condition.withLock {
      flush()
      isEnded = true
    }
  }

  /// Nobody will ask any more.
  func cancel() {
    condition.withLock {
      isCancelled = true
      (ready, records, current) = ([], [], GateStretch())
      condition.signal()
    }
  }

  /// Waits for the next stretch; nil after the last.
  func next() throws -> GateStretch? {
    try condition.withLock {
      while ready.isEmpty, !isEnded, !isCancelled { condition.wait() }
      if isCancelled { throw FollowedFile.Cancelled() }
      return ready.isEmpty ? nil : ready.removeFirst()
    }
  }
}
