import StageKit
import Tabular

/// A promise of classes, told in columns of a table in which it can be counted again.
package struct ClassTerms: Sendable {
  /// A column that is to differ within each class.
  package struct Sensitive: Sendable {
    package let field: String
    package let column: Int
    /// Whether its values are whole numbers, for their order.
    package let isNumber: Bool
    package let spreads: [Anonymity.Spread]

    package init(
      field: String, column: Int, isNumber: Bool, spreads: [Anonymity.Spread]
    ) {
      (self.field, self.column, self.isNumber) = (field, column, isNumber)
      self.spreads = spreads
    }
  }

  package let k: Int
  package let quasi: [Int]
  /// The column that tells persons apart; nil where rows are counted.
  package let person: Int?
  /// Whether the rows of a class are as many as its persons, so far as the columns tell.
  package let hasPersons: Bool
  package let sensitive: [Sensitive]

  /// - Parameter hasPersons: whether persons are counted where `person` is nil, too: each row is
  ///   one.
  package init(k: Int, quasi: [Int], person: Int?, hasPersons: Bool, sensitive: [Sensitive]) {
    (self.k, self.quasi, self.person, self.sensitive) = (k, quasi, person, sensitive)
    self.hasPersons = hasPersons
  }

  /// All promises of a table, in an order that stays the same.
  static func all(_ facts: Facts) -> [ClassTerms] {
    facts.guarantees.sorted { $0.told("=") < $1.told("=") }.compactMap { ClassTerms($0, facts) }
  }

  /// The promise in a table's columns. Of quasi-identifiers that have left the table, classes are
  /// joined, which keeps every promise but δ-disclosure privacy.
  init?(_ guarantee: Guarantee, _ facts: Facts) {
    guard case .anonymity(let anonymity) = guarantee else { return nil }
    quasi = anonymity.quasi.compactMap { facts.index(of: $0) }.sorted()
    k = anonymity.k
    person = anonymity.person.flatMap { facts.index(of: $0) }
    hasPersons = anonymity.person == nil || person != nil
    let isWhole = quasi.count == anonymity.quasi.count
    sensitive = anonymity.spreads.sorted { $0.key < $1.key }.compactMap { name, spreads in
      guard let column = facts.index(of: name) else { return nil }
      return Sensitive(
        field: name, column: column, isNumber: facts.fields[column].type == .integer,
        spreads: spreads.filter { isWhole || $0.survivesJoining }.sorted {
          $0.told("") < $1.told("")
        }
      )
    }
  }
}

extension Anonymity.Spread {
  /// Whether two classes that keep it keep it joined.
  fileprivate var survivesJoining: Bool { if case .disclosure = self { false } else { true } }

  /// Whether it compares a class with the whole input.
  var isRelative: Bool {
    switch self {
    case .distinct, .entropy, .recursive: false
    case .closeness, .betaLikeness, .disclosure: true
    }
  }
}
