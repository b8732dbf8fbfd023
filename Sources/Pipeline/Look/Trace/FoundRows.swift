import Foundation
import StageKit
import Tabular

/// Finds followed rows in what a breaker gives out.
protocol RowSearch: AnyObject {
  /// The followed rows in a batch; each is given once.
  func found(in batch: Batch) throws -> [FoundRow]
  /// Those that have not been found.
  var missing: [EnteredRow] { get }
}

/// A followed row where it came out.
struct FoundRow {
  let row: EnteredRow
  let index: Int
  let fate: TraceEvent.Fate
}

/// A breaker's result, followed rows told as they pass.
final class FoundRows: BatchSource, @unchecked Sendable {
  private let source: any BatchSource
  private let passage: Passage
  private let ways: [String]
  /// Guards the search, and keeps batches in step with those it compares them with.
  private let lock = NSLock()
  private let search: any RowSearch
  private var isOver = false

  /// - Parameter ways: those by which rows left the breaker.
  init(
    _ source: any BatchSource, _ passage: Passage, ways: [String], _ search: any RowSearch
  ) {
    (self.source, self.passage, self.ways, self.search) = (source, passage, ways, search)
  }

  func next() throws -> Batch? {
    try lock.withLock {
      guard let batch = try source.next() else {
        if !isOver { conclude() }
        isOver = true
        return nil
      }
      let found = try search.found(in: batch)
      for item in found {
        var changes: [FieldChange] = []
        if case .kept = item.fate {
          changes = try passage.changes(of: 0, in: item.row.batch, to: batch, item.index)
        }
        passage.tell(item.row.row, item.row.ordinal, item.fate, changes)
      }
      passage.trail.add(
        found.map { Trail.Place(row: $0.row.row, index: $0.index) }, at: passage.output.id,
        batch.sequence)
      return batch
    }
  }

  private func conclude() {
    for row in search.missing {
      passage.tell(row.row, row.ordinal, ways.isEmpty ? .lost : .left(ways))
    }
  }
}

/// Looks for groups by the fields that tell them apart: those that the result is ordered by.
final class SearchedGroups: RowSearch {
  private var wanted: [[Value]: [GroupedRow]] = [:]
  private let keys: [Int]
  private let facts: Facts

  init(_ groups: [GroupedRow], _ passage: Passage) {
    facts = passage.output.facts
    keys = facts.order.compactMap { [facts] in facts.index(of: $0.field) }
    for group in groups { wanted[key(of: 0, in: group.group), default: []].append(group) }
  }

  private func key(of row: Int, in batch: Batch) -> [Value] {
    keys.map { batch.columns.indices.contains($0) ? batch.columns[$0].value(row) : .null }
  }

  var missing: [EnteredRow] { wanted.values.flatMap { $0.map(\.row) } }

  func found(in batch: Batch) throws -> [FoundRow] {
    var found: [FoundRow] = []
    for row in 0..<batch.rowCount where !wanted.isEmpty {
      guard let groups = wanted.removeValue(forKey: key(of: row, in: batch)) else { continue }
      let fields = try keys.map { place in
        let field = facts.fields[place]
        return TraceEvent.GroupField(
          name: field.name, isShown: ShownClasses.isPlain(field.privacy),
          text: ShownClasses.isPlain(field.privacy)
            ? try FieldChange.text(batch.columns[place], row, field) : nil)
      }
      found += groups.map { FoundRow(row: $0.row, index: row, fate: .grouped(fields)) }
    }
    return found
  }
}

/// Looks for marks in a second result, which is like the first but for them.
final class SearchedMarks: RowSearch {
  private var wanted: [Value: [EnteredRow]] = [:]
  private let dye: Dye
  private let dyed: any BatchSource

  init(_ rows: [EnteredRow], _ dye: Dye, _ dyed: any BatchSource) {
    (self.dye, self.dyed) = (dye, dyed)
    for row in rows { wanted[dye.mark(row.ordinal), default: []].append(row) }
  }

  var missing: [EnteredRow] { wanted.values.flatMap(\.self) }

  func found(in batch: Batch) throws -> [FoundRow] {
    guard let twin = try dyed.next(), twin.rowCount == batch.rowCount else { return [] }
    var found: [FoundRow] = []
    for index in dye.suspects(in: twin) {
      let rows = wanted.removeValue(forKey: twin.columns[dye.output].value(index)) ?? []
      found += rows.map { FoundRow(row: $0, index: index, fate: .kept) }
    }
    return found
  }
}

/// Looks for rows by all values that they had and that the result has fields for.
final class SearchedValues: RowSearch {
  private var wanted: [[Value]: [EnteredRow]] = [:]
  private let places: [Int]

  init(_ rows: [EnteredRow], _ passage: Passage) {
    let (input, output) = (passage.input.facts, passage.output.facts)
    var shared: [(input: Int, output: Int)] = []
    for (index, field) in input.fields.enumerated() {
      guard let place = output.index(of: field.name) else { continue }
      shared.append((index, place))
    }
    places = shared.map(\.output)
    for row in rows {
      let key = shared.map { row.batch.columns[$0.input].value(0) }
      wanted[key, default: []].append(row)
    }
  }

  var missing: [EnteredRow] { wanted.values.flatMap(\.self) }

  func found(in batch: Batch) throws -> [FoundRow] {
    guard !places.isEmpty else { return [] }
    var found: [FoundRow] = []
    for index in 0..<batch.rowCount where !wanted.isEmpty {
      let key = places.map {
        batch.columns.indices.contains($0) ? batch.columns[$0].value(index) : .null
      }
      guard var rows = wanted[key] else { continue }
      found.append(FoundRow(row: rows.removeFirst(), index: index, fate: .kept))
      wanted[key] = rows.isEmpty ? nil : rows
    }
    return found
  }
}
