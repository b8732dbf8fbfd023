/// Check digits of identifiers.
enum Checksums {
  private static func digit(_ byte: UInt8) -> Int? {
    (0x30...0x39).contains(byte) ? Int(byte - 0x30) : nil
  }

  /// Luhn's formula, as in SIREN, SIRET and cards.
  static func isLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, byte) in digits.reversed().enumerated() {
      guard var value = digit(byte) else { return false }
      if place % 2 == 1 {
        value *= 2
        if value > 9 { value -= 9 }
      }
      sum += value
    }
    return !digits.isEmpty && sum % 10 == 0
  }

  /// French social security number: 13 characters and a key of two digits, 97 − (N mod 97), with
  /// the departments 2A and 2B of Corsica counted as 19 and 18.
  static func isNIR(_ text: [UInt8]) -> Bool {
    guard text.count == 15 else { return false }
    var body = Array(text[0..<13])
    if body[5] == UInt8(ascii: "2"), body[6] | 0x20 == UInt8(ascii: "a") {
      body.replaceSubrange(5..<7, with: "19".utf8)
    } else if body[5] == UInt8(ascii: "2"), body[6] | 0x20 == UInt8(ascii: "b") {
      body.replaceSubrange(5..<7, with: "18".utf8)
    }
    var number = 0
    for byte in body {
      guard let value = digit(byte) else { return false }
      number = number * 10 + value
    }
    guard let tens = digit(text[13]), let ones = digit(text[14]), let sex = digit(body[0]),
      let monthTens = digit(body[3]), let monthOnes = digit(body[4])
    else { return false }
    let month = monthTens * 10 + monthOnes
    let isMonth = (1...12).contains(month) || (20...42).contains(month) || (50...99).contains(month)
    return [1, 2, 3, 4, 7, 8].contains(sex) && isMonth && tens * 10 + ones == 97 - number % 97
  }

  /// French establishment number: Luhn's formula, or for La Poste digits that add up to a multiple
  /// of 5.
  static func isSIRET(_ digits: [UInt8]) -> Bool {
    if isLuhn(digits) { return digits.count == 14 }
    let sum = digits.reduce(0) { $0 + Int($1) - 0x30 }
    return digits.count == 14 && digits.starts(with: "356000000".utf8) && sum % 5 == 0
  }

  /// Belgian national number: birth date, serial number and 97 − (the first nine digits mod 97),
  /// with a 2 before them for births since 2000.
  static func isNISS(_ digits: [UInt8]) -> Bool {
    guard digits.count == 11 else { return false }
    let number = digits[..<9].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    let key = digits[9...].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    let month = number / 100_000 % 100
    guard month % 20 <= 12, month < 60, number / 1000 % 100 <= 31 else { return false }
    return key == 97 - number % 97 || key == 97 - (2_000_000_000 + number) % 97
  }

  /// Moroccan business number: 15 digits, a multiple of 97.
  static func isICE(_ digits: [UInt8]) -> Bool {
    guard digits.count == 15, digits.contains(where: { $0 != UInt8(ascii: "0") }) else {
      return false
    }
    return digits.reduce(0) { ($0 * 10 + Int($1) - 0x30) % 97 } == 0
  }

  /// International bank account number: mod 97 over the digits with the first four moved back.
  static func isIBAN(_ text: [UInt8]) -> Bool {
    guard (15...34).contains(text.count), text[0..<2].allSatisfy({ (0x41...0x5A).contains($0) }),
      digit(text[2]) != nil, digit(text[3]) != nil
    else { return false }
    var remainder = 0
    for byte in text[4...] + text[..<4] {
      if let value = digit(byte) {
        remainder = (remainder * 10 + value) % 97
      } else if (0x41...0x5A).contains(byte) {
        remainder = (remainder * 100 + Int(byte) - 55) % 97
      } else {
        return false
      }
    }
    return remainder == 1
  }
}
