/// A table of texts, aligned in columns of a terminal.
struct TextTable {
  private let rows: Int
  private let cellWidth: Int
  private var lines: [String]
  private var rule = ""
  private var head = ""

  /// - Parameter cellWidth: the most columns that a cell takes; longer texts are cut.
  init(rows: Int, cellWidth: Int) {
    (self.rows, self.cellWidth) = (rows, cellWidth)
    lines = Array(repeating: "", count: rows)
  }

  /// Adds a column at the right.
  /// - Parameters:
  ///   - cells: safe texts, one a row.
  ///   - isRight: whether they end at the right, as numbers do.
  mutating func add(_ name: String, _ cells: [String], isRight: Bool) {
    let name = TerminalText.cut(name, to: cellWidth)
    let texts = cells.map { TerminalText.cut($0, to: cellWidth) }
    let width = ([name] + texts).reduce(1) { max($0, TerminalText.width($1)) }
    let gap = head.isEmpty ? "" : "  "
    head += gap + Self.padded(name, to: width, isRight: isRight)
    rule += gap + String(repeating: "-", count: width)
    for row in lines.indices {
      let text = row < texts.count ? texts[row] : ""
      lines[row] += gap + Self.padded(text, to: width, isRight: isRight)
    }
  }

  /// Names, a rule and the rows, lines ended.
  var text: String {
    ([head, rule] + lines).map { Self.trimmed($0) + "\n" }.joined()
  }

  private static func padded(_ text: String, to width: Int, isRight: Bool) -> String {
    let blanks = String(repeating: " ", count: max(0, width - TerminalText.width(text)))
    return isRight ? blanks + text : text + blanks
  }

  /// Without the blanks at its end.
  private static func trimmed(_ line: String) -> Substring {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line
  }
}
