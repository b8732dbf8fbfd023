/// All combinations of levels, numbered so that coarser ones of a field come later.
package struct Lattice: Sendable {
  package let heights: [Int]
  private let strides: [Int]
  package let count: Int

  /// Combinations that a search can keep account of.
  package static let limit = 1 << 23

  /// - Returns: nil beyond the limit.
  package init?(heights: [Int]) {
    var (strides, stride) = ([Int](repeating: 0, count: heights.count), 1)
    for field in heights.indices.reversed() {
      strides[field] = stride
      stride *= heights[field]
      if stride > Lattice.limit { return nil }
    }
    (self.heights, self.strides, count) = (heights, strides, stride)
  }

  package func levels(_ node: Int) -> [Int] {
    heights.indices.map { node / strides[$0] % heights[$0] }
  }

  /// The number of a combination.
  package func node(_ levels: [Int]) -> Int {
    zip(levels, strides).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Nodes of one level more, or less, in one field.
  package func successors(_ node: Int) -> [Int] {
    heights.indices.compactMap {
      node / strides[$0] % heights[$0] + 1 < heights[$0] ? node + strides[$0] : nil
    }
  }

  package func predecessors(_ node: Int) -> [Int] {
    heights.indices.compactMap { node / strides[$0] % heights[$0] > 0 ? node - strides[$0] : nil }
  }
}
