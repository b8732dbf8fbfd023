/// How often each value of a sensitive field stands in each tuple or class.
package struct SensitiveCounts: Sendable {
  package struct Cell: Sendable, Hashable {
    package var place: Int32
    package var value: Int32
    package var rows: Int

    package init(place: Int32, value: Int32, rows: Int) {
      (self.place, self.value, self.rows) = (place, value, rows)
    }
  }

  /// In no order; each place and value once.
  package var cells: [Cell]
  /// Values of the field.
  package let values: Int

  package init(cells: [Cell], values: Int) { (self.cells, self.values) = (cells, values) }

  /// The same of coarser classes.
  /// - Parameter places: by class, the coarser one.
  func rolledUp(_ places: [Int32]) -> SensitiveCounts {
    var table = TupleTable(expecting: min(cells.count, 4096))
    var rolled: [Cell] = []
    for cell in cells {
      let place = places[Int(cell.place)]
      let key = UInt64(UInt32(bitPattern: place)) << 32 | UInt64(UInt32(bitPattern: cell.value))
      let number = table.number(key)
      if number == rolled.count {
        rolled.append(Cell(place: place, value: cell.value, rows: cell.rows))
      } else {
        rolled[number].rows += cell.rows
      }
    }
    return SensitiveCounts(cells: rolled, values: values)
  }

  /// The rows of each value in the whole table.
  package var whole: [Int] {
    var whole = [Int](repeating: 0, count: values)
    for cell in cells { whole[Int(cell.value)] += cell.rows }
    return whole
  }

  /// Cells class by class.
  func byPlace(_ count: Int) -> (starts: [Int], cells: [Cell]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for cell in cells { starts[Int(cell.place) + 1] += 1 }
    for place in 0..<count { starts[place + 1] += starts[place] }
    var next = starts
    var sorted = cells
    for cell in cells {
      sorted[next[Int(cell.place)]] = cell
      next[Int(cell.place)] += 1
    }
    return (starts, sorted)
  }
}
