import StageKit
import Tabular

/// Counts and sums by group with noise, debited before any of it is drawn.
public struct NoisyTotals<Randomness: RandomNumberGenerator & Sendable>: Breaker {
  /// What a figure is the exact form of.
  public enum Total: Sendable, Hashable {
    case persons
    case rows
    /// Of an addend, by its place.
    case sum(Int)
  }

  /// A figure that is given out.
  public struct Figure: Sendable {
    public let total: Total
    public let type: DataType
    /// Digits after the point of a sum.
    public let scale: Int

    public init(_ total: Total, type: DataType, scale: Int = 0) {
      (self.total, self.type, self.scale) = (total, type, scale)
    }
  }

  let bounded: BoundedContributions
  let groups: [Int]
  let types: [DataType]
  let addends: [ContributionTotals.Addend]
  let declared: DeclaredKeys?
  /// Those of `plan`, in its order; the last may be there for the threshold alone.
  let figures: [Figure]
  let shown: Int
  let plan: ReleasePlan
  /// The place of the figure that the threshold looks at.
  let counted: Int?
  let budget: any PrivacyBudget
  let randomness: Randomness

  /// - Parameters:
  ///   - columns: types of the input's columns.
  ///   - groups: positions of the columns that make the groups.
  ///   - figures: with the plan's noise; those behind the first `shown` are not given out.
  ///   - counted: the figure that the plan's threshold looks at.
  ///   - randomness: the system's, wherever figures are released.
  package init(
    columns: [DataType], person: Int, groups: [Int], mostGroups: Int, mostRows: Int,
    addends: [ContributionTotals.Addend], declared: DeclaredKeys?, figures: [Figure], shown: Int,
    plan: ReleasePlan, counted: Int?, budget: any PrivacyBudget, randomness: Randomness
  ) {
    var randomness = randomness
    bounded = BoundedContributions(
      person: person, groups: groups, mostGroups: mostGroups, mostRows: mostRows,
      inputTypes: columns, declared: declared, choice: randomness.next())
    (self.groups, types) = (groups, groups.map { columns[$0] })
    (self.addends, self.declared, self.figures, self.shown) = (addends, declared, figures, shown)
    (self.plan, self.counted, self.budget) = (plan, counted, budget)
    self.randomness = randomness
  }

  public func makeWorker(_ resources: Resources) -> any BreakerWorker {
    bounded.makeWorker(resources)
  }

  public func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    var before = Tally()
    let source = try bounded.finish(workers, resources, tally: &before)
    let totals = try ContributionTotals(
      source, groups: groups, types: types, first: bounded.width, addends: addends,
      declared: declared)
    // From here on the budget is spent, whatever happens.
    let isReleased = try budget.debit(plan.cost)
    var noise = DiscreteNoise(randomness)
    var columns: [Column] = []
    var visible = totals.rows.indices.map { _ in isReleased || plan.threshold == nil }
    for (place, figure) in figures.enumerated() {
      let exact = exact(figure, totals)
      guard isReleased else {
        columns.append(.nulls(figure.type, count: exact.count))
        continue
      }
      let noisy = exact.map { value in
        let (sum, overflows) = value.addingReportingOverflow(draw(plan.noise[place], &noise))
        return overflows ? value : sum
      }
      if place == counted, let threshold = plan.threshold {
        for group in noisy.indices { visible[group] = noisy[group] >= Int128(threshold) }
      }
      columns.append(column(noisy, figure))
    }
    account(before, totals, visible, isReleased, &tally)
    return batches(totals.keys + columns.prefix(shown), visible)
  }

  private func draw(
    _ noise: ReleasePlan.Noise, _ source: inout DiscreteNoise<Randomness>
  ) -> Int128 {
    switch noise {
    case .laplace(let scale, let rate): source.laplace(scale: scale, rate: rate)
    case .gaussian(let variance): source.gaussian(variance)
    }
  }

  private func exact(_ figure: Figure, _ totals: ContributionTotals) -> [Int128] {
    switch figure.total {
    case .persons: totals.persons.map { Int128($0) }
    case .rows: totals.rows.map { Int128($0) }
    case .sum(let place): totals.sums[place]
    }
  }

  private func column(_ values: [Int128], _ figure: Figure) -> Column {
    guard figure.type == .decimal else {
      return Column(.integer(values.map { Int64(clamping: $0) }))
    }
    return Column(.decimal(DecimalValues(scale: figure.scale, digits: .wide(values)).narrowed))
  }

  /// Exact, and therefore for the city's own eyes.
  private func account(
    _ before: Tally, _ totals: ContributionTotals, _ visible: [Bool], _ isReleased: Bool,
    _ tally: inout Tally
  ) {
    tally.rowsIn += before.rowsIn
    for (way, rows) in before.left { tally.left[way, default: 0] += rows }
    for (group, isVisible) in visible.enumerated() {
      let rows = Int(totals.rows[group])
      guard isVisible else {
        tally.left[isReleased ? RowWay.belowThreshold : RowWay.rehearsed, default: 0] += rows
        continue
      }
      tally.rowsOut += 1
      if rows == 0 {
        tally.made[RowWay.completed, default: 0] += 1
      } else {
        tally.left[RowWay.folded, default: 0] += rows - 1
      }
    }
  }

  private func batches(_ columns: [Column], _ visible: [Bool]) -> BatchList {
    let rows = visible.indices.filter { visible[$0] }.map { Int32(truncatingIfNeeded: $0) }
    let whole = Batch(columns: columns, rowCount: visible.count, sequence: 0)
    return BatchList(
      stride(from: 0, to: rows.count, by: Batch.usualRows).map { start in
        whole.gathered(Array(rows[start..<min(start + Batch.usualRows, rows.count)]))
      })
  }
}
