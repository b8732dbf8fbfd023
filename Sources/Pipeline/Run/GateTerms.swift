import Ingest
import StageKit
import Tabular

/// What the gate holds a staged file to.
package struct GateTerms: Sendable {
  /// The output's name, for messages.
  package var name: String
  package var format: PlannedOutput.Format
  package var delimiter: UInt8
  /// The columns.
  package var names: [String]
  /// The column that counts source rows and the least it was guaranteed to hold, if there is one.
  package var least: (column: Int, count: Int)?
  /// Whether 0 may stand there, too: in a protected table a cell of nobody is no secret.
  package var sparesZero = false
  /// What rows alike in some columns must be together.
  package var classes: [ClassTerms] = []
  /// Columns that hold nothing but multiples of the base.
  package var rounded: (columns: [Int], base: Int)?
  /// What must not stand in its cells.
  package var detectors: DetectorTerms?

  package init(
    name: String, format: PlannedOutput.Format, delimiter: UInt8 = UInt8(ascii: ","),
    names: [String], least: (column: Int, count: Int)? = nil, classes: [ClassTerms] = [],
    rounded: (columns: [Int], base: Int)? = nil
  ) {
    (self.name, self.format, self.delimiter) = (name, format, delimiter)
    (self.names, self.least) = (names, least)
    (self.classes, self.rounded) = (classes, rounded)
  }

  init(_ output: PlannedOutput, _ facts: Facts) {
    let counts = facts.guarantees.compactMap {
      if case .minCount(let count) = $0 { count } else { nil }
    }
    self.init(
      name: output.name, format: output.format,
      delimiter: output.profile == .opendata ? UInt8(ascii: ",") : UInt8(ascii: ";"),
      names: facts.names)
    if let count = counts.max(), let column = facts.fields.firstIndex(where: { $0.counts != nil }) {
      least = (column, count)
      sparesZero = facts.guarantees.contains { if case .protected = $0 { true } else { false } }
    }
    detectors = DetectorTerms(output.audience.detectors, facts)
    classes = ClassTerms.all(facts)
    let bases = facts.guarantees.compactMap {
      if case .rounded(let base) = $0 { base } else { nil }
    }
    if let base = bases.min() {
      let columns = facts.fields.indices.filter {
        facts.fields[$0].isTally && facts.fields[$0].type == .integer
      }
      rounded = (columns, base)
    }
  }

  /// Whether rows must be read once more, together, for what was promised of them.
  var asksForRows: Bool { !classes.isEmpty || rounded != nil }

  var tally: RowTally {
    RowTally(
      fields: names.count, least: least, sparesZero: sparesZero, watched: detectors?.watched)
  }

  /// - Returns: what the detectors let through.
  /// - Throws: `RunError` when what was counted breaks a promise.
  @discardableResult
  func verify(_ tally: RowTally) throws -> DetectorFinding? {
    guard !tally.hasOtherWidth else { throw RunError(.refused, RunMessages.gateColumns(name)) }
    if tally.isBelow, let least {
      throw RunError(.refused, RunMessages.gateCount(name, minimum: least.count))
    }
    guard let detectors, let cells = tally.cells else { return nil }
    return try detectors.judge(cells, name)
  }
}
