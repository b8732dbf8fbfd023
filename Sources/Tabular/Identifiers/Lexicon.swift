/// What a word tells of what stands beside it.
struct WordClasses: OptionSet, Sendable {
  let rawValue: UInt32

  /// Stands before a name.
  static let civility = WordClasses(rawValue: 1 << 0)
  /// After these a small word may be the name: people write in haste.
  static let hastyCivility = WordClasses(rawValue: 1 << 1)
  /// Stands within a name.
  static let particle = WordClasses(rawValue: 1 << 2)
  /// `M. le Maire` names nobody.
  static let article = WordClasses(rawValue: 1 << 3)
  /// Between two civilities.
  static let conjunction = WordClasses(rawValue: 1 << 4)
  /// Stands before the name of a street’s patron.
  static let title = WordClasses(rawValue: 1 << 5)
  /// Begins with a capital and is no name: offices, and what sentences begin with.
  static let noName = WordClasses(rawValue: 1 << 6)
  /// A small word after `mme` that is no name.
  static let noHastyName = WordClasses(rawValue: 1 << 7)
  /// Bears a person’s name and is none.
  static let place = WordClasses(rawValue: 1 << 8)
  /// Stands before a street’s name.
  static let street = WordClasses(rawValue: 1 << 9)
  /// Stands behind a street’s name, in English.
  static let streetEnding = WordClasses(rawValue: 1 << 10)
  /// Stands behind a house’s number.
  static let houseLetter = WordClasses(rawValue: 1 << 11)
  /// Stands within a street’s name.
  static let streetLink = WordClasses(rawValue: 1 << 12)
  /// Stands before a number.
  static let number = WordClasses(rawValue: 1 << 13)
  /// A month.
  static let month = WordClasses(rawValue: 1 << 14)
  /// Tells that somebody was born.
  static let birth = WordClasses(rawValue: 1 << 15)
  /// Stands behind a day’s number.
  static let ordinal = WordClasses(rawValue: 1 << 16)
  /// Between day and month.
  static let dateLink = WordClasses(rawValue: 1 << 17)
  /// Before a year.
  static let inYear = WordClasses(rawValue: 1 << 18)
  /// Tells that a telephone’s number follows.
  static let phone = WordClasses(rawValue: 1 << 19)
  /// Tells that a social insurance number follows.
  static let insurance = WordClasses(rawValue: 1 << 20)
  /// Tells that a tax number follows.
  static let tax = WordClasses(rawValue: 1 << 21)
  /// Where persons have pages.
  static let host = WordClasses(rawValue: 1 << 22)
  /// Tells that a version’s number follows.
  static let version = WordClasses(rawValue: 1 << 23)
  /// Capitals between numbers that are no plate’s.
  static let noPlate = WordClasses(rawValue: 1 << 24)
  /// On Tunisian plates.
  static let tunis = WordClasses(rawValue: 1 << 25)
  /// An axis of coordinates.
  static let axis = WordClasses(rawValue: 1 << 26)
  /// `né`, or `ne`.
  static let bornOrNot = WordClasses(rawValue: 1 << 27)
  /// A given name.
  static let givenName = WordClasses(rawValue: 1 << 28)
  /// Tells that a payment card’s number follows.
  static let card = WordClasses(rawValue: 1 << 29)
}

/// The words that say something, folded, each with all that it says: one look-up a word.
struct Lexicon: Sendable {
  private var keys: [UInt128] = Array(repeating: 0, count: Lexicon.places)
  private var classes: [UInt32] = Array(repeating: 0, count: Lexicon.places)
  private static let places = 1 << 13

  static let all = Lexicon()

  private init() {
    for (written, told) in Lexicon.lists {
      for word in written.split(whereSeparator: \.isWhitespace) {
        add(WordKey.of(String(word)), told)
      }
    }
    for word in GivenNames.names { add(word, .givenName) }
  }

  private mutating func add(_ key: UInt128, _ told: WordClasses) {
    var place = Lexicon.place(key)
    while keys[place] != 0, keys[place] != key { place = (place + 1) & (Lexicon.places - 1) }
    keys[place] = key
    classes[place] |= told.rawValue
  }

  private static func place(_ key: UInt128) -> Int {
    let folded = UInt64(truncatingIfNeeded: key) ^ UInt64(truncatingIfNeeded: key >> 64) &* 31
    return Int(truncatingIfNeeded: (folded &* 0x9E37_79B9_7F4A_7C15) >> 51)
  }

  /// What a folded word tells; nothing if it is none of them.
  subscript(key: UInt128) -> WordClasses {
    var place = Lexicon.place(key)
    while keys[place] != 0 {
      if keys[place] == key { return WordClasses(rawValue: classes[place]) }
      place = (place + 1) & (Lexicon.places - 1)
    }
    return []
  }
}
