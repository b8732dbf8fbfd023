/// A CSV file while it is written: UTF-8 until the end, when it is put into its encoding.
///
/// Cells are quoted where RFC 4180 asks for it. The sheet counts physical lines, so that the truth
/// can say where each odd row begins.
struct Sheet {
  let delimiter: String
  let newline: String
  private(set) var bytes: [UInt8] = []
  private(set) var line = 1
  var truth: FileTruth

  init(name: String, delimiter: String, newline: String = "\r\n") {
    self.delimiter = delimiter
    self.newline = newline
    truth = FileTruth(name: name)
  }

  /// A row that a reader accepts, perhaps with a warning.
  mutating func good(_ cells: [String], warned: Breakage? = nil) {
    if let warned { truth.note(warned, line: line) }
    truth.passed += 1
    write(cells.map(quoted).joined(separator: delimiter) + newline)
  }

  /// A row whose values break the schema, though its form is right.
  mutating func bad(_ cells: [String], _ kind: Breakage) {
    odd(cells.map(quoted).joined(separator: delimiter), kind)
  }

  /// A line that stands in the file exactly as given.
  mutating func odd(_ raw: String, _ kind: Breakage) {
    truth.note(kind, line: line)
    write(raw + newline)
  }

  /// The header, or a `sep=` line: not counted.
  mutating func uncounted(_ raw: String) { write(raw + newline) }

  /// Takes the last line end away: some programs write none.
  mutating func dropFinalNewline() { bytes.removeLast(newline.utf8.count) }

  /// Quotes `cell` if it holds the delimiter, a quote or a line break.
  func quoted(_ cell: String) -> String {
    let special = cell.utf8.contains { byte in
      byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D || byte == delimiter.utf8.first
    }
    return special ? Sheet.inQuotes(cell) : cell
  }

  /// `cell` in quotes, its own quotes doubled.
  static func inQuotes(_ cell: String) -> String {
    var out = "\""
    for character in cell.unicodeScalars {
      if character == "\"" { out += "\"" }
      out.unicodeScalars.append(character)
    }
    return out + "\""
  }

  private mutating func write(_ text: String) {
    for byte in text.utf8 where byte == 0x0A { line += 1 }
    bytes += text.utf8
  }
}
