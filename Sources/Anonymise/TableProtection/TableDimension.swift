/// The values of one dimension of a table, as codes, and which of them are sums of which others.
package struct TableDimension: Sendable {
  /// Values whose sum is known.
  package struct Group: Sendable {
    /// The value that stands for the sum; nil where no value of the table does.
    package let parent: Int?
    package let children: [Int]

    package init(parent: Int?, children: [Int]) {
      (self.parent, self.children) = (parent, children)
    }
  }

  package let size: Int
  package let groups: [Group]
  /// For each code, the groups in which it is a part, and those whose sum it is.
  let parts: [[Int]]
  let sums: [[Int]]

  /// - Parameter groups: their codes below `size`. A code may be part of several, as a place is of
  ///   two geographies.
  package init(size: Int, groups: [Group]) {
    (self.size, self.groups) = (size, groups)
    var parts = [[Int]](repeating: [], count: size)
    var sums = parts
    for (index, group) in groups.enumerated() {
      for child in group.children where parts.indices.contains(child) { parts[child].append(index) }
      if let parent = group.parent, sums.indices.contains(parent) { sums[parent].append(index) }
    }
    (self.parts, self.sums) = (parts, sums)
  }

  /// All values make one sum.
  package static func flat(_ size: Int) -> TableDimension {
    TableDimension(size: size, groups: [Group(parent: nil, children: Array(0..<size))])
  }

  /// What may change together along this dimension so that every sum holds, with the given code
  /// going up: a value up and another one down, and the sums between them and what they share.
  func moves(up code: Int) -> [[(code: Int, sign: Int64)]] {
    let leaves = (0..<size).filter { sums[$0].isEmpty }
    let paths = leaves.map { path(from: $0) }
    var found: [[(code: Int, sign: Int64)]] = []
    for (index, path) in paths.enumerated() where path.codes.contains(code) {
      if path.isFree { found.append(path.codes.sorted().map { ($0, 1) }) }
      for (other, down) in paths.enumerated() where other != index && !down.codes.contains(code) {
        guard path.fixed == down.fixed else { continue }
        let up = path.codes.subtracting(down.codes).sorted().map { (code: $0, sign: Int64(1)) }
        let fall = down.codes.subtracting(path.codes).sorted().map { (code: $0, sign: Int64(-1)) }
        found.append(up + fall)
      }
    }
    return found
  }

  /// A value with all sums over it, and the groups whose known sums hold it back.
  private func path(from leaf: Int) -> (codes: Set<Int>, fixed: Set<Int>, isFree: Bool) {
    var (codes, fixed): (Set<Int>, Set<Int>) = ([leaf], [])
    var open = [leaf]
    while let code = open.popLast() {
      for group in parts[code] {
        guard let parent = groups[group].parent else {
          fixed.insert(group)
          continue
        }
        if codes.insert(parent).inserted { open.append(parent) }
      }
    }
    return (codes, fixed, fixed.isEmpty)
  }
}
