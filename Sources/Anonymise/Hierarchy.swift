import FoundationEssentials
import Tabular

/// A generalisation hierarchy as ARX writes them: a line a value, the value first and then what it
/// becomes level by level, separated by `;` (or `,` where the first line has no `;`).
public struct Hierarchy: Sendable {
  /// Why a file is no hierarchy.
  public struct Fault: Error, Sendable {
    public let message: Message
  }

  /// The values and, for each level from 0 on, what they become.
  public let levels: [[String]]

  /// The number of levels, the values themselves among them.
  public var height: Int { levels.count }

  /// - Parameter path: of a UTF-8 text file.
  public init(path: String) throws(Fault) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Fault(
        message: Message(
          en: "the hierarchy's file is missing or cannot be read",
          fr: "le fichier de la hiérarchie manque ou ne peut être lu"))
    }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw Fault(
        message: Message(
          en: "the hierarchy's file is not UTF-8",
          fr: "le fichier de la hiérarchie n’est pas en UTF-8"))
    }
    try self.init(text: text)
  }

  /// - Parameter text: the file's.
  public init(text: String) throws(Fault) {
    var rest = Substring(text)
    if rest.unicodeScalars.first == "\u{feff}" { rest.unicodeScalars.removeFirst() }
    let firstLine = rest.prefix { !$0.isNewline }
    let separator: Unicode.Scalar = firstLine.unicodeScalars.contains(";") ? ";" : ","
    let rows = Hierarchy.rows(rest, separator)
    guard let height = rows.first?.cells.count, height > 0 else {
      throw Fault(message: Message(en: "the hierarchy is empty", fr: "la hiérarchie est vide"))
    }
    var levels = [[String]](repeating: [], count: height)
    var seen: Set<String> = []
    for row in rows {
      guard row.cells.count == height else {
        throw Fault(message: Hierarchy.ragged(row.line, row.cells.count, height))
      }
      guard seen.insert(row.cells[0]).inserted else {
        throw Fault(message: Hierarchy.repeated(row.line))
      }
      for (level, cell) in row.cells.enumerated() { levels[level].append(cell) }
    }
    self.levels = levels
  }

  /// Quotes may enclose a cell, doubled inside; blank lines are skipped.
  private static func rows(
    _ text: Substring, _ separator: Unicode.Scalar
  ) -> [(line: Int, cells: [String])] {
    var rows: [(line: Int, cells: [String])] = []
    var (cells, cell): ([String], String.UnicodeScalarView) = ([], .init())
    var (line, start, inQuotes) = (1, 1, false)
    func isBlank() -> Bool { cells.isEmpty && cell.isEmpty }
    func endRow() {
      if !isBlank() { rows.append((start, cells + [String(cell)])) }
      (cells, cell) = ([], .init())
    }
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if isBlank() { start = line }
      if scalar == "\n" { line += 1 }
      switch scalar {
      case "\"" where inQuotes && scalars.first == "\"": cell.append(scalars.removeFirst())
      case "\"": inQuotes.toggle()
      case _ where inQuotes: cell.append(scalar)
      case separator:
        cells.append(String(cell))
        cell = .init()
      case "\n": endRow()
      case "\r": break
      default: cell.append(scalar)
      }
    }
    endRow()
    return rows
  }

  private static func ragged(_ line: Int, _ found: Int, _ wanted: Int) -> Message {
    Message(
      en: "line \(line) of the hierarchy has another number of columns (\(found)) than the first "
        + "(\(wanted))",
      fr: "la ligne \(line) de la hiérarchie n’a pas autant de colonnes (\(found)) que la première "
        + "(\(wanted))")
  }

  private static func repeated(_ line: Int) -> Message {
    Message(
      en: "the value on line \(line) of the hierarchy stands twice",
      fr: "la valeur de la ligne \(line) de la hiérarchie y figure deux fois")
  }
}
