import Glibc
import Tabular

/// Writes rejected records to a CSV file with DuckDB's columns and the rule broken. The file holds
/// raw rows, often personal: only its owner may read it (0600), and nothing of it goes elsewhere.
/// Made when the first reject comes. Memory: one buffer.
final class RejectWriter {
  /// The columns, in order; the first nine are those of DuckDB's `reject_errors`.
  static let columns = [
    "file", "line", "line_byte_position", "byte_position", "column_idx", "column_name",
    "error_type", "csv_line", "error_message", "rule",
  ]
  private static let flushed = 1 << 16

  let path: String
  private let language: Language
  private var descriptor: Int32 = -1
  private var buffer: [UInt8] = []
  private(set) var count = 0

  /// Takes away what an earlier attempt left at the path.
  init(path: String, language: Language) {
    (self.path, self.language) = (path, language)
    unlink(path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes the rejects of a block.
  /// - Parameters:
  ///   - line, byte: of the start of the block in the file.
  func write(
    _ work: BlockWork, _ schema: SchemaPlan, line: Int, byte: Int
  ) throws(IngestError) {
    if descriptor < 0 { try create() }
    var walk = RejectWalk(work, schema)
    let held = buffer
    buffer = []
    var text = RejectText(held, work, line: line, byte: byte, language)
    while let reject = walk.next() {
      text.append(reject, walk)
      count += 1
      if text.bytes.count >= RejectWriter.flushed {
        buffer = text.give()
        try flush()
        text.take(back: buffer)
        buffer = []
      }
    }
    buffer = text.give()
  }

  /// Writes what is held back, through to the disk.
  func finish() throws(IngestError) {
    guard descriptor >= 0 else { return }
    try flush()
    guard fsync(descriptor) == 0 else { throw IngestError.machine(path, errno: errno) }
  }

  private func create() throws(IngestError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw IngestError.machine(path, errno: errno) }
    for name in RejectWriter.columns {
      RejectText.cell(name, in: &buffer, last: name == RejectWriter.columns.last)
    }
  }

  private func flush() throws(IngestError) {
    try Spool.append(buffer, buffer.count, to: descriptor, path)
    buffer.removeAll(keepingCapacity: true)
  }
}
