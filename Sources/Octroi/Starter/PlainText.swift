/// Text of others (headers, file names) made fit for a terminal, a comment or a YAML value.
enum PlainText {
  /// One line without control, invisible or direction-changing characters, cut if it is long.
  static func line(_ text: String, atMost most: Int = 120) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      shown.unicodeScalars.append(isPrintable(scalar) ? scalar : " ")
      if shown.unicodeScalars.count > most { return String(shown.prefix(most - 1)) + "…" }
    }
    return shown
  }

  /// Whether a character shows as itself everywhere: in terminals, editors and YAML 1.2.
  static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
      0xFE00...0xFE0F, 0xFEFF, 0xFFF0...0xFFFF, 0xE0000...0x10FFFF:
      false
    default: true
    }
  }

  /// A YAML value or key that means this text and nothing else: as it is where that is safe, in
  /// double quotes with escapes otherwise.
  static func yaml(_ text: String) -> String {
    if isPlain(text) { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case let scalar where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      case let scalar:
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value > 0xFFFF ? 8 : 4
        quoted += width == 8 ? "\\U" : "\\u"
        quoted += String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return quoted + "\""
  }

  /// Words that some YAML reader takes for something else than text.
  private static let words: Set<String> = [
    "null", "true", "false", "yes", "no", "on", "off", "y", "n",
  ]

  /// Letters first, then letters, digits and what paths are made of.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first) else { return false }
    return !words.contains(text.lowercased())
      && text.unicodeScalars.allSatisfy {
        isLetter($0) || ("0"..."9").contains($0) || "_-./".unicodeScalars.contains($0)
      }
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }
}

/// Rows of texts in columns of their own width.
enum TextTable {
  /// - Returns: the head and the rows, padded with blanks; the last column is not.
  static func lines(_ head: [String], _ rows: [[String]]) -> [String] {
    let all = [head] + rows
    let widths = head.indices.map { column in
      all.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    // A column with nothing in it but its name is left out.
    let shown = head.indices.filter { column in
      rows.contains { column < $0.count && !$0[column].isEmpty }
    }
    return all.map { row in
      var line = ""
      for column in shown where column < row.count {
        line += row[column]
        if column != shown.last {
          line += String(repeating: " ", count: widths[column] - row[column].count + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
