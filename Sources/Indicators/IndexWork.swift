import StageKit
import Tabular

/// What the tables of an index are made of, once its rows are there.
struct IndexWork {
  let spec: IndexSpec
  /// Columns that tables about units begin with, as `IndexSpec.unitNames` names them.
  let unitColumns: [[Value]]
  /// Each row's unit.
  let keys: [Value]
  let solution: IndexSolution
  /// By indicator and row, the value as measured, NaN where missing.
  let measured: [[Double]]
  /// By indicator and row, what it is divided by; NaN where missing, 1 without a denominator.
  let divisors: [[Double]]
  /// By indicator and row, nil where there is a value.
  let absences: [[Absence?]]
  /// By indicator, the rows of the unit that distances are taken to.
  let references: [[Int]]
  let resources: Resources
  let wanted: Set<String>

  /// Why an indicator has no value for a unit.
  enum Absence: String, Sendable {
    /// Nothing gives it.
    case noSource = "no_source"
    case noRow = "no_row"
    case empty
    case suppressed
    case noDenominator = "no_denominator"
    case zeroDenominator = "zero_denominator"
  }

  init(
    _ spec: IndexSpec, _ facts: Facts, _ batches: [Batch], _ resources: Resources,
    wanted: Set<String>
  ) throws {
    (self.spec, self.resources, self.wanted) = (spec, resources, wanted)
    unitColumns = try spec.unitNames.map { try Cells.all(batches, facts.index(of: $0)) }
    let keys = unitColumns.first ?? []
    self.keys = keys
    let columns = Columns(facts: facts, batches: batches, rows: keys.count)
    var (measured, divisors, absences): ([[Double]], [[Double]], [[Absence?]]) = ([], [], [])
    for indicator in spec.tree.indicators {
      let values = try columns.values(indicator.measure == nil ? nil : indicator.name)
      let below = try indicator.denominator.map { try columns.values($0.name) }
      measured.append(values.numbers)
      divisors.append(below?.numbers ?? Array(repeating: 1, count: keys.count))
      absences.append(
        keys.indices.map { row in
          if let absence = values.absences[row] { return absence }
          if below?.absences[row] != nil { return .noDenominator }
          return below?.numbers[row] == 0 ? .zeroDenominator : nil
        })
    }
    (self.measured, self.divisors, self.absences) = (measured, divisors, absences)
    var raw: [[Double]] = []
    for (place, indicator) in spec.tree.indicators.enumerated() {
      let scale = indicator.denominator?.scale
      var column = [Double](repeating: .nan, count: keys.count)
      for row in keys.indices where absences[place][row] == nil {
        let value = measured[place][row]
        column[row] = scale.map { value / (divisors[place][row] / $0) } ?? value
      }
      raw.append(column)
    }
    references = spec.tree.indicators.map { indicator in
      let unit = indicator.reference ?? spec.reference
      return unit == nil ? [] : keys.indices.filter { keys[$0] == unit }
    }
    solution = try IndexSolution(
      spec.tree, spec.method, try Self.rows(spec, facts, batches, keys), raw: raw,
      references: references)
  }

  private static func rows(
    _ spec: IndexSpec, _ facts: Facts, _ batches: [Batch], _ keys: [Value]
  ) throws -> UnitRows {
    var numbers: [Value: Int] = [:]
    for key in keys where numbers[key] == nil { numbers[key] = numbers.count }
    let groups = try spec.units.group.map { group in
      try Cells.all(batches, facts.index(of: group.name)).map { value -> String? in
        value == .null ? nil : String(describing: value)
      }
    }
    let places = Dictionary(
      (spec.periods?.values ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { $1 })
    let periods = try spec.periods.map { periods in
      try Cells.all(batches, facts.index(of: periods.field)).map { places[$0] ?? 0 }
    }
    return UnitRows(
      units: keys.map { numbers[$0] ?? 0 },
      period: periods ?? Array(repeating: 0, count: keys.count),
      groups: groups ?? Array(repeating: nil, count: keys.count))
  }

  /// What is to be said to whoever runs it.
  var remarks: [Message] {
    let screened = solution.isScreenedOut.count { $0 }
    return solution.flat.sorted().map { IndexMessages.flat(spec.tree.indicators[$0].name) }
      + (screened > 0 ? [IndexMessages.screened(screened)] : [])
  }

  /// Reads gathered values as numbers.
  private struct Columns {
    let facts: Facts
    let batches: [Batch]
    let rows: Int

    func values(_ name: String?) throws -> (numbers: [Double], absences: [Absence?]) {
      guard let name else {
        return (
          Array(repeating: .nan, count: rows), Array(repeating: Absence.noSource, count: rows)
        )
      }
      let cells = try Cells.all(batches, facts.index(of: name))
      let statuses = try Cells.all(batches, facts.index(of: name + "_status"))
      let numbers = cells.map { cell -> Double in
        guard let number = cell.asDouble, number.isFinite else { return .nan }
        return number
      }
      let absences = zip(numbers, statuses).map { number, status -> Absence? in
        guard number.isNaN else { return nil }
        guard case .text(let text) = status else { return .empty }
        return Absence(rawValue: text) ?? .empty
      }
      return (numbers, absences)
    }
  }
}
