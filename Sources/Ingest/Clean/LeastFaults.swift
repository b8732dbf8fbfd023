/// Reads a record whose quoting is broken, or whose number of fields is wrong, in the way that
/// supposes the fewest faults. The faults and what they cost:
/// - in an unquoted field: a quote at its start (5), quotes elsewhere (1);
/// - in a quoted field: each quote that is not doubled (1; after a delimiter 2), each place where
///   it could have closed and did not (4, and 4 more if a quote follows the delimiter there),
///   blanks around its quotes (2);
/// - a delimiter that lacks between two fields of which one is quoted (4; where the first would
///   end with a delimiter 8);
/// - a number of fields other than expected (6).
///
/// The least sum is found by going through all places where a field may start (dynamic
/// programming); records with too many of them are read from left to right.
struct LeastFaults {
  /// A reading of a record.
  struct Reading {
    var cells: [LooseCell]
    var cost: Int
    /// Delimiters that were supposed.
    var joints: Int
  }

  private static let open = 5
  private static let blanks = 2
  private static let passed = 4
  private static let joint = 4
  private static let misfit = 6
  /// Steps spent on one record at most.
  private static let work = 1 << 21

  let bytes: UnsafeBufferPointer<UInt8>
  let region: Range<Int>
  let cutter: RecordCutter
  /// The number of fields expected; 0 when nobody knows.
  let width: Int
  private let quote: UInt8?

  /// Places where a field may start, ascending; the last is one past the region.
  private var starts: [Int] = []
  private var number: [Int: Int] = [:]
  /// Places beyond which nobody looks at them all.
  private static let mostPlaces = 4_096

  init(
    _ bytes: UnsafeBufferPointer<UInt8>, _ region: Range<Int>, _ cutter: RecordCutter, width: Int
  ) {
    (self.bytes, self.region, self.cutter, self.width) = (bytes, region, cutter, width)
    quote = cutter.dialect.quote
    findPlaces()
  }

  private mutating func findPlaces() {
    starts = [region.lowerBound]
    var at = region.lowerBound
    while at < region.upperBound {
      if cutter.isDelimiter(bytes, at) {
        at += cutter.dialect.delimiter.count
        starts.append(min(at, region.upperBound))
        if starts.count > LeastFaults.mostPlaces { return }
        continue
      }
      // After a closing quote, and at an opening one, where the delimiter lacks.
      if width > 0, bytes[at] == quote {
        if starts.last != at { starts.append(at) }
        if at + 1 < region.upperBound, !cutter.isDelimiter(bytes, at + 1) {
          starts.append(at + 1)
        }
      }
      at += 1
      if starts.count > LeastFaults.mostPlaces { return }
    }
    starts.append(region.upperBound + 1)
    for (index, start) in starts.enumerated() where number[start] == nil { number[start] = index }
  }

  /// The reading; nil when the record has too many places to look at them all.
  func best() -> Reading? {
    let most = min(starts.count, max(width * 2, width + 16, width == 0 ? starts.count : 0))
    guard starts.count <= LeastFaults.mostPlaces,
      starts.count * starts.count * (most + 1) <= LeastFaults.work * 8,
      starts.count * (most + 1) <= LeastFaults.work
    else { return nil }
    var table = Table(places: starts.count, most: most)
    table.reach(0, 0, Step(cost: 0, from: -1, cell: nil, joints: 0))
    for place in 0..<(starts.count - 1) {
      guard table.isReached(place) else { continue }
      for way in ways(from: starts[place]) {
        guard let next = number[way.next] else { continue }
        table.go(from: place, to: next, way)
      }
    }
    return table.result(width)
  }

  /// A field read, and where the next one starts.
  struct Way {
    let cell: LooseCell
    let next: Int
    let cost: Int
    var joints = 0
  }

