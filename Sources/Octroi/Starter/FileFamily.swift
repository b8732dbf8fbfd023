import Ingest
import Tabular

/// What the names of files that are delivered again and again have in common: everything but
/// numbers and months.
package struct FileFamily: Hashable {
  /// The folder, as written in paths; empty for the project's own.
  package let folder: String
  /// Words of the name, without numbers and months, folded.
  package let words: [String]
  /// From the first known ending on, such as `.csv.gz`.
  package let ending: String

  /// - Parameter path: relative, with `/`.
  package init(_ path: String) {
    let (folder, name) = FileFamily.split(path)
    let (stem, ending) = FileFamily.stem(name)
    (self.folder, self.ending) = (folder, ending.lowercased())
    let tokens = FileFamily.tokens(stem)
    words = tokens.filter { !$0.isNumber && !FileFamily.months.contains($0.folded) }.map(\.folded)
  }

  /// The name of a source made of these files, still to be made safe.
  /// - Parameter fallback: where nothing but numbers is in the name.
  package func name(fallback: String) -> String {
    if !words.isEmpty { return words.joined(separator: "_") }
    let folder = folder.split(separator: "/").last { $0 != ".." }.map(String.init)
    return folder ?? fallback
  }

  /// The pattern for files of one family, such as `demandes-*.csv`: what all names begin and end
  /// with, up to the numbers or months that differ.
  /// - Returns: nil when they have nothing in common to go by.
  package static func pattern(_ paths: [String]) -> String? {
    guard let first = paths.first, paths.count > 1 else { return nil }
    let names = paths.map { Array(split($0).name.unicodeScalars) }
    let shortest = names.map(\.count).min() ?? 0
    var start = 0
    while start < shortest, names.allSatisfy({ $0[start] == names[0][start] }) { start += 1 }
    var end = 0
    while end < shortest - start,
      names.allSatisfy({ $0[$0.count - 1 - end] == names[0][names[0].count - 1 - end] })
    {
      end += 1
    }
    // Where names differ within a word (juin, juillet), it does not belong to what is common.
    let isCutBefore = names.contains { start < $0.count && isLetter($0[start]) }
    let isCutAfter = names.contains { $0.count > end && isLetter($0[$0.count - 1 - end]) }
    let head = opening(names[0].prefix(start), isCut: isCutBefore)
    let tail = closing(names[0].suffix(end), isCut: isCutAfter)
    guard !head.isEmpty || tail.count > 1, !Glob.isPattern(head + tail) else { return nil }
    let folder = split(first).folder
    guard !Glob.isPattern(folder) else { return nil }
    return folder + head + "*" + tail
  }

  /// Back over the numbers before what differs, but for the marks after the last word:
  /// `demandes-2024-0` becomes `demandes-`.
  private static func opening(_ scalars: ArraySlice<Unicode.Scalar>, isCut: Bool) -> String {
    var head = scalars
    while isCut, let last = head.last, isLetter(last) { head.removeLast() }
    var kept = head
    while let last = kept.last, !isLetter(last) { kept.removeLast() }
    let marks = head[kept.endIndex...].prefix { !isDigit($0) }
    return String(String.UnicodeScalarView(kept + marks))
  }

  private static func closing(_ scalars: ArraySlice<Unicode.Scalar>, isCut: Bool) -> String {
    var tail = scalars
    while isCut, let first = tail.first, isLetter(first) { tail.removeFirst() }
    tail = tail.drop(while: isDigit)
    // Numbers that all names end with may differ next year.
    while let mark = tail.first, mark != ".", let next = tail.dropFirst().first, isDigit(next) {
      tail = tail.dropFirst().drop(while: isDigit)
    }
    return String(String.UnicodeScalarView(tail))
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    isDigit(scalar) || isLetter(scalar)
  }

  /// The folder with its `/`, and the name.
  static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[...slash]), String(path[path.index(after: slash)...]))
  }

  private static func stem(_ name: String) -> (stem: String, ending: String) {
    var stem = name
    for ending in [".gz", ".csv", ".tsv", ".txt", ".tab", ".dat"]
    where stem.lowercased().hasSuffix(ending) && stem.count > ending.count {
      stem = String(stem.dropLast(ending.count))
    }
    return (stem, String(name.dropFirst(stem.count)))
  }

  private struct Token {
    let folded: String
    let isNumber: Bool
  }

  /// Words and numbers; the letter of `T1`, `Q3`, `S42`, `v2` belongs to its number.
  private static func tokens(_ stem: String) -> [Token] {
    var tokens: [Token] = []
    var word = String.UnicodeScalarView()
    func flush() {
      let folded = NearMiss.folded(String(word))
      if !folded.isEmpty {
        tokens.append(Token(folded: folded, isNumber: word.allSatisfy(isDigit)))
      }
      word = String.UnicodeScalarView()
    }
    for scalar in stem.unicodeScalars {
      if !isWord(scalar), !scalar.properties.isDiacritic {
        flush()
      } else {
        if let last = word.last, isDigit(last) != isDigit(scalar) { flush() }
        word.append(scalar)
      }
    }
    flush()
    let numbered = tokens.indices.filter { index in
      index + 1 < tokens.count && tokens[index + 1].isNumber
        && ["t", "q", "s", "w", "m", "v"].contains(tokens[index].folded)
    }
    return tokens.indices.filter { !numbered.contains($0) }.map { tokens[$0] }
  }

  private static let months: Set<String> = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre",
    "novembre", "decembre", "janv", "fevr", "avr", "juil", "sept", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan",
    "feb", "fev", "mar", "apr", "jun", "jul", "aug", "aou", "sep", "oct", "nov", "dec",
  ]
}
