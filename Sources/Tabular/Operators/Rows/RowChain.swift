/// Row-local operators, one after the other, as one.
public struct RowChain: RowOperator {
  private let links: [any RowOperator]

  public init(_ links: [any RowOperator]) { self.links = links }

  public func makeWorker() -> any RowWorker { Worker(links.map { $0.makeWorker() }) }

  public func conclude(_ workers: [any RowWorker]) throws {
    for (index, link) in links.enumerated() {
      try link.conclude(workers.compactMap { ($0 as? Worker)?.links[index] })
    }
  }

  private final class Worker: RowWorker {
    let links: [any RowWorker]
    private var rowsIn = 0
    private var rowsOut = 0

    init(_ links: [any RowWorker]) { self.links = links }

    /// What came into the first, went out of the last, and left or was made anywhere between.
    var tally: Tally {
      var whole = Tally()
      for link in links { whole.add(link.tally) }
      (whole.rowsIn, whole.rowsOut) = (rowsIn, rowsOut)
      return whole
    }

    func process(_ batch: Batch) throws -> Batch {
      let result = try links.reduce(batch) { try $1.process($0) }
      rowsIn += batch.rowCount
      rowsOut += result.rowCount
      return result
    }
  }
}
