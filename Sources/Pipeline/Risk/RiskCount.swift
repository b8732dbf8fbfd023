import Dispatch
import StageKit
import Synchronization
import Tabular

/// What a table's classes are: how large, and how much alike in sensitive fields.
struct RiskCount {
  /// What somebody who finds a person's class learns of a sensitive field.
  struct Attribute: Sendable, Hashable {
    let field: String
    /// Values of the class that has fewest.
    var leastValues = Int.max
    /// Classes with one value only, and their persons.
    var alikeClasses = 0
    var alikePersons = 0
    /// The rows of each class's commonest value: all of them, and the largest share in one class,
    /// in millionths rounded up.
    var commonest = 0
    var highest = 0
  }

  var rows = 0
  /// Persons by class; rows where each is a person.
  var sizes = ClassSizes()
  var attributes: [Attribute] = []

  /// Names of columns.
  struct Question: Sendable {
    let quasi: [String]
    /// The column that tells persons apart; nil where each row is one.
    let person: String?
    var sensitive: [String] = []

    var names: Set<String> { Set(quasi + sensitive).union(person.map { [$0] } ?? []) }
  }

  /// Counts by the operators that pipelines aggregate with: what exceeds the memory goes to
  /// scratch, or is refused.
  /// - Parameters:
  ///   - names: of the table's columns, all texts; the question's among them.
  init(
    _ question: Question, _ names: [String], _ table: some BatchSource, _ resources: Resources
  ) throws {
    try self.init(question, names, resources) { try Self.consume(table, $0, $1) }
  }

  /// The same of a file that a run has staged, read back from disk.
  init(_ question: Question, _ staged: StagedRows, _ resources: Resources) throws {
    let names = staged.terms.names
    try self.init(question, names, resources) { breakers, resources in
      let workers = breakers.map { $0.makeWorker(resources) }
      var rows = 0
      var taker = StagedClasses(columns: names.count) { batch in
        rows += batch.rowCount
        for worker in workers { try worker.consume(batch) }
      }
      _ = try staged.hand(to: &taker)
      try taker.finish()
      return Workers(rows: rows, all: [workers])
    }
  }

  private init(
    _ question: Question, _ names: [String], _ resources: Resources,
    consume: ([Aggregation], Resources) throws -> Workers
  ) throws {
    let count = CountedClasses(question, names)
    var resources = resources
    resources.memory /= 1 + question.sensitive.count
    let workers = try consume(count.breakers, resources)
    rows = workers.rows
    attributes = question.sensitive.map { Attribute(field: $0) }
    let classes = try Self.finish(count.classes, workers.of(0), resources)
    var values = try question.sensitive.indices.map { index in
      let pairs = try Self.finish(count.pairs[index], workers.of(index + 1), resources)
      let folded = try Self.consume(pairs, [count.spread], resources)
      return ClassStream(try Self.finish(count.spread, folded.of(0), resources))
    }
    var stream = ClassStream(classes)
    while let row = try stream.next(last: count.measures) {
      // Whoever is not named may be one and the same.
      let nameless = question.person != nil && row[1] < row[0] ? 1 : 0
      let persons = question.person == nil ? row[0] : row[2] + nameless
      sizes.add(persons)
      for index in values.indices {
        // Both come by the order of their keys, and have the same.
        guard let spread = try values[index].next(last: 3) else { throw RiskMessages.wrongColumn }
        attributes[index].add(spread, rows: row[0], persons: persons)
      }
    }
  }

  // MARK: Operators

  private struct Workers {
    let rows: Int
    /// By thread and breaker.
    let all: [[any BreakerWorker]]

    func of(_ breaker: Int) -> [any BreakerWorker] { all.map { $0[breaker] } }
  }

