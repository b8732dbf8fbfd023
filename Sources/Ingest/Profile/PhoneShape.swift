/// Telephone numbers as French-speaking countries and Canada write them. Digits alone are enough
/// only where they begin as a phone does; numbers of eight and nine digits must be grouped.
enum PhoneShape {
  /// Digits in each group: Burkina Faso and Tunisia, Senegal, Cameroon, Belgium.
  private static let groupings: Set<[Int]> = [
    [2, 2, 2, 2], [2, 3, 2, 2], [1, 2, 2, 2, 2], [3, 2, 2, 2], [4, 2, 2, 2],
  ]

  static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
    var groups: [Int] = []
    var digits: [UInt8] = []
    var isOpen = false
    for byte in cell {
      switch byte {
      case 0x30...0x39:
        digits.append(byte)
        if isOpen { groups[groups.count - 1] += 1 } else { groups.append(1) }
        isOpen = true
      case UInt8(ascii: "+"): if !digits.isEmpty { return false }
      case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        isOpen = false
      default: return false
      }
    }
    guard (8...15).contains(digits.count) else { return false }
    let zero = UInt8(ascii: "0")
    if cell.first == UInt8(ascii: "+") { return digits[0] != zero && digits.count >= 9 }
    if digits[0] == zero, digits[1] == zero { return digits.count >= 11 && digits[2] != zero }
    // France, Morocco, Algeria, Côte d'Ivoire; Belgium has nine digits on land.
    if digits[0] == zero {
      // Codes of places are often nine digits with points.
      return digits.count == 10
        || (digits.count == 9 && groups.count > 2 && !cell.contains(UInt8(ascii: ".")))
    }
    if groups == [3, 3, 4] { return digits[0] > 0x31 && digits[3] > 0x31 }
    return groupings.contains(groups) && !cell.contains(UInt8(ascii: "/"))
  }
}

/// `12 bis, rue de la Paix`: a number and a word for a street.
enum StreetShape {
  private static let words: Set<String> = [
    "rue", "avenue", "av", "ave", "boulevard", "bd", "bld", "blvd", "place", "pl", "chemin", "ch",
    "impasse", "imp", "allee", "all", "allees", "quai", "route", "rte", "cours", "square",
    "lotissement", "lot", "residence", "passage", "sentier", "villa", "street", "st", "road", "rd",
    "lane", "drive", "hameau", "cite", "ruelle", "esplanade", "zone", "za", "faubourg", "fg",
  ]
  private static let repeats: Set<String> = ["bis", "ter", "quater", "b", "t", "a", "c", "d"]

  static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
    let number = cell.prefix { (0x30...0x39).contains($0) }
    guard (1...4).contains(number.count) else { return false }
    var words = PlainWords.of(cell.dropFirst(number.count), atMost: 4)
    if let first = words.first, repeats.contains(first), words.count > 2 { words.removeFirst() }
    // `12 Main Street` ends with its word.
    return words.count > 1
      && (StreetShape.words.contains(words[0])
        || ["street", "road", "lane", "avenue", "drive"].contains(words[words.count - 1]))
  }
}

/// The words of a cell in small ASCII letters, cheaply: accents of Latin-1 go, other letters end a
/// word.
enum PlainWords {
  /// Base letters of U+00C0…U+00FF in the order of the block; `_` stands for what is no letter.
  private static let bases = Array(
    "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty".utf8)

  /// - Parameter most: words that are looked at.
  static func of(_ cell: ArraySlice<UInt8>, atMost most: Int) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isLead = false
    func flush() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in cell {
      if isLead {
        isLead = false
        word.append(bases.indices.contains(Int(byte) - 0x80) ? bases[Int(byte) - 0x80] : 0x5F)
      } else if byte == 0xC3 {
        isLead = true
      } else if (0x61...0x7A).contains(byte | 0x20), byte < 0x80 {
        word.append(byte | 0x20)
      } else if byte >= 0x80 {
        word.append(0x5F)
      } else {
        flush()
        if words.count >= most { return words }
      }
    }
    flush()
    return words
  }
}
