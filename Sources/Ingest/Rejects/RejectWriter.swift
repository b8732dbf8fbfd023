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

  /// - Parameters:
  ///   - line, byte: of the start of the reject's block in the file.
  func write(
    _ reject: Reject, file: String, line: Int, byte: Int
  ) throws(IngestError) {
    if descriptor < 0 { try create() }
    count += 1
    text(file)
    number(line + reject.line)
    number(byte + reject.lineBytes)
    number(byte + reject.bytes)
    if let column = reject.column { number(column + 1) } else { separator() }
    text(reject.columnName ?? "")
    text(reject.kind.errorType)
    quoted(reject.text)
    text(reject.kind.message.text(language))
    text(reject.rule, last: true)
    if buffer.count >= RejectWriter.flushed { try flush() }
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
    for name in RejectWriter.columns { text(name, last: name == RejectWriter.columns.last) }
  }

  private func flush() throws(IngestError) {
    try Spool.append(buffer, buffer.count, to: descriptor, path)
    buffer.removeAll(keepingCapacity: true)
  }

  private func separator(last: Bool = false) {
    buffer.append(last ? 0x0A : UInt8(ascii: ","))
  }

  private func number(_ value: Int) {
    buffer.append(contentsOf: String(value).utf8)
    separator()
  }

  private func text(_ text: String, last: Bool = false) {
    let bytes = Array(text.utf8)
    let special = bytes.contains { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }
    if special { quote(bytes) } else { buffer.append(contentsOf: bytes) }
    separator(last: last)
  }

  private func quoted(_ bytes: [UInt8]) {
    quote(bytes)
    separator()
  }

  private func quote(_ bytes: [UInt8]) {
    buffer.append(0x22)
    for byte in bytes {
      if byte == 0x22 { buffer.append(0x22) }
      buffer.append(byte)
    }
    buffer.append(0x22)
  }
}
