import Tabular

/// A sensitive field as the stage was told of it.
struct SensitiveField: Sendable {
  enum Rule: Sendable {
    case distinct(Int)
    case entropy(millionths: Int)
    case recursive(millionths: Int, Int)
    case closeness(millionths: Int, Ground)
    case likeness(millionths: Int, isEnhanced: Bool)
    case disclosure(millionths: Int)

    /// In words that stay the same.
    var told: String {
      switch self {
      case .distinct(let l): "distinct \(l)"
      case .entropy(let l): "entropy \(l)"
      case .recursive(let c, let l): "recursive \(c) \(l)"
      case .closeness(let t, let ground): "closeness \(t) \(ground.rawValue)"
      case .likeness(let beta, let isEnhanced): "likeness \(beta) \(isEnhanced)"
      case .disclosure(let delta): "disclosure \(delta)"
      }
    }
  }

  enum Ground: String, Sendable { case equal, ordered, hierarchical }

  let name: String
  let rules: [Rule]
  /// Whether its texts are whole numbers, for their order.
  let isNumber: Bool
  /// Of its values, where distances go by it.
  let hierarchy: [[String]]?

  /// The number of each text, the number of values, and the groups of the hierarchy.
  /// - Throws: `OperatorError` when the hierarchy lacks texts.
  func numbering(_ texts: Set<String>) throws -> (
    numbers: [String: Int32], values: Int, groups: [[Int]]
  ) {
    guard let hierarchy else {
      let sorted = texts.sorted { isNumber ? Self.number($0) < Self.number($1) : $0 < $1 }
      let pairs = sorted.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) }
      return (Dictionary(pairs, uniquingKeysWith: { $1 }), sorted.count, [])
    }
    let domain = QuasiDomain(levels: hierarchy, hasEmpty: texts.contains(""), shift: 0)
    let leaves = LeafNumbers(hierarchy[0])
    let list = texts.sorted()
    let found = leaves.numbers(Column(.text(TextValues(list))), rows: list.count)
    let lost = found.count { $0 == LeafNumbers.unknown }
    if lost > 0 { throw Self.unknown(name, lost) }
    var groups = domain.first
    // What no level joins is joined above the last.
    if Set(groups[groups.count - 1]).count > 1 {
      groups.append(Array(repeating: 0, count: groups[0].count))
    }
    return (Dictionary(zip(list, found), uniquingKeysWith: { $1 }), groups[0].count, groups)
  }

  private static func number(_ text: String) -> Int64 { Int64(text) ?? Int64.min }

  /// The rules, for a table that has each value so often.
  func rules(_ whole: [Int], _ groups: [[Int]]) -> [SpreadRule] {
    rules.map { rule in
      let kind: SpreadRule.Kind =
        switch rule {
        case .distinct(let l): .distinct(l)
        case .entropy(let l): .entropy(millionths: l)
        case .recursive(let c, let l): .recursive(millionths: c, l)
        case .closeness(let t, .equal): .equal(millionths: t)
        case .closeness(let t, .ordered): .ordered(millionths: t)
        case .closeness(let t, .hierarchical): .hierarchical(millionths: t, groups: groups)
        case .likeness(let beta, let isEnhanced):
          .likeness(millionths: beta, isEnhanced: isEnhanced)
        case .disclosure(let delta): .disclosure(millionths: delta)
        }
      return SpreadRule(kind, whole: whole)
    }
  }

  private static func unknown(_ field: String, _ values: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "field '\(field)': its hierarchy lacks some of its values (\(values)); add them to it",
        fr:
          "champ « \(field) » : sa hiérarchie n’a pas toutes ses valeurs (manquent : \(values)) ; "
          + "ajoutez-les-y"))
  }
}
