/// One quasi-identifier's hierarchy as numbers: its values are leaves, numbered as they stand in
/// the file, and a coarser value is told by the first leaf that becomes it. Behind the file's
/// leaves comes one for empty cells, where the file has none.
package struct QuasiDomain: Sendable {
  /// What the hierarchy says, level by level, the leaf for empty cells included.
  package let texts: [[String]]
  /// By level and leaf: the first leaf that is alike at that level.
  package let first: [[Int]]
  /// By level and leaf: the number of leaves alike.
  package let leaves: [[Int]]
  /// The leaves that count as values of the field.
  package let size: Int
  /// The lowest bit of the leaf's number in a tuple's key, and the number's bits.
  package let shift: Int
  package let bits: Int

  package var height: Int { texts.count }

  /// The values that there are at a level.
  package func groups(_ level: Int) -> Int { Set(first[level].prefix(size)).count }

  /// - Parameters:
  ///   - levels: of a hierarchy: values, then what they become, each level made of the one before.
  ///   - hasEmpty: whether empty cells occur, so that they are a value too.
  ///   - shift: the first free bit of tuples' keys.
  package init(levels: [[String]], hasEmpty: Bool, shift: Int) {
    let rows = levels.first?.count ?? 0
    let empty = levels.first?.firstIndex(of: "")
    let countsEmpty = hasEmpty && empty == nil
    size = rows + (countsEmpty ? 1 : 0)
    self.shift = shift
    bits = QuasiDomain.bits(rows: rows)
    var (texts, first, leaves): ([[String]], [[Int]], [[Int]]) = ([], [], [])
    for (height, level) in levels.enumerated() {
      // Where all values became alike, an empty cell is no other.
      let isOne = height > 0 && level.allSatisfy { $0 == level.first }
      let whole = level + [isOne ? level.first ?? "" : ""]
      var firsts: [String: Int] = [:]
      let numbers = whole.enumerated().map { leaf, text in
        if leaf == rows, !isOne { return empty ?? leaf }
        if let known = firsts[text] { return known }
        firsts[text] = leaf
        return leaf
      }
      var counts = [Int](repeating: 0, count: rows + 1)
      for leaf in 0..<size { counts[numbers[leaf]] += 1 }
      texts.append(whole)
      first.append(numbers)
      leaves.append(numbers.map { counts[$0] })
    }
    (self.texts, self.first, self.leaves) = (texts, first, leaves)
  }

  /// Bits that the number of a leaf takes, the one for empty cells among them.
  package static func bits(rows: Int) -> Int { max(1, Int.bitWidth - rows.leadingZeroBitCount) }

  @inline(__always)
  func leaf(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key >> UInt64(shift)) & ((1 << UInt64(bits)) - 1))
  }

  /// The first level whose groups are not made of those of the level before, and a leaf that
  /// shows it; nil where the hierarchy is one.
  package static func fault(_ levels: [[String]]) -> (level: Int, leaf: Int)? {
    for level in levels.indices.dropFirst(2) {
      var parents: [String: String] = [:]
      for (leaf, text) in levels[level - 1].enumerated() {
        let parent = levels[level][leaf]
        if parents.updateValue(parent, forKey: text) ?? parent != parent { return (level, leaf) }
      }
    }
    return nil
  }
}
