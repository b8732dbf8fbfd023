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
  let digits: Int
  let isScientific: Bool

  /// - Parameter cell: without blanks around it, and not empty.
  init(_ cell: ArraySlice<UInt8>) {
    isMarker = CellReading.isMarker(cell)
    guard !isMarker else {
      (shapes, kind, digits, isScientific) = ([], nil, 0, false)
      return
    }
    let bytes = CellBytes(cell)
    shapes = CellShapes.of(cell, bytes)
    kind = Identifier.found(in: cell, shapes, bytes)
    digits = bytes.digits
    isScientific = CodeShape.isScientific(cell)
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