  private func ways(from start: Int) -> [Way] {
    var ways: [Way] = []
    unquoted(start, &ways)
    guard let quote else { return ways }
    var opening = start
    while opening < region.upperBound, bytes[opening] == 32 || bytes[opening] == 9 { opening += 1 }
    if opening < region.upperBound, bytes[opening] == quote {
      quoted(opening + 1, opening == start ? 0 : LeastFaults.blanks, quote, &ways)
    }
    return ways
  }

  private func unquoted(_ start: Int, _ ways: inout [Way]) {
    var at = start
    var cost = 0
    while at < region.upperBound, !cutter.isDelimiter(bytes, at) {
      // A line end within the region must be between quotes.
      if cutter.isLineEnd(bytes, at) { return }
      if bytes[at] == quote {
        if at > start, width > 0 {
          ways.append(
            Way(
              cell: plain(start, at), next: at, cost: cost + LeastFaults.joint, joints: 1))
        }
        cost = max(cost, at == start ? LeastFaults.open : 1)
      }
      at += 1
    }
    let next = at < region.upperBound ? at + cutter.dialect.delimiter.count : region.upperBound + 1
    ways.append(Way(cell: plain(start, at), next: next, cost: cost))
  }

  private func plain(_ start: Int, _ end: Int) -> LooseCell {
    LooseCell(start: start, end: end, form: .rewrite)
  }

  /// All ways to close a quoted field whose content starts at `start`.
  private func quoted(_ start: Int, _ before: Int, _ quote: UInt8, _ ways: inout [Way]) {
    var at = start
    var cost = before
    var pairs: [(at: Int, cost: Int)] = []
    while at < region.upperBound {
      if case .byte(let escape) = cutter.dialect.escape, bytes[at] == escape {
        at += 2
        continue
      }
      guard bytes[at] == quote else {
        at += 1
        continue
      }
      var after = at + 1
      while after < region.upperBound, bytes[after] == 32, !cutter.isDelimiter(bytes, after) {
        after += 1
      }
      let closes = after >= region.upperBound || cutter.isDelimiter(bytes, after)
      if closes {
        let cell = LooseCell(start: start, end: at, form: [.quoted, .rewrite])
        let next =
          after < region.upperBound
          ? after + cutter.dialect.delimiter.count : region.upperBound + 1
        ways.append(
          Way(cell: cell, next: next, cost: cost + (after == at + 1 ? 0 : LeastFaults.blanks)))
        cost += LeastFaults.passed
        let then = after + cutter.dialect.delimiter.count
        if after < region.upperBound, then < region.upperBound, bytes[then] == quote {
          cost += LeastFaults.passed
        }
      } else if cutter.dialect.escape == .doubled, after == at + 1, bytes[after] == quote {
        if width > 0 { pairs.append((at, cost)) }
        at += 2
        continue
      } else if width > 0 {
        // Closed here, the delimiter after it lacking.
        let cell = LooseCell(start: start, end: at, form: [.quoted, .rewrite])
        ways.append(
          Way(
            cell: cell, next: at + 1,
            cost: cost + LeastFaults.joint + (isAfterDelimiter(at) ? LeastFaults.joint : 0),
            joints: 1))
      }
      // A record could have ended here.
      if after < region.upperBound, cutter.isLineEnd(bytes, after) { cost += LeastFaults.passed }
      if cutter.dialect.escape != .none { cost += 1 }
      if isAfterDelimiter(at) { cost += 1 }
      at += 1
    }
    if width > 0 { joints(start, pairs, &ways) }
  }

  private func isAfterDelimiter(_ at: Int) -> Bool {
    let start = at - cutter.dialect.delimiter.count
    return start >= region.lowerBound && cutter.isDelimiter(bytes, start)
  }

