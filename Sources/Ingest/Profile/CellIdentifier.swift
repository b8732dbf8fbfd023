import Tabular

/// What a whole cell may be, judged by its shape and checksums.
extension Identifier {
  /// The kind that a cell could be.
  /// - Parameter bytes: what the cell is made of.
  static func found(
    in cell: ArraySlice<UInt8>, _ shapes: CellShapes, _ bytes: CellBytes
  ) -> Identifier? {
    if shapes.contains(.email) { return .email }
    guard (3...120).contains(cell.count), let first = cell.first else { return nil }
    let isNumbered =
      isDigit(first) || first == UInt8(ascii: "+") || first == UInt8(ascii: "(")
      || first == UInt8(ascii: "-")
    return isNumbered ? numbered(cell, bytes) : lettered(cell, bytes)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// What begins with a digit or a sign.
  private static func numbered(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> Identifier? {
    guard cell.count >= 7 else { return nil }
    if bytes.holds(.capital), bytes.holds(.blank), isOldPlate(cell) { return .plate }
    if bytes.holds(.point), !bytes.holds(.wordy), isAddress(cell) { return .ipAddress }
    if bytes.holds(.wordy), StreetShape.matches(cell) { return .address }
    if bytes.holds(.point), bytes.holds([.comma, .blank, .other]), isCoordinates(cell) {
      return .coordinates
    }
    guard cell.count <= 40 else { return nil }
    if let kind = checked(cell, bytes) { return kind }
    let mayBePhone = (8...15).contains(bytes.digits) && bytes.all.contains(.inPhones)
    return mayBePhone && PhoneShape.matches(cell) ? .phone : nil
  }

  /// Numbers with check digits.
  private static func checked(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> Identifier? {
    // No number has fewer, and that of Corsicans a letter.
    switch bytes.digits {
    case 9, 11, 13...16, 19: break
    default: return nil
    }
    let dense = cell.filter { $0 != 0x20 && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ".") }
    if Checksums.isNIR(dense) { return .nir }
    guard dense.count == bytes.digits else { return nil }
    switch dense.count {
    case 9: return Checksums.isLuhn(dense) ? .siren : nil
    case 11: return Checksums.isNISS(dense) ? .niss : nil
    case 14: return Checksums.isSIRET(dense) ? .siret : nil
    case 15 where Checksums.isICE(dense): return .ice
    case 13, 15, 16, 19: return Checksums.isCard(dense) ? .creditCard : nil
    default: return nil
    }
  }

  /// What begins with a letter.
  private static func lettered(_ cell: ArraySlice<UInt8>, _ bytes: CellBytes) -> Identifier? {
    if bytes.digits > 0, isPlate(cell) { return .plate }
    if cell.count <= 45, bytes.holds(.colon), isAddress6(cell) { return .ipAddress }
    if (15...42).contains(cell.count), bytes.digits >= 2 {
      let dense = cell.filter { $0 != 0x20 }
      if Checksums.isIBAN(dense) { return .iban }
    }
    return bytes.holds(.wordy) && GivenNames.isIn(cell) ? .name : nil
  }

  private static let plateForm = Array("AA-000-AA".utf8)
  private static let densePlateForm = Array("AA000AA".utf8)

  private static func isPlate(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count == 9 || cell.count == 7 else { return false }
    let form = cell.count == 9 ? plateForm : densePlateForm
    for (byte, shape) in zip(cell, form) {
      switch shape {
      case UInt8(ascii: "A"): if !(0x41...0x5A).contains(byte) { return false }
      case UInt8(ascii: "0"): if !isDigit(byte) { return false }
      default: if byte != shape, byte != 0x20 { return false }
      }
    }
    return true
  }

  /// `1234 AB 75`, as France wrote them until 2009.
  private static func isOldPlate(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = cell.split(separator: 0x20)
    guard parts.count == 3 else { return false }
    return (1...4).contains(parts[0].count) && parts[0].allSatisfy(isDigit)
      && (2...3).contains(parts[1].count) && parts[1].allSatisfy { (0x41...0x5A).contains($0) }
      && (2...3).contains(parts[2].count) && isDigit(parts[2][parts[2].startIndex])
  }

  /// Four numbers up to 255, without needless zeros: codes are often written with points.
  private static func isAddress(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = cell.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy(isDigit)
          && (part.count == 1 || part.first != UInt8(ascii: "0"))
          && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }

  private static func isAddress6(_ cell: ArraySlice<UInt8>) -> Bool {
    let parts = cell.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (4...8).contains(parts.count), parts.count(where: { !$0.isEmpty }) >= 3 else {
      return false
    }
    return parts.allSatisfy { part in
      part.count <= 4
        && part.allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
    }
  }

  /// Two decimals that can be degrees, with a comma, a semicolon or a blank between them.
  private static func isCoordinates(_ cell: ArraySlice<UInt8>) -> Bool {
    guard cell.count <= 48 else { return false }
    let parts = cell.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") || $0 == 0x20 }
    guard parts.count == 2 else { return false }
    let limits = [90, 180]
    return zip(parts, limits).allSatisfy { part, limit in
      let body = part.first == UInt8(ascii: "-") ? part.dropFirst() : part
      let whole = body.prefix(while: isDigit)
      let rest = body.dropFirst(whole.count)
      guard (1...3).contains(whole.count), rest.count >= 3, rest.first == UInt8(ascii: "."),
        rest.dropFirst().allSatisfy(isDigit)
      else { return false }
      return whole.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= limit
    }
  }
}