  private static func consume(
    _ table: some BatchSource, _ breakers: [Aggregation], _ resources: Resources
  ) throws -> Workers {
    let threads = max(resources.threads, 1)
    let kept = Mutex<(rows: Int, workers: [[HeldWorker]], failure: (any Error)?)>((0, [], nil))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let workers = breakers.map { HeldWorker($0.makeWorker(resources)) }
      var rows = 0
      do {
        while let batch = try table.next() {
          rows += batch.rowCount
          for held in workers { try held.worker.consume(batch) }
        }
        kept.withLock { kept in
          kept.rows += rows
          kept.workers.append(workers)
        }
      } catch {
        kept.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let (rows, workers, failure) = kept.withLock { $0 }
    if let failure { throw failure }
    return Workers(rows: rows, all: workers.map { $0.map(\.worker) })
  }

  private static func finish(
    _ breaker: Aggregation, _ workers: [any BreakerWorker], _ resources: Resources
  ) throws -> any BatchSource {
    var tally = Tally()
    return try breaker.finish(workers, resources, tally: &tally)
  }
}

extension RiskCount.Attribute {
  fileprivate mutating func add(_ spread: [Int], rows: Int, persons: Int) {
    leastValues = min(leastValues, spread[0])
    commonest += spread[2]
    highest = max(highest, RiskShare.millionths(spread[2], of: rows, .up))
    if spread[0] == 1 {
      alikeClasses += 1
      alikePersons += persons
    }
  }
}

/// A worker that one thread uses at a time.
private final class HeldWorker: @unchecked Sendable {
  let worker: any BreakerWorker

  init(_ worker: any BreakerWorker) { self.worker = worker }
}

/// The aggregations that count classes.
private struct CountedClasses {
  /// By quasi-identifiers: rows, and of persons the named rows and how many there are.
  let classes: Aggregation
  let measures: Int
  /// By quasi-identifiers and a sensitive field: rows.
  let pairs: [Aggregation]
  /// Of those by quasi-identifiers: values, rows, and the rows of the commonest.
  let spread: Aggregation

  var breakers: [Aggregation] { [classes] + pairs }

  init(_ question: RiskCount.Question, _ names: [String]) {
    func place(_ name: String) -> Int { names.firstIndex(of: name) ?? names.count }
    let keys = question.quasi.map(place)
    let types = [DataType](repeating: .text, count: names.count)
    var measures = [Aggregation.Measure(.count, name: "rows")]
    if let person = question.person {
      measures += [
        Aggregation.Measure(.count, of: place(person), name: "named"),
        Aggregation.Measure(.countDistinct, of: place(person), name: "persons"),
      ]
    }
    self.measures = measures.count
    classes = Aggregation(keys: keys, measures: measures, inputTypes: types)
    pairs = question.sensitive.map {
      Aggregation(
        keys: keys + [place($0)], measures: [Aggregation.Measure(.count, name: "rows")],
        inputTypes: types)
    }
    let rows = keys.count + 1
    spread = Aggregation(
      keys: Array(keys.indices),
      measures: [
        Aggregation.Measure(.count, name: "values"),
        Aggregation.Measure(.sum, of: rows, name: "rows"),
        Aggregation.Measure(.max, of: rows, name: "commonest"),
      ], inputTypes: [DataType](repeating: .text, count: rows) + [.integer])
  }
}

/// Whole numbers of a table's last columns, row by row.
private struct ClassStream {
  private let source: any BatchSource
  private var batch = Batch(columns: [], rowCount: 0, sequence: 0)
  private var columns: [[Int64]] = []
  private var row = 0

  init(_ source: any BatchSource) { self.source = source }

  mutating func next(last count: Int) throws -> [Int]? {
    while row >= batch.rowCount {
      guard let more = try source.next() else { return nil }
      (batch, row) = (more, 0)
      columns = try more.columns.suffix(count).map { column in
        guard case .integer(let values) = column.values else { throw RiskMessages.wrongColumn }
        return values
      }
    }
    defer { row += 1 }
    return columns.map { Int($0[row]) }
  }
}
