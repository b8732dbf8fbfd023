import Tabular

/// Which days are working days, counted up from a first one.
struct WorkingCalendar: Sendable {
  /// How days between two are counted.
  enum Ends: String, CaseIterable, Sendable {
    /// The first is not counted, the last is: what follows adds up.
    case after
    /// Both are.
    case both
  }

  private let first: Int
  /// Working days before each day, from the first on; one more than days.
  private let counts: [Int32]

  /// The calendar of all years that a list of holidays reaches over; without any, of none.
  /// - Parameters:
  ///   - holidays: days since 1970-01-01, in any order.
  ///   - weekend: days of the week that are none of work, 1 (Monday) … 7 (Sunday).
  init(holidays: [Int32], weekend: Set<Int>) {
    let years = holidays.map { CivilDate(daysSinceEpoch: Int($0)).year }
    guard let least = years.min(), let most = years.max(),
      let start = CivilDate(year: least, month: 1, day: 1)?.daysSinceEpoch,
      let end = CivilDate(year: most, month: 12, day: 31)?.daysSinceEpoch
    else {
      (first, counts) = (0, [0])
      return
    }
    let free = Set(holidays)
    var counts: [Int32] = [0]
    counts.reserveCapacity(end - start + 2)
    var sum: Int32 = 0
    for day in start...end {
      let isFree =
        weekend.contains(CivilDate.weekday(daysSinceEpoch: day))
        || free.contains(Int32(truncatingIfNeeded: day))
      if !isFree { sum += 1 }
      counts.append(sum)
    }
    (first, self.counts) = (start, counts)
  }

  /// Whether the calendar knows a day.
  func knows(_ day: Int32) -> Bool { Int(day) >= first && Int(day) - first < counts.count - 1 }

  /// - Parameter day: a known one.
  func isWorking(_ day: Int32) -> Bool {
    let place = Int(day) - first
    return counts[place + 1] > counts[place]
  }

  /// Working days from one known day to another; negative when the other comes first.
  func count(from: Int32, to: Int32, _ ends: Ends) -> Int64 {
    if to < from { return -count(from: to, to: from, ends) }
    let (start, end) = (Int(from) - first, Int(to) - first)
    return Int64(counts[end + 1] - counts[ends == .both ? start : start + 1])
  }
}
