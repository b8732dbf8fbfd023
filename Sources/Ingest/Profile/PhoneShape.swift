/// Telephone numbers as French-speaking countries and Canada write them. Digits alone are enough
/// only where they begin as a phone does; numbers of eight and nine digits must be grouped.
enum PhoneShape {
  /// Digits in each group, a hexadecimal digit each: Burkina Faso and Tunisia, Senegal, Cameroon,
  /// Belgium.
  private static let groupings: Set<UInt64> = [0x2222, 0x2322, 0x12222, 0x3222, 0x4222]
  /// Québec.
  private static let american: UInt64 = 0x334

  static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
    var (groups, groupCount) = (UInt64(0), 0)
    // The digits, the last of 15 at most first.
    var (number, digits) = (UInt64(0), 0)
    var isOpen = false
    for byte in cell {
      switch byte {
      case 0x30...0x39:
        guard digits < 15 else { return false }
        number = number << 4 | UInt64(byte - 0x30)
        digits += 1
        if !isOpen { (groups, groupCount) = (groups << 4, groupCount + 1) }
        groups += 1
        isOpen = true
      case UInt8(ascii: "+"): if digits > 0 { return false }
      case 0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "("),
        UInt8(ascii: ")"):
        isOpen = false
      default: return false
      }
    }
    guard digits >= 8 else { return false }
    func digit(_ place: Int) -> UInt64 { number >> UInt64(4 * (digits - 1 - place)) & 15 }
    if cell.first == UInt8(ascii: "+") { return digit(0) != 0 && digits >= 9 }
    if digit(0) == 0, digit(1) == 0 { return digits >= 11 && digit(2) != 0 }
    // France, Morocco, Algeria, Côte d'Ivoire; Belgium has nine digits on land.
    if digit(0) == 0 {
      // Codes of places are often nine digits with points.
      return digits == 10
        || (digits == 9 && groupCount > 2 && !cell.contains(UInt8(ascii: ".")))
    }
    if groups == american { return digit(0) > 1 && digit(3) > 1 }
    return groupings.contains(groups) && !cell.contains(UInt8(ascii: "/"))
  }
}

/// `12 bis, rue de la Paix`: a number and a word for a street.
enum StreetShape {
  private static let words = PlainWords.keys([
    "rue", "avenue", "av", "ave", "boulevard", "bd", "bld", "blvd", "place", "pl", "chemin", "ch",
    "impasse", "imp", "allee", "all", "allees", "quai", "route", "rte", "cours", "square",
    "lotissement", "lot", "residence", "passage", "sentier", "villa", "street", "st", "road", "rd",
    "lane", "drive", "hameau", "cite", "ruelle", "esplanade", "zone", "za", "faubourg", "fg",
  ])
  private static let repeats = PlainWords.keys(["bis", "ter", "quater", "b", "t", "a", "c", "d"])
  private static let lastWords = PlainWords.keys(["street", "road", "lane", "avenue", "drive"])

  static func matches(_ cell: ArraySlice<UInt8>) -> Bool {
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

/// The words of a cell in small ASCII letters, cheaply: accents of Latin-1 go, other letters end a
/// word.
enum PlainWords {
  /// A word of up to 16 letters, as one number; `long` for all others.
  typealias Key = UInt128

  /// What no word of letters is.
  private static let long = Key.max
  /// Base letters of U+00C0…U+00FF in the order of the block; `_` stands for what is no letter.
  private static let bases = Array(
    "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty".utf8)

  /// The keys of words of small ASCII letters.
  static func keys(_ words: some Sequence<some StringProtocol>) -> Set<Key> {
    Set(words.flatMap { of(Array($0.utf8)[...], atMost: 1) })
  }

  /// - Parameter most: words that are looked at.
  static func of(_ cell: ArraySlice<UInt8>, atMost most: Int) -> [Key] {
    var words: [Key] = []
    words.reserveCapacity(most)
    var (word, length) = (Key(0), 0)
    var isLead = false
    func add(_ byte: UInt8) {
      length += 1
      word = length > 16 ? long : word << 8 | Key(byte)
    }
    func flush() {
      if length > 0 { words.append(word) }
      (word, length) = (0, 0)
    }
    for byte in cell {
      if isLead {
        isLead = false
        let base = Int(byte) - 0x80
        add(bases.indices.contains(base) ? bases[base] : 0x5F)
      } else if byte == 0xC3 {
        isLead = true
      } else if (0x61...0x7A).contains(byte | 0x20), byte < 0x80 {
        add(byte | 0x20)
      } else if byte >= 0x80 {
        add(0x5F)
      } else {
        flush()
        if words.count >= most { return words }
      }
    }
    flush()
    return words
  }
}
