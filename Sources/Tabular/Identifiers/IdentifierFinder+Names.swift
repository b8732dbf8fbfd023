/// Names of persons: after a civility, a given name with a capitalised word, and the words of a
/// person who is known.
extension IdentifierFinder {

  /// Judges a word as the beginning of a name.
  mutating func name(_ text: Span<UInt8>, _ place: Int) {
    let token = tokens[place]
    if token.letters <= 12, token.classes.contains(.civility) {
      civility(text, place)
    }
    guard token.isCapitalised, token.classes.contains(.givenName) else { return }
    givenName(text, place)
  }

  private mutating func civility(_ text: Span<UInt8>, _ place: Int) {
    let token = tokens[place]
    // `m` is a metre's, too, and `me` and `ms` are words.
    let isShort = token.letters <= 2 && !token.classes.contains(.hastyCivility)
    guard token.beginsCapital || !isShort, place + 1 < tokens.count else { return }
    if isShort, place > 0, tokens[place].gap == .apostrophe || tokens[place].gap == .none {
      return
    }
    var next = place + 1
    // `M. le Maire`, `Mme la directrice`.
    if tokens[next].classes.contains(.article), !tokens[next].isCapitalised { return }
    // `Mme et M. Dupont`: the name follows the last.
    while next + 1 < tokens.count,
      tokens[next].classes.contains(.civility)
        || tokens[next].classes.contains(.conjunction)
    {
      guard next - place < 3 else { return }
      next += 1
    }
    guard isNear(next, afterPoint: true) else { return }
    if let last = nameEnd(next, most: 5) {
      return add(next, last, .name)
    }
    let word = tokens[next]
    if token.classes.contains(.hastyCivility), !word.isNumber, word.letters > 2,
      !word.classes.contains(.noName),
      !word.classes.contains(.noHastyName)
    {
      add(next, next, .name)
    }
  }

  /// Whether a word follows the one before it closely enough to be of one name.
  private func isNear(_ place: Int, afterPoint: Bool = false) -> Bool {
    switch tokens[place].gap {
    case .blank, .hyphen, .apostrophe: true
    case .loose, .point: afterPoint || (place > 0 && tokens[place - 1].letters == 1)
    default: false
    }
  }

  private func isNameWord(_ place: Int) -> Bool {
    let token = tokens[place]
    return token.isCapitalised && !token.classes.contains(.noName)
      && tokens.endsFreely(place)
  }

  /// The last word of a name that begins at a place, particles between; nil where none does.
  private func nameEnd(_ start: Int, most: Int) -> Int? {
    var (place, last, words) = (start, -1, 0)
    while place < tokens.count, words < most, place - start < 8 {
      if place > start, !isNear(place) { break }
      let isParticle = tokens[place].classes.contains(.particle)
      if isNameWord(place) {
        // Arabic letters have no capitals: two words are a name, and the third a guess.
        if isCaseless(place), words >= 2 { break }
        (last, words) = (place, words + 1)
      } else if !isParticle || tokens[place].isNumber {
        break
      }
      place += 1
    }
    return last >= 0 ? last : nil
  }

  private func isCaseless(_ place: Int) -> Bool {
    tokens[place].capitals == 0 && tokens[place].beginsCapital
  }

  private mutating func givenName(_ text: Span<UInt8>, _ place: Int) {
    guard !isOfPlace(place) else { return }
    let last = nameEnd(place, most: 4) ?? place
    var first = place
    // `DUPONT Jean`, `BEN ALI Mohamed`: what stands before it in capitals.
    while first > 0, place - first < 3, tokens[first].gap == .blank || tokens[first].gap == .comma,
      tokens[first - 1].isAllCapitals, tokens[first - 1].letters >= 2,
      isNameWord(first - 1) || tokens[first - 1].classes.contains(.particle)
    {
      first -= 1
    }
    // `J. Marie DUPONT` needs no more; `Jean-Pierre` alone may be anybody's.
    let hyphened = (place..<last).allSatisfy { tokens[$0 + 1].gap == .hyphen }
    let areGiven = (first...last).allSatisfy { tokens[$0].classes.contains(.givenName) }
    guard last > first, !(hyphened && areGiven && first == place) else { return }
    add(first, last, .name)
  }

  /// Whether a street, school or the like is called so.
  private func isOfPlace(_ place: Int) -> Bool {
    var index = place
    for _ in 0..<4 {
      guard index > 0, [.blank, .hyphen, .apostrophe, .loose].contains(tokens[index].gap) else {
        return false
      }
      index -= 1
      let token = tokens[index]
      if token.classes.contains(.place) { return true }
      let isBetween =
        token.classes.contains(.particle) || token.letters == 1
        || (token.isCapitalised && token.classes.contains(.givenName))
        || token.classes.contains(.title)
      guard isBetween else { return false }
    }
    return false
  }

  /// Words that name the person whose text it is, with initials and particles between them.
  mutating func givenWords(_ names: Set<UInt128>) {
    var place = 0
    while place < tokens.count {
      guard !tokens[place].isNumber, names.contains(tokens[place].key) else {
        place += 1
        continue
      }
      var last = place
      var next = place + 1
      while next < tokens.count, next - last <= 3, !tokens[next].isNumber,
        [.blank, .hyphen, .apostrophe, .point, .loose].contains(tokens[next].gap)
      {
        if names.contains(tokens[next].key) {
          last = next
        } else if tokens[next].letters != 1,
          !tokens[next].classes.contains(.particle)
        {
          break
        }
        next += 1
      }
      add(place, last, .name)
      place = last + 1
    }
  }

  /// The keys of the words in a person's name that tell who it is.
  package static func nameWords(_ name: ArraySlice<UInt8>, into keys: inout Set<UInt128>) {
    for (key, letters) in PlainWords.measured(name, atMost: 12)
    where letters > 1 && Lexicon.all[key].isDisjoint(with: [.particle, .civility]) {
      keys.insert(key)
    }
  }
}
