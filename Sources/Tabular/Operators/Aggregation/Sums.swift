/// Exact sums of integers or decimals by group, free of order: nothing overflows on the way.
///
/// Each scale has its own sums; 64-bit terms cannot overflow 128 bits, and wider terms are added
/// in two halves.
final class Sums: Accumulator {
  private struct Part {
    let scale: Int
    /// Sums of 64-bit terms and of the lower halves of wider ones.
    var low: [Int128] = []
    /// Sums of the upper halves, in units of 2⁶⁴; empty when no term was wide.
    var high: [Int128] = []
  }

  private var parts: [Part] = []
  private var groups = 0

  /// The largest scale that came, at which totals are taken.
  var scale: Int { parts.reduce(0) { Swift.max($0, $1.scale) } }

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
    guard let other = other as? Sums else { throw OperatorMessages.wrongColumn }
    for theirs in other.parts {
      let mine = part(theirs.scale)
      for (from, sum) in theirs.low.enumerated() where map[from] >= 0 {
        parts[mine].low[Int(map[from])] &+= sum
      }
      if theirs.high.isEmpty { continue }
      widen(mine)
      for (from, sum) in theirs.high.enumerated() where map[from] >= 0 {
        parts[mine].high[Int(map[from])] &+= sum
      }
    }
  }

  var heldBytes: Int { parts.reduce(0) { $0 + 16 * ($1.low.capacity + $1.high.capacity) } }

  /// A group's exact sum in units of 10^−scale.
  func total(_ group: Int) -> WideInteger {
    let scale = scale
    if parts.count == 1, parts[0].high.isEmpty {
      return WideInteger(group < parts[0].low.count ? parts[0].low[group] : 0)
    }
    var total = WideInteger(0)
    for part in parts where group < part.low.count {
      var sum = WideInteger(part.low[group])
      if group < part.high.count {
        sum = sum + WideInteger(part.high[group]) * WideInteger(1 << 64)
      }
      total = total + sum.scaled(scale - part.scale)
    }
    return total
  }

  /// All groups' sums in units of 10^−scale where 128 bits hold every one of them.
  func totals() -> [Int128]? {
    var totals: [Int128] = []
    totals.reserveCapacity(groups)
    let simple = parts.count == 1 && parts[0].high.isEmpty
    for group in 0..<groups {
      if simple, group < parts[0].low.count {
        totals.append(parts[0].low[group])
      } else if let word = total(group).word {
        totals.append(word)
      } else {
        return nil
      }
    }
    return totals
  }

  /// The index of the part of a scale, with room for all groups.
  private func part(_ scale: Int) -> Int {
    let index = parts.firstIndex { $0.scale == scale } ?? parts.count
    if index == parts.count { parts.append(Part(scale: scale)) }
    let missing = groups - parts[index].low.count
    if missing > 0 { parts[index].low.append(contentsOf: repeatElement(0, count: missing)) }
    return index
  }

  private func widen(_ part: Int) {
    let missing = groups - parts[part].high.count
    if missing > 0 { parts[part].high.append(contentsOf: repeatElement(0, count: missing)) }
  }

  private func add(_ values: [Int64], _ selection: Selection, _ part: Int) {
    // Out of the part while they change, and by a span: nothing is checked or copied per row.
    var taken = parts[part].low
    parts[part].low = []
    var sums = taken.mutableSpan
    let (rows, groups) = (selection.rows.span, selection.groups.span)
    for index in rows.indices {
      sums[Int(groups[index])] &+= Int128(values[Int(rows[index])])
    }
    parts[part].low = taken
  }

  private func add(_ values: [Int128], _ selection: Selection, _ part: Int) {
    widen(part)
    for index in selection.rows.indices {
      let value = values[Int(selection.rows[index])]
      let group = Int(selection.groups[index])
      parts[part].low[group] &+= Int128(UInt64(truncatingIfNeeded: value))
      parts[part].high[group] &+= value >> 64
    }
  }
}

/// Exact sums of doubles by group.
final class DoubleSums: Accumulator {
  private(set) var sums = ExactSums()

  func grow(to groups: Int) { sums.grow(to: groups) }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    guard case .double(let values) = column.values else { throw OperatorMessages.wrongColumn }
    sums.add(values, rows: selection.rows, groups: selection.groups)
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? DoubleSums else { throw OperatorMessages.wrongColumn }
    sums.merge(other.sums, map)
  }

  var heldBytes: Int { sums.heldBytes }
}
