import TestSupport

import Tabular

/// Sentences in which identifiers are marked: `[[kind:text]]`.
struct LabelledSentence {
  let text: [UInt8]
  let truth: [IdentifierMatch]

  init(_ line: Substring) throws {
    var (text, truth) = ([UInt8](), [IdentifierMatch]())
    var rest = line
    while let open = rest.firstRange(of: "[[") {
      text += rest[..<open.lowerBound].utf8
      rest = rest[open.upperBound...]
      guard let colon = rest.firstIndex(of: ":"), let close = rest.firstRange(of: "]]"),
        let kind = Identifier(rawValue: String(rest[..<colon]))
      else { throw Unreadable(line: String(line)) }
      let start = text.count
      text += rest[rest.index(after: colon)..<close.lowerBound].utf8
      truth.append(IdentifierMatch(start..<text.count, kind))
      rest = rest[close.upperBound...]
    }
    (self.text, self.truth) = (text + rest.utf8, truth)
  }

  struct Unreadable: Error { let line: String }

  static func all(_ file: String) throws -> [LabelledSentence] {
    try Repository.text("Tests/TabularTests/Identifiers/sentences/" + file)
      .split(separator: "\n").map { try LabelledSentence($0) }
  }
}

/// How many identifiers of sentences were found.
struct FoundFigures: Equatable, CustomStringConvertible {
  var marked = 0
  /// With their kind, from their first byte to their last.
  var exact = 0
  /// Of which no byte would be left.
  var covered = 0
  /// Matches that touch nothing marked.
  var wrong = 0

  init(marked: Int, exact: Int, covered: Int, wrong: Int) {
    (self.marked, self.exact) = (marked, exact)
    (self.covered, self.wrong) = (covered, wrong)
  }

  init(_ sentences: [LabelledSentence]) {
    var finder = IdentifierFinder()
    for sentence in sentences {
      _ = finder.find(in: sentence.text.span)
      let found = finder.matches
      marked += sentence.truth.count
      for truth in sentence.truth {
        if found.contains(where: { $0.range == truth.range && $0.kind == truth.kind }) {
          exact += 1
        }
        if found.contains(where: {
          $0.range.lowerBound <= truth.range.lowerBound
            && $0.range.upperBound >= truth.range.upperBound
        }) {
          covered += 1
        }
      }
      wrong += found.count { match in !sentence.truth.contains { $0.range.overlaps(match.range) } }
    }
  }

  var description: String {
    func share(_ part: Int, _ whole: Int) -> String {
      "\(part)/\(whole) (\(whole == 0 ? 100 : part * 1000 / whole)‰)"
    }
    return "exact \(share(exact, marked)), covered \(share(covered, marked)), wrong \(wrong) of "
      + "\(covered + wrong)"
  }
}
