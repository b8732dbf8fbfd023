/// Numbers with check digits, and telephones.
extension IdentifierFinder {

  /// Digits that begin at a token, group after group.
  struct Groups {
    var pattern: UInt64 = 0
    var count = 0
    var digits = 0
    var hasPoints = false
    /// The last token.
    var last = 0
    let isAfterGroup: Bool

    var isDense: Bool { count == 1 }
  }

  /// Judges the numbers that begin at a token, of one group or more.
  mutating func numbers(_ text: Span<UInt8>, from start: Int) {
    let first = tokens[start]
    guard tokens.startsFreely(start) else { return }
    let isAfterGroup = start > 0 && isGrouped(start)
    // Within `1.0612345678` begins nothing, nor within `3-0612…`.
    if isAfterGroup, [.point, .slash, .hyphen].contains(first.gap) { return }
    if wants.phone { phone(text, start) }
    var groups = Groups(isAfterGroup: isAfterGroup)
    var place = start
    while place < tokens.count, tokens[place].isNumber, place == start || isGrouped(place) {
      groups.digits += tokens[place].count
      groups.count += 1
      guard groups.digits <= IdentifierFinder.longestRun, groups.count <= 9 else { break }
      groups.pattern = groups.pattern << 4 | UInt64(min(tokens[place].count, 15))
      groups.hasPoints = groups.hasPoints || (place > start && tokens[place].gap == .point)
      groups.last = place
      if groups.digits >= 9, tokens.endsFreely(place) { check(start, groups) }
      place += 1
    }
    if wants.has(.nir) { corsican(text, start) }
  }

  /// Numbers in whose groups nothing is said of their beginning or end must stand alone.
  private func isWhole(_ start: Int, _ groups: Groups) -> Bool {
    let next = groups.last + 1
    let goesOn = next < tokens.count && tokens[next].isNumber && isGrouped(next)
    return !goesOn && !groups.isAfterGroup
  }

  private mutating func check(_ start: Int, _ groups: Groups) {
    let range = tokens[start].digits.lowerBound..<tokens[groups.last].digits.upperBound
    let whole = isWhole(start, groups)
    func ascii() -> [UInt8] { tokens.digits[range].map { $0 + 0x30 } }
    /// - Parameters:
    ///   - forms: groups that are this kind's alone, and tell it from other numbers.
    ///   - others: groups that it is written in, too.
    func tell(
      _ kind: Identifier, _ forms: [UInt64], or others: [UInt64] = [],
      where holds: ([UInt8]) -> Bool
    ) -> Bool {
      let isForm = forms.contains(groups.pattern)
      let isUsual = groups.isDense || others.contains(groups.pattern)
      guard wants.has(kind), isForm || (whole && isUsual), holds(ascii()) else {
        return false
      }
      let isTold = kind == .creditCard && isAfter(.card, start, within: 4)
      add(start, groups.last, kind, isByChance: !isForm && !isTold)
      return true
    }
    switch groups.digits {
    case 9:
      // The first of two kinds that look alike is told unless a word says otherwise.
      let isGrouped = groups.pattern == 0x333
      guard (whole && groups.isDense) || isGrouped else { return }
      let isInsured =
        !wants.has(.siren) || isAfter(.insurance, start, within: 4)
      if wants.has(.sin), isInsured, Checksums.isSIN(ascii()) {
        let isTold = isAfter(.insurance, start, within: 4)
        add(start, groups.last, .sin, isByChance: !isTold)
      } else if wants.has(.siren), Checksums.isLuhn(ascii()) {
        add(start, groups.last, .siren, isByChance: true)
      }
    case 11: _ = tell(.niss, [0x22232], or: [0x632, 0x65], where: Checksums.isNISS)
    case 13:
      if wants.has(.nir), groups.pattern == 0x122233, whole {
        keyless(start, groups, ascii())
      }
      _ = tell(.creditCard, [], where: Checksums.isCard)
    case 14:
      _ =
        tell(.siret, [0x3335], or: [0x95], where: Checksums.isSIRET)
        || tell(.creditCard, [0x464], where: Checksums.isCard)
    case 15:
      _ =
        tell(.nir, [0x1222332], or: [0xD2], where: Checksums.isNIR)
        || tell(.ice, [], or: [0x33333, 0x942], where: Checksums.isICE)
        || tell(.creditCard, [0x465], where: Checksums.isCard)
    case 16: _ = tell(.creditCard, [0x4444], where: Checksums.isCard)
    case 17...19: _ = tell(.creditCard, [0x44443], where: Checksums.isCard)
    default: break
    }
    if wants.nif, groups.digits == 15 || groups.digits == 20, whole,
      isAfter(.tax, start, within: 3)
    {
      add(start, groups.last, .nif)
    }
  }

