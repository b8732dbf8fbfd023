/// The names of a file's columns, made usable: blank and repeated ones get names of their own, the
/// same each time.
public struct ColumnNames: Sendable, Hashable {
  /// A column whose name is not the one in the file.
  public struct Renamed: Sendable, Hashable {
    /// Place in the file, from 1.
    public let position: Int
    /// As written in the file.
    public let written: String
    public let name: String
  }

  /// One a column, all different and none blank.
  public let names: [String]
  public let renamed: [Renamed]
  /// Whether the last column is only a delimiter at the end of each line.
  public let hasTrailingDelimiter: Bool

  /// - Parameter written: the cells of the header. Blanks around them are taken off. A blank name
  ///   becomes `column_3` (its place), the second `nom` becomes `nom_2`, and so on past names that
  ///   are taken. A blank last name is a trailing delimiter and no column.
  public init(_ written: [String]) {
    var cells = written.map(ColumnNames.trimmed)
    hasTrailingDelimiter = cells.count > 1 && cells.last == ""
    if hasTrailingDelimiter { cells.removeLast() }
    var taken = Set(cells.filter { !$0.isEmpty })
    var seen: Set<String> = []
    // The number of each name's last twin: counting from 2 each time would be slow in a wide file.
    var last: [String: Int] = [:]
    var names: [String] = []
    var renamed: [Renamed] = []
    for (index, cell) in cells.enumerated() {
      var name = cell
      if cell.isEmpty {
        name = ColumnNames.free("column_\(index + 1)", &taken)
      } else if !seen.insert(cell).inserted {
        var number = last[cell, default: 1] + 1
        while taken.contains("\(cell)_\(number)") { number += 1 }
        name = ColumnNames.free("\(cell)_\(number)", &taken)
        last[cell] = number
      }
      if name != written[index] {
        // Blanks around a name are not worth a report; a changed name is.
        if name != cell { renamed.append(Renamed(position: index + 1, written: cell, name: name)) }
      }
      names.append(name)
    }
    (self.names, self.renamed) = (names, renamed)
  }

  /// The names that a header would give, folded for comparison.
  static func folded(_ written: [String]) -> Set<String> {
    Set((written + ColumnNames(written).names).map(NearMiss.folded)).subtracting([""])
  }

  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var free = name
    while !taken.insert(free).inserted { free += "_" }
    return free
  }

  /// Without blanks (of any kind) and invisible marks at both ends.
  static func trimmed(_ name: String) -> String {
    var scalars = Substring(name).unicodeScalars
    while let first = scalars.first, isBlank(first) { scalars.removeFirst() }
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }

  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
  }
}
