import Codecs
import Foundation
import Glibc
import StageKit

/// The gate of one output: reads behind while the file is written, on a thread of its own, so that
/// nobody waits for a second pass. A small file is read once it is whole.
final class GateWatch {
  /// Bytes from which on a file is read while it grows.
  private static let large = 1 << 23

  private let gate: Gate
  private let file: FollowedFile
  private var verdict: Verdict?

  init(_ output: PlannedOutput, _ facts: Facts, path: String) {
    gate = Gate(output: output, facts: facts, path: path)
    file = FollowedFile(path)
  }

  deinit { file.cancel() }

  /// Tells that the file has so many bytes now.
  func written(_ bytes: Int) {
    file.grow(to: bytes)
    guard verdict == nil, bytes >= GateWatch.large, gate.output.format != .json else { return }
    let verdict = Verdict()
    self.verdict = verdict
    Thread { [gate, file] in verdict.give(Result { try gate.inspect(file) }) }.start()
  }

  func cancel() { file.cancel() }

  /// Hears the gate, once the file is whole and on disk.
  /// - Throws: `RunError` when the file does not read back as it was meant.
  func finish(rowsWritten: Int) throws -> GateReport {
    file.end()
    let report = try verdict?.wait().get() ?? gate.inspect(file)
    guard report.rows == rowsWritten else {
      throw RunError(
        .refused,
        RunMessages.gateRows(gate.output.name, written: rowsWritten, read: report.rows))
    }
    return report
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
