/// Codes of letters and digits: bank accounts, plates, tax numbers; and coordinates.
extension IdentifierFinder {

  /// An account that begins with its country's two letters, whole or in groups.
  mutating func iban(_ text: Span<UInt8>, _ place: Int) {
    let country = tokens[place]
    guard country.letters == 2, country.isAllCapitals, country.end - country.start == 2,
      tokens.startsFreely(place), place + 1 < tokens.count, tokens[place + 1].gap == .none
    else { return }
    let length = Checksums.lengthOfIBAN(text[country.start], text[country.start + 1])
    guard length > 0 else { return }
    var bytes: [UInt8] = []
    var next = place
    while next < tokens.count, bytes.count < length {
      let token = tokens[next]
      guard next == place || token.gap == .none || token.gap == .blank || token.gap == .hyphen
      else { return }
      if token.isNumber {
        guard token.count <= length else { return }
        bytes += tokens.digits[token.digits].map { $0 + 0x30 }
      } else {
        guard token.end - token.start == token.letters, token.letters <= length else { return }
        for index in token.start..<token.end { bytes.append(text[index] & 0xDF) }
      }
      next += 1
    }
    guard bytes.count == length, tokens.endsFreely(next - 1), Checksums.isIBAN(bytes) else {
      return
    }
    add(place, next - 1, .iban)
  }

  /// `AA-123-AA` (France).
  mutating func plateOfWords(_ place: Int) {
    guard place + 2 < tokens.count, tokens.startsFreely(place), tokens.endsFreely(place + 2) else {
      return
    }
    let (left, middle, right) = (tokens[place], tokens[place + 1], tokens[place + 2])
    guard left.letters == 2, middle.isNumber, middle.count == 3, right.letters == 2,
      left.end - left.start == 2, right.end - right.start == 2, middle.gap == right.gap
    else { return }
    let isHyphened = middle.gap == .hyphen
    let isUpper = left.isAllCapitals && right.isAllCapitals
    guard isHyphened || (isUpper && (middle.gap == .none || middle.gap == .blank)) else { return }
    add(place, place + 2, .plate)
  }

  /// `1234 AB 75` (France), `1-ABC-123` (Belgium), `12345-أ-6` (Morocco), `123 TUN 4567` (Tunisia).
  mutating func platesOfNumbers(_ place: Int) {
    guard place + 2 < tokens.count, tokens.startsFreely(place), tokens.endsFreely(place + 2) else {
      return
    }
    let (left, middle, right) = (tokens[place], tokens[place + 1], tokens[place + 2])
    guard !middle.isNumber, right.isNumber, left.count <= 5, right.count <= 4 else { return }
    let isOneGap = middle.gap == right.gap
    if middle.classes.contains(.tunis), left.count >= 2, left.count <= 3,
      right.count >= 3
    {
      return add(place, place + 2, .plate)
    }
    if middle.gap == .hyphen, isOneGap {
      let isBelgian =
        left.count == 1 && middle.letters == 3 && right.count == 3 && middle.isAllCapitals
      let isMoroccan =
        left.count >= 3 && middle.letters == 1 && middle.isCapitalised && right.count <= 2
      if isBelgian || isMoroccan { return add(place, place + 2, .plate) }
    }
    guard left.count <= 4, (2...3).contains(middle.letters), middle.isAllCapitals,
      (2...3).contains(right.count), isOneGap, [.blank, .hyphen, .none].contains(middle.gap),
      !middle.classes.contains(.noPlate), tokens.value(right) <= 976,
      place + 3 >= tokens.count || !isGrouped(place + 3), tokens.digits[left.digits.lowerBound] > 0
    else { return }
    add(place, place + 2, .plate)
  }

  /// `1234567/M/A/E/001` (Tunisia).
  mutating func matricule(_ text: Span<UInt8>, _ place: Int) {
    let number = tokens[place]
    guard number.count == 7, tokens.startsFreely(place), place + 1 < tokens.count else { return }
    var bytes = tokens.digits[number.digits].map { $0 + 0x30 }
    var (next, last) = (place + 1, -1)
    while next < tokens.count, bytes.count < 13 {
      let token = tokens[next]
      guard [.none, .blank, .slash].contains(token.gap) else { break }
      if token.isNumber {
        guard bytes.count == 10, token.count == 3 else { break }
        bytes += tokens.digits[token.digits].map { $0 + 0x30 }
      } else {
        guard token.isAllCapitals, token.end - token.start == token.letters,
          bytes.count + token.letters <= 10
        else { break }
        for index in token.start..<token.end { bytes.append(text[index]) }
      }
      // A letter after seven digits may be anything; one at once after them or a slash is theirs.
      let isShort =
        bytes.count == 8 && token.gap != .blank
        && (next + 1 >= tokens.count || tokens[next + 1].gap != .slash)
      let isWhole = bytes.count == 13 || isShort
      if isWhole, tokens.endsFreely(next), Checksums.isMatriculeFiscal(bytes) { last = next }
      next += 1
    }
    if last >= 0 { add(place, last, .matriculeFiscal) }
  }

  /// Two decimals that can be degrees.
  mutating func coordinates(_ text: Span<UInt8>, from place: Int) {
    guard let first = degrees(place, limit: 90), place == 0 || tokens[place].gap != .point else {
      return
    }
    var next = first.end
    var words = 0
    while next < tokens.count, !tokens[next].isNumber, words < 2,
      tokens[next].classes.contains(.axis)
    {
      (next, words) = (next + 1, words + 1)
    }
    guard next < tokens.count, tokens[next].start - tokens[next - 1].end <= 5,
      tokens[next].gap != .line, words > 0 || tokens[next].gap != .point,
      let second = degrees(next, limit: 180), first.isComma == second.isComma
    else { return }
    // Decimal commas ask for something else between the two.
    if first.isComma, words == 0, tokens[next].gap == .comma,
      tokens[next].start - tokens[next - 1].end == 1
    {
      return
    }
    let start = tokens[place].start
    let isNegative = start > 0 && text[start - 1] == UInt8(ascii: "-")
    found.append(
      IdentifierMatch(
        (isNegative ? start - 1 : start)..<tokens[second.end - 1].end, .coordinates))
  }

  /// A number of degrees with three decimals or more.
  private func degrees(_ place: Int, limit: Int) -> (end: Int, isComma: Bool)? {
    guard place + 1 < tokens.count, tokens[place].count <= 3, tokens.value(tokens[place]) <= limit,
      tokens[place + 1].isNumber, (3...15).contains(tokens[place + 1].count),
      tokens.endsFreely(place + 1) || tokens[place + 2].letters == 1,
      tokens[place + 1].start - tokens[place].end == 1
    else { return nil }
    switch tokens[place + 1].gap {
    case .point: return (place + 2, false)
    case .comma: return (place + 2, true)
    default: return nil
    }
  }
}
