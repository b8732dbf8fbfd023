import StageKit
import Stages
import StageTestSupport
import Tabular
import Testing

/// Comparisons and rolling means against the obvious: a dictionary of dates, and days one by one.
@Suite struct PeriodTests {
  static let first = CivilDate(year: 2019, month: 11, day: 20)?.daysSinceEpoch ?? 0

  /// The first day of the period a day lies in, found by walking back.
  static func start(_ day: Int, _ unit: String) -> Int {
    var day = day
    while !begins(day, unit) { day -= 1 }
    return day
  }

  static func begins(_ day: Int, _ unit: String) -> Bool {
    let date = CivilDate(daysSinceEpoch: day)
    return switch unit {
    case "day": true
    case "week": CivilDate.weekday(daysSinceEpoch: day) == 1
    case "month": date.day == 1
    case "quarter": date.day == 1 && date.month % 3 == 1
    default: date.day == 1 && date.month == 1
    }
  }

  /// The last day of a period that begins on a day.
  static func end(_ start: Int, _ unit: String) -> Int {
    var day = start + 1
    while !begins(day, unit) { day += 1 }
    return day - 1
  }

  /// The start of the same period a year before, by what people call it.
  static func yearBefore(_ start: Int, _ unit: String) -> Int? {
    let date = CivilDate(daysSinceEpoch: start)
    if unit == "week" {
      let (year, week) = CivilDate.isoWeek(daysSinceEpoch: start)
      return (start - 380...start - 350).first {
        CivilDate.weekday(daysSinceEpoch: $0) == 1
          && CivilDate.isoWeek(daysSinceEpoch: $0) == (year - 1, week)
      }
    }
    return CivilDate(year: date.year - 1, month: date.month, day: date.day)?.daysSinceEpoch
  }

  /// A table of some periods in random order, in two series, some values empty.
  static func table(_ unit: String, _ generator: inout SystemSeed) -> TestTable {
    var rows: [[Value]] = []
    for series in ["a", "b"] {
      var day = start(first, unit)
      for _ in 0..<40 {
        let shown = Int.random(in: day...end(day, unit), using: &generator)
        if Int.random(in: 0..<5, using: &generator) > 0 {
          let value = Int64.random(in: -3...12, using: &generator)
          rows.append([
            .text(series), .date(Int32(shown)),
            Int.random(in: 0..<8, using: &generator) == 0
              ? .null : .decimal(Decimal(digits: Int128(value), scale: 1)),
          ])
        }
        day = end(day, unit) + 1
      }
    }
    rows.shuffle(using: &generator)
    let origin = { (name: String) in
      Privacy(.plain, from: FieldOrigin(source: "t", field: name))
    }
    return TestTable(
      facts: Facts(fields: [
        Field("s", .text, privacy: origin("s")), Field("p", .date, privacy: origin("p")),
        Field("x", .decimal, privacy: origin("x")),
      ]), rows: rows)
  }

  /// A generator with a seed, so that a failure comes again.
  struct SystemSeed: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  static func tenths(_ value: Value) -> Int? {
    value.asDecimal.flatMap { $0.rescaled(to: 1) }.map { Int($0.digits) }
  }

