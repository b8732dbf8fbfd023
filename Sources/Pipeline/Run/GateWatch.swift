import Codecs
import Foundation
import Glibc
import StageKit

/// The gate of one output: reads behind while the file is written, so that nobody waits for a
/// second pass. With one thread, on a thread of its own from start to end; with more, large tables
/// are read in stretches, by whoever asks to help. A small file is read once it is whole.
package final class GateWatch {
  /// From where on the gate works otherwise; verdicts do not depend on it.
  package struct Sizes: Sendable {
    /// Bytes from which on a file is read while it grows.
    package var large = 1 << 23
    /// Bytes from which on a whole file is shared.
    package var shared = 1 << 20
    /// Bytes of content in a stretch.
    package var stretch = 1 << 21
    /// Entries of classes that are held at once when they are counted.
    package var entries = ClassRecount.entries

    package init() {}
  }

  private let gate: Gate
  private let sizes: Sizes
  private let threads: Int
  private let file: FollowedFile
  private let route: GateRoute
  private var written = Fingerprint()
  private var verdict: Verdict?
  private var shared: SharedGate?

  package init(_ terms: GateTerms, path: String, threads: Int, sizes: Sizes = Sizes()) {
    gate = Gate(terms: terms, path: path)
    (self.sizes, self.threads) = (sizes, threads)
    file = FollowedFile(path)
    route = GateRoute(size: sizes.stretch, isCompressed: terms.format == .csvGzip)
    if !canShare { route.cancel() }
  }

  deinit { cancel() }

  private var canShare: Bool {
    threads > 1 && (gate.terms.format == .csv || gate.terms.format == .csvGzip)
  }

  /// Tells, before it is written, that a record begins after so many bytes of content.
  package func record(at place: Int) { route.record(at: place) }

  /// Tells that the file has these bytes more.
  /// - Parameter content: how many bytes of content they are; 0 for what frames it.
  package func written(_ bytes: [UInt8], content: Int) {
    written.add(bytes, 0..<bytes.count)
    file.grow(to: written.count)
    if content > 0 { route.add(file: bytes.count, content: content) }
    guard written.count >= sizes.large else { return }
    if canShare {
      share()
    } else if verdict == nil, gate.terms.format != .json {
      let verdict = Verdict()
      self.verdict = verdict
      Thread { [gate, file] in verdict.give(Result { try gate.inspect(file) }) }.start()
    }
  }

  private func share() {
    guard shared == nil else { return }
    let shared = SharedGate(gate.terms, file, route, threads: threads)
    shared.begin()
    self.shared = shared
  }

  /// What helps with reading back; nil while there is nothing to help with. May be kept and used
  /// on any thread.
  package var work: SharedGate? { shared }

  /// Whether the verdict came from reading in stretches.
  package private(set) var isShared = false

  package func cancel() {
    file.cancel()
    route.cancel()
    shared?.fail()
  }

  /// Hears the gate, once the file is whole and on disk.
  /// - Throws: `RunError` when the file does not read back as it was meant.
  package func finish(rowsWritten: Int) throws -> GateReport {
    if canShare, written.count >= sizes.shared { share() }
    file.end()
    route.end()
    let found = shared?.finish()
    isShared = found != nil
    let report = try found ?? verdict?.wait().get() ?? fromTheStart()
    guard report.rows == rowsWritten else {
      throw RunError(
        .refused,
        RunMessages.gateRows(gate.terms.name, written: rowsWritten, read: report.rows))
    }
    guard report.fingerprint == written else {
      throw RunError(.refused, RunMessages.gateBytes(gate.terms.name))
    }
    if gate.terms.asksForRows {
      try PromiseRecount(
        StagedRows(terms: gate.terms, path: gate.path) { self.wholeFile() }, written,
        most: sizes.entries
      ).run()
    }
    return report
  }

  /// The whole file, from its start.
  private func wholeFile() -> FollowedFile {
    let file = FollowedFile(gate.path)
    file.grow(to: written.count)
    file.end()
    return file
  }

  /// Reads the whole file on this thread.
  private func fromTheStart() throws -> GateReport {
    try gate.inspect(wholeFile())
  }
}

/// What the gate's thread found, for whoever waits for it.
private final class Verdict: @unchecked Sendable {
  private let condition = NSCondition()
  private var result: Result<GateReport, any Error>?

  func give(_ result: Result<GateReport, any Error>) {
    condition.withLock {
      self.result = result
      condition.broadcast()
    }
  }

  func wait() -> Result<GateReport, any Error> {
    condition.withLock {
      while true {
        if let result { return result }
        condition.wait()
      }
    }
  }
}

/// A file read from disk while somebody writes it: waits at what is its end for now.
final class FollowedFile: ByteSource, @unchecked Sendable {
  /// Bytes that must have come before they are read, unless they are the last.
  private static let stretch = 1 << 22

  /// Thrown to the reader when nobody needs the file any more.
  struct Cancelled: Error {}

  private let path: String
  private let condition = NSCondition()
  // Under the condition.
  private var written = 0
  private var isWhole = false
  private var isCancelled = false
  // The reader's own.
  private var descriptor: Int32 = -1
  private var position = 0
  /// Up to here the file is on disk, and not only in memory.
  private var settled = 0

  init(_ path: String) { self.path = path }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func grow(to bytes: Int) {
    condition.withLock {
      written = bytes
      condition.signal()
    }
  }

  func end() {
    condition.withLock {
      isWhole = true
      condition.signal()
    }
  }

  func cancel() {
    condition.withLock {
      isCancelled = true
      condition.signal()
    }
  }

  func read(into buffer: inout [UInt8], from start: Int) throws -> Int {
    if position >= settled { settle(upTo: try next()) }
    if descriptor < 0 {
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw RunError.machine(RunMessages.open, path, errno) }
    }
    while true {
      // At the end, whatever stands there is read, too: the file must be as long as it was made.
      let most = position < settled ? min(buffer.count - start, settled - position) : 1
      let count = buffer.withUnsafeMutableBytes { bytes in
        pread(descriptor, bytes.baseAddress.map { $0 + start }, most, off_t(position))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw RunError.machine(RunMessages.open, path, errno) }
      position += count
      return count
    }
  }

  /// Waits for more.
  /// - Returns: how far the file may be read now.
  private func next() throws -> Int {
    try condition.withLock {
      while !isWhole, !isCancelled, written - position < FollowedFile.stretch { condition.wait() }
      if isCancelled { throw Cancelled() }
      return written
    }
  }

  /// Has bytes written to disk and dropped from memory, so that it is the disk that is read.
  private func settle(upTo end: Int) {
    guard end > settled else { return }
    if descriptor < 0 { descriptor = open(path, O_RDONLY | O_CLOEXEC) }
    if descriptor >= 0 {
      // A failure to write comes out when the writer syncs.
      fdatasync(descriptor)
      posix_fadvise(descriptor, off_t(settled), off_t(end - settled), POSIX_FADV_DONTNEED)
    }
    settled = end
  }
}
