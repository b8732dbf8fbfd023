/// Check digits of identifiers.
package enum Checksums {
  private static func digit(_ byte: UInt8) -> Int? {
    (0x30...0x39).contains(byte) ? Int(byte - 0x30) : nil
  }

  /// Luhn's formula, as in SIREN, SIRET and cards.
  package static func isLuhn(_ digits: [UInt8]) -> Bool {
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
  package static func isNIR(_ text: [UInt8]) -> Bool {
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

  /// French establishment number: Luhn's formula, but for La Poste's digits that add up to a
  /// multiple of 5; its head office keeps to the formula.
  package static func isSIRET(_ digits: [UInt8]) -> Bool {
    guard digits.count == 14 else { return false }
    guard digits.starts(with: "356000000".utf8), digits != Array("35600000000048".utf8) else {
      return isLuhn(digits)
    }
    return digits.reduce(0) { $0 + Int($1) - 0x30 } % 5 == 0
  }

  /// Belgian national number: birth date, serial number and 97 − (the first nine digits mod 97),
  /// with a 2 before them for births since 2000.
  package static func isNISS(_ digits: [UInt8]) -> Bool {
    guard digits.count == 11 else { return false }
    let number = digits[..<9].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    let key = digits[9...].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    let month = number / 100_000 % 100
    guard month % 20 <= 12, month < 60, number / 1000 % 100 <= 31 else { return false }
    return key == 97 - number % 97 || key == 97 - (2_000_000_000 + number) % 97
  }

  /// Canadian social insurance number: Luhn's formula; none begins with 0 or 8.
  package static func isSIN(_ digits: [UInt8]) -> Bool {
    digits.count == 9 && digits[0] != UInt8(ascii: "0") && digits[0] != UInt8(ascii: "8")
      && isLuhn(digits)
  }

  /// Payment card: 13 to 19 digits in Luhn's formula, beginning as issuers' do.
  package static func isCard(_ digits: [UInt8]) -> Bool {
    (13...19).contains(digits.count)
      && (UInt8(ascii: "2")...UInt8(ascii: "6")).contains(digits[0]) && isLuhn(digits)
  }

  /// Moroccan business number: 15 digits, a multiple of 97.
  package static func isICE(_ digits: [UInt8]) -> Bool {
    guard digits.count == 15, digits.contains(where: { $0 != UInt8(ascii: "0") }) else {
      return false
    }
    return digits.reduce(0) { ($0 * 10 + Int($1) - 0x30) % 97 } == 0
  }

  /// Tunisian tax number: 7 digits and a letter that is like no digit; then, all or none, the
  /// letters of VAT and category and 3 digits, which only branches have other than 000.
  package static func isMatriculeFiscal(_ text: [UInt8]) -> Bool {
    guard text.count == 8 || text.count == 13, text[..<7].allSatisfy({ digit($0) != nil }),
      (0x41...0x5A).contains(text[7]), !"IOU".utf8.contains(text[7])
    else { return false }
    guard text.count == 13 else { return true }
    return "ABDNP".utf8.contains(text[8]) && "CEMNP".utf8.contains(text[9])
      && text[10...].allSatisfy { digit($0) != nil }
      && (text[9] == UInt8(ascii: "E") || text[10...].allSatisfy { $0 == UInt8(ascii: "0") })
  }

  /// International bank account number: as long as its country's are, and mod 97 over the digits
  /// with the first four moved back.
  package static func isIBAN(_ text: [UInt8]) -> Bool {
    guard text.count >= 15, text.count == lengthOfIBAN(text[0], text[1]), digit(text[2]) != nil,
      digit(text[3]) != nil
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

  /// How long a country's bank account numbers are (ISO 13616 register); 0 where there are none.
  package static func lengthOfIBAN(_ first: UInt8, _ second: UInt8) -> Int {
    lengths[UInt16(first) << 8 | UInt16(second)] ?? 0
  }

  private static let lengths: [UInt16: Int] = {
    let written = """
      AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27
      DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28
      IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
      MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
      SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
      """
    var lengths: [UInt16: Int] = [:]
    for word in written.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let bytes = Array(word.utf8)
      lengths[UInt16(bytes[0]) << 8 | UInt16(bytes[1])] = Int(word.dropFirst(2)) ?? 0
    }
    return lengths
  }()
}
