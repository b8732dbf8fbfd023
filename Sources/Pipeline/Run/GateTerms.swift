import Ingest
import StageKit

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

  package init(
    name: String, format: PlannedOutput.Format, delimiter: UInt8 = UInt8(ascii: ","),
    names: [String], least: (column: Int, count: Int)? = nil
  ) {
    (self.name, self.format, self.delimiter) = (name, format, delimiter)
    (self.names, self.least) = (names, least)
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
  }

  var tally: RowTally { RowTally(fields: names.count, least: least, sparesZero: sparesZero) }

  /// - Throws: `RunError` when what was counted breaks a promise.
  func verify(_ tally: RowTally) throws {
    guard !tally.hasOtherWidth else { throw RunError(.refused, RunMessages.gateColumns(name)) }
    if tally.isBelow, let least {
      throw RunError(.refused, RunMessages.gateCount(name, minimum: least.count))
    }
  }
}
