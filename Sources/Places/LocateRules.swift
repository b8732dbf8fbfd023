import StageKit
import Tabular

/// What becomes of rows whose points lie in no district, and when a run fails for them.
struct LocateRules: Sendable {
  enum Fate: String, CaseIterable, Sendable {
    case keep, drop, fail
  }

  let outside: Fate
  let missing: Fate
  /// How many points may lie outside; nil for any number.
  private let limit: RowLimit?
  /// Whether the author has named a reference system.
  private let namesSystem: Bool

  /// Reports what does not go together.
  init(_ options: Options, _ binding: Binding) {
    outside = options["outside"]?.text.flatMap(Fate.init) ?? .keep
    namesSystem = options["crs"] != nil
    missing = options["missing"]?.text.flatMap(Fate.init) ?? .keep
    let node = options["at_most"]
    limit = outside == .fail ? .count(0) : node.flatMap { RowLimit($0) }
    if outside == .fail, let node {
      binding.diagnostics.error("unused-key", at: node.position, LocateMessages.limitWithout)
    }
  }

  /// Whether rows may leave.
  var drops: Bool { outside == .drop || missing == .drop }

  /// - Throws: `OperatorError` when the author's limits are broken, or when nearly all that went
  ///   wrong is explained by a mistake of his.
  func judge(_ counts: LocatedPoints, remark: (Message) -> Void) throws {
    if counts.outside > counts.placed / 2 {
      if counts.swapped > counts.looked / 2 { throw OperatorError(LocateMessages.swapped(counts)) }
      if counts.noDegrees > counts.looked / 2, !namesSystem {
        throw OperatorError(LocateMessages.noDegrees(counts))
      }
    }
    if let limit, !limit.allows(counts.outside, of: counts.placed) {
      throw OperatorError(LocateMessages.tooMany(counts))
    }
    if missing == .fail, counts.missing > 0 {
      throw OperatorError(LocateMessages.missingCoordinates)
    }
    if counts.outside + counts.missing + counts.onBorder + counts.inSeveral > 0 {
      remark(LocateMessages.tally(counts))
    }
  }
}
