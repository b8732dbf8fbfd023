import StageKit
import Tabular

/// What is known of groups and of what is computed over their rows.
struct Grouping {
  let input: Facts
  let keys: [Field]
  private let measures: [NamedMeasure]
  let basis: Basis
  /// The sums of personal fields among the measures, with the conditions that they are taken under.
  private let sums: [(of: Set<String>, where: String?)]

  /// - Parameters:
  ///   - keys: the fields grouped by.
  ///   - measures: what is computed of each group.
  ///   - basis: what the groups are.
  init(_ input: Facts, by keys: [Field], _ measures: [NamedMeasure], basis: Basis) {
    (self.input, self.keys, self.basis, self.measures) = (input, keys, basis, measures)
    sums = measures.flatMap(\.bound.calls).compactMap { call in
      switch call.function {
      case .sum, .share:
        guard let argument = call.argument, input.privacy(of: argument).isPersonal else {
          return nil
        }
        return (input.names(of: argument), call.condition?.text)
      default: return nil
      }
    }
  }

  /// Grouped by what points at one person, the rows are persons still.
  private var isStillMicrodata: Bool {
    input.isMicrodata && input.isAboutPersons
      && keys.contains { !$0.privacy.only([.direct, .pseudonym]).classes.isEmpty }
  }

  /// Whether many rows about persons become one: then results are aggregates.
  private var aggregates: Bool { input.isAboutPersons && !isStillMicrodata }

  func facts() -> Facts {
    let fields = keys + measures.map(field)
    var facts = Facts(
      // Whatever is computed of noisy figures hides whom these hide.
      fields: fields, guarantees: input.guarantees.filter(\.isNoise),
      order: keys.map { OrderKey(field: $0.name, descending: false) }, taint: input.taint,
      isMicrodata: isStillMicrodata, isAboutPersons: input.isAboutPersons)
    (facts.rowsRepeat, facts.selection) = (input.rowsRepeat, input.selection)
    return facts.resting(on: bases)
  }

  /// The group's own basis takes the place of the only one before it: every row stands for at
  /// least one row of the input, and so for what that one stands for.
  private var bases: [Basis: Int] {
    guard aggregates else { return input.bases }
    let least = keys.isEmpty ? 0 : 1
    if input.isMicrodata { return input.bases.merging([basis: least]) { old, _ in old } }
    if keys.isEmpty { return whole.isEmpty ? [:] : [basis: 0] }
    let chosen = input.bases.filter { $0.key.condition != nil }
    guard whole.count == 1, let before = whole.values.first else { return input.bases }
    return chosen.merging([basis: least * before]) { old, _ in old }
  }

  private var whole: [Basis: Int] { input.bases.filter { $0.key.condition == nil } }

  private func field(_ measure: NamedMeasure) -> Field {
    var field = Field(
      measure.name, measure.bound.type, privacy: privacy(measure.bound),
      decimals: measure.bound.decimals, nullable: isNullable(measure),
      counts: measure.onlyCall.flatMap(counts))
    field.isTally = measure.onlyCall.map(isTally) ?? false
    field.chosen = measure.onlyCall.flatMap(isOfChosen)
    let known = measure.bound.calls.map(precision)
    field.precision = known.contains(nil) ? nil : known.compactMap { $0 }.min()
    return field
  }

  /// How coarse a call's result is as what tells of dates.
  private func precision(_ call: AggregateCall) -> DatePrecision? {
    if isTally(call) { return .coarsest }
    guard let argument = call.argument, let field = input.fields(of: argument).first,
      argument.text == field.name
    else { return nil }
    return field.precision
  }

  private func isTally(_ call: AggregateCall) -> Bool {
    switch call.function {
    case .count, .countDistinct: true
    case .sum:
      call.argument.map { argument in
        input.fields(of: argument).allSatisfy { $0.isTally && argument.text == $0.name }
      } ?? false
    default: false
    }
  }

  private func isNullable(_ measure: NamedMeasure) -> Bool {
    guard let call = measure.onlyCall else { return true }
    switch call.function {
    case .count, .countDistinct: return false
    case .min, .max, .first, .last:
      guard let argument = call.argument, call.condition == nil, !keys.isEmpty,
        // A bare field: what is computed may be null of values that are not.
        let field = input.fields(of: argument).first, argument.text == field.name
      else { return true }
      return field.nullable
    default: return true
    }
  }

  /// What a call counts, where it counts rows, all of a basis and nothing else.
  private func counts(_ call: AggregateCall) -> RowCount? {
    guard aggregates, !input.rowsRepeat, bases[basis] != nil else { return nil }
    switch call.function {
    case .count: return RowCount(of: chosen(call, from: basis))
    case .sum where !input.isMicrodata:
      // The group's basis took the place of the one whose rows are summed.
      guard let counted = summed(call), counted.isAdditive,
        input.bases[counted.basis.whole] != nil
      else { return nil }
      return RowCount(of: chosen(call, from: basis))
    default: return nil
    }
  }

