/// The words of a cell, folded: small letters without accents; what is no letter ends a word.
package enum PlainWords {
  package typealias Key = UInt128

  /// The keys of words.
  static func keys(_ words: some Sequence<some StringProtocol>) -> Set<Key> { WordKey.set(words) }

  /// - Parameter most: words that are looked at.
  package static func of(_ cell: ArraySlice<UInt8>, atMost most: Int) -> [Key] {
    measured(cell, atMost: most).map(\.key)
  }

  /// The words with the number of their letters.
  static func measured(_ cell: ArraySlice<UInt8>, atMost most: Int) -> [(key: Key, letters: Int)] {
    var words: [(key: Key, letters: Int)] = []
    words.reserveCapacity(most)
    let text = cell.span
    var (key, letters, place) = (WordKey(), 0, 0)
    while place < text.count {
      let scalar = TextScalar(text, at: place)
      place += scalar.length
      if scalar.kind.isLetter {
        key.add(scalar)
        letters += 1
      } else if scalar.kind != .mark, letters > 0 {
        words.append((key.value, letters))
        if words.count >= most { return words }
        (key, letters) = (WordKey(), 0)
      }
    }
    if letters > 0 { words.append((key.value, letters)) }
    return words
  }
}
