import StageKit
import Tabular

/// What does not count when keys are compared.
struct KeyLikeness: Sendable {
  static let names = ["case", "accents", "punctuation"]

  private let ignored: Set<String>

  /// - Parameter node: one name or a list of them, if any.
  init(_ node: SpecNode?) {
    ignored = Set((node?.items ?? node.map { [$0] } ?? []).compactMap(\.text))
  }

  /// Whether keys are compared as they are.
  var isExact: Bool { ignored.isEmpty }

  /// The expression of a text as it is compared.
  func expression(_ field: String) -> String {
    var text = ExpressionText.field(field)
    if ignored.contains("punctuation") {
      text = "regexp_replace(\(text), '[^\\p{L}\\p{M}\\p{N}]+', '')"
    }
    if ignored.contains("accents") { text = "unaccent(\(text))" }
    if ignored.contains("case") { text = "lower(\(text))" }
    return text
  }

  /// Appends, to a table's batches, its text keys as they are compared.
  /// - Returns: the work to be done on each batch (nil when keys are compared as they are) and
  ///   the keys' positions after it.
  func appended(_ keys: [Field], to facts: Facts) throws -> (work: Derive?, positions: [Int]) {
    var derivations: [Derive.Derivation] = []
    let positions = try keys.map { key in
      guard let own = facts.index(of: key.name) else { throw StageRejected() }
      guard !isExact, key.type == .text else { return own }
      let scope = ExpressionScope(facts.fields.map { ExpressionScope.Field($0) })
      derivations.append(.init(try Expression.bind(expression(key.name), in: scope)))
      return facts.fields.count + derivations.count - 1
    }
    return (derivations.isEmpty ? nil : Derive(derivations), positions)
  }
}
