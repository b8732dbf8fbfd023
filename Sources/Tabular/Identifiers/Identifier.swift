/// What stands in a text and points at a person, judged by its form, its check digits and the words
/// around it.
public enum Identifier: String, Sendable, Hashable, CaseIterable, Comparable {
  case email
  case phone
  /// French social security number.
  case nir
  /// Belgian national number.
  case niss
  /// Canadian social insurance number.
  case sin
  case iban
  case creditCard = "credit_card"
  /// French business numbers of 9 and 14 digits.
  case siren
  case siret
  /// Moroccan business number.
  case ice
  /// Tunisian tax number.
  case matriculeFiscal = "matricule_fiscal"
  /// Algerian tax number.
  case nif
  /// Vehicle registration.
  case plate
  case ipAddress = "ip_address"
  /// An address on the web that names a user.
  case url
  case birthDate = "birth_date"
  /// A number and a street.
  case address
  case name
  /// Latitude and longitude.
  case coordinates

  /// Its place among all kinds.
  package var rank: Int {
    switch self {
    case .email: 0
    case .phone: 1
    case .nir: 2
    case .niss: 3
    case .sin: 4
    case .iban: 5
    case .creditCard: 6
    case .siren: 7
    case .siret: 8
    case .ice: 9
    case .matriculeFiscal: 10
    case .nif: 11
    case .plate: 12
    case .ipAddress: 13
    case .url: 14
    case .birthDate: 15
    case .address: 16
    case .name: 17
    case .coordinates: 18
    }
  }

  public static func < (left: Identifier, right: Identifier) -> Bool { left.rank < right.rank }

  /// How many digits a number of the kind has, where digits are all there is and some of them come
  /// right by chance.
  package var chanceLengths: ClosedRange<Int>? {
    switch self {
    case .phone: 8...10
    case .siren, .sin: 9...9
    case .niss: 11...11
    case .siret: 14...14
    case .nir, .ice: 15...15
    case .creditCard: 13...19
    default: nil
    }
  }
}

/// Where a text holds an identifier.
public struct IdentifierMatch: Sendable, Equatable {
  /// Bytes of the text.
  public var range: Range<Int>
  public var kind: Identifier
  /// Whether nothing but its check digits speaks for it: of other numbers that are as long one in
  /// ten or in a hundred is right, too.
  public var isByChance = false

  package init(_ range: Range<Int>, _ kind: Identifier, isByChance: Bool = false) {
    (self.range, self.kind, self.isByChance) = (range, kind, isByChance)
  }

  /// Matches in order, of which none overlaps another: those that do are one, of the kind of the
  /// longest (then of the first kind), so that nothing that was found is left out.
  package static func resolved(_ found: [IdentifierMatch]) -> [IdentifierMatch] {
    guard found.count > 1 else { return found }
    let sorted = found.sorted { left, right in
      (left.range.lowerBound, right.range.upperBound, left.kind.rank)
        < (right.range.lowerBound, left.range.upperBound, right.kind.rank)
    }
    var resolved: [IdentifierMatch] = []
    var longest = 0
    for match in sorted {
      guard let last = resolved.last, match.range.lowerBound < last.range.upperBound else {
        resolved.append(match)
        longest = match.range.count
        continue
      }
      let place = resolved.count - 1
      let end = max(last.range.upperBound, match.range.upperBound)
      if match.range.count > longest
        || (match.range == last.range && last.isByChance && !match.isByChance)
      {
        resolved[place].kind = match.kind
        longest = match.range.count
      }
      resolved[place].isByChance = last.isByChance && match.isByChance
      resolved[place].range = last.range.lowerBound..<end
    }
    return resolved
  }
}
