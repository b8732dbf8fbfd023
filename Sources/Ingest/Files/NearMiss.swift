/// Finds the name that someone may have meant: for proposals in messages, never for decisions.
public enum NearMiss {
  /// A name in lower case without accents, blanks and punctuation: `N° Dossier` becomes `ndossier`.
  public static func folded(_ name: String) -> String {
    var folded = ""
    for scalar in name.unicodeScalars.flatMap({ LatinFolding.base($0) }) {
      let properties = scalar.properties
      if properties.isAlphabetic || properties.numericType != nil {
        folded += properties.lowercaseMapping
      }
    }
    return folded
  }

  /// The candidate nearest to a name, if one is near: equal when folded, or within a third of the
  /// letters. Ties go to the first.
  public static func nearest(to name: String, among candidates: [String]) -> String? {
    let wanted = Array(folded(name).unicodeScalars)
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(folded(candidate).unicodeScalars)
      guard max(wanted.count, letters.count) <= 200 else { continue }
      let distance = edits(wanted, letters)
      if distance * 3 <= max(wanted.count, letters.count), distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours that lead from one to the other.
  static func edits(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var cost = min(previous[column + 1], current[column]) + 1
        cost = min(cost, previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          cost = min(cost, before[column - 1] + 1)
        }
        current.append(cost)
      }
      (before, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
