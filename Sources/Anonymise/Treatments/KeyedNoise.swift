import Tabular

/// Adds to columns what is drawn from a key for each row's identity.
struct KeyedNoise: RowOperator {
  /// Whole units at a scale.
  enum Noise: Sendable {
    case within(UInt128)
    case gaussian(NoiseVariance)

    /// - Throws: `OperatorError` when it is nothing at this scale.
    init(_ size: NoiseStage.Size, scale: Int) throws {
      switch size {
      case .within(let most):
        let units = most.rescaled(to: max(scale, most.scale))?.digits ?? 0
        let divisor = Decimal.powersOfTen[max(most.scale - scale, 0)]
        guard units / divisor > 0 else { throw OperatorError(Self.nothing) }
        self = .within((units / divisor).magnitude)
      case .deviation(let deviation):
        // σ² in units: (digits · 10^(scale − its scale))².
        let digits = Magnitude(deviation.digits.magnitude)
        let up = Magnitude(Decimal.powersOfTen[min(scale, 18)].magnitude)
        let down = Decimal.powersOfTen[min(deviation.scale, 18)].magnitude
        self = .gaussian(NoiseVariance(digits * digits * up * up, over: down * down))
      }
    }

    private static let nothing = Message(
      en: "noise: it is less than the last decimal of the field: give more 'decimals'",
      fr: "noise : il est inférieur à la dernière décimale du champ : donnez plus de « decimals »")
  }

  struct Change: Sendable {
    let column: Int
    let type: DataType
    let scale: Int
    let noise: Noise
    let draws: KeyedDraws
  }

  let ids: [Int]
  let changes: [Change]

  func makeWorker() -> any RowWorker { Worker(self) }

  private final class Worker: RowWorker {
    private let plan: KeyedNoise
    private(set) var tally = Tally()

    init(_ plan: KeyedNoise) { self.plan = plan }

    func process(_ batch: Batch) throws -> Batch {
      tally.rowsIn += batch.rowCount
      tally.rowsOut += batch.rowCount
      if plan.changes.isEmpty { return batch }
      var batch = batch
      let identities = (0..<batch.rowCount).map { identity(batch, $0) }
      for change in plan.changes {
        batch.columns[change.column] = try noisy(
          batch.columns[change.column], change, identities)
      }
      return batch
    }

    /// Nil when a part of it is null.
    private func identity(_ batch: Batch, _ row: Int) -> [UInt8]? {
      var bytes: [UInt8] = []
      for id in plan.ids where !KeyedDraws.append(batch.columns[id], row, to: &bytes) {
        return nil
      }
      return bytes
    }

    private func noisy(
      _ column: Column, _ change: Change, _ identities: [[UInt8]?]
    ) throws -> Column {
      let fine = max(ExactNumbers.scale([column]), change.scale)
      let divisor = Decimal.powersOfTen[min(fine - change.scale, 38)]
      let units = try ExactNumbers.units(column, scale: fine)
      let sums = zip(units, identities).map { value, identity -> Int128? in
        guard let value, let identity else { return nil }
        let noise = draw(change, identity)
        let (sum, overflows) = divideHalfAway(value, by: divisor).addingReportingOverflow(noise)
        return overflows ? nil : sum
      }
      return try ExactNumbers.column(sums, change.type, scale: change.scale)
    }

    private func draw(_ change: Change, _ identity: [UInt8]) -> Int128 {
      var noise = DiscreteNoise(change.draws.randomness(of: identity))
      switch change.noise {
      case .within(let most):
        return Int128(noise.below(2 * most + 1)) - Int128(most)
      case .gaussian(let variance): return noise.gaussian(variance)
      }
    }
  }
}
