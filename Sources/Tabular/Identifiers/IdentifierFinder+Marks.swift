/// What a mark gives away: e-mail addresses by their `@`, addresses of users by `://`, network
/// addresses by colons and points.
extension IdentifierFinder {
  /// Bytes that are looked at on either side of a mark.
  private static let reach = (before: 64, after: 255)

  private static func isInLocal(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&*+-./=?^_{|}~".utf8.contains(byte)
    }
  }

  /// The byte from which on a local part reaches up to `end`.
  private func localStart(_ text: Span<UInt8>, _ end: Int, _ floor: Int) -> Int {
    var start = end
    while start > floor, end - start < IdentifierFinder.reach.before {
      let byte = text[start - 1]
      if byte < 0x80 {
        guard IdentifierFinder.isInLocal(byte) else { break }
        start -= 1
        continue
      }
      var lead = start - 1
      while lead > floor, start - lead < 4, text[lead] & 0xC0 == 0x80 { lead -= 1 }
      let scalar = TextScalar(text, at: lead)
      guard scalar.kind.isLetter, lead + scalar.length == start else { break }
      start = lead
    }
    // No local part begins with a point, and a quoted one may.
    while start < end, ".-/=?".utf8.contains(text[start]) { start += 1 }
    return start
  }

  /// Where a host's name ends that begins at `start`; `start` where there is none with a point.
  private func hostEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var (place, end, label) = (start, start, 0)
    var labels = 0
    let limit = min(text.count, start + IdentifierFinder.reach.after)
    while place < limit {
      let scalar = TextScalar(text, at: place)
      if scalar.kind.isLetter || scalar.kind == .digit || text[place] == UInt8(ascii: "-") {
        label += 1
        place += scalar.length
        if labels > 0, label >= 2 { end = place }
      } else if scalar.kind == .point, label > 0 {
        (label, labels) = (0, labels + 1)
        place += 1
      } else {
        break
      }
    }
    return end
  }

  mutating func emails(_ text: Span<UInt8>) {
    var floor = 0
    for place in text.indices where text[place] == UInt8(ascii: "@") {
      // Some put a blank on either side.
      let before = place > 0 && text[place - 1] == 0x20 ? place - 1 : place
      let after = place + 1 < text.count && text[place + 1] == 0x20 ? place + 2 : place + 1
      let isApart = before < place && after > place + 1
      let start = localStart(text, isApart ? before : place, floor)
      let end = hostEnd(text, isApart ? after : place + 1)
      floor = place + 1
      if wants.email, end > place + 1, start < (isApart ? before : place) {
        found.append(IdentifierMatch(start..<end, .email))
        floor = end
      }
    }
  }

  /// Addresses on the web in which a user stands before an `@`.
  mutating func users(_ text: Span<UInt8>) {
    var place = 0
    while place + 3 < text.count {
      guard text[place] == UInt8(ascii: ":"), text[place + 1] == UInt8(ascii: "/"),
        text[place + 2] == UInt8(ascii: "/")
      else {
        place += 1
        continue
      }
      var start = place
      while start > 0, place - start < 12, (0x61...0x7A).contains(text[start - 1] | 0x20) {
        start -= 1
      }
      let end = urlEnd(text, place + 3)
      var hasUser = false
      for index in place + 3..<end {
        if text[index] == UInt8(ascii: "/") { break }
        if text[index] == UInt8(ascii: "@") { hasUser = true }
      }
      if start < place, hasUser || asksForUser(text, place + 3..<end) {
        found.append(IdentifierMatch(start..<end, .url))
      }
      place = max(end, place + 3)
    }
  }

  private static let queries = [
    "email=", "mail=", "courriel=", "user=", "login=", "nom=", "name=", "token=", "tel=", "/~",
  ].map { Array($0.utf8) }

  /// Whether a query names a user.
  private func asksForUser(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for place in range {
      let byte = text[place]
      let begins = place > range.lowerBound && "?&/".utf8.contains(text[place - 1])
      guard begins || byte == UInt8(ascii: "/") else { continue }
      for query in IdentifierFinder.queries where place + query.count < range.upperBound {
        if query.indices.allSatisfy({ text[place + $0] | 0x20 == query[$0] | 0x20 }) {
          return true
        }
      }
    }
    return false
  }

  /// Where an address on the web ends: at a blank or quote, and not with a sentence's mark.
  private func urlEnd(_ text: Span<UInt8>, _ start: Int) -> Int {
    var end = start
    while end < text.count, text[end] > 0x20, !"\"'<>()[]{}".utf8.contains(text[end]) {
      let scalar = TextScalar(text, at: end)
      if scalar.kind == .blank || scalar.kind == .line || scalar.value == 0xBB { break }
      end += scalar.length
    }
    while end > start, ".,;:!?".utf8.contains(text[end - 1]) { end -= 1 }
    return end
  }

  /// `facebook.com/jean.dupont`: a person's page, with what is written before it.
  mutating func profile(_ text: Span<UInt8>, _ place: Int) {
    let token = tokens[place]
    guard token.classes.contains(.host), place + 1 < tokens.count,
      tokens[place + 1].gap == .point
    else { return }
    let end = urlEnd(text, token.end)
    guard let slash = (token.end..<end).first(where: { text[$0] == UInt8(ascii: "/") }),
      end - slash > 2
    else { return }
    var start = token.start
    while start > 0, token.start - start < 24 {
      let byte = text[start - 1]
      guard (0x61...0x7A).contains(byte | 0x20) || ":/.".utf8.contains(byte) else { break }
      start -= 1
    }
    found.append(IdentifierMatch(start..<end, .url))
  }

  /// Four numbers up to 255 with points between them.
  mutating func shortAddress(_ place: Int) {
    guard place + 3 < tokens.count, tokens.startsFreely(place), tokens.endsFreely(place + 3),
      tokens[place].gap != .point || place == 0
    else { return }
    for index in place...place + 3 {
      let token = tokens[index]
      guard token.isNumber, token.count <= 3, tokens.value(token) <= 255,
        index == place || token.gap == .point,
        token.count == 1 || tokens.digits[token.digits.lowerBound] != 0
      else { return }
    }
    let next = place + 4
    if next < tokens.count, tokens[next].isNumber, tokens[next].gap == .point { return }
    if isAfter(.version, place, within: 1) { return }
    add(place, place + 3, .ipAddress)
  }

  /// Groups of hexadecimal digits with colons between them: eight, or fewer around `::`.
  mutating func longAddresses(_ text: Span<UInt8>) {
    var place = 0
    while place < text.count {
      guard IdentifierFinder.isInLongAddress(text[place]),
        place == 0 || !IdentifierFinder.isInLocal(text[place - 1])
      else {
        place += 1
        continue
      }
      var end = place
      while end < text.count, IdentifierFinder.isInLongAddress(text[end]) { end += 1 }
      let isAlone = end == text.count || !IdentifierFinder.isInLocal(text[end]) || text[end] < 0x30
      let stop =
        end > place && end < text.count && text[end - 1] == UInt8(ascii: ":") ? end - 1 : end
      if isAlone, end - place <= 40, IdentifierFinder.isLongAddress(text, place..<stop) {
        found.append(IdentifierMatch(place..<stop, .ipAddress))
      }
      place = end
    }
  }

  private static func isInLongAddress(_ byte: UInt8) -> Bool {
    (0x30...0x3A).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  private static func isLongAddress(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var (groups, digits, doubles) = (0, 0, 0)
    for place in range {
      guard text[place] == UInt8(ascii: ":") else {
        digits += 1
        if digits > 4 { return false }
        continue
      }
      if digits > 0 { groups += 1 }
      if place > range.lowerBound, text[place - 1] == UInt8(ascii: ":") { doubles += 1 }
      digits = 0
    }
    if digits > 0 { groups += 1 }
    return (groups == 8 && doubles == 0) || (doubles == 1 && (3...7).contains(groups))
      || (doubles == 1 && groups == 2 && range.count >= 6)
  }
}
