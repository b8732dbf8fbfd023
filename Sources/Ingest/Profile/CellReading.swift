import Tabular

/// What a cell says by itself, whatever stands around it.
struct CellReading: Sendable {
  /// Texts that people write for nothing.
  private static let markers: Set<String> = [
    "na", "n/a", "nr", "nc", "nd", "n.c.", "n.d.", "null", "none", "nan", "-", "--", "?", "inconnu",
    "inconnue", "unknown", "non renseigné", "non renseigne", "vide", ".", "néant",
  ]
  private static let longestMarker = 16

  /// Whether it is a text for nothing; all else is left open then.
  let isMarker: Bool
  let shapes: CellShapes
  let kind: Identifier?
  /// Of a text that is none by itself: the kinds that stand in it, a bit for each rank.
  let within: UInt32
  let digits: Int
  let isScientific: Bool

  /// - Parameter cell: without blanks around it, and not empty.
  /// - Parameter finder: looks into texts.
  init(_ cell: ArraySlice<UInt8>, _ finder: inout IdentifierFinder) {
    isMarker = CellReading.isMarker(cell)
    guard !isMarker else {
      (shapes, kind, digits, isScientific, within) = ([], nil, 0, false, 0)
      return
    }
    let bytes = CellBytes(cell)
    shapes = CellShapes.of(cell, bytes)
    kind = Identifier.found(in: cell, shapes, bytes)
    digits = bytes.digits
    let isText = kind == nil && cell.count > CellReading.longestMarker && bytes.holds(.blank)
    within = isText ? CellReading.kinds(in: cell, &finder) : 0
    isScientific = CodeShape.isScientific(cell)
  }

  /// What is looked for in texts: what hardly stands there by chance.
  static let textKinds: Set<Identifier> = [
    .email, .phone, .nir, .niss, .iban, .creditCard, .birthDate,
  ]

  private static func kinds(
    in cell: ArraySlice<UInt8>, _ finder: inout IdentifierFinder
  ) -> UInt32 {
    guard finder.find(in: cell.span) else { return 0 }
    return finder.matches.reduce(0) { kinds, match in
      match.isByChance ? kinds : kinds | 1 << UInt32(truncatingIfNeeded: match.kind.rank)
    }
  }

  private static func isMarker(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let first = cell.first, cell.count <= longestMarker else { return false }
    // Most cells begin otherwise, and are not made a text for nothing.
    switch first {
    case UInt8(ascii: "-"): if cell.count > 2 { return false }
    case UInt8(ascii: "."), UInt8(ascii: "?"): if cell.count > 1 { return false }
    default:
      switch first | 0x20 {
      case UInt8(ascii: "n"), UInt8(ascii: "i"), UInt8(ascii: "u"), UInt8(ascii: "v"): break
      default: return false
      }
    }
    return markers.contains(String(decoding: cell, as: UTF8.self).lowercased())
  }
}
