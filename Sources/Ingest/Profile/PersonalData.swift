/// What a cell may tell about a person, judged by its shape and checksums.
public enum PersonalData: String, Sendable, Hashable, CaseIterable {
  case email
  case phone
  /// French social security number.
  case nir
  /// French business numbers of 9 and 14 digits.
  case siren
  case siret
  case iban
  /// Vehicle registration, `AA-123-AA`.
  case plate
  case ipAddress = "ip_address"
  case creditCard = "credit_card"

  /// The kinds that a cell could be.
  static func found(in cell: ArraySlice<UInt8>, _ shapes: CellShapes) -> [PersonalData] {
    if shapes.contains(.email) { return [.email] }
    guard (7...40).contains(cell.count) else { return [] }
    if isPlate(cell) { return [.plate] }
    if isAddress(cell) { return [.ipAddress] }
    let dense = cell.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }
    if Checksums.isIBAN(dense) { return [.iban] }
    if Checksums.isNIR(dense) { return [.nir] }
    if isPhone(dense, cell) { return [.phone] }
    guard dense.allSatisfy({ (0x30...0x39).contains($0) }), Checksums.isLuhn(dense) else {
      return []
    }
    switch dense.count {
    case 9: return [.siren]
    case 14: return [.siret]
    case 15, 16: return [.creditCard]
    default: return []
    }
  }

  /// National numbers of France and the Maghreb, and international ones.
  private static func isPhone(_ digits: [UInt8], _ cell: ArraySlice<UInt8>) -> Bool {
    if digits.first == UInt8(ascii: "+") || digits.starts(with: "00".utf8) {
      let number = digits.drop { $0 == UInt8(ascii: "+") }
      return (9...15).contains(number.count) && number.allSatisfy { (0x30...0x39).contains($0) }
    }
    return digits.count == 10 && digits.first == UInt8(ascii: "0") && digits[1] != UInt8(ascii: "0")
      && digits.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isPlate(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count == 9 else { return false }
    let form = Array("AA-000-AA".utf8)
    for (byte, shape) in zip(cell, form) {
      switch shape {
      case UInt8(ascii: "A"): if !(0x41...0x5A).contains(byte) { return false }
      case UInt8(ascii: "0"): if !(0x30...0x39).contains(byte) { return false }
      default: if byte != shape { return false }
      }
    }
    return true
  }

  private static func isAddress(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = cell.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
          && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }
}
