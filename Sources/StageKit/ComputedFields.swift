import Tabular

/// Fields computed one after the other, each of those that stand before it.
public struct ComputedFields: Sendable {
  /// The table with the fields computed so far.
  public private(set) var facts: Facts
  private let input: [String]
  private var steps: [(name: String, reads: Set<String>, derivation: Derive.Derivation)] = []

  public init(of input: Facts) { (facts, self.input) = (input, input.names) }

  /// Computes a field: in its place if there is one of that name, else at the end.
  /// - Parameter expression: over `facts` as they stand.
  public mutating func set(_ field: Field, to expression: BoundExpression) {
    var field = field
    // Whatever it was made a copy of: what it holds now is what the expression gives.
    let tree = try? Expression.parse(expression.text)
    field.amount = tree.flatMap { facts.amount($0, giving: expression.type) }
    field.isDecided = field.isDecided || (tree.map { facts.isDecided($0, expression) } ?? true)
    steps.append(
      (
        field.name, facts.names(of: expression),
        Derive.Derivation(expression, replacing: facts.index(of: field.name))
      ))
    facts = facts.setting(field)
  }

  /// Fields of the input needed for the wanted ones of the output.
  public func needs(_ wanted: Set<String>) -> Set<String> {
    var needed = wanted
    for step in steps.reversed() where needed.remove(step.name) != nil {
      needed.formUnion(step.reads)
    }
    return needed.intersection(input)
  }

  public var rowOperator: Derive { Derive(steps.map(\.derivation)) }
}
