/// Finds identifiers in texts, in one pass and bounded steps back, so that no text takes more than
/// time proportional to its length. One for a thread: it keeps its buffers.
public struct IdentifierFinder: Sendable {
  /// Numbers of so many digits are counted at most.
  package static let longestRun = 20

  public let kinds: Set<Identifier>
  let wants: Wanted
  var tokens = TextTokens()
  var found: [IdentifierMatch] = []
  /// Of the last text: in order, none overlapping another.
  public private(set) var matches: [IdentifierMatch] = []
  /// By number of digits: how many numbers the last text held, groups counted as one.
  package private(set) var runs = [Int](repeating: 0, count: IdentifierFinder.longestRun + 1)
  /// By kind: how many numbers without blanks the last text held that have its form, right or not.
  package private(set) var forms = [Int](repeating: 0, count: Identifier.allCases.count)
  /// Whether it held any of eight digits or more.
  package var holdsNumbers: Bool { hasRuns }
  private var hasRuns = false

  /// Which of the searches are asked for.
  struct Wanted: Sendable {
    var numbers = false
    var marks = false
    let email: Bool
    let url: Bool
    let address: Bool
    let birthDate: Bool
    let name: Bool
    let iban: Bool
    let coordinates: Bool
    let ipAddress: Bool
    let plate: Bool
    let phone: Bool
    let nif: Bool
    let matricule: Bool
    /// A bit for each kind's rank.
    private let mask: UInt32

    /// Whether a kind is asked for; sets ask more.
    func has(_ kind: Identifier) -> Bool { mask >> UInt32(truncatingIfNeeded: kind.rank) & 1 == 1 }

    init(_ kinds: Set<Identifier>) {
      (email, url) = (kinds.contains(.email), kinds.contains(.url))
      (address, birthDate) = (kinds.contains(.address), kinds.contains(.birthDate))
      (name, iban) = (kinds.contains(.name), kinds.contains(.iban))
      (coordinates, ipAddress) = (kinds.contains(.coordinates), kinds.contains(.ipAddress))
      (plate, phone) = (kinds.contains(.plate), kinds.contains(.phone))
      (nif, matricule) = (kinds.contains(.nif), kinds.contains(.matriculeFiscal))
      let checked: Set<Identifier> = [
        .nir, .niss, .sin, .siren, .siret, .ice, .creditCard, .nif, .phone,
      ]
      numbers = !kinds.isDisjoint(with: checked)
      marks = email || url || ipAddress
      mask = kinds.reduce(0) { $0 | 1 << UInt32(truncatingIfNeeded: $1.rank) }
    }
  }

  public init(_ kinds: Set<Identifier> = Set(Identifier.allCases)) {
    self.kinds = kinds
    wants = Wanted(kinds)
  }

  /// Looks for identifiers in a text.
  /// - Parameter names: keys of words that name the person whose text it is.
  /// - Returns: whether there are any; they are in `matches`.
  public mutating func find(in text: Span<UInt8>, names: Set<UInt128> = []) -> Bool {
    if !matches.isEmpty { matches.removeAll(keepingCapacity: true) }
    forgetRuns()
    let census = ByteCensus(text)
    guard mayHold(census) || !names.isEmpty else { return false }
    found.removeAll(keepingCapacity: true)
    if census.holds(.at), wants.email || wants.url { emails(text) }
    if census.holds(.colon) {
      if wants.url { users(text) }
      if wants.ipAddress { longAddresses(text) }
    }
    if needsTokens(census) || !names.isEmpty {
      tokens.read(text)
      searchTokens(text)
      if !names.isEmpty { givenWords(names) }
    }
    guard !found.isEmpty else { return false }
    matches = IdentifierMatch.resolved(found)
    return true
  }

  private mutating func forgetRuns() {
    guard hasRuns else { return }
    for length in runs.indices { runs[length] = 0 }
    for kind in forms.indices { forms[kind] = 0 }
    hasRuns = false
  }

  private func mayHold(_ census: ByteCensus) -> Bool {
    (wants.marks && (census.holds(.at) || census.holds(.colon))) || needsTokens(census)
  }

  private func needsTokens(_ census: ByteCensus) -> Bool {
    let digits = census.holds(.high) ? census.digits + census.high / 2 : census.digits
    if wants.name, census.holds([.capital, .small, .high]) { return true }
    if wants.numbers, digits >= 8 { return true }
    if wants.address, digits >= 1, census.holds([.capital, .small, .high]) { return true }
    if wants.birthDate, digits >= 2, census.holds([.capital, .small, .high]) { return true }
    if wants.plate, digits >= 3, census.holds([.capital, .small, .high]) { return true }
    if wants.iban || wants.matricule, digits >= 7, census.holds(.capital) { return true }
    if wants.ipAddress, digits >= 4, census.holds(.point) { return true }
    if wants.coordinates, digits >= 6 { return true }
    return wants.url && census.holds(.slash)
  }

