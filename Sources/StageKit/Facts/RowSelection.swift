import Tabular

/// Which rows of the sources a table is made of, as far as is known: two tables of which one has
/// more of the same rows tell, side by side, of those that the other lacks.
public struct RowSelection: Sendable, Hashable {
  /// What left some rows and not others.
  public struct Choice: Sendable, Hashable {
    /// In a canonical writing, so that the same choice in two steps is one.
    public let text: String
    /// Whether what decided is personal.
    public let isPersonal: Bool

    public init(_ text: String, isPersonal: Bool) {
      (self.text, self.isPersonal) = (text, isPersonal)
    }
  }

  /// Names of the sources.
  public var sources: Set<String>
  public private(set) var choices: Set<Choice>
  /// What the rows' groups are told apart by.
  public private(set) var groups: Set<FieldOrigin> = []

  public init(of sources: Set<String> = [], choices: Set<Choice> = []) {
    (self.sources, self.choices) = (sources, choices)
  }

  public func chosen(by more: some Sequence<Choice>) -> RowSelection {
    var selection = self
    selection.choices.formUnion(more)
    return selection
  }

  public func grouped(by keys: [Field]) -> RowSelection {
    var selection = self
    selection.groups = keys.reduce(into: []) { $0.formUnion($1.privacy.origins) }
    return selection
  }

  /// The rows of several tables one after the other.
  /// - Parameter place: where they are put together.
  public func united(with others: [RowSelection], at place: SpecPosition) -> RowSelection {
    guard others.contains(where: { $0 != self }) else { return self }
    let all = [self] + others
    let common = others.reduce(choices) { $0.intersection($1.choices) }
    let here = Choice("union \(place.file):\(place.line):\(place.column)", isPersonal: false)
    return RowSelection(
      of: all.reduce(into: []) { $0.formUnion($1.sources) }, choices: common.union([here]))
  }

  /// Whether its rows are another's, but for those that something personal keeps from it.
  public func isPart(of other: RowSelection) -> Bool {
    !sources.isEmpty && sources == other.sources && other.choices.isStrictSubset(of: choices)
      && choices.subtracting(other.choices).contains(where: \.isPersonal)
  }
}

extension Facts {
  /// The choices that a condition makes on rows of persons: all that must hold, but for how many
  /// rows stand behind a row.
  public func choices(of tree: SyntaxTree) -> [RowSelection.Choice] {
    tree.conjuncts.compactMap { conjunct in
      let byValue = conjunct.fieldsByValue
      let read = conjunct.fieldNames.compactMap(field)
      guard read.contains(where: { $0.privacy.classes[.aggregate] == nil }) else { return nil }
      let isPersonal = read.contains { field in
        byValue.contains(field.name)
          ? field.privacy.isPersonal
          : !field.privacy.only([.quasi, .sensitive, .unclassified]).classes.isEmpty
      }
      return RowSelection.Choice(conjunct.canonical, isPersonal: isPersonal)
    }
  }
}
