/// Tuples of ordered values put apart into regions by Mondrian's strict partition (LeFevre, DeWitt
/// and Ramakrishnan 2006): again and again a region is cut at the median of the field in which it
/// is widest, as long as both halves keep what is asked. Empty values lie in no range: tuples are
/// first put apart by which of their values are empty.
package struct RangePartition: Sendable {
  /// A field's place in the keys, and its values in ascending order; the rank behind the last is
  /// that of an empty value.
  package struct Field: Sendable {
    package let shift: Int
    package let bits: Int
    package let values: [Double]

    package init(shift: Int, bits: Int, values: [Double]) {
      (self.shift, self.bits, self.values) = (shift, bits, values)
    }

    @inline(__always)
    package func rank(_ key: UInt64) -> Int {
      Int(truncatingIfNeeded: (key >> UInt64(shift)) & ((1 << UInt64(bits)) - 1))
    }

    /// How far apart two ranks are, from 0 to 1.
    package func width(_ low: Int, _ high: Int) -> Double {
      guard low < high, high < values.count, let first = values.first, let last = values.last
      else { return 0 }
      return (values[high] - values[low]) / (last - first)
    }
  }

  package struct Region: Sendable {
    /// By field: the least and the greatest rank.
    package var lows: [Int]
    package var highs: [Int]
    package var keys: [UInt64]
    package var rows: Int
  }

  package private(set) var regions: [Region] = []
  /// Tuples that are alike to too few, and their rows.
  package private(set) var suppressed: [UInt64] = []
  package private(set) var suppressedRows = 0
  private let fields: [Field]
  private let requirement: Requirement

  /// - Parameter tuples: keys of ranks.
  package init(_ tuples: Classes, _ fields: [Field], _ requirement: Requirement) {
    (self.fields, self.requirement) = (fields, requirement)
    let masks = tuples.keys.map { key in
      fields.indices.reduce(0) { mask, field in
        fields[field].rank(key) < fields[field].values.count ? mask : mask | 1 << field
      }
    }
    for mask in Set(masks).sorted() {
      let part = tuples.kept { masks[$0] == mask }
      let whole = part.joined(Array(repeating: 0, count: part.count), as: [0])
      if requirement.verdict(whole).failing.isEmpty {
        divide(part)
      } else {
        suppressed += part.keys
        suppressedRows += part.rows.reduce(0, +)
      }
    }
  }

  private mutating func divide(_ part: Classes) {
    var open = [part]
    while let part = open.popLast() {
      let (lows, highs) = extent(part)
      if let places = cut(part, lows, highs) {
        open.append(part.kept { places[$0] == 1 })
        open.append(part.kept { places[$0] == 0 })
      } else {
        regions.append(
          Region(lows: lows, highs: highs, keys: part.keys, rows: part.rows.reduce(0, +)))
      }
    }
  }

  private func extent(_ part: Classes) -> (lows: [Int], highs: [Int]) {
    var lows = [Int](repeating: .max, count: fields.count)
    var highs = [Int](repeating: 0, count: fields.count)
    for key in part.keys {
      for (index, field) in fields.enumerated() {
        let rank = field.rank(key)
        lows[index] = min(lows[index], rank)
        highs[index] = max(highs[index], rank)
      }
    }
    return (lows, highs)
  }

  /// By tuple the half that it falls into; nil when no cut will do.
  private func cut(_ part: Classes, _ lows: [Int], _ highs: [Int]) -> [Int32]? {
    // No half of fewer rows has persons enough.
    guard part.rows.reduce(0, +) >= 2 * requirement.k else { return nil }
    let widths = fields.indices.map { fields[$0].width(lows[$0], highs[$0]) }
    let order = fields.indices.filter { lows[$0] < highs[$0] }.sorted {
      widths[$0] != widths[$1] ? widths[$0] > widths[$1] : $0 < $1
    }
    for index in order {
      let field = fields[index]
      let ranks = part.keys.map { field.rank($0) }
      let median = Self.median(ranks, part.rows)
      let places = ranks.map { Int32($0 <= median ? 0 : 1) }
      if requirement.verdict(part.joined(places, as: [0, 1])).failing.isEmpty { return places }
    }
    return nil
  }

  /// The rank that half of the rows do not exceed, less than the greatest.
  private static func median(_ ranks: [Int], _ rows: [Int]) -> Int {
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    let (all, last) = (rows.reduce(0, +), order.last.map { ranks[$0] } ?? 0)
    var (sum, median) = (0, 0)
    for index in order {
      if ranks[index] == last { break }
      if sum * 2 >= all { break }
      median = ranks[index]
      sum += rows[index]
    }
    // Of the rows of one value all fall into one half.
    return median
  }
}
