/// 'Did you mean …?': the candidate nearest to what was written, if it is near enough.
public enum Suggestion {
  /// - Returns: the candidate at the smallest edit distance (insert, delete, replace, swap of
  ///   neighbours), first in order among equals; nil when more than a third would change.
  public static func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
    let written = Array(word.lowercased())
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let distance = editDistance(written, Array(candidate.lowercased()))
      if distance < best?.distance ?? Int.max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, max(written.count, best.candidate.count) / 3)
    else { return nil }
    return best.candidate
  }

  private static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    // Names are short; a crafted long one must not cost quadratic time.
    guard a.count <= 100, b.count <= 100 else { return Int.max }
    var beforePrevious: [Int] = []
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        var cost = min(
          previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