  private mutating func searchTokens(_ text: Span<UInt8>) {
    var run = 0
    for place in 0..<tokens.count {
      let token = tokens[place]
      if token.isNumber {
        if place >= run { run = countRun(place) }
        if wants.numbers { numbers(text, from: place) }
        if wants.ipAddress { shortAddress(place) }
        if wants.coordinates { coordinates(text, from: place) }
        if wants.plate { platesOfNumbers(place) }
        if wants.matricule { matricule(text, place) }
        if wants.address { addressOfNumber(text, place) }
        if wants.birthDate { birthDate(place) }
      } else {
        if wants.iban { iban(text, place) }
        if wants.plate { plateOfWords(place) }
        if wants.name { name(text, place) }
        if wants.address { addressOfStreet(text, place) }
        if wants.birthDate { birthDateOfMonth(place) }
        if wants.url { profile(text, place) }
      }
    }
  }

  /// Counts a number with all its groups.
  /// - Returns: the token after it.
  private mutating func countRun(_ start: Int) -> Int {
    var (place, digits) = (start, 0)
    while place < tokens.count, tokens[place].isNumber, place == start || isGrouped(place) {
      digits += tokens[place].count
      place += 1
    }
    if digits <= IdentifierFinder.longestRun, digits >= 8 {
      runs[digits] += 1
      hasRuns = true
      if place == start + 1, let kind = NumberForms.kind(tokens.digits[tokens[start].digits]) {
        forms[kind.rank] += 1
      }
    }
    return place
  }

  /// Whether a number may go on with this token.
  func isGrouped(_ place: Int) -> Bool {
    switch tokens[place].gap {
    case .blank, .hyphen, .point, .slash, .loose:
      tokens[place].isNumber && tokens[place - 1].isNumber
    default: false
    }
  }

  mutating func add(_ first: Int, _ last: Int, _ kind: Identifier, isByChance: Bool = false) {
    found.append(
      IdentifierMatch(
        tokens[first].start..<tokens[last].end, kind, isByChance: isByChance))
  }

  /// Whether a word of a class stands among the tokens before a place, no line between.
  func isAfter(
    _ words: WordClasses, _ place: Int, within most: Int, stopsAtNumber: Bool = true
  ) -> Bool {
    var index = place
    for _ in 0..<most {
      if index == 0 || tokens[index].gap == .line { return false }
      index -= 1
      if tokens[index].isNumber {
        if stopsAtNumber { return false }
      } else if !words.isDisjoint(with: tokens[index].classes) {
        return true
      }
    }
    return false
  }
}

/// Which bytes a text is made of: enough to leave most texts alone.
private struct ByteCensus {
  struct Flags: OptionSet {
    let rawValue: UInt8
    static let digit = Flags(rawValue: 1 << 0)
    static let capital = Flags(rawValue: 1 << 1)
    static let small = Flags(rawValue: 1 << 2)
    static let high = Flags(rawValue: 1 << 3)
    static let at = Flags(rawValue: 1 << 4)
    static let colon = Flags(rawValue: 1 << 5)
    static let point = Flags(rawValue: 1 << 6)
    static let slash = Flags(rawValue: 1 << 7)
  }

  private var any: UInt8 = 0
  private(set) var digits = 0
  /// Bytes from 0x80 on.
  private(set) var high = 0

  init(_ text: Span<UInt8>) {
    var (any, digits, high) = (UInt8(0), 0, 0)
    let table = ByteCensus.table.span
    for place in text.indices {
      let flags = table[Int(text[place])]
      any |= flags
      digits &+= Int(flags & 1)
      high &+= Int(flags >> 3 & 1)
    }
    (self.any, self.digits, self.high) = (any, digits, high)
  }

  func holds(_ flags: Flags) -> Bool { any & flags.rawValue != 0 }

  private static let table: [UInt8] = (0...255).map { byte in
    let flags: Flags =
      switch UInt8(byte) {
      case 0x30...0x39: .digit
      case 0x41...0x5A: .capital
      case 0x61...0x7A: .small
      case 0x80...0xFF: .high
      case UInt8(ascii: "@"): .at
      case UInt8(ascii: ":"): .colon
      case UInt8(ascii: "."): .point
      case UInt8(ascii: "/"): .slash
      default: []
      }
    return flags.rawValue
  }
}
