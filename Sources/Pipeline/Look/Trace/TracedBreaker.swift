import Foundation
import StageKit
import Tabular

/// A breaker that tells where followed rows go.
///
/// It is asked, not opened. If it folds rows, each followed row is put through it alone, and the
/// group that comes out is looked for in the result. Through any other the rows go twice, the
/// second time with marks in a field that the stage only carries along; where the marks come out,
/// there the rows are. Without such a field, rows of equal values are taken for each other.
struct TracedBreaker: Breaker {
  private let breaker: any Breaker
  private let passage: Passage
  private let dye: Dye?

  init(_ breaker: any Breaker, _ passage: Passage) {
    (self.breaker, self.passage) = (breaker, passage)
    dye =
      Self.folds(passage.stage)
      ? nil : Dye(passage.stage, from: passage.input.facts, to: passage.output.facts)
  }

  private static func folds(_ stage: any Stage) -> Bool {
    type(of: stage).declaration.ways.contains { $0.id == RowWay.folded }
  }

  func makeWorker(_ resources: Resources) -> any BreakerWorker {
    Worker(
      breaker.makeWorker(resources), dyed: dye == nil ? nil : breaker.makeWorker(resources),
      dye, passage)
  }

  func finish(
    _ workers: [any BreakerWorker], _ resources: Resources, tally: inout Tally
  ) throws -> any BatchSource {
    let own = workers.compactMap { $0 as? Worker }
    let result = try breaker.finish(own.map(\.worker), resources, tally: &tally)
    let entered = own.flatMap(\.entered).sorted { $0.ordinal < $1.ordinal }
    guard !entered.isEmpty else { return result }
    let ways = tally.left.filter { $0.value > 0 && $0.key != RowWay.folded }.keys.sorted()
    if Self.folds(passage.stage) {
      var groups: [GroupedRow] = []
      for row in entered { groups += try group(of: row, resources).map { [$0] } ?? [] }
      return FoundRows(result, passage, ways: ways, SearchedGroups(groups, passage))
    }
    if let dye {
      var ignored = Tally()
      let dyed = try breaker.finish(own.compactMap(\.dyed), resources, tally: &ignored)
      return FoundRows(result, passage, ways: ways, SearchedMarks(entered, dye, dyed))
    }
    return FoundRows(result, passage, ways: ways, SearchedValues(entered, passage))
  }

  /// The group that a row makes alone; nil, once that has been told, when it makes none.
  private func group(of row: EnteredRow, _ resources: Resources) throws -> GroupedRow? {
    let worker = breaker.makeWorker(resources)
    try worker.consume(row.batch)
    var tally = Tally()
    let source = try breaker.finish([worker], resources, tally: &tally)
    while let batch = try source.next() {
      if batch.rowCount > 0 { return GroupedRow(row: row, group: batch) }
    }
    let ways = tally.left.filter { $0.value > 0 }.keys.sorted()
    passage.tell(row.row, row.ordinal, .left(ways))
    return nil
  }

  private final class Worker: BreakerWorker {
    let worker: any BreakerWorker
    let dyed: (any BreakerWorker)?
    private let dye: Dye?
    private let passage: Passage
    private(set) var entered: [EnteredRow] = []

    init(
      _ worker: any BreakerWorker, dyed: (any BreakerWorker)?, _ dye: Dye?, _ passage: Passage
    ) {
      (self.worker, self.dyed, self.dye, self.passage) = (worker, dyed, dye, passage)
    }

    func consume(_ batch: Batch) throws {
      try worker.consume(batch)
      var marks: [Int: Value] = [:]
      for place in passage.trail.places(at: passage.input.id, batch.sequence) {
        var alone = batch.gathered([Int32(truncatingIfNeeded: place.index)])
        alone.sequence = 0
        let ordinal = batch.ordinal(place.index)
        entered.append(EnteredRow(row: place.row, ordinal: ordinal, batch: alone))
        marks[place.index] = dye?.mark(ordinal)
      }
      try dyed?.consume(dye?.dyed(batch, marks) ?? batch)
    }
  }
}

/// A followed row on its way into a breaker.
struct EnteredRow: Sendable {
  let row: Int
  let ordinal: Int64
  /// The row alone.
  let batch: Batch
}

/// A followed row with the row that the breaker makes of it alone.
struct GroupedRow: Sendable {
  let row: EnteredRow
  let group: Batch
}