  /// A social security number without its key, where the groups are its own.
  private mutating func keyless(_ start: Int, _ groups: Groups, _ digits: [UInt8]) {
    let month = Int(digits[3] - 0x30) * 10 + Int(digits[4] - 0x30)
    if digits[0] == UInt8(ascii: "1") || digits[0] == UInt8(ascii: "2"), (1...12).contains(month) {
      add(start, groups.last, .nir)
    }
  }

  /// `1 84 03 2A 004 123 45`: the one number with a letter in it.
  private mutating func corsican(_ text: Span<UInt8>, _ start: Int) {
    let first = tokens[start]
    guard first.count <= 6, (1...8).contains(tokens.digits[first.digits.lowerBound]) else { return }
    var (bytes, place) = ([UInt8](), start)
    while place < tokens.count, bytes.count < 15 {
      let token = tokens[place]
      if place > start, ![.none, .blank, .hyphen, .point].contains(token.gap) { return }
      if token.isNumber {
        if bytes.count + token.count > 15 { return }
        bytes += tokens.digits[token.digits].map { $0 + 0x30 }
      } else {
        guard bytes.count == 6, token.letters == 1, token.gap == .none else { return }
        bytes.append(text[token.start] & 0xDF)
      }
      place += 1
    }
    // All digits are somebody else's.
    guard bytes.count == 15, bytes[6] > 0x39, tokens.endsFreely(place - 1), Checksums.isNIR(bytes)
    else { return }
    add(start, place - 1, .nir)
  }

  /// The longest telephone number that begins at a token.
  private mutating func phone(_ text: Span<UInt8>, _ start: Int) {
    let first = tokens[start]
    let hasPlus = first.start > 0 && text[first.start - 1] == UInt8(ascii: "+")
    let isTold =
      isAfter(.phone, start, within: 4)
    let evidence: PhoneShape.Evidence = isTold ? .word : .none
    var (number, matched) = (PhoneShape.Number(), PhoneShape.Number())
    var (place, last) = (start, -1)
    while place < tokens.count, tokens[place].isNumber, place == start || isGrouped(place) {
      let token = tokens[place]
      guard number.digits + token.count <= 15, number.groupCount < 8 else { break }
      for (index, digit) in token.digits.enumerated() {
        number.add(tokens.digits[digit], opens: index == 0)
      }
      if place > start, token.gap == .point { number.hasPoints = true }
      if number.digits >= 8, tokens.endsFreely(place), isPhone(number, hasPlus, evidence) {
        (last, matched) = (place, number)
      }
      place += 1
    }
    guard last >= 0 else { return }
    // Dense, or in groups as other numbers have them.
    let isShort = matched.digits < 10 && matched.digit(0) != 0
    let isByChance = (last == start || isShort) && !hasPlus && !isTold
    var range = first.start..<tokens[last].end
    if hasPlus { range = first.start - 1..<range.upperBound }
    // `(514) 555-0199`, and not `(06 12 34 56 78)`.
    if range.lowerBound > 0, text[range.lowerBound - 1] == UInt8(ascii: "("),
      range.contains(where: { text[$0] == UInt8(ascii: ")") })
    {
      range = range.lowerBound - 1..<range.upperBound
    }
    found.append(IdentifierMatch(range, .phone, isByChance: isByChance))
  }

  private func isPhone(
    _ number: PhoneShape.Number, _ hasPlus: Bool, _ evidence: PhoneShape.Evidence
  ) -> Bool {
    if hasPlus { return PhoneShape.isInternational(number, isKnown: false) }
    if number.digit(0) == 0, number.digit(1) == 0 {
      var rest = number
      rest.digits -= 2
      return PhoneShape.isInternational(rest, isKnown: evidence != .word)
    }
    return PhoneShape.isNational(number, evidence)
  }
}
