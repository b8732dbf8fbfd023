/// Dates of birth: dates near a word for a birth.
extension IdentifierFinder {
  /// Tokens between the word for a birth and its date.
  private static let nearBirth = 7

  /// A date that begins with a number, behind a word for a birth.
  mutating func birthDate(_ place: Int) {
    guard tokens[place].count <= 4, tokens.startsFreely(place),
      let last = numericDate(place) ?? dayAndMonth(place) ?? yearAlone(place),
      isAfterBirth(place)
    else { return }
    add(place, last, .birthDate)
  }

  /// `March 3, 1984`, behind a word for a birth.
  mutating func birthDateOfMonth(_ place: Int) {
    guard place + 2 < tokens.count, tokens[place].classes.contains(.month),
      tokens[place + 1].isNumber, tokens[place + 1].count <= 2
    else { return }
    var next = place + 2
    if tokens[next].classes.contains(.ordinal), tokens[next].gap == .none { next += 1 }
    guard next < tokens.count, tokens[next].isNumber, tokens[next].count == 4, isYear(next),
      isAfterBirth(place)
    else { return }
    add(place, next, .birthDate)
  }

  private func isAfterBirth(_ place: Int) -> Bool {
    var index = place
    for _ in 0..<IdentifierFinder.nearBirth {
      if index == 0 || tokens[index].gap == .line { return false }
      index -= 1
      let token = tokens[index]
      if token.isNumber { continue }
      if token.classes.contains(.birth) { return true }
      // `ne` is a word of its own.
      if token.classes.contains(.bornOrNot), isAccented(token) || isFollowedByLe(index) {
        return true
      }
    }
    return false
  }

  private func isAccented(_ token: TextTokens.Token) -> Bool { token.end - token.start > 2 }

  /// `NE LE`
  private func isFollowedByLe(_ place: Int) -> Bool {
    place + 1 < tokens.count && tokens[place + 1].classes.contains(.article)
  }

  private func isYear(_ place: Int) -> Bool { (1880...2100).contains(tokens.value(tokens[place])) }

  /// `03/03/1984`, `3.3.84`, `1984-03-03`
  private func numericDate(_ place: Int) -> Int? {
    guard place + 2 < tokens.count, tokens[place + 1].isNumber, tokens[place + 2].isNumber,
      tokens[place + 1].gap == tokens[place + 2].gap,
      [.slash, .point, .hyphen, .blank].contains(tokens[place + 1].gap),
      tokens[place + 1].count <= 2, tokens.endsFreely(place + 2)
    else { return nil }
    let (first, second) = (tokens.value(tokens[place]), tokens.value(tokens[place + 1]))
    let third = tokens[place + 2]
    if tokens[place].count == 4 {
      guard isYear(place), (1...12).contains(second), third.count <= 2 else { return nil }
      return (1...31).contains(tokens.value(third)) ? place + 2 : nil
    }
    guard tokens[place].count <= 2, (1...31).contains(first), (1...31).contains(second),
      min(first, second) <= 12, third.count == 2 || (third.count == 4 && isYear(place + 2))
    else { return nil }
    return place + 2
  }

  /// `3 mars 1984`, `1er mai 90`, `3rd of March 1984`
  private func dayAndMonth(_ place: Int) -> Int? {
    guard tokens[place].count <= 2, (1...31).contains(tokens.value(tokens[place])) else {
      return nil
    }
    var next = place + 1
    if next < tokens.count, tokens[next].classes.contains(.ordinal), tokens[next].gap == .none {
      next += 1
    }
    if next < tokens.count, tokens[next].classes.contains(.dateLink) { next += 1 }
    guard next < tokens.count, tokens[next].classes.contains(.month),
      tokens[next].gap != .line
    else { return nil }
    if next + 1 < tokens.count, tokens[next + 1].isNumber,
      [2, 4].contains(tokens[next + 1].count), tokens[next + 1].gap != .line
    {
      return next + 1
    }
    return next
  }

  /// `né en 1984`
  private func yearAlone(_ place: Int) -> Int? {
    guard tokens[place].count == 4, isYear(place), place > 0,
      tokens[place - 1].classes.contains(.inYear)
        || tokens[place - 1].classes.contains(.birth),
      tokens.endsFreely(place)
    else { return nil }
    return place
  }
}
