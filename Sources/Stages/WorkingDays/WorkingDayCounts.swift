import Tabular

/// Appends a column of working days: their number between two dates, or whether a date is one.
/// Null where a date is, and where the calendar does not know it.
struct WorkingDayCounts: RowOperator {
  enum Question: Sendable {
    case between(Int, Int, WorkingCalendar.Ends)
    case isWorking(Int)
  }

  let calendar: WorkingCalendar
  let question: Question
  /// Gets the number of rows with a date that the calendar does not know.
  let judge: @Sendable (Int) throws -> Void

  func makeWorker() -> any RowWorker { Worker(self) }

  func conclude(_ workers: [any RowWorker]) throws {
    try judge(workers.reduce(0) { $0 + (($1 as? Worker)?.unknown ?? 0) })
  }

  private final class Worker: RowWorker {
    private let plan: WorkingDayCounts
    private(set) var tally = Tally()
    private(set) var unknown = 0

    init(_ plan: WorkingDayCounts) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      var result = batch
      switch plan.question {
      case .between(let from, let to, let ends):
        result.columns.append(between(batch.columns[from], batch.columns[to], ends))
      case .isWorking(let day): result.columns.append(working(batch.columns[day]))
      }
      return result
    }

    private func between(_ from: Column, _ to: Column, _ ends: WorkingCalendar.Ends) -> Column {
      guard case .date(let first) = from.values, case .date(let last) = to.values else {
        return .nulls(.integer, count: from.count)
      }
      var numbers = [Int64](repeating: 0, count: first.count)
      var flags = [Bool](repeating: false, count: first.count)
      let valid = from.validity.and(to.validity)
      for row in first.indices where valid[row] {
        guard plan.calendar.knows(first[row]), plan.calendar.knows(last[row]) else {
          unknown += 1
          continue
        }
        numbers[row] = plan.calendar.count(from: first[row], to: last[row], ends)
        flags[row] = true
      }
      return Column(.integer(numbers), validity: Validity(flags: flags))
    }

    private func working(_ column: Column) -> Column {
      guard case .date(let days) = column.values else {
        return .nulls(.boolean, count: column.count)
      }
      var answers = [Bool](repeating: false, count: days.count)
      var flags = answers
      for row in days.indices where column.validity[row] {
        guard plan.calendar.knows(days[row]) else {
          unknown += 1
          continue
        }
        answers[row] = plan.calendar.isWorking(days[row])
        flags[row] = true
      }
      return Column(.boolean(answers), validity: Validity(flags: flags))
    }
  }
}
