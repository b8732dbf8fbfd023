/// What numbers with check digits look like before these are looked at: how many others of their
/// form there are tells whether one that is right is so by chance.
package enum NumberForms {
  /// How often a number of the form is right by chance, as one in so many.
  package static func chance(_ kind: Identifier) -> Int? {
    switch kind {
    // Luhn's formula.
    case .creditCard: 10
    // 97 keys.
    case .nir: 97
    // And two centuries.
    case .niss: 48
    default: nil
    }
  }

  /// The kind whose form a number without blanks has; nil for other numbers.
  static func kind(_ digits: ArraySlice<UInt8>) -> Identifier? {
    func number(_ range: Range<Int>) -> Int {
      digits.dropFirst(range.lowerBound).prefix(range.count).reduce(0) { $0 * 10 + Int($1) }
    }
    switch digits.count {
    case 11:
      let (month, day) = (number(2..<4) % 20, number(4..<6))
      return (1...12).contains(month) && number(2..<4) < 60 && (1...31).contains(day) ? .niss : nil
    case 15 where isPerson(number(0..<1), number(3..<5), number(5..<7)): return .nir
    case 13...19: return isIssued(digits.count, number(0..<4)) ? .creditCard : nil
    default: return nil
    }
  }

  /// Sex, month of birth and department, or a country, as most persons' are.
  private static func isPerson(_ sex: Int, _ month: Int, _ department: Int) -> Bool {
    (1...2).contains(sex) && (1...12).contains(month)
      && ((1...95).contains(department) || (97...99).contains(department))
  }

  /// Beginnings and lengths that issuers of cards use.
  private static func isIssued(_ length: Int, _ four: Int) -> Bool {
    switch four {
    case 4000...4999: [13, 16, 19].contains(length)
    case 5100...5599, 2221...2720: length == 16
    case 3400...3499, 3700...3799: length == 15
    case 3000...3059, 3600...3699, 3800...3999: length == 14
    case 3528...3589: (16...19).contains(length)
    case 6011, 6440...6599: (16...19).contains(length)
    case 6200...6299: (16...19).contains(length)
    default: false
    }
  }
}
