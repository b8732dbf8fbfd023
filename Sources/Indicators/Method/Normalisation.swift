/// How indicators of different units are brought to one scale on which more is better.
package enum Normalisation: Sendable, Hashable {
  /// From the least to the greatest, onto an interval.
  case minMax(low: Double, high: Double)
  case zScore(mean: Double, deviation: Double)
  /// From 1 for the worst; ties share the least.
  case rank
  /// Rank − 1.
  case borda
  /// (rank − 1) / (n − 1).
  case percentileRank
  /// Between two posts of the indicator's own, cut off there, onto an interval.
  case goalposts(low: Double, high: Double)
  /// (x − min) / (target − min); for direction −1 (max − x) / (max − target).
  case target(caps: Bool)
  /// 1 − (ref − x) / (ref − min).
  case reference(caps: Bool)
  /// 1 − (max − x) / (max − min).
  case maximum
  /// x / max.
  case shareOfMaximum
  /// As it is, turned over for direction −1.
  case none

  /// What an indicator brings to its normalisation.
  package struct Terms: Sendable {
    /// 1, or −1 where less is better.
    var direction = 1.0
    /// In the indicator's unit.
    var target: Double?
    var posts: (low: Double, high: Double)?
    /// The rows of the reference unit.
    var reference: [Int] = []

    package init(
      direction: Double = 1, target: Double? = nil, posts: (low: Double, high: Double)? = nil,
      reference: [Int] = []
    ) {
      (self.direction, self.target) = (direction, target)
      (self.posts, self.reference) = (posts, reference)
    }
  }

  /// Values on the common scale.
  /// - Parameters:
  ///   - values: in the indicator's unit; NaN where missing.
  ///   - rows: whose scale it is: those that are compared with one another.
  /// - Returns: nil where the scale has no width, so that it tells nothing.
  package func normalised(_ values: [Double], _ rows: [Int], _ terms: Terms) -> [Double]? {
    let turned = rows.map { values[$0] * terms.direction }
    guard let (least, greatest) = Statistics.range(turned) else {
      return turned.map { _ in .nan }
    }
    func scaled(_ from: Double, _ width: Double, _ low: Double, _ high: Double) -> [Double]? {
      guard width != 0, width.isFinite else { return nil }
      return turned.map { ($0 - from) / width * (high - low) + low }
    }
    func capped(_ values: [Double]?, _ caps: Bool) -> [Double]? {
      caps ? values?.map { $0.isNaN ? $0 : min($0, 1) } : values
    }
    switch self {
    case .none: return turned
    case .minMax(let low, let high): return scaled(least, greatest - least, low, high)
    case .maximum: return scaled(least, greatest - least, 0, 1)
    case .zScore(let centre, let spread):
      let deviation = Statistics.deviation(turned)
      guard deviation > 0 else { return nil }
      let mean = Statistics.mean(turned)
      return turned.map { ($0 - mean) / deviation * spread + centre }
    case .rank: return Statistics.ranks(turned)
    case .borda: return Statistics.ranks(turned).map { $0 - 1 }
    case .percentileRank:
      let count = Double(Statistics.present(turned).count)
      guard count > 1 else { return nil }
      return Statistics.ranks(turned).map { ($0 - 1) / (count - 1) }
    case .goalposts(let low, let high):
      guard let posts = terms.posts else { return nil }
      let (from, to) =
        terms.direction > 0 ? (posts.low, posts.high) : (-posts.high, -posts.low)
      return scaled(from, to - from, 0, 1)?.map {
        $0.isNaN ? $0 : min(max($0, 0), 1) * (high - low) + low
      }
    case .target(let caps):
      guard let target = terms.target else { return nil }
      return capped(scaled(least, target * terms.direction - least, 0, 1), caps)
    case .reference(let caps):
      let own = terms.reference.compactMap { rows.firstIndex(of: $0) }
      guard let place = own.first, !turned[place].isNaN else { return nil }
      let width = turned[place] - least
      guard width != 0 else { return nil }
      return capped(turned.map { 1 - (turned[place] - $0) / width }, caps)
    case .shareOfMaximum:
      guard greatest != 0 else { return nil }
      return turned.map { $0 / greatest }
    }
  }

  /// The least value that it can give; nil where that depends on the data.
  var floor: Double? {
    switch self {
    case .minMax(let low, let high), .goalposts(let low, let high): min(low, high)
    case .borda, .percentileRank, .maximum: 0
    case .target: 0
    case .rank: 1
    case .zScore, .reference, .shareOfMaximum, .none: nil
    }
  }
}
