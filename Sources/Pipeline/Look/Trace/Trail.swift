import Ingest
import StageKit
import Synchronization
import Tabular

/// A row that somebody follows.
struct TracedRow: Sendable {
  let source: String
  let file: String
  let line: Int
}

/// What happened to a followed row at a stage.
struct TraceEvent: Sendable {
  /// How it came out.
  enum Fate: Sendable, Hashable {
    case kept
    /// Several rows came of it.
    case multiplied(Int)
    /// It went by one of these ways; there is one, but where a breaker has several.
    case left([String])
    /// It went into the row with these values in the fields that tell groups apart.
    case grouped([GroupField])
    /// It was looked up as a row of the stage's other table, and is not followed further.
    case side(String)
    /// Nothing tells where it went.
    case lost
  }

  struct GroupField: Sendable, Hashable {
    let name: String
    /// Whether its value may be shown.
    let isShown: Bool
    let text: String?
  }

  /// The followed row.
  let row: Int
  let node: Int
  /// The place among the stage's input, which orders what happens at one stage.
  let ordinal: Int64
  let fate: Fate
  let changes: [FieldChange]
}

/// Where followed rows are: noted by those who see them pass, read by those who see them next.
final class Trail: Sendable {
  /// A followed row in a batch.
  struct Place: Sendable, Hashable {
    let row: Int
    let index: Int
  }

  private struct Point: Hashable {
    let node: Int
    let sequence: Int
  }

  private struct State {
    var rows: [TracedRow] = []
    var places: [Point: [Place]] = [:]
    var events: [TraceEvent] = []
    var rejects: [String: [RecordWatch.Notice]] = [:]
    var matched: [String: Int] = [:]
    var lost: [String: Int] = [:]
    var warnings: [Int: Message] = [:]
  }

  /// The most rows of a source that are followed.
  private let most: Int
  private let state = Mutex(State())

  init(most: Int) { self.most = most }

  /// Begins a source, anew if it was read before: what was seen of it is void.
  func begin(_ source: String) {
    state.withLock { state in
      state.rejects[source] = nil
      state.matched[source] = nil
      state.lost[source] = nil
      let old = Set(state.rows.indices.filter { state.rows[$0].source == source })
      guard !old.isEmpty else { return }
      state.places = state.places.mapValues { $0.filter { !old.contains($0.row) } }
      state.events.removeAll { old.contains($0.row) }
    }
  }

  /// Takes what the reader of a source says of a record.
  func note(_ notice: RecordWatch.Notice, source: String, node: Int) {
    state.withLock { state in
      guard case .row(let sequence, let index) = notice.fate else {
        state.lost[source, default: 0] += 1
        if state.rejects[source, default: []].count < most {
          state.rejects[source, default: []].append(notice)
        }
        return
      }
      let matched = state.matched[source, default: 0]
      state.matched[source] = matched + 1
      guard matched < most else { return }
      let place = Place(row: state.rows.count, index: index)
      state.rows.append(TracedRow(source: source, file: notice.file, line: notice.line))
      state.places[Point(node: node, sequence: sequence), default: []].append(place)
    }
  }

  /// The followed rows in a batch of a node's table, in the order of the rows.
  func places(at node: Int, _ sequence: Int) -> [Place] {
    state.withLock { $0.places[Point(node: node, sequence: sequence)] ?? [] }
      .sorted { ($0.index, $0.row) < ($1.index, $1.row) }
  }

  /// All followed rows in a node's table, each once.
  func rows(at node: Int) -> [Int] {
    let found = state.withLock { state in
      state.places.filter { $0.key.node == node }.flatMap { $0.value.map(\.row) }
    }
    return Set(found).sorted()
  }

  func add(_ places: [Place], at node: Int, _ sequence: Int) {
    guard !places.isEmpty else { return }
    state.withLock { $0.places[Point(node: node, sequence: sequence), default: []] += places }
  }

  func add(_ event: TraceEvent) { state.withLock { $0.events.append(event) } }

  /// A limit that a run would have stopped at.
  func warn(_ message: Message, at node: Int) { state.withLock { $0.warnings[node] = message } }

  var rows: [TracedRow] { state.withLock { $0.rows } }
  var warnings: [(node: Int, message: Message)] {
    state.withLock { $0.warnings }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Records of a source with the value that are no rows; at most as many as are followed.
  func rejects(of source: String) -> [RecordWatch.Notice] {
    state.withLock { $0.rejects[source] ?? [] }
  }

  /// How many records of a source have the value and are no rows.
  func lost(in source: String) -> Int { state.withLock { $0.lost[source] ?? 0 } }

  /// How many rows of a source have the value.
  func matched(in source: String) -> Int { state.withLock { $0.matched[source] ?? 0 } }

  /// What happened to each row, in the order of the data's flow.
  var events: [[TraceEvent]] {
    let (count, all) = state.withLock { ($0.rows.count, $0.events) }
    var events = [[TraceEvent]](repeating: [], count: count)
    for event in all where events.indices.contains(event.row) { events[event.row].append(event) }
    return events.map { $0.sorted { ($0.node, $0.ordinal) < ($1.node, $1.ordinal) } }
  }
}
