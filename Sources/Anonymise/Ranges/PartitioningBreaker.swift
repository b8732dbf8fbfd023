import StageKit
import Tabular

/// Makes a table k-anonymous by ranges: a first pass keeps the rows and counts the distinct tuples
/// of quasi-identifiers, these alone are put apart, a second pass writes ranges into the rows.
struct PartitioningBreaker: Breaker {
  struct Quasi: Sendable {
    let name: String
    let column: Int
    let kind: RangeValues.Kind
  }

  struct Plan: Sendable {
    let quasi: [Quasi]
    /// The column that tells persons apart, behind all others; nil where every row is a person.
    let person: Int?
    /// Their texts stand from `width` on.
    let sensitive: [SensitiveField]
    /// The table's own columns, and those with the person's.
    let fields: Int
    let width: Int
    let k: Int
    /// Rows that may be left out, of so many.
    let mostSuppressed: @Sendable (Int) -> Int

    func column(_ index: Int, of batch: Batch) throws -> Column {
      guard batch.columns.indices.contains(index) else { throw AnonymisingBreaker.wrongColumn }
      return batch.columns[index]
    }
  }

  let plan: Plan
  let remark: @Sendable (Message) -> Void
  let account: @Sendable (ClassAccount) -> Void
  let released: ReleasedPersons?

  func makeWorker(_ resources: Resources) -> any BreakerWorker {
    let limit = max(resources.memory / (4 * max(resources.threads, 1)), 1 << 20)
    return RangeCollector(plan, Collect().makeWorker(resources), limit: limit)
  }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let workers = try workers.map { worker in
      guard let worker = worker as? RangeCollector else { throw AnonymisingBreaker.wrongColumn }
      return worker
    }
    let held = try Collect().held(workers.map(\.rows))
    let values = plan.quasi.indices.map { index in
      RangeValues(plan.quasi[index].kind, Set(workers.flatMap { $0.found(index) }))
    }
    let fields = try Self.fields(values)
    rekey(workers, values, fields)
    let merged = try MergedTuples(
      workers.map(\.observed), limit: max(resources.memory / 2, 1 << 20))
    var tuples = try merged.classes(byPerson: plan.person != nil)
    var rules: [[SpreadRule]] = []
    for (index, field) in plan.sensitive.enumerated() {
      let (counts, own) = try merged.sensitive(index, field, tuples)
      tuples.sensitive.append(counts)
      rules.append(own)
    }
    let partition = RangePartition(tuples, fields, Requirement(k: plan.k, spreads: rules))
    let (lost, most) = (partition.suppressedRows, plan.mostSuppressed(held.rows))
    if lost > most { throw RangeMessages.tooMany(lost, of: held.rows, most: most, k: plan.k) }
    tally.rowsIn += held.rows
    tally.rowsOut += held.rows - lost
    tally.left[KAnonymiseStage.suppressed, default: 0] += lost
    if held.rows > 0 {
      let names = plan.quasi.map(\.name)
      remark(RangeMessages.told(names, fields, partition, rows: held.rows))
      account(
        ClassAccount(
          before: ClassSizes(tuples.persons),
          losses: zip(names, RangeMessages.losses(fields, partition)).map {
            ClassAccount.Loss(field: $0, share: $1)
          }, suppressed: lost))
    }
    try audit(merged, tuples, values, fields, partition)
    return RangedRows(held.source(), plan.quasi.map(\.column), values, fields, partition)
  }

  private func audit(
    _ merged: MergedTuples, _ tuples: Classes, _ values: [RangeValues],
    _ fields: [RangePartition.Field], _ partition: RangePartition
  ) throws {
    guard let released else { return }
    var labels: [UInt64: [String]] = [:]
    for region in partition.regions {
      let label = values.indices.map { values[$0].text(region.lows[$0], region.highs[$0]) ?? "" }
      for key in region.keys { labels[key] = label }
    }
    try released.audit(merged, tuples.keys) { key in
      values.indices.map { index in
        let rank = fields[index].rank(key)
        return values[index].text(rank, rank) ?? ""
      }
    } place: {
      labels[$0]
    }
  }

  private static func fields(_ values: [RangeValues]) throws -> [RangePartition.Field] {
    var shift = 0
    let fields = values.map { one in
      defer { shift += one.bits }
      return RangePartition.Field(shift: shift, bits: one.bits, values: one.values)
    }
    if shift > 62 { throw RangeMessages.tooManyValues }
    return fields
  }

  /// Keys of ranks, the same on all threads.
  private func rekey(
    _ workers: [RangeCollector], _ values: [RangeValues], _ fields: [RangePartition.Field]
  ) {
    let ranks = values.map { one in
      Dictionary(zip(one.texts, one.ranks), uniquingKeysWith: { first, _ in first })
    }
    for worker in workers {
      worker.rekey(
        plan.quasi.indices.map { index in
          worker.found(index).map { text in
            let rank = ranks[index][text] ?? fields[index].values.count
            return UInt64(rank) << UInt64(fields[index].shift)
          }
        })
    }
  }
}
