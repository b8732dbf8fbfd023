/// Streets with a number, and what follows of them: the postcode and the town.
extension IdentifierFinder {

  /// `12 bis, rue de la Paix`, `12 Main Street`, and the postcode and town behind.
  mutating func addressOfNumber(_ text: Span<UInt8>, _ place: Int) {
    let number = tokens[place]
    guard number.count <= 4, tokens.startsFreely(place), place + 2 < tokens.count,
      place == 0 || !isGrouped(place) || number.gap == .blank
    else { return }
    var next = place + 1
    if tokens[next].letters <= 6, tokens[next].classes.contains(.houseLetter),
      [.none, .blank, .hyphen].contains(tokens[next].gap), next + 1 < tokens.count,
      tokens[next + 1].classes.contains(.street)
    {
      next += 1
    }
    // `12-14, rue…`, `12/14 rue…`
    if tokens[next].isNumber, tokens[next].count <= 4, next + 1 < tokens.count,
      [.hyphen, .slash].contains(tokens[next].gap)
    {
      next += 1
    }
    guard [.blank, .comma].contains(tokens[next].gap) else { return }
    if tokens[next].classes.contains(.street), let last = streetEnd(next) {
      return add(place, townEnd(last), .address)
    }
    guard let last = englishEnd(next) else { return }
    add(place, townEnd(last), .address)
  }

  /// `rue de la Loi 16, 1000 Bruxelles`, `rue des Lilas n° 12`.
  mutating func addressOfStreet(_ text: Span<UInt8>, _ place: Int) {
    guard tokens[place].classes.contains(.street), let last = streetEnd(place),
      last + 1 < tokens.count
    else { return }
    var next = last + 1
    let isTold = tokens[next].classes.contains(.number)
    if isTold { next += 1 }
    guard next < tokens.count, tokens[next].isNumber, tokens[next].count <= 3,
      tokens.startsFreely(next), tokens[next].gap != .line, tokens[next].gap != .point || isTold
    else { return }
    let end = townEnd(next)
    if isTold || end > next { add(place, end, .address) }
  }

  /// The last word of a street's name; nil where there is none.
  /// - Parameter start: the word for a street.
  private func streetEnd(_ start: Int) -> Int? {
    var (place, last) = (start + 1, -1)
    while place < tokens.count, place - start <= 8 {
      let token = tokens[place]
      guard !token.isNumber || token.gap == .blank || token.gap == .none,
        [.blank, .hyphen, .apostrophe, .point, .loose].contains(token.gap)
      else { break }
      if token.gap == .point || token.gap == .loose, tokens[place - 1].letters > 4 { break }
      if token.isNumber {
        // `rue du 11 Novembre 1918`, `rue 12`.
        guard place == start + 1 || isDateInName(place) else { break }
        last = place
      } else if token.classes.contains(.streetLink), !token.isCapitalised {
        // More of a name may follow.
      } else if token.isCapitalised || last < 0 {
        last = place
      } else {
        break
      }
      place += 1
    }
    return last > start ? last : nil
  }

  private func isDateInName(_ place: Int) -> Bool {
    let isDay = place + 1 < tokens.count && tokens[place + 1].classes.contains(.month)
    let isYear = tokens[place].count == 4 && tokens[place - 1].classes.contains(.month)
    return isDay || isYear
  }

  /// `Main Street`: one to three words with capitals, the last for a street.
  private func englishEnd(_ start: Int) -> Int? {
    var place = start
    while place < tokens.count, place - start < 4, tokens[place].isCapitalised {
      if place > start {
        guard tokens[place].gap == .blank else { return nil }
        if tokens[place].classes.contains(.streetEnding) { return place }
      }
      place += 1
    }
    return nil
  }

  /// The end of a postcode and town behind a street, or of the street where there are none.
  private func townEnd(_ last: Int) -> Int {
    var place = last + 1
    guard place < tokens.count, [.blank, .comma, .loose, .line].contains(tokens[place].gap) else {
      return last
    }
    // A town of one or two words may come first, as in Québec.
    var words = 0
    while tokens[place].gap != .line || words == 0, place < tokens.count - 1, words < 3,
      tokens[place].isCapitalised
    {
      (place, words) = (place + 1, words + 1)
    }
    let token = tokens[place]
    if token.isNumber, (4...5).contains(token.count), words == 0, place + 1 < tokens.count,
      tokens[place + 1].isCapitalised, [.blank, .comma].contains(tokens[place + 1].gap)
    {
      var end = place + 1
      while end + 1 < tokens.count, end - place < 5,
        [.hyphen, .blank].contains(tokens[end + 1].gap),
        tokens[end + 1].isCapitalised
          || (tokens[end + 1].gap == .hyphen && !tokens[end + 1].isNumber)
      {
        end += 1
      }
      return end
    }
    return canadianPostcode(place) ?? canadianPostcode(place - 1) ?? last
  }

  /// `H2X 3K8`: its last token.
  private func canadianPostcode(_ place: Int) -> Int? {
    guard place > 0, place + 5 < tokens.count else { return nil }
    for index in 0..<6 {
      let token = tokens[place + index]
      let isNumber = index % 2 == 1
      guard token.isNumber == isNumber, (isNumber ? token.count : token.letters) == 1 else {
        return nil
      }
      if index > 0, index != 3, token.gap != .none { return nil }
    }
    return place + 5
  }
}