  /// What the field counts whose sum a call is.
  private func summed(_ call: AggregateCall) -> RowCount? {
    guard case .sum = call.function, let argument = call.argument,
      let field = input.fields(of: argument).first, argument.text == field.name
    else { return nil }
    return field.counts
  }

  /// The rows of the groups that take part in a call.
  private func chosen(_ call: AggregateCall, from whole: Basis) -> Basis {
    let present: String? =
      if case .count = call.function { call.argument.map { "\($0.text) is not null" } } else { nil }
    let conditions = [
      call.condition?.text, present, summed(call)?.basis.condition, decided(call),
    ]
    let all = conditions.compactMap { $0 }.joined(separator: " and ")
    return Basis(
      aggregate: whole.aggregate, condition: all.isEmpty ? nil : all, rows: whole.rows)
  }

  /// The rows that a call is computed of, where they are chosen: what it says of no other row.
  private func isOfChosen(_ call: AggregateCall) -> Basis? {
    guard aggregates else { return nil }
    let choice = chosen(call, from: basis)
    guard choice.condition != nil else { return nil }
    guard decided(call) != nil else { return choice }
    switch call.function {
    case .sum, .countDistinct:
      let tree = call.argument.flatMap { try? Expression.parse($0.text) }
      return tree?.onlyCondition == nil ? nil : choice
    default: return nil
    }
  }

  /// The condition for which a call counts: where its argument is no amount, a sum of such results
  /// is a number of rows, or tells one.
  private func decided(_ call: AggregateCall) -> String? {
    guard let argument = call.argument, input.privacy(of: argument).isPersonal,
      let tree = try? Expression.parse(argument.text)
    else { return nil }
    switch call.function {
    case .sum, .mean, .stddev, .share:
      guard let amount = input.amount(tree, giving: argument.type) else {
        return tree.onlyCondition ?? argument.text
      }
      return presence(call, argument, amount)
    case .countDistinct:
      return input.isDecided(tree, argument) ? tree.onlyCondition ?? argument.text : nil
    default: return nil
    }
  }

  /// That a value is there, where a call tells how many are: a sum of what is moved by a constant
  /// tells how often it was added, and a sum beside a mean what it was divided by.
  private func presence(
    _ call: AggregateCall, _ argument: BoundExpression, _ amount: Amount
  ) -> String? {
    let personal = input.fields(of: argument).filter { $0.privacy.isPersonal && $0.nullable }
    guard !personal.isEmpty else { return nil }
    let isTold: Bool
    switch call.function {
    case .sum, .share: isTold = amount.isShifted
    default:
      let names = input.names(of: argument)
      isTold = sums.contains { sum in
        sum.where == call.condition?.text && (sum.of == names || !input.areApart(sum.of, names))
      }
    }
    guard isTold else { return nil }
    let conditions = personal.map { "\(ExpressionText.field($0.name)) is not null" }
    return conditions.map { (try? Expression.parse($0))?.canonical ?? $0 }.sorted()
      .joined(separator: " and ")
  }

  private func privacy(_ measure: BoundMeasure) -> Privacy {
    let shown = measure.outer.fields.filter { $0 < keys.count }.map { keys[$0].privacy }
    return Privacy.union(shown + measure.calls.map(privacy))
  }

  private func privacy(_ call: AggregateCall) -> Privacy {
    let told = classes(call)
    guard aggregates else { return told }
    let choice = chosen(call, from: basis)
    let isPersonal =
      decided(call) != nil
      || [call.condition, isCount(call) ? call.argument : nil].contains {
        $0.map { input.privacy(of: $0).isPersonal } ?? false
      }
    // The sum of counts of some rows counts such rows again: what was said of the parts is over.
    let isSum = summed(call)?.basis.condition != nil
    let of = isSum ? told.forgettingChoices() : told
    return choice.condition != nil && (isPersonal || isSum) ? of.telling(of: choice) : of
  }

  private func isCount(_ call: AggregateCall) -> Bool {
    if case .count = call.function { true } else { false }
  }

  private func classes(_ call: AggregateCall) -> Privacy {
    let argument = call.argument.map(input.privacy) ?? .none
    let condition = call.condition.map(input.privacy) ?? .none
    switch call.function {
    case .count, .countDistinct, .sum, .mean, .stddev, .share:
      let both = argument.union(condition)
      return aggregates ? both.reclassed(.aggregate) : both
    case .min, .max, .median, .quantile, .first, .last:
      // Whose value is shown depends on the condition.
      let shown = showsOne(call.function) && aggregates && input.isMicrodata
      return (shown ? argument.shownSingly() : argument).union(condition.taint)
    }
  }

  /// Whether a result is one row's value, and no typical one.
  private func showsOne(_ function: AggregateFunction) -> Bool {
    switch function {
    case .min, .max, .first, .last: true
    case .quantile(let share):
      share < Decimal(digits: 5, scale: 2) || Decimal(digits: 95, scale: 2) < share
    default: false
    }
  }
}
