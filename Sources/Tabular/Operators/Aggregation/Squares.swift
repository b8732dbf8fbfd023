/// Exact sums of squares of integers or decimals by group; variances take them with the sums.
final class Squares: Accumulator {
  private struct Part {
    /// Of the terms; their squares have twice as many digits after the point.
    let scale: Int
    /// Sums of squares below 2¹²⁸, and how often these wrapped around.
    var low: [UInt128] = []
    var wraps: [UInt64] = []
    /// Sums of squares of terms beyond 64 bits, which are rare.
    var wide: [Int32: Magnitude] = [:]
  }

  private var parts: [Part] = []
  private var groups = 0

  func grow(to groups: Int) { self.groups = Swift.max(self.groups, groups) }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    switch column.values {
    case .integer(let values): add(values, selection, part(0))
    case .decimal(let decimals):
      let part = part(decimals.scale)
      switch decimals.digits {
      case .narrow(let values): add(values, selection, part)
      case .wide(let values): add(values, selection, part)
      }
    case .text, .boolean, .double, .date, .datetime, .absent: throw OperatorMessages.wrongColumn
    }
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? Squares else { throw OperatorMessages.wrongColumn }
    for theirs in other.parts {
      let mine = part(theirs.scale)
      for from in theirs.low.indices where map[from] >= 0 {
        let to = Int(map[from])
        add(theirs.low[from], mine, to)
        parts[mine].wraps[to] &+= theirs.wraps[from]
      }
      for (from, sum) in theirs.wide where map[Int(from)] >= 0 {
        let to = map[Int(from)]
        parts[mine].wide[to] = (parts[mine].wide[to] ?? Magnitude(0)) + sum
      }
    }
  }

  var heldBytes: Int {
    parts.reduce(0) { $0 + 16 * $1.low.capacity + 8 * $1.wraps.capacity + 128 * $1.wide.count }
  }

  /// A group's exact sum of squares in units of 10^(−2 · scale).
  /// - Parameter scale: the largest that came.
  func total(_ group: Int, _ scale: Int) -> WideInteger {
    var total = Magnitude(0)
    for part in parts where group < part.low.count {
      var sum = Magnitude(part.low[group])
      if part.wraps[group] > 0 {
        sum = sum + Magnitude(UInt128(part.wraps[group])).shifted(limbs: 4)
      }
      if let wide = part.wide[Int32(truncatingIfNeeded: group)] { sum = sum + wide }
      total = total + sum * Magnitude.powerOfTen(2 * (scale - part.scale))
    }
    return WideInteger(total)
  }

  private func part(_ scale: Int) -> Int {
    let index = parts.firstIndex { $0.scale == scale } ?? parts.count
    if index == parts.count { parts.append(Part(scale: scale)) }
    let missing = groups - parts[index].low.count
    if missing > 0 {
      parts[index].low.append(contentsOf: repeatElement(0, count: missing))
      parts[index].wraps.append(contentsOf: repeatElement(0, count: missing))
    }
    return index
  }

  @inline(__always)
  private func add(_ square: UInt128, _ part: Int, _ group: Int) {
    let (sum, overflow) = parts[part].low[group].addingReportingOverflow(square)
    parts[part].low[group] = sum
    if overflow { parts[part].wraps[group] &+= 1 }
  }

  private func add(_ values: [Int64], _ selection: Selection, _ part: Int) {
    for index in selection.rows.indices {
      let size = UInt128(values[Int(selection.rows[index])].magnitude)
      add(size &* size, part, Int(selection.groups[index]))
    }
  }

  private func add(_ values: [Int128], _ selection: Selection, _ part: Int) {
    for index in selection.rows.indices {
      let size = values[Int(selection.rows[index])].magnitude
      let group = selection.groups[index]
      if size >> 64 == 0 {
        add(size &* size, part, Int(group))
      } else {
        let square = Magnitude(size) * Magnitude(size)
        parts[part].wide[group] = (parts[part].wide[group] ?? Magnitude(0)) + square
      }
    }
  }
}

/// Exact sums of squares of doubles by group.
///
/// A square is two doubles, rounded product and its error, both added exactly. Very large and very
/// small terms are scaled by a power of two before, so that neither leaves a double's range.
final class DoubleSquares: Accumulator {
  private var usual = ExactSums()
  /// Squares in units of 2^(2 · scaling), and of 2^(−2 · scaling).
  private var large = ExactSums()
  private var small = ExactSums()

  private static let scaling = 640

  /// The exponent of the unit of `exact`.
  static let unit = ExactSums.unit - 2 * scaling

  func grow(to groups: Int) {
    usual.grow(to: groups)
    large.grow(to: groups)
    small.grow(to: groups)
  }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    guard case .double(let values) = column.values else { throw OperatorMessages.wrongColumn }
    let up = Double(sign: .plus, exponent: DoubleSquares.scaling, significand: 1)
    var (usual, large, small) = (Squared(), Squared(), Squared())
    for index in selection.rows.indices {
      let value = values[Int(selection.rows[index])]
      let group = selection.groups[index]
      // What is not finite is told by the sums of the values themselves.
      guard value.isFinite else { continue }
      switch value.magnitude.exponent {
      case 500...: large.add(value / up, group)
      case ..<(-400): small.add(value * up, group)
      default: usual.add(value, group)
      }
    }
    usual.move(to: &self.usual)
    large.move(to: &self.large)
    small.move(to: &self.small)
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? DoubleSquares else { throw OperatorMessages.wrongColumn }
    usual.merge(other.usual, map)
    large.merge(other.large, map)
    small.merge(other.small, map)
  }

  var heldBytes: Int { usual.heldBytes + large.heldBytes + small.heldBytes }

  /// A group's exact sum of squares of finite values, in units of 2^`unit`.
  func exact(_ group: Int) -> WideInteger {
    let bits = 2 * DoubleSquares.scaling
    return small.exact(group) + usual.exact(group).shifted(bits: bits)
      + large.exact(group).shifted(bits: 2 * bits)
  }

  /// Squares of one batch on their way to a sum.
  private struct Squared {
    private var terms: [Double] = []
    private var groups: [Int32] = []

    @inline(__always)
    mutating func add(_ value: Double, _ group: Int32) {
      let product = value * value
      terms.append(product)
      terms.append((-product).addingProduct(value, value))
      groups.append(group)
      groups.append(group)
    }

    func move(to sums: inout ExactSums) {
      if terms.isEmpty { return }
      let places = terms.indices.map { Int32(truncatingIfNeeded: $0) }
      sums.add(terms, rows: places, groups: groups)
    }
  }
}
