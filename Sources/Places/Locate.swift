import Tabular

/// What became of a run's points.
struct LocatedPoints: Sendable, Equatable {
  var rows = 0
  var missing = 0
  var outside = 0
  var onBorder = 0
  var inSeveral = 0
  /// Of points outside, a fixed few of each batch: how many were looked at, lie in a district when
  /// their coordinates are swapped, and are no degrees.
  var looked = 0
  var swapped = 0
  var noDegrees = 0

  /// Those with coordinates.
  var placed: Int { rows - missing }

  mutating func add(_ other: LocatedPoints) {
    rows += other.rows
    missing += other.missing
    outside += other.outside
    onBorder += other.onBorder
    inSeveral += other.inSeveral
    looked += other.looked
    swapped += other.swapped
    noDegrees += other.noDegrees
  }
}

/// Appends columns of what is said of the district that each row's point lies in.
struct Locate: RowOperator {
  /// Points outside of which so many a batch are looked at for swapped coordinates.
  static let looked = 256

  let grid: DistrictGrid
  /// Positions of the coordinates' columns, of numbers.
  let (x, y): (Int, Int)
  let reprojection: ReprojectionPlan?
  /// A value a district and then a null; absent columns are appended as absent ones.
  let taken: [Column]
  let dropsOutside: Bool
  let dropsMissing: Bool
  /// Looks at all counts once the input has ended.
  let judge: @Sendable (LocatedPoints) throws -> Void

  func makeWorker() -> any RowWorker { Worker(self) }

  func conclude(_ workers: [any RowWorker]) throws {
    var counts = LocatedPoints()
    for worker in workers {
      if let worker = worker as? Worker { counts.add(worker.counts) }
    }
    try judge(counts)
  }

  private final class Worker: RowWorker {
    private let plan: Locate
    private let finder: DistrictFinder
    private var reprojection: Reprojection?
    private(set) var tally = Tally()
    private var points = LocatedPoints()
    private var districts: [Int32] = []

    init(_ plan: Locate) {
      self.plan = plan
      finder = DistrictFinder(plan.grid)
    }

    var counts: LocatedPoints {
      var counts = points
      (counts.onBorder, counts.inSeveral) = (finder.onBorder, finder.inSeveral)
      return counts
    }

    func process(_ batch: Batch) throws -> Batch {
      let (first, second) = (batch.columns[plan.x], batch.columns[plan.y])
      let valid = first.validity.and(second.validity)
      let (x, y) = (Coordinates.doubles(first), Coordinates.doubles(second))
      try find(x, y, valid)
      let kept = count(valid, batch.rowCount)
      try look(x, y, valid)
      var result = kept.count == batch.rowCount ? batch : batch.gathered(kept)
      let none = Int32(truncatingIfNeeded: plan.grid.features.count)
      let places = kept.map { districts[Int($0)] < 0 ? none : districts[Int($0)] }
      for column in plan.taken {
        result.columns.append(
          column.isAbsent
            ? Column(.absent(column.type, count: places.count)) : column.gathered(places))
      }
      return result
    }

    private func find(_ x: [Double], _ y: [Double], _ valid: Validity) throws {
      var (x, y) = (x, y)
      try carry(&x, &y)
      districts.removeAll(keepingCapacity: true)
      districts.reserveCapacity(x.count)
      let flags = valid.flags
      for row in x.indices {
        let isThere = flags.map { $0[row] } ?? true
        districts.append(isThere ? finder.district(x[row], y[row]) : -1)
      }
    }

    private func carry(_ x: inout [Double], _ y: inout [Double]) throws {
      guard let asked = plan.reprojection else { return }
      let reprojection = try self.reprojection ?? asked.make()
      self.reprojection = reprojection
      reprojection.carry(&x, &y)
    }

    /// Counts the rows, and says which stay.
    private func count(_ valid: Validity, _ rows: Int) -> [Int32] {
      var kept: [Int32] = []
      kept.reserveCapacity(rows)
      var (missing, outside) = (0, 0)
      for row in 0..<rows {
        let isMissing = !valid[row]
        let isOutside = !isMissing && districts[row] < 0
        if isMissing { missing += 1 }
        if isOutside { outside += 1 }
        if isMissing && plan.dropsMissing || isOutside && plan.dropsOutside { continue }
        kept.append(Int32(truncatingIfNeeded: row))
      }
      points.rows += rows
      points.missing += missing
      points.outside += outside
      tally.rowsIn += rows
      tally.rowsOut += kept.count
      if plan.dropsMissing { tally.left[RowWay.noCoordinates, default: 0] += missing }
      if plan.dropsOutside { tally.left[RowWay.outsidePlaces, default: 0] += outside }
      return kept
    }

    /// Looks at the first points outside: which mistake of the author would explain them?
    private func look(_ x: [Double], _ y: [Double], _ valid: Validity) throws {
      var (swappedX, swappedY): ([Double], [Double]) = ([], [])
      for row in districts.indices where districts[row] < 0 && valid[row] {
        if swappedX.count == Locate.looked { break }
        swappedX.append(y[row])
        swappedY.append(x[row])
        if abs(x[row]) > 180 || abs(y[row]) > 180 { points.noDegrees += 1 }
      }
      if swappedX.isEmpty { return }
      points.looked += swappedX.count
      try carry(&swappedX, &swappedY)
      for row in swappedX.indices {
        switch plan.grid.finding(swappedX[row], swappedY[row]) {
        case .nowhere: break
        case .district, .oneOf: points.swapped += 1
        }
      }
    }
  }
}

/// Columns of coordinates as doubles.
enum Coordinates {
  /// A double a row; zero where there is none.
  static func doubles(_ column: Column) -> [Double] {
    switch column.values {
    case .double(let values): return values
    case .decimal(let values):
      // Both are exact doubles, so that the quotient is the nearest one.
      guard case .narrow(let digits) = values.digits, let power = power(values.scale) else { break }
      return digits.indices.map { row in
        digits[row].magnitude < 1 << 53
          ? Double(digits[row]) / power : column.value(row).asDouble ?? 0
      }
    default: break
    }
    return (0..<column.count).map { column.value($0).asDouble ?? 0 }
  }

  private static func power(_ scale: Int) -> Double? {
    Decimal.powersOfTen.indices.contains(scale) && scale <= 22
      ? Double(Decimal.powersOfTen[scale]) : nil
  }
}
