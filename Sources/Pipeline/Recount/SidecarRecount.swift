import Codecs
import Tabular

/// Counts again, on a table's bytes and on its sidecar's, what the table's alone do not prove.
package struct SidecarRecount {
  let table: StagedRows
  let sidecar: StagedRows
  /// Of the bytes that were read before; nil where they are only now read for the first time.
  let tableBytes: Fingerprint?
  let sidecarBytes: Fingerprint?
  /// Entries of classes that are held at once.
  package var most = ClassRecount.entries

  init(
    table: StagedRows, tableBytes: Fingerprint, sidecar: StagedRows, sidecarBytes: Fingerprint?
  ) {
    (self.table, self.tableBytes) = (table, tableBytes)
    (self.sidecar, self.sidecarBytes) = (sidecar, sidecarBytes)
  }

  /// Of files that nobody has read yet.
  package init(_ table: GateTerms, at path: String, _ sidecar: GateTerms, at other: String) {
    self.table = StagedRows(terms: table, path: path) { try FileDigest.source(path) }
    self.sidecar = StagedRows(terms: sidecar, path: other) { try FileDigest.source(other) }
    (tableBytes, sidecarBytes) = (nil, nil)
  }

  /// - Throws: `RunError` when the promise is broken, or the two are not of the same rows.
  package func run(_ sidecar: PlannedSidecar) throws {
    let names = table.terms.names
    let columns = sidecar.keys.compactMap { names.firstIndex(of: $0.table) }
    switch sidecar.promise {
    case .persons(let k):
      let found = try persons(k, columns)
      try refuse(found.strangers)
      if found.tooSmall > 0 {
        throw RunError(
          .refused,
          RecountMessages.smallClasses(table.terms.name, classes: found.tooSmall, k: k),
          remedy: RecountMessages.remedy)
      }
    case .cells(let promise):
      var known = CellTable(promise, sidecar)
      try readSidecar(&known)
      let measures = promise.measures.compactMap { names.firstIndex(of: $0) }
      var shown = ShownCells(known, keys: columns, measures: measures)
      try readTable(&shown)
      try refuse(shown.strangers + shown.missing)
      if shown.unsafe > 0 {
        throw RunError(
          .refused, RecountMessages.unsafeCells(table.terms.name, cells: shown.unsafe),
          remedy: RecountMessages.remedy)
      }
    }
  }

  /// Persons in classes.
  /// - Parameter columns: of the table, which the sidecar's first columns are.
  func persons(_ k: Int, _ columns: [Int]) throws -> PersonRecount {
    var recount = PersonRecount(k: k, columns: columns, most: most)
    try recount.run(sidecar: { try readSidecar(&$0) }, table: { try readTable(&$0) })
    return recount
  }

  private func refuse(_ strangers: Int) throws {
    guard strangers > 0 else { return }
    throw RunError(
      .refused, RecountMessages.otherRows(table.terms.name, strangers),
      remedy: RecountMessages.remedy)
  }

  private func readTable(_ taker: inout some RowTaker) throws {
    try read(table, tableBytes, &taker)
  }

  private func readSidecar(_ taker: inout some RowTaker) throws {
    try read(sidecar, sidecarBytes, &taker)
  }

  private func read(
    _ rows: StagedRows, _ known: Fingerprint?, _ taker: inout some RowTaker
  ) throws {
    let found = try rows.hand(to: &taker)
    guard found == known ?? found else {
      throw RunError(.refused, RunMessages.gateBytes(rows.terms.name))
    }
  }
}

/// Counts the persons of classes in a sidecar, and that the table's classes are those: part by
/// part, as classes are counted.
struct PersonRecount {
  private let sidecarTerms: ClassTerms
  private let tableTerms: ClassTerms
  private let most: Int
  /// Classes of fewer than k persons.
  private(set) var tooSmall = 0
  /// Classes that one of both has, or has with other rows.
  private(set) var strangers = 0

  init(k: Int, columns: [Int], most: Int) {
    self.most = most
    sidecarTerms = ClassTerms(
      k: k, quasi: Array(columns.indices), person: columns.count, hasPersons: true, sensitive: [])
    tableTerms = ClassTerms(k: k, quasi: columns, person: nil, hasPersons: false, sensitive: [])
  }

  mutating func run(
    sidecar: (inout ClassTable) throws -> Void, table: (inout ClassTable) throws -> Void
  ) throws {
    var parts = 1
    while !(try run(parts, sidecar, table)) { parts *= 2 }
  }

  /// - Returns: false when a part is too large.
  private mutating func run(
    _ parts: Int, _ sidecar: (inout ClassTable) throws -> Void,
    _ table: (inout ClassTable) throws -> Void
  ) throws -> Bool {
    (tooSmall, strangers) = (0, 0)
    for part in 0..<parts {
      let room = parts < ClassRecount.parts ? most : Int.max
      var persons = ClassTable(sidecarTerms, part: part, of: parts, most: room, wholes: [])
      try sidecar(&persons)
      if persons.isFull { return false }
      var rows = ClassTable(tableTerms, part: part, of: parts, most: room, wholes: [])
      try table(&rows)
      if rows.isFull { return false }
      tooSmall += persons.finding().tooSmall
      strangers += rows.differing(from: persons)
    }
    return true
  }
}
