/// One way to read the numbers of a column: which mark stands before decimals, which between
/// thousands.
struct NumberReading: Hashable {
  let decimalChar: String
  /// Empty when numbers are not grouped.
  let groupChar: String

  /// All readings, the plainest first.
  static let all: [NumberReading] = [
    NumberReading(decimalChar: ".", groupChar: ""), NumberReading(decimalChar: ",", groupChar: ""),
    NumberReading(decimalChar: ",", groupChar: " "),
    NumberReading(decimalChar: ".", groupChar: " "),
    NumberReading(decimalChar: ".", groupChar: ","),
    NumberReading(decimalChar: ",", groupChar: "."),
    NumberReading(decimalChar: ".", groupChar: "'"),
    NumberReading(decimalChar: ",", groupChar: "'"),
  ]

  /// Whether a cell is a number in this reading.
  func reads(_ shapes: CellShapes) -> Bool {
    if shapes.contains(.integer) { return true }
    let isPoint = decimalChar == "."
    let mark: CellShapes = isPoint ? .decimalPoint : .decimalComma
    // Grouped beyond doubt: by blanks or apostrophes, or by the mark that the decimals are not.
    let blanks = shapes.contains(.groupedBlank)
    let apostrophes = shapes.contains(.groupedApostrophe)
    let commas = shapes.contains(.groupedComma) && !shapes.contains(.decimalComma)
    let points = shapes.contains(.groupedPoint) && !shapes.contains(.decimalPoint)
    let decimals = !shapes.isDisjoint(with: [.decimalPoint, .decimalComma])
    switch groupChar {
    case " ": if blanks { return !decimals || shapes.contains(mark) }
    case "'": if apostrophes { return !decimals || shapes.contains(mark) }
    case ",": if shapes.contains(.groupedComma) { return true }
    case ".": if shapes.contains(.groupedPoint) { return true }
    default: break
    }
    return shapes.contains(mark) && !blanks && !apostrophes && !commas && !points
  }

  /// Whether it gives a cell another value than another reading that also reads it.
  func differs(from other: NumberReading, on shapes: CellShapes) -> Bool {
    guard !shapes.contains(.integer), reads(shapes), other.reads(shapes) else { return false }
    let ambiguous: CellShapes = [.groupedComma, .groupedPoint]
    return decimalChar != other.decimalChar && !shapes.isDisjoint(with: ambiguous)
      && !shapes.isDisjoint(with: [.decimalPoint, .decimalComma])
  }
}
