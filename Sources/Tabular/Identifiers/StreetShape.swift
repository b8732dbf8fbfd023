/// `12 bis, rue de la Paix`: a number and a word for a street.
package enum StreetShape {
  private static let words = PlainWords.keys([
    "rue", "avenue", "av", "ave", "boulevard", "bd", "bld", "blvd", "place", "pl", "chemin", "ch",
    "impasse", "imp", "allee", "all", "allees", "quai", "route", "rte", "cours", "square",
    "lotissement", "lot", "residence", "passage", "sentier", "villa", "street", "st", "road", "rd",
    "lane", "drive", "hameau", "cite", "ruelle", "esplanade", "zone", "za", "faubourg", "fg",
  ])
  private static let repeats = PlainWords.keys(["bis", "ter", "quater", "b", "t", "a", "c", "d"])
  private static let lastWords = PlainWords.keys(["street", "road", "lane", "avenue", "drive"])

  package static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
    let number = cell.prefix { (0x30...0x39).contains($0) }
    guard (1...4).contains(number.count) else { return false }
    var words = PlainWords.of(cell.dropFirst(number.count), atMost: 4)
    if let first = words.first, repeats.contains(first), words.count > 2 { words.removeFirst() }
    // `12 Main Street` ends with its word.
    return words.count > 1
      && (StreetShape.words.contains(words[0])
        || lastWords.contains(words[words.count - 1]))
  }
}