  /// Pairs of quotes come in twos around words: where they do not, one may be an end and a
  /// beginning, with even numbers before and after it.
  private func joints(_ start: Int, _ pairs: [(at: Int, cost: Int)], _ ways: inout [Way]) {
    guard !pairs.count.isMultiple(of: 2) else { return }
    for (index, pair) in pairs.enumerated() where index.isMultiple(of: 2) {
      let isAmidText = pair.at + 2 >= region.upperBound || bytes[pair.at + 2] == 32
      let isLoose = bytes[pair.at - 1] == 32 || isAmidText
      let cell = LooseCell(start: start, end: pair.at, form: [.quoted, .rewrite])
      ways.append(
        Way(
          cell: cell, next: pair.at + 1,
          cost: pair.cost + LeastFaults.joint + (isLoose ? 1 : 0), joints: 1))
    }
  }

  private struct Step {
    var cost: Int
    var from: Int
    var cell: LooseCell?
    var joints: Int
  }

  /// The cheapest way to each place with each number of fields.
  private struct Table {
    let most: Int
    var steps: [Step?]
    let places: Int

    init(places: Int, most: Int) {
      (self.places, self.most) = (places, most)
      steps = Array(repeating: nil, count: places * (most + 1))
    }

    func isReached(_ place: Int) -> Bool {
      (0...most).contains { steps[place * (most + 1) + $0] != nil }
    }

    mutating func reach(_ place: Int, _ fields: Int, _ step: Step) {
      let index = place * (most + 1) + fields
      if let known = steps[index], known.cost <= step.cost { return }
      steps[index] = step
    }

    mutating func go(from place: Int, to next: Int, _ way: Way) {
      guard next > place else { return }
      for fields in 0..<most {
        guard let known = steps[place * (most + 1) + fields] else { continue }
        reach(
          next, fields + 1,
          Step(
            cost: known.cost + way.cost, from: place, cell: way.cell,
            joints: known.joints + way.joints))
      }
    }

    func result(_ width: Int) -> Reading? {
      let last = places - 1
      var best: (fields: Int, cost: Int)?
      for fields in 0...most {
        guard let step = steps[last * (most + 1) + fields] else { continue }
        let misfit =
          width == 0 || fields == width ? 0 : LeastFaults.misfit + min(abs(fields - width), 4)
        if best.map({ step.cost + misfit < $0.cost }) ?? true {
          best = (fields, step.cost + misfit)
        }
      }
      guard let best else { return nil }
      var cells: [LooseCell] = []
      var joints = 0
      var (place, fields) = (last, best.fields)
      while fields > 0, let step = steps[place * (most + 1) + fields], let cell = step.cell {
        if cells.isEmpty { joints = step.joints }
        cells.append(cell)
        (place, fields) = (step.from, fields - 1)
      }
      return Reading(cells: cells.reversed(), cost: best.cost, joints: joints)
    }
  }

  /// From left to right: a quoted field ends at the first quote that a delimiter follows. Of more
  /// fields than a record may have it reads one too many, and no more.
  func plainly() -> Reading {
    var cells: [LooseCell] = []
    var at = region.lowerBound
    var closer = at
    while true {
      var cell = plain(at, at)
      if at < region.upperBound, bytes[at] == quote {
        if closer <= at { closer = closing(at + 1) }
        if closer < region.upperBound {
          cell = LooseCell(start: at + 1, end: closer, form: [.quoted, .rewrite])
          at = closer + 1
        }
      }
      if !cell.form.contains(.quoted) {
        while at < region.upperBound, !cutter.isDelimiter(bytes, at) { at += 1 }
        cell.end = at
      }
      cells.append(cell)
      guard at < region.upperBound, cells.count <= RecordCutter.mostFields else {
        return Reading(cells: cells, cost: LeastFaults.misfit + 4, joints: 0)
      }
      at = min(at + cutter.dialect.delimiter.count, region.upperBound)
    }
  }

  /// The next quote that a delimiter or the end follows; the region's end when there is none.
  private func closing(_ from: Int) -> Int {
    var at = from
    while at < region.upperBound {
      if bytes[at] == quote {
        if at + 1 == region.upperBound || cutter.isDelimiter(bytes, at + 1) { return at }
      }
      at += 1
    }
    return region.upperBound
  }
}
