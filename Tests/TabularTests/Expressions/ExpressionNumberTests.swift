import Tabular
import Testing

/// Numbers at their limits: 128-bit arithmetic against digits on paper, texts against the standard
/// library, dates against counting.
@Suite struct ExpressionNumberTests {
  static func random(_ dice: inout ExpressionDice) -> Decimal {
    var digits: Int128 = 0
    for _ in 0..<Int.random(in: 1...dice.pick([3, 19, 38]), using: &dice) {
      digits = digits * 10 + Int128(Int.random(in: 0...9, using: &dice))
    }
    return Decimal(
      digits: dice.chance(50) ? digits : -digits, scale: Int.random(in: 0...18, using: &dice))
  }

  static func value(_ operation: String, _ a: Decimal, _ b: Decimal) -> Decimal? {
    let scope = ExpressionScope(fields: [
      (name: "a", type: .decimal, decimals: nil), (name: "b", type: .decimal, decimals: nil),
    ])
    let columns = [a, b].map {
      Column(.decimal(DecimalValues(scale: $0.scale, digits: .wide([$0.digits])).narrowed))
    }
    let batch = Batch(columns: columns, rowCount: 1, sequence: 0)
    guard let column = try? Expression.bind("a \(operation) b", in: scope).evaluate(batch),
      case .decimal(let value) = column.value(0)
    else { return nil }
    return value
  }