  @Test(arguments: ["day", "week", "month", "quarter", "year"], ["previous", "last_year"])
  func comparisonsAreTheObviousOnes(_ unit: String, _ with: String) throws {
    var generator = SystemSeed(state: UInt64(unit.count * 7 + with.count))
    let table = Self.table(unit, &generator)
    let through = Self.first + 380
    let bound = try BoundStage<ComparePeriodsStage>(
      """
      {by: s, period: p, unit: \(unit), measures: x, with: \(with),
       through: "add_days(date '2019-11-20', 380)"}
      """, table)
    let (rows, tally) = try bound.run(rowsEach: 7, workers: 2)
    #expect(tally.balances)
    var values: [String: [Int: Int?]] = [:]
    for row in table.rows {
      guard case .text(let series) = row[0], case .date(let day) = row[1] else { continue }
      values[series, default: [:]][Self.start(Int(day), unit)] = .some(Self.tenths(row[2]))
    }
    for row in rows {
      guard case .text(let series) = row[0], case .date(let day) = row[1] else { continue }
      let start = Self.start(Int(day), unit)
      let base =
        with == "previous" ? Self.start(start - 1, unit) : Self.yearBefore(start, unit)
      var expected = (status: "ok", before: Int?.none)
      let own = Self.tenths(row[2])
      if own == nil {
        expected.status = "value_empty"
      } else if Self.end(start, unit) > through {
        expected.status = "period_incomplete"
      } else if base == nil {
        expected.status = "no_counterpart"
      } else if let base, let there = values[series]?[base] {
        expected = (there == nil ? "base_empty" : "ok", there)
        if there == 0 { expected.status = "base_zero" }
        if let there, there < 0 { expected.status = "base_negative" }
      } else {
        expected.status = "no_base"
      }
      #expect(
        row[6] == .text(expected.status), "\(unit) \(with) \(CivilDate(daysSinceEpoch: start))")
      #expect(Self.tenths(row[3]) == expected.before)
      #expect(Self.tenths(row[4]) == expected.before.flatMap { before in own.map { $0 - before } })
      let percent = row[5].asDecimal?.rescaled(to: 1).map { Double($0.digits) / 10 }
      if expected.status == "ok", let own, let before = expected.before {
        let exact = 100 * Double(own - before) / Double(before)
        #expect(percent.map { abs($0 - exact) <= 0.05 + 1e-9 } ?? false)
      } else {
        #expect(percent == nil)
      }
    }
  }

  @Test(arguments: ["day", "week", "month", "quarter"])
  func rollingMeansAreTheObviousOnes(_ unit: String) throws {
    var generator = SystemSeed(state: UInt64(unit.count + 3))
    let table = Self.table(unit, &generator)
    let bound = try BoundStage<RollingPeriodsStage>(
      """
      {by: s, period: p, unit: \(unit), measures: x, over: 4, at_least: 2, decimals: 3,
       through: "add_days(date '2019-11-20', 300)", since: "date '2019-12-03'"}
      """, table)
    let rows = try bound.run(rowsEach: 11, workers: 2).rows
    let (from, to) = (Self.first + 13, Self.first + 300)
    for row in rows {
      guard case .date(let day) = row[1] else { continue }
      var start = Self.start(Int(day), unit)
      let isComplete = start >= from && Self.end(start, unit) <= to
      var found: [Int] = []
      for _ in 0..<4 {
        let end = Self.end(start, unit)
        let there = table.rows.first { other in
          guard other[0] == row[0], case .date(let day) = other[1] else { return false }
          return (start...end).contains(Int(day))
        }
        if start >= from, end <= to, let value = there.flatMap({ Self.tenths($0[2]) }) {
          found.append(value)
        }
        start = Self.start(start - 1, unit)
      }
      #expect(row[4] == .integer(Int64(found.count)))
      let mean = row[3].asDecimal?.rescaled(to: 3).map { Double($0.digits) / 1000 }
      if isComplete, found.count >= 2 {
        let exact = Double(found.reduce(0, +)) / 10 / Double(found.count)
        #expect(mean.map { abs($0 - exact) <= 0.0005 + 1e-12 } ?? false)
      } else {
        #expect(mean == nil)
      }
    }
  }

  @Test func workingDaysAreThoseCountedOneByOne() throws {
    var generator = SystemSeed(state: 11)
    let plain = Privacy(.plain, from: FieldOrigin(source: "t", field: "d"))
    let span = Self.first...Self.first + 1200
    let free = (0..<60).map { _ in Int.random(in: span, using: &generator) }
    let holidays = TestTable(
      facts: Facts(fields: [Field("date", .date, privacy: plain)]),
      rows: free.map { [.date(Int32($0))] })
    let pairs = (0..<400).map { _ in
      (Int.random(in: span, using: &generator), Int.random(in: span, using: &generator))
    }
    let table = TestTable(
      facts: Facts(fields: [
        Field("a", .date, privacy: plain), Field("b", .date, privacy: plain),
      ]), rows: pairs.map { [.date(Int32($0)), .date(Int32($1))] })
    let years = free.map { CivilDate(daysSinceEpoch: $0).year }
    let known = (years.min() ?? 0)...(years.max() ?? 0)
    for ends in ["after", "both"] {
      let bound = try BoundStage<WorkingDaysStage>(
        "{from: a, to: b, ends: \(ends), holidays: feries}", table, tables: ["feries": holidays])
      let rows = try bound.run(rowsEach: 50, workers: 2, sides: ["feries": holidays]).rows
      for (pair, row) in zip(pairs, rows) {
        let (least, most) = (min(pair.0, pair.1), max(pair.0, pair.1))
        let days = (ends == "both" ? least : least + 1)..<(most + 1)
        let count = days.count {
          CivilDate.weekday(daysSinceEpoch: $0) < 6 && !free.contains($0)
        }
        let isKnown = [least, most].allSatisfy {
          known.contains(CivilDate(daysSinceEpoch: $0).year)
        }
        #expect(
          row[2] == (isKnown ? .integer(Int64(pair.0 <= pair.1 ? count : -count)) : .null))
      }
    }
  }
}
