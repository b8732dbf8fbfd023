import Testing

import Tabular

@Suite struct IdentifierFinderTests {
  /// Counted, and held to: the sentences that the searches were written with, and those that were
  /// written before anybody looked at what is found in them, and changed nothing.
  @Test func figuresOnLabelledSentences() throws {
    let known = FoundFigures(
      try LabelledSentence.all("fr.txt") + LabelledSentence.all("en.txt"))
    let unseen = FoundFigures(try LabelledSentence.all("unseen.txt"))
    print("identifiers in known sentences: \(known)")
    print("identifiers in unseen sentences: \(unseen)")
    #expect(known == FoundFigures(marked: 105, exact: 101, covered: 102, wrong: 0))
    #expect(unseen == FoundFigures(marked: 45, exact: 38, covered: 38, wrong: 0))
  }

  private struct Draws {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(truncatingIfNeeded: (state >> 33) % UInt64(bound))
    }
    mutating func digits(_ count: Int) -> String {
      (0..<count).map { _ in String(next(10)) }.joined()
    }
  }

  private static let pieces = [
    "06", "12", " ", "\u{A0}", "\u{202F}", "@", "a", "Jean", "DUPONT", "M.", "rue", ".", ",", "-",
    "/", "://", ":", "né", "le", "mars", "1984", "FR76", "+", "(", ")", "é", "e\u{301}", "محمد",
    "٠٦", "\n", "🦊", "\"", "'", "’", "1.2.3.4", "::", "2A", "H2X", "AB-123-CD", "x@y.fr", "00",
  ]

  /// Whatever a text is, matches lie in it, in order, apart, and cut no character; texts that are
  /// no UTF-8 do no harm.
  @Test func matchesAreInOrderAndApart() {
    var draws = Draws(state: 7)
    var finder = IdentifierFinder()
    for round in 0..<3000 {
      var text: [UInt8] = []
      for _ in 0..<draws.next(14) {
        text += Self.pieces[draws.next(Self.pieces.count)].utf8
        if round % 3 == 0 { text.append(UInt8(truncatingIfNeeded: draws.next(256))) }
      }
      let isFound = finder.find(in: text.span)
      #expect(isFound == !finder.matches.isEmpty)
      var end = 0
      for match in finder.matches {
        #expect(match.range.lowerBound >= end && match.range.upperBound <= text.count)
        #expect(!match.range.isEmpty)
        end = match.range.upperBound
      }
      guard round % 3 != 0 else { continue }
      for place in finder.matches.flatMap({ [$0.range.lowerBound, $0.range.upperBound] })
      where place < text.count {
        #expect(text[place] & 0xC0 != 0x80, "cuts a character")
      }
    }
  }

  /// What is planted in a sentence is found, from its first byte to its last, whatever the kind and
  /// the blanks.
  @Test(arguments: ["\u{20}", "\u{A0}", "\u{202F}", "."])
  func plantedNumbersAreFound(blank: String) {
    var draws = Draws(state: UInt64(blank.utf8.count))
    var finder = IdentifierFinder()
    for _ in 0..<400 {
      let phone = (["06", "02", "07"][draws.next(3)] + draws.digits(8)).grouped(
        [2, 2, 2, 2, 2], blank)
      let body = "1\(10 + draws.next(89))0\(1 + draws.next(9))44\(draws.digits(6))"
      let key = 97 - (Int(body) ?? 0) % 97
      let nir = (body + (key < 10 ? "0" : "") + "\(key)").grouped([1, 2, 2, 2, 3, 3, 2], blank)
      for (kind, planted) in [(Identifier.phone, phone), (.nir, nir)] {
        let text = Array("Le dossier de la voisine (\(planted)), hier".utf8)
        _ = finder.find(in: text.span)
        let start = "Le dossier de la voisine (".utf8.count
        #expect(finder.matches == [IdentifierMatch(start..<start + planted.utf8.count, kind)])
      }
    }
  }

  /// Overlapping matches are one: of the longest's kind, in whatever order they were found.
  @Test func overlapsAreOne() {
    var draws = Draws(state: 3)
    for _ in 0..<500 {
      let found = (0..<draws.next(8)).map { _ in
        let start = draws.next(30)
        return IdentifierMatch(
          start..<start + 1 + draws.next(9),
          Identifier.allCases[draws.next(Identifier.allCases.count)])
      }
      let resolved = IdentifierMatch.resolved(found)
      #expect(resolved == IdentifierMatch.resolved(found.reversed()))
      for place in 0..<50 {
        #expect(
          resolved.contains { $0.range.contains(place) }
            == found.contains { $0.range.contains(place) })
      }
      for (left, right) in zip(resolved, resolved.dropFirst()) {
        #expect(left.range.upperBound <= right.range.lowerBound)
      }
    }
  }

  /// What stands in place of identifiers is none.
  @Test func tagsAreNoIdentifiers() {
    var finder = IdentifierFinder()
    for kind in Identifier.allCases {
      for tag in [kind.tag.en, kind.tag.fr] {
        let text = Array("Vu [\(tag)] et [\(tag)], 3 fois".utf8)
        let isFound = finder.find(in: text.span)
        #expect(!isFound, "\(tag)")
      }
    }
  }

  @Test func namesOfTheRowAreFoundInAnyWriting() {
    var finder = IdentifierFinder([.email])
    var names: Set<UInt128> = []
    IdentifierFinder.nameWords(Array("de La Tour-Éloïse".utf8)[...], into: &names)
    let text = Array("eloise, ELOÏSE DE LA TOUR et Éloïsette".utf8)
    let isFound = finder.find(in: text.span, names: names)
    #expect(isFound)
    #expect(
      finder.matches.map { String(decoding: text[$0.range], as: UTF8.self) }
        == ["eloise", "ELOÏSE DE LA TOUR"])
    #expect(finder.matches.allSatisfy { $0.kind == .name })
  }
}

extension String {
  fileprivate func grouped(_ sizes: [Int], _ blank: String) -> String {
    var rest = self[...]
    return sizes.map { size in
      defer { rest = rest.dropFirst(size) }
      return String(rest.prefix(size))
    }.joined(separator: blank)
  }
}
