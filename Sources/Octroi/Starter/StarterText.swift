import Tabular

/// A commented YAML text in one language, line by line.
struct StarterText {
  let language: Language
  private(set) var text = ""

  init(_ language: Language) { self.language = language }

  /// A line as it is.
  mutating func line(_ line: String = "", indent: Int = 0) {
    text += line.isEmpty ? "\n" : String(repeating: " ", count: indent) + line + "\n"
  }

  /// A key with a value that may be anything.
  /// - Parameter note: what stands after it as a comment.
  mutating func pair(_ key: String, _ value: String, indent: Int = 0, note: Message? = nil) {
    raw(key, PlainText.yaml(value), indent: indent, note: note)
  }

  /// A key with a value that is YAML already.
  mutating func raw(_ key: String, _ value: String, indent: Int = 0, note: Message? = nil) {
    var line = PlainText.yaml(key) + ": " + value
    if let note {
      let width = line.count + indent
      line += String(repeating: " ", count: max(2, 36 - width)) + "# " + note.text(language)
    }
    self.line(line, indent: indent)
  }

  /// A comment, wrapped.
  mutating func comment(_ message: Message, indent: Int = 0) {
    var line = "#"
    for word in PlainText.line(message.text(language), atMost: 2000).split(separator: " ") {
      if line.count + word.count + 1 + indent > 96, line.count > 1 {
        self.line(line, indent: indent)
        line = "#"
      }
      line += " " + word
    }
    self.line(line, indent: indent)
  }
}

/// A file of a new project.
struct ProjectFile {
  /// Relative to the project's folder.
  let path: String
  let text: String
}
