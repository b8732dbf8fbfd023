/// Parts of a date: `year`, `month`, `weekday`… Zoned datetimes are refused when bound.
struct DatePartKernel: StrictKernel {
  enum Part: String, Sendable, CaseIterable {
    case year
    case quarter
    case month
    case day
    case hour
    case minute
    case weekday
    case isoWeek = "iso_week"
    case isoYear = "iso_year"

    /// Whether it is smaller than a day.
    var needsTime: Bool { self == .hour || self == .minute }
  }

  let part: Part
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.integer) }
    let lanes = frame.lanes(inputs)
    let values: [Int64]
    switch inputs[0].column.values {
    case .date(let days): values = parts(days) { Int($0) }
    case .datetime(let micros, _):
      switch part {
      case .hour: values = Loop.map(micros) { IsoText.split($0).time / 3_600_000_000 }
      case .minute: values = Loop.map(micros) { IsoText.split($0).time / 60_000_000 % 60 }
      default: values = parts(micros) { Int(IsoText.split($0).days) }
      }
    default: throw .misplaced
    }
    return Vector(.integer(values), validity, lanes)
  }

  @inline(__always)
  private func parts<T>(_ values: [T], _ day: (T) -> Int) -> [Int64] {
    switch part {
    case .year: Loop.map(values) { Int64(CivilDate(daysSinceEpoch: day($0)).year) }
    case .quarter:
      Loop.map(values) { Int64((CivilDate(daysSinceEpoch: day($0)).month + 2) / 3) }
    case .month: Loop.map(values) { Int64(CivilDate(daysSinceEpoch: day($0)).month) }
    case .day: Loop.map(values) { Int64(CivilDate(daysSinceEpoch: day($0)).day) }
    case .weekday: Loop.map(values) { Int64(CivilDate.weekday(daysSinceEpoch: day($0))) }
    case .isoWeek: Loop.map(values) { Int64(CivilDate.isoWeek(daysSinceEpoch: day($0)).week) }
    case .isoYear: Loop.map(values) { Int64(CivilDate.isoWeek(daysSinceEpoch: day($0)).year) }
    case .hour, .minute: Loop.map(values) { _ in 0 }
    }
  }
}

/// `date_trunc(unit, x)`: the start of the unit that `x` lies in, in the type of `x`.
struct DateTruncKernel: StrictKernel {
  enum Unit: String, Sendable, CaseIterable {
    case hour, day, week, month, quarter, year
  }

  let unit: Unit
  let type: DataType
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(type) }
    let lanes = frame.lanes(inputs)
    switch inputs[0].column.values {
    case .date(let days):
      return Vector(
        .date(Loop.map(days) { Int32(clamping: start(Int($0))) }), validity, lanes)
    case .datetime(let micros, let zoned):
      let results =
        unit == .hour
        ? Loop.map(micros) { $0 &- IsoText.split($0).time % 3_600_000_000 }
        : Loop.map(micros) { Int64(start(Int(IsoText.split($0).days))) &* IsoText.dayMicros }
      return Vector(.datetime(results, zoned: zoned), validity, lanes)
    default: throw .misplaced
    }
  }

  private func start(_ day: Int) -> Int {
    switch unit {
    case .hour, .day: return day
    case .week: return day - (CivilDate.weekday(daysSinceEpoch: day) - 1)
    case .month: return day - (CivilDate(daysSinceEpoch: day).day - 1)
    case .quarter, .year:
      let date = CivilDate(daysSinceEpoch: day)
      let month = unit == .year ? 1 : (date.month - 1) / 3 * 3 + 1
      return CivilDate.days(year: date.year, month: month, day: 1)
    }
  }
}

/// `days_between(a, b)`: the days from `a` to `b`, negative when `b` comes first.
struct DaysBetweenKernel: StrictKernel {
  var canFail: Bool { false }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.integer) }
    let lanes = frame.lanes(inputs)
    let (a, b) = (try days(inputs[0]), try days(inputs[1]))
    return Vector(.integer(Loop.zip(a, b, lanes) { $1 &- $0 }), validity, lanes)
  }

  private func days(_ input: Vector) throws(KernelFault) -> Lane<Int64> {
    switch input.column.values {
    case .date(let days): return Lane(Loop.map(days) { Int64($0) }, input.isConstant)
    case .datetime(let micros, _):
      return Lane(Loop.map(micros) { IsoText.split($0).days }, input.isConstant)
    default: throw .misplaced
    }
  }
}

/// `add_days(x, n)`: as many days later, at the same time of day.
struct AddDaysKernel: StrictKernel {
  let type: DataType
  var canFail: Bool { true }

  /// 0001-01-01 and 9999-12-31.
  static let firstDay: Int64 = -719_162
  static let lastDay: Int64 = 2_932_896

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(type) }
    let lanes = frame.lanes(inputs)
    let live = frame.live(validity, lanes)
    let counts = try inputs[1].integers()
    switch inputs[0].column.values {
    case .date(let values):
      var results = Array(repeating: Int32(0), count: lanes.count)
      let days = Lane(values, inputs[0].isConstant)
      for row in 0..<lanes.count where live[row] {
        results[row] = Int32(truncatingIfNeeded: try sum(Int64(days[row]), counts[row]))
      }
      return Vector(.date(results), validity, lanes)
    case .datetime(let values, let zoned):
      var results = Array(repeating: Int64(0), count: lanes.count)
      let micros = Lane(values, inputs[0].isConstant)
      for row in 0..<lanes.count where live[row] {
        let (day, time) = IsoText.split(micros[row])
        results[row] = try sum(day, counts[row]) * IsoText.dayMicros + time
      }
      return Vector(.datetime(results, zoned: zoned), validity, lanes)
    default: throw .misplaced
    }
  }

  private func sum(_ day: Int64, _ count: Int64) throws(KernelFault) -> Int64 {
    let (sum, overflow) = day.addingReportingOverflow(count)
    guard !overflow, sum >= AddDaysKernel.firstDay, sum <= AddDaysKernel.lastDay
    else { throw .dateOutOfRange }
    return sum
  }
}

/// `to_date(text, format)`.
struct ToDateKernel: StrictKernel {
  let format: DateFormat
  let isTry: Bool
  var canFail: Bool { !isTry }

  func apply(_ inputs: [Vector], _ frame: Frame) throws(KernelFault) -> Vector {
    guard let validity = frame.validity(inputs) else { return .null(.date) }
    let lanes = frame.lanes(inputs)
    let outcome = CastKernel.Outcome(
      try inputs[0].texts().perRow { format.date($0) }, null: 0
    ) { .date($0) }
    guard let failed = outcome.failed else { return Vector(outcome.values, validity, lanes) }
    if isTry {
      let kept = validity.and(Validity(flags: Loop.map(failed) { !$0 }))
      return Vector(outcome.values, kept, lanes)
    }
    let live = frame.live(validity, lanes)
    for row in failed.indices where failed[row] && live[row] { throw .badDate }
    return Vector(outcome.values, validity, lanes)
  }
}
