/// All values of each group, for medians and quantiles.
final class GroupValues: Accumulator {
  /// Values that came with one scale and width, each with its group.
  private struct Part {
    let scale: Int
    let isWide: Bool
    var groups: [Int32] = []
    /// Ordered words, or digits of decimals.
    var narrow: [Int64] = []
    var wide: [Int128] = []
  }

  private let type: DataType
  private var parts: [Part] = []
  private var groups = 0
  /// The values group after group, once they are all there.
  private var gathered: GroupRuns?

  init(_ type: DataType) { self.type = type }

  func grow(to groups: Int) { self.groups = Swift.max(self.groups, groups) }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    guard column.type == type else { throw OperatorMessages.wrongColumn }
    if let decimals = column.decimals {
      switch decimals.digits {
      case .narrow(let values): add(values, selection, part(decimals.scale, wide: false))
      case .wide(let values):
        let part = part(decimals.scale, wide: true)
        parts[part].groups.append(contentsOf: selection.groups)
        for row in selection.rows { parts[part].wide.append(values[Int(row)]) }
      }
    } else if let words = OrderedWords.of(column) {
      add(words, selection, part(0, wide: false))
    } else {
      throw OperatorMessages.wrongColumn
    }
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? GroupValues else { throw OperatorMessages.wrongColumn }
    for theirs in other.parts {
      let mine = part(theirs.scale, wide: theirs.isWide)
      for (place, group) in theirs.groups.enumerated() where map[Int(group)] >= 0 {
        parts[mine].groups.append(map[Int(group)])
        if theirs.isWide {
          parts[mine].wide.append(theirs.wide[place])
        } else {
          parts[mine].narrow.append(theirs.narrow[place])
        }
      }
    }
  }

  var heldBytes: Int {
    parts.reduce(0) {
      $0 + 4 * $1.groups.capacity + 8 * $1.narrow.capacity + 16 * $1.wide.capacity
    }
  }

  /// The values group after group, at their largest scale.
  func runs() throws -> GroupRuns {
    if let gathered { return gathered }
    let scale = parts.reduce(0) { Swift.max($0, $1.scale) }
    var starts = [Int](repeating: 0, count: groups + 1)
    for part in parts { for group in part.groups { starts[Int(group) + 1] += 1 } }
    for group in 0..<groups { starts[group + 1] += starts[group] }
    let runs: GroupRuns
    if let narrow = narrow(starts, scale) {
      runs = GroupRuns(starts: starts, scale: scale, narrow: narrow, wide: nil)
    } else {
      runs = GroupRuns(starts: starts, scale: scale, narrow: [], wide: try wide(starts, scale))
    }
    parts = []
    gathered = runs
    return runs
  }

  private func part(_ scale: Int, wide: Bool) -> Int {
    if let index = parts.firstIndex(where: { $0.scale == scale && $0.isWide == wide }) {
      return index
    }
    parts.append(Part(scale: scale, isWide: wide))
    return parts.count - 1
  }

  private func add(_ values: [Int64], _ selection: Selection, _ part: Int) {
    parts[part].groups.append(contentsOf: selection.groups)
    for row in selection.rows { parts[part].narrow.append(values[Int(row)]) }
  }

  private func narrow(_ starts: [Int], _ scale: Int) -> [Int64]? {
    if parts.contains(where: \.isWide) { return nil }
    var places = starts
    var values = [Int64](repeating: 0, count: starts.last ?? 0)
    for part in parts {
      let factor = Int64(truncatingIfNeeded: Decimal.powersOfTen[scale - part.scale])
      for index in part.groups.indices {
        let (value, overflow) = part.narrow[index].multipliedReportingOverflow(by: factor)
        if overflow { return nil }
        let group = Int(part.groups[index])
        values[places[group]] = value
        places[group] += 1
      }
    }
    return values
  }

  private func wide(_ starts: [Int], _ scale: Int) throws -> [Int128] {
    var places = starts
    var values = [Int128](repeating: 0, count: starts.last ?? 0)
    for part in parts {
      let factor = Decimal.powersOfTen[scale - part.scale]
      for index in part.groups.indices {
        let digits = part.isWide ? part.wide[index] : Int128(part.narrow[index])
        let (value, overflow) = digits.multipliedReportingOverflow(by: factor)
        if overflow { throw OperatorMessages.decimalTooLarge }
        let group = Int(part.groups[index])
        values[places[group]] = value
        places[group] += 1
      }
    }
    return values
  }
}

/// The values of all groups, group after group, and the picking of neighbours in their order.
final class GroupRuns {
  private let starts: [Int]
  /// Of decimals.
  let scale: Int
  private var narrow: [Int64]
  private var wide: [Int128]?

  init(starts: [Int], scale: Int, narrow: [Int64], wide: [Int128]?) {
    (self.starts, self.scale, self.narrow, self.wide) = (starts, scale, narrow, wide)
  }

  /// The number of a group's values.
  func count(_ group: Int) -> Int { starts[group + 1] - starts[group] }

  /// The values at `place` and `place + 1` of a group's ascending order; the first twice when it is
  /// the last one.
  /// - Parameter place: 0 … count − 1.
  func neighbours(_ group: Int, at place: Int) -> (Int128, Int128) {
    let range = starts[group]..<starts[group + 1]
    if wide != nil {
      return Self.neighbours(&wide, range, place) ?? (0, 0)
    }
    let (low, high) = Self.neighbours(&narrow, range, place)
    return (Int128(low), Int128(high))
  }

  private static func neighbours(
    _ values: inout [Int128]?, _ range: Range<Int>, _ place: Int
  ) -> (Int128, Int128)? {
    guard var taken = values else { return nil }
    values = nil
    defer { values = taken }
    return neighbours(&taken, range, place)
  }

  private static func neighbours<Number: FixedWidthInteger>(
    _ values: inout [Number], _ range: Range<Int>, _ place: Int
  ) -> (Number, Number) {
    let at = range.lowerBound + place
    select(&values, range, at)
    let low = values[at]
    guard at + 1 < range.upperBound else { return (low, low) }
    var high = values[at + 1]
    for index in at + 1..<range.upperBound where values[index] < high { high = values[index] }
    return (low, high)
  }

  /// Puts into place the value that sorting would put at `target`, smaller ones before it and
  /// larger ones after (Hoare's quickselect; a sort when the pivots are bad).
  private static func select<Number: FixedWidthInteger>(
    _ values: inout [Number], _ range: Range<Int>, _ target: Int
  ) {
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    var patience = 2 * (Int.bitWidth - range.count.leadingZeroBitCount) + 8
    while high - low > 16, patience > 0 {
      patience -= 1
      let (a, b, c) = (values[low], values[low + (high - low) / 2], values[high])
      let pivot = Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
      var (i, j) = (low, high)
      while i <= j {
        while values[i] < pivot { i += 1 }
        while values[j] > pivot { j -= 1 }
        if i <= j {
          values.swapAt(i, j)
          i += 1
          j -= 1
        }
      }
      if target <= j { high = j } else if target >= i { low = i } else { return }
    }
    values[low...high].sort()
  }
}
