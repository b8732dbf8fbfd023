/// The least or greatest value of each group.
final class Extremes: Accumulator {
  private(set) var cells: CellStore
  private let greatest: Bool

  init(_ type: DataType, greatest: Bool) {
    cells = CellStore(type)
    self.greatest = greatest
  }

  func grow(to groups: Int) { cells.grow(to: groups) }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    switch try cells.source(column) {
    case .words(let values): add(values, selection.rows, selection.groups)
    case .digits(let values): add(values, selection.rows, selection.groups)
    case .texts(let texts):
      for index in selection.rows.indices {
        let text = texts.bytes[texts.range(Int(selection.rows[index]))]
        offer(text, Int(selection.groups[index]))
      }
    }
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? Extremes, other.cells.type == cells.type else {
      throw OperatorMessages.wrongColumn
    }
    var theirs = other.cells
    cells.align(with: &theirs)
    let rows = theirs.filled.indices.filter { theirs.filled[$0] && map[$0] >= 0 }
      .map { Int32(truncatingIfNeeded: $0) }
    let groups = rows.map { map[Int($0)] }
    switch cells.type {
    case .text: for row in rows { offer(theirs.texts[Int(row)][...], Int(map[Int(row)])) }
    case .decimal: add(theirs.digits, rows, groups)
    case .boolean, .integer, .double, .date, .datetime: add(theirs.words, rows, groups)
    }
  }

  var heldBytes: Int { cells.heldBytes }

  private func add(_ values: [Int64], _ rows: [Int32], _ groups: [Int32]) {
    for index in rows.indices {
      let (value, group) = (values[Int(rows[index])], Int(groups[index]))
      if !cells.filled[group]
        || (greatest ? value > cells.words[group] : value < cells.words[group])
      {
        cells.set(group, value)
      }
    }
  }

  private func add(_ values: [Int128], _ rows: [Int32], _ groups: [Int32]) {
    for index in rows.indices {
      let (value, group) = (values[Int(rows[index])], Int(groups[index]))
      if !cells.filled[group]
        || (greatest ? value > cells.digits[group] : value < cells.digits[group])
      {
        cells.set(group, value)
      }
    }
  }

  private func offer(_ text: ArraySlice<UInt8>, _ group: Int) {
    if cells.filled[group] {
      let better =
        greatest
        ? cells.texts[group].lexicographicallyPrecedes(text)
        : text.lexicographicallyPrecedes(cells.texts[group])
      if !better { return }
    }
    cells.set(group, text)
  }
}

/// The value of each group's first or last row, by ordinal.
final class Edges: Accumulator {
  private(set) var cells: CellStore
  private var ordinals: [Int64] = []
  private let latest: Bool

  init(_ type: DataType, latest: Bool) {
    cells = CellStore(type)
    self.latest = latest
  }

  func grow(to groups: Int) {
    cells.grow(to: groups)
    ordinals.append(contentsOf: repeatElement(0, count: Swift.max(0, groups - ordinals.count)))
  }

  func add(_ selection: Selection, _ column: Column, _ batch: Batch) throws {
    let source = try cells.source(column)
    // From the side that wins, so that each group is set once a batch.
    let count = selection.rows.count
    for step in 0..<count {
      let index = latest ? count - 1 - step : step
      let (row, group) = (Int(selection.rows[index]), Int(selection.groups[index]))
      let ordinal = batch.ordinal(row)
      guard wins(ordinal, group) else { continue }
      ordinals[group] = ordinal
      switch source {
      case .words(let values): cells.set(group, values[row])
      case .digits(let values): cells.set(group, values[row])
      case .texts(let texts): cells.set(group, texts.bytes[texts.range(row)])
      }
    }
  }

  func merge(_ other: any Accumulator, _ map: [Int32]) throws {
    guard let other = other as? Edges, other.cells.type == cells.type else {
      throw OperatorMessages.wrongColumn
    }
    var theirs = other.cells
    cells.align(with: &theirs)
    for from in theirs.filled.indices where theirs.filled[from] && map[from] >= 0 {
      let to = Int(map[from])
      guard wins(other.ordinals[from], to) else { continue }
      ordinals[to] = other.ordinals[from]
      switch cells.type {
      case .text: cells.set(to, theirs.texts[from][...])
      case .decimal: cells.set(to, theirs.digits[from])
      case .boolean, .integer, .double, .date, .datetime: cells.set(to, theirs.words[from])
      }
    }
  }

  var heldBytes: Int { cells.heldBytes + 8 * ordinals.capacity }

  @inline(__always)
  private func wins(_ ordinal: Int64, _ group: Int) -> Bool {
    !cells.filled[group] || (latest ? ordinal > ordinals[group] : ordinal < ordinals[group])
  }
}
