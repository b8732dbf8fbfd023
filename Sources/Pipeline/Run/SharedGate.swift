import Codecs
import Foundation
import Glibc
import Ingest

/// The gate of a large table, worked on by several threads. A thread of its own fetches stretches
/// of the file from disk; whoever has time inflates and parses them, each by itself; what must go
/// in order (the content's hash, the seams between stretches) is done by whoever comes last.
///
/// It says yes only where reading from the start would: a stretch's pieces are inflated with
/// nothing before them to refer to and end between two deflate blocks at a byte; a stretch's first
/// records are counted from where the stretch before it, read on up to there, stands between two
/// records; checksum and length are those of the whole. In all other cases it has no verdict, and
/// the file must be read from its start.
package final class SharedGate: @unchecked Sendable {
  /// A stretch as it was fetched.
  private struct Task {
    let index: Int
    let stretch: GateStretch
    let bytes: [UInt8]
  }

  /// A stretch that was read.
  struct Reading {
    let stretch: GateStretch
    let content: [UInt8]
    /// At the end of the stretch; nil when no record begins in it.
    let parser: TallyParser?
    /// Of the content; 0 in a file that is not compressed.
    let crc: UInt32
  }

  /// The file as a whole.
  struct Whole {
    let stretches: Int
    let bytes: Int
    let sha256: String
    let fingerprint: Fingerprint
    /// What stands after the last stretch.
    let trailer: [UInt8]
  }

  /// Why it has no verdict.
  struct Doubt: Error {}

  private let terms: GateTerms
  private let file: FollowedFile
  private let route: GateRoute
  private let threads: Int
  private var isCompressed: Bool { terms.format == .csvGzip }

  private let condition = NSCondition()
  // Under the condition.
  private var tasks: [Task] = []
  private var readings: [Int: Reading] = [:]
  private var fetched = 0
  /// Stretches that are accounted for.
  private var settled = 0
  private var isSettling = false
  private var whole: Whole?
  private var hasFailed = false
  private var inflaters: [ZlibInflater] = []
  private var buffers: [[UInt8]] = []
  /// Used by one thread at a time, whoever settles.
  private let seams: GateSeams

  init(_ terms: GateTerms, _ file: FollowedFile, _ route: GateRoute, threads: Int) {
    (self.terms, self.file, self.route, self.threads) = (terms, file, route, threads)
    seams = GateSeams(terms)
  }

  /// Starts to fetch.
  func begin() {
    Thread { [self] in
      do { try fetch() } catch { fail() }
    }.start()
  }

  /// Works on what has been fetched, on the caller's thread.
  package func help() {
    while let task = condition.withLock({ tasks.isEmpty ? nil : tasks.removeFirst() }) { run(task) }
  }

  /// Works on what is left, on all threads.
  /// - Returns: nil when the file must be read from its start.
  func finish() -> GateReport? {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let task = awaitTask() { run(task) }
    }
    guard let whole = condition.withLock({ hasFailed || settled != fetched ? nil : whole }) else {
      return nil
    }
    return try? seams.report(whole)
  }

  /// Lets everything go; there will be no verdict.
  func fail() {
    condition.withLock {
      hasFailed = true
      (tasks, readings, buffers) = ([], [:], [])
      condition.broadcast()
    }
    file.cancel()
    route.cancel()
  }

  /// On the fetching thread.
  private func fetch() throws {
    let raw = HashedSource(file)
    if isCompressed {
      // A header without names, comments or extra fields.
      let header = try raw.bytes(10)
      guard header.count == 10, header[..<4] == [0x1F, 0x8B, 8, 0] else { throw Doubt() }
    }
    while let stretch = try route.next() {
      try awaitRoom()
      let bytes = try raw.bytes(stretch.file)
      guard bytes.count == stretch.file else { throw Doubt() }
      condition.withLock {
        tasks.append(Task(index: fetched, stretch: stretch, bytes: bytes))
        fetched += 1
        condition.broadcast()
      }
    }
    let trailer = try raw.bytes(isCompressed ? 11 : 1)
    condition.withLock {
      whole = Whole(
        stretches: fetched, bytes: raw.count, sha256: raw.digest, fingerprint: raw.fingerprint,
        trailer: trailer)
      condition.broadcast()
    }
  }

  /// Waits until few enough stretches are in memory. What goes in order takes about an eighth of
  /// the time, so that more of them than this would only wait.
  private func awaitRoom() throws {
    try condition.withLock {
      while fetched - settled >= min(threads, 10) + 2, !hasFailed { condition.wait() }
      if hasFailed { throw FollowedFile.Cancelled() }
    }
  }

  private func awaitTask() -> Task? {
    condition.withLock {
      while tasks.isEmpty, whole == nil, !hasFailed { condition.wait() }
      return tasks.isEmpty ? nil : tasks.removeFirst()
    }
  }

  private func run(_ task: Task) {
    do {
      settle(task.index, try read(task))
    } catch {
      fail()
    }
  }

  private func read(_ task: Task) throws -> Reading {
    let stretch = task.stretch
    var content = task.bytes
    var crc: UInt32 = 0
    if isCompressed {
      let inflater = try condition.withLock { inflaters.popLast() } ?? ZlibInflater()
      content = condition.withLock { buffers.popLast() } ?? []
      if content.count < stretch.content { content = [UInt8](repeating: 0, count: stretch.content) }
      var (from, place) = (0, 0)
      for piece in stretch.pieces {
        guard
          try inflater.inflatePiece(
            task.bytes, from..<(from + piece.file), into: &content, place..<(place + piece.content))
        else { throw Doubt() }
        from += piece.file
        place += piece.content
      }
      crc = inflater.crc(0, content, 0..<stretch.content)
      condition.withLock { inflaters.append(inflater) }
    }
    var parser: TallyParser?
    if let first = stretch.firstRecord {
      parser = try TallyParser(terms.tally, delimiter: terms.delimiter)
      guard parser?.take(content, first..<stretch.content) == true else { throw Doubt() }
    }
    return Reading(stretch: stretch, content: content, parser: parser, crc: crc)
  }

  /// Accounts for a stretch, and for those after it that waited for it.
  private func settle(_ index: Int, _ reading: consuming Reading) {
    condition.lock()
    readings[index] = reading
    guard !isSettling else { return condition.unlock() }
    isSettling = true
    while let next = readings.removeValue(forKey: settled) {
      condition.unlock()
      do { try seams.take(next) } catch { fail() }
      condition.lock()
      if isCompressed, !hasFailed { buffers.append(next.content) }
      settled += 1
      condition.broadcast()
    }
    isSettling = false
    condition.unlock()
  }
}
