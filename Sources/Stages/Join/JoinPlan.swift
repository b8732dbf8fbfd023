import StageKit
import Tabular

/// How a join runs: keys as they are compared are appended on both sides, rows are looked up, and
/// columns put in their places.
struct JoinPlan {
  let options: JoinOptions
  let context: StageContext

  func rowOperator() throws -> any RowOperator {
    let (input, side) = (options.input, options.side)
    let there = try options.likeness.appended(options.keys.map(\.there), to: side)
    var batches = try context.side(options.table)
    if let work = there.work {
      let worker = work.makeWorker()
      batches = try batches.map { try worker.process($0) }
    }
    let read = options.taken.filter { context.wanted.contains($0.name) }
    let appendedTypes = Array(
      repeating: DataType.text, count: there.work == nil ? 0 : there.positions.count)
    let index = try JoinIndex(
      batches, keys: there.positions, take: read.compactMap { side.index(of: $0.there.name) },
      types: side.fields.map(\.type) + appendedTypes)
    let here = try options.likeness.appended(options.keys.map(\.here), to: input)
    let (unmatched, remark) = (options.unmatched, context.remark)
    let join = Join(
      options.kind, index, keys: here.positions, allowsMany: options.allowsMany,
      name: options.table, judge: { try unmatched.judge($0, index, remark: remark) })
    let appended = here.work == nil ? 0 : here.positions.count { $0 >= input.fields.count }
    let arrange = Arrange(places(after: input.fields.count + appended, read))
    return RowChain((here.work.map { [$0] } ?? []) + [join, arrange])
  }

  /// The input's columns, then those taken; wanted ones only were read.
  private func places(after first: Int, _ read: [JoinOptions.Taken]) -> [Arrange.Place] {
    var places = options.input.fields.indices.map { Arrange.Place.column($0) }
    for taken in options.taken {
      if let place = read.firstIndex(where: { $0.name == taken.name }) {
        places.append(.column(first + place))
      } else {
        places.append(.absent(taken.there.type))
      }
    }
    return places
  }
}
