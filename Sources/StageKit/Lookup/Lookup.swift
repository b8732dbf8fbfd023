import Tabular

/// Replaces a field's values by those that a table gives for them, or writes these into another
/// field. Empty values stay empty.
public struct Lookup: Sendable {
  /// What becomes of a value that the table lacks.
  public enum Otherwise: Sendable {
    /// Empty; whether it may occur is for `unmatched` to judge.
    case empty
    /// The value itself; both must be of one type.
    case keep
    case value(Value)
  }

  private let input: Facts
  /// The table that is looked in, where it is one of the pipeline's.
  private let side: Facts?
  private let place: SpecPosition
  private let result: Field
  /// The value to look for: the field, or its text.
  private let key: BoundExpression
  private let keyType: DataType
  /// Over the input's fields, the key, what was found, and whether anything was.
  private let outcome: BoundExpression
  private let unmatched: UnmatchedRows
  private let reads: String

  private static let names = (key: "\u{1}key", found: "\u{1}value", isFound: "\u{1}found")

  /// - Parameters:
  ///   - field: whose values are looked for.
  ///   - asText: whether they are looked for as texts, whatever their type.
  ///   - result: what comes of it; takes the place of a field of its name.
  ///   - side: the table that is looked in, where it is one of the pipeline's.
  ///   - node: the option that names the field.
  /// - Throws: `StageRejected` after diagnostics.
  public init(
    _ field: Field, asText: Bool, result: Field, otherwise: Otherwise, unmatched: UnmatchedRows,
    in side: Facts? = nil, at node: SpecNode, _ binding: Binding
  ) throws {
    (input, self.side, place) = (binding.input, side, node.position)
    (self.result, self.unmatched, reads) = (result, unmatched, field.name)
    let name = ExpressionText.field(field.name)
    key = try binding.require(
      binding.expression(written: asText ? "cast(\(name) as text)" : name, at: node))
    keyType = key.type
    var facts = input
    facts.fields.append(Field(Self.names.key, keyType, privacy: field.privacy))
    facts.fields.append(Field(Self.names.found, result.type, privacy: .none))
    facts.fields.append(Field(Self.names.isFound, .boolean, privacy: .none))
    let found = ExpressionText.field(Self.names.found)
    let isFound = ExpressionText.field(Self.names.isFound)
    var parameters: [String: Value] = [:]
    let text: String
    switch otherwise {
    case .empty: text = found
    case .keep:
      text = "case when \(name) is null then null when \(isFound) then \(found) else \(name) end"
    case .value(let value):
      parameters["otherwise"] = value
      text =
        "case when \(name) is null then null when \(isFound) then \(found) "
        + "else :otherwise end"
    }
    let scope = ExpressionScope(
      facts.fields.map { ExpressionScope.Field($0) }, parameters: parameters)
    outcome = try Expression.bind(text, in: scope, expecting: result.type)
  }

  /// The facts of the table that comes out.
  public var output: Facts {
    let facts = input.setting(result)
    guard let side else { return facts }
    let told =
      input.sharesGroups(with: side)
      ? facts.showingOthers(in: result.name, of: side, at: place) : facts
    return told.taking(from: side)
  }

  /// Fields of the input needed for the wanted ones of the output.
  public func needs(_ wanted: Set<String>) -> Set<String> {
    guard wanted.contains(result.name) else { return wanted }
    return wanted.subtracting([result.name]).union([reads])
  }

  /// - Parameters:
  ///   - table: batches of two columns: values to look for (of the field's type, or texts) and
  ///     what they become.
  public func rowOperator(_ table: [Batch], _ context: StageContext) throws -> any RowOperator {
    let width = input.fields.count
    let place = input.index(of: result.name) ?? width
    var places = input.fields.indices.map { Arrange.Place.column($0) }
    if place == width { places.append(.absent(result.type)) }
    guard context.wanted.contains(result.name) else {
      places[place] = .absent(result.type)
      return Arrange(places)
    }
    // Null matches nothing, so a row of its own says whether something was found.
    let marked = table.map { batch in
      var marked = batch
      marked.columns.append(
        Column(.boolean(Array(repeating: true, count: batch.rowCount))))
      return marked
    }
    let index = try JoinIndex(
      marked, keys: [0], take: [1, 2], types: [keyType, result.type, .boolean])
    let (unmatched, remark) = (unmatched, context.remark)
    let join = Join(
      .left, index, keys: [width], name: unmatched.table,
      judge: { try unmatched.judge($0, index, remark: remark) })
    places[place] = .column(width + 3)
    return RowChain([
      Derive([Derive.Derivation(key)]), join, Derive([Derive.Derivation(outcome)]),
      Arrange(places),
    ])
  }
}
