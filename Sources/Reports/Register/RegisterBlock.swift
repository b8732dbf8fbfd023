import Tabular

/// A piece of a register in one language, before it is a page or Markdown. Its texts are texts:
/// whoever writes them sees to it that they stay so.
enum RegisterBlock {
  /// A line of an activity's sheet.
  struct Line {
    let text: String
    /// What it is said of, where not of all.
    var owners: String?
    var isGap = false
  }

  enum Cell {
    case text(String)
    /// Names and options as they stand in files, one a line.
    case code([String])
  }

  case heading(Int, String, id: String)
  case paragraph(String)
  case warning(String)
  case contents([(text: String, id: String)])
  case facts(caption: String, columns: [String], rows: [(label: String, lines: [Line])])
  case table(caption: String, columns: [String], rows: [[Cell]])
  case list([String])
}

/// Text that somebody wrote, on one line: control characters and line breaks become blanks, and
/// nothing in it turns the line around.
enum PlainLine {
  static func text(_ text: String) -> String {
    var (result, isBlank) = ("", true)
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        if !isBlank { result += " " }
        isBlank = true
      // Bidirectional and zero-width ones show nothing and change what is shown.
      case .format where scalar.value != 0x200D && scalar.value != 0x200C:
        continue
      default:
        let isSpace = scalar == " "
        if !(isSpace && isBlank) { result.unicodeScalars.append(scalar) }
        isBlank = isSpace
      }
    }
    if result.hasSuffix(" ") { result.removeLast() }
    return result
  }
}
