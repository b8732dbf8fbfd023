import StageKit
import Tabular

/// Classes of k or more like rows, and their means.
struct Microaggregation {
  static let way = "in_no_class"
  /// Rows of one group that MDAV takes: its time grows with their square.
  static let most = 50_000

  /// By field, then row; nil where the row leaves.
  private(set) var means: [[Int128?]]
  private(set) var isLeft: [Bool]

  /// - Parameters:
  ///   - values: by field, then row.
  ///   - groups: of each row; classes do not cross them.
  init(_ values: [[Int128?]], groups: [Int32], k: Int) throws {
    means = values.map { $0.map { _ in nil } }
    isLeft = groups.map { _ in true }
    var members: [[Int]] = []
    for row in groups.indices where values.allSatisfy({ $0[row] != nil }) {
      let group = Int(groups[row])
      while members.count <= group { members.append([]) }
      members[group].append(row)
    }
    for rows in members where rows.count >= k {
      for members in try Self.classes(rows, values, k) { try settle(members, values) }
    }
  }

  private mutating func settle(_ rows: [Int], _ values: [[Int128?]]) throws {
    for field in values.indices {
      var sum: Int128 = 0
      for row in rows {
        let (next, overflows) = sum.addingReportingOverflow(values[field][row] ?? 0)
        if overflows { throw OperatorError(Self.tooLarge) }
        sum = next
      }
      let mean = divideHalfAway(sum, by: Int128(rows.count))
      for row in rows { means[field][row] = mean }
    }
    for row in rows { isLeft[row] = false }
  }

  private static func classes(_ rows: [Int], _ values: [[Int128?]], _ k: Int) throws -> [[Int]] {
    guard values.count > 1 else {
      let sorted = rows.sorted { (values[0][$0] ?? 0, $0) < (values[0][$1] ?? 0, $1) }
      let count = rows.count / k
      return (0..<count).map { place in
        Array(sorted[(place * k)..<(place + 1 == count ? rows.count : (place + 1) * k)])
      }
    }
    guard rows.count <= most else { throw OperatorError(tooMany) }
    let points = standardised(rows, values)
    return MDAV(points, dimensions: values.count, k: k).classes.map { $0.map { rows[$0] } }
  }

  /// Each field in its standard deviations from its mean, row after row.
  private static func standardised(_ rows: [Int], _ values: [[Int128?]]) -> [Double] {
    var points = [Double](repeating: 0, count: rows.count * values.count)
    for (field, column) in values.enumerated() {
      let numbers = rows.map { Double(column[$0] ?? 0) }
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      let square = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (square / Double(numbers.count)).squareRoot()
      for (row, number) in numbers.enumerated() where deviation > 0 {
        points[row * values.count + field] = (number - mean) / deviation
      }
    }
    return points
  }

  private static let tooLarge = Message(
    en: "microaggregate: a sum is too large", fr: "microaggregate : une somme est trop grande")

  private static let tooMany = Message(
    en: "microaggregate: more than \(most) rows in one group for several fields; give 'within'",
    fr: "microaggregate : plus de \(most) lignes dans un groupe pour plusieurs champs ; donnez "
      + "« within »")
}

/// Maximum distance to average vector (Domingo-Ferrer and Mateo-Sanz, 2002; the generic form of
/// Domingo-Ferrer and Torra, 2005): classes around the rows farthest from the centre.
struct MDAV {
  private(set) var classes: [[Int]] = []
  private let points: [Double]
  private let dimensions: Int
  private let k: Int
  private var left: [Int]

  /// - Parameter points: `dimensions` coordinates a row.
  init(_ points: [Double], dimensions: Int, k: Int) {
    (self.points, self.dimensions, self.k) = (points, dimensions, k)
    left = Array(0..<(points.count / max(dimensions, 1)))
    while left.count >= 3 * k {
      let first = farthest(from: centre())
      let second = farthest(from: point(first))
      take(around: first)
      // It may have gone with the first.
      take(around: left.contains(second) ? second : farthest(from: point(first)))
    }
    if left.count >= 2 * k { take(around: farthest(from: centre())) }
    if !left.isEmpty { classes.append(left) }
  }

  private func point(_ row: Int) -> [Double] {
    Array(points[(row * dimensions)..<((row + 1) * dimensions)])
  }

  private func centre() -> [Double] {
    var sums = [Double](repeating: 0, count: dimensions)
    for row in left {
      for axis in 0..<dimensions { sums[axis] += points[row * dimensions + axis] }
    }
    return sums.map { $0 / Double(left.count) }
  }

  private func distance(_ row: Int, _ point: [Double]) -> Double {
    var sum = 0.0
    for axis in 0..<dimensions {
      let difference = points[row * dimensions + axis] - point[axis]
      sum += difference * difference
    }
    return sum
  }

  /// The first of the farthest ones.
  private func farthest(from point: [Double]) -> Int {
    var (best, far) = (left.first ?? 0, -1.0)
    for row in left {
      let distance = distance(row, point)
      if distance > far { (best, far) = (row, distance) }
    }
    return best
  }

  /// Makes a class of a row and the k − 1 nearest to it.
  private mutating func take(around row: Int) {
    let centre = point(row)
    var nearest: [(distance: Double, row: Int)] = [(-1, row)]
    for other in left where other != row {
      let one = (distance: distance(other, centre), row: other)
      if nearest.count == k, let last = nearest.last, one >= last { continue }
      let place = nearest.firstIndex { one < $0 } ?? nearest.count
      nearest.insert(one, at: place)
      if nearest.count > k { nearest.removeLast() }
    }
    let members = Set(nearest.map(\.row))
    classes.append(nearest.map(\.row).sorted())
    left.removeAll { members.contains($0) }
  }
}