  @Test(arguments: ["+", "-", "*", "/", "%"])
  func wideDecimalsAreExact(_ operation: String) throws {
    var dice = ExpressionDice(state: UInt64(operation.utf8.first ?? 0))
    let limit = SlowInteger(Int128.max)
    var exact = 0
    for _ in 0..<1500 {
      let (a, b) = (Self.random(&dice), Self.random(&dice))
      guard let x = SlowDecimal(.decimal(a)), let y = SlowDecimal(.decimal(b)) else { continue }
      let result = Self.value(operation, a, b)
      guard let expected = SlowDecimal.compute(operation, x, y) else {
        #expect(result == nil, "\(a) \(operation) \(b)")
        continue
      }
      // Where the digits do not fit at the scale of the operands, an error is right as well.
      let scale =
        switch operation {
        case "*": min(18, a.scale + b.scale)
        case "/": max(6, a.scale, b.scale)
        default: max(a.scale, b.scale)
        }
      let operands = operation == "*" || operation == "/" ? [] : [x.at(scale), y.at(scale)]
      let fits = ([expected.at(scale)] + operands).allSatisfy {
        SlowInteger.compare($0.digits, limit.digits) <= 0
      }
      guard fits else {
        #expect(result == nil, "\(a) \(operation) \(b)")
        continue
      }
      exact += 1
      #expect(
        result.map { SlowDecimal(SlowInteger($0.digits), $0.scale) == expected } == true,
        "\(a) \(operation) \(b)")
    }
    #expect(exact > 300)
  }

  @Test func comparisonsOfFarScales() throws {
    var dice = ExpressionDice(state: 11)
    let scope = ExpressionScope(fields: [
      (name: "a", type: .decimal, decimals: nil), (name: "b", type: .decimal, decimals: nil),
    ])
    let less = try Expression.bind("a < b", in: scope)
    for _ in 0..<1000 {
      let pairs = (0..<3).map { _ in (Self.random(&dice), Self.random(&dice)) }
      let columns = [pairs.map(\.0), pairs.map(\.1)].map { values in
        Column(
          .decimal(
            DecimalValues(scale: values[0].scale, digits: .wide(values.map(\.digits)))))
      }
      let result = try less.evaluate(Batch(columns: columns, rowCount: 3, sequence: 0))
      for (row, pair) in pairs.enumerated() {
        let a = SlowDecimal(SlowInteger(pair.0.digits), pairs[0].0.scale)
        let b = SlowDecimal(SlowInteger(pair.1.digits), pairs[0].1.scale)
        #expect(result.value(row) == .boolean(a < b))
      }
    }
  }

  @Test func doublesAreReadAndWrittenExactly() {
    var dice = ExpressionDice(state: 3)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: dice.next())
      guard value.isFinite else { continue }
      var bytes: [UInt8] = []
      NumberText.append(value, to: &bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      if Double(text) != value || NumberText.double(bytes.span) != value {
        Issue.record("\(value) as \(text)")
      }
    }
    for _ in 0..<20_000 {
      let text =
        "\(Int.random(in: 0...99_999, using: &dice)).\(Int.random(in: 0...Int.max, using: &dice))"
        + dice.pick(["", "", "e5", "E-30", "e+300"])
      if NumberText.double(Array(text.utf8).span) != Double(text) { Issue.record("\(text)") }
    }
  }

  @Test func decimalsGiveTheNearestDouble() {
    var dice = ExpressionDice(state: 4)
    for _ in 0..<5000 {
      let decimal = Self.random(&dice)
      var bytes: [UInt8] = []
      NumberText.append(decimal, to: &bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(NumberText.decimal(bytes.span) == decimal, "\(text)")
      #expect(Value.decimal(decimal).asDouble == Double(text), "\(text)")
    }
  }

  @Test func integersAreReadAndWritten() {
    var dice = ExpressionDice(state: 6)
    for _ in 0..<5000 {
      let value = Int64(bitPattern: dice.next()) >> Int64.random(in: 0...63, using: &dice)
      var bytes: [UInt8] = []
      NumberText.append(value, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == "\(value)")
      #expect(NumberText.integer(bytes.span) == value)
    }
    #expect(NumberText.integer(Array("-9223372036854775809".utf8).span) == nil)
  }

  /// Every day of four centuries and more: its text, its week, its months.
  @Test func calendarAgreesWithCounting() {
    var (year, month, day, weekday) = (1890, 1, 1, 3)
    var week = (year: 1890, number: 1)
    let start = CivilDate(year: 1890, month: 1, day: 1)?.daysSinceEpoch ?? 0
    for number in start..<start + 100_000 {
      let date = CivilDate(daysSinceEpoch: number)
      var agrees = date.year == year && date.month == month && date.day == day
      var bytes: [UInt8] = []
      IsoText.append(date: Int32(number), to: &bytes)
      agrees = agrees && IsoText.date(bytes.span) == Int32(number)
      let iso = CivilDate.isoWeek(daysSinceEpoch: number)
      agrees = agrees && iso.year == week.year && iso.week == week.number
      agrees = agrees && CivilDate.weekday(daysSinceEpoch: number) == weekday
      if !agrees { Issue.record("day \(number)") }
      day += 1
      if day > CivilDate.daysInMonth(year: year, month: month) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
      weekday = weekday % 7 + 1
      guard weekday == 1 else { continue }
      // The week that holds 4 January is the first.
      let startsYear = (month == 12 && day >= 29) || (month == 1 && day <= 4)
      week = startsYear ? (month == 12 ? year + 1 : year, 1) : (week.year, week.number + 1)
    }
  }

  @Test func datetimesGoThroughText() {
    var dice = ExpressionDice(state: 8)
    for _ in 0..<5000 {
      let micros = Int64.random(in: -62_135_596_800_000_000...253_402_300_799_999_999, using: &dice)
      let zoned = dice.chance(50)
      var bytes: [UInt8] = []
      IsoText.append(datetime: micros, zoned: zoned, to: &bytes)
      let back = IsoText.datetime(bytes.span)
      #expect(back?.micros == micros && back?.zoned == zoned)
    }
  }

  /// As deep as the parser lets it be, on a thread of a pool.
  @Test func deepExpressionsRun() throws {
    let scope = ExpressionScope(fields: [(name: "n", type: .integer, decimals: nil)])
    let batch = Batch(columns: [Column(.integer([1, 2]))], rowCount: 2, sequence: 0)
    let calls = String(repeating: "abs(", count: 190) + "n" + String(repeating: ")", count: 190)
    #expect(try Expression.bind(calls, in: scope).evaluate(batch).value(1) == .integer(2))
    let sum = "n" + String(repeating: " + n", count: 190)
    #expect(try Expression.bind(sum, in: scope).evaluate(batch).value(1) == .integer(382))
    let cases =
      String(repeating: "case when n > 0 then ", count: 180) + "n"
      + String(repeating: " end", count: 180)
    #expect(try Expression.bind(cases, in: scope).evaluate(batch).value(0) == .integer(1))
    // What is written once is computed once.
    var nested = "n"
    for _ in 0..<60 { nested = "case \(nested) when 5 then 6 when 7 then 8 else n end" }
    #expect(try Expression.bind(nested, in: scope).evaluate(batch).value(1) == .integer(2))
    nested = "n"
    for _ in 0..<60 { nested = "nullif(\(nested), 1.5)" }
    #expect(try Expression.bind(nested, in: scope).evaluate(batch).value(1) == .integer(2))
    nested = "n = 1"
    for _ in 0..<60 { nested = "(\(nested)) in (n = 1, n = 2)" }
    #expect(try Expression.bind(nested, in: scope).evaluate(batch).value(1) == .boolean(true))
  }

  @Test func emptyBatchesGiveEmptyColumns() throws {
    let empty = Batch(
      columns: Sample.batch.columns.map { $0.gathered([]) }, rowCount: 0, sequence: 0)
    for text in ["n / m", "1 / 0", "nom || 'x'", "case when ok then x end", "lower('É')"] {
      let bound = try Expression.bind(text, in: Sample.scope)
      let column = try bound.evaluate(empty)
      #expect(column.count == 0 && column.type == bound.type, "\(text)")
    }
  }

  @Test func constantsFillTheirColumn() throws {
    for text in ["'é'", "1.5", "true", "cast(null as text)", "date '2026-01-31'", "upper('é')"] {
      let bound = try Expression.bind(text, in: Sample.scope)
      let column = try bound.evaluate(Sample.batch)
      #expect(column.count == 4, "\(text)")
      #expect(column.value(3) == bound.constant, "\(text)")
      #expect(bound.fields.isEmpty)
    }
    #expect(try Expression.bind("n + 0", in: Sample.scope).constant == nil)
  }
}
