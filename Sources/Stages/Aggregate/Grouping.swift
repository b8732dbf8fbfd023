import StageKit
import Tabular

/// What is known of groups and of what is computed over their rows.
struct Grouping {
  let input: Facts
  let keys: [Field]
  let basis: Basis

  /// Grouped by what points at one person, the rows are persons still.
  private var isStillMicrodata: Bool {
    input.isMicrodata && input.isAboutPersons
      && keys.contains { !$0.privacy.only([.direct, .pseudonym]).classes.isEmpty }
  }

  /// Whether many rows about persons become one: then results are aggregates.
  private var aggregates: Bool { input.isAboutPersons && !isStillMicrodata }

  func facts(of measures: [NamedMeasure]) -> Facts {
    let fields = keys + measures.map(field)
    var facts = Facts(
      // Whatever is computed of noisy figures hides whom these hide.
      fields: fields, guarantees: input.guarantees.filter(\.isNoise),
      order: keys.map { OrderKey(field: $0.name, descending: false) }, taint: input.taint,
      isMicrodata: isStillMicrodata, isAboutPersons: input.isAboutPersons)
    facts.rowsRepeat = input.rowsRepeat
    return facts.resting(on: bases)
  }

  /// The group's own basis takes the place of the only one before it: every row stands for at
  /// least one row of the input, and so for what that one stands for.
  private var bases: [Basis: Int] {
    guard aggregates else { return input.bases }
    let least = keys.isEmpty ? 0 : 1
    if input.isMicrodata { return input.bases.merging([basis: least]) { old, _ in old } }
    guard input.bases.count == 1, let before = input.bases.values.first else {
      return keys.isEmpty ? input.bases.mapValues { _ in 0 } : input.bases
    }
    return [basis: least * before]
  }

  private func field(_ measure: NamedMeasure) -> Field {
    var field = Field(
      measure.name, measure.bound.type, privacy: privacy(measure.bound),
      decimals: measure.bound.decimals, nullable: isNullable(measure),
      counts: measure.onlyCall.flatMap(counts))
    field.isTally = measure.onlyCall.map(isTally) ?? false
    return field
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
    guard aggregates, call.condition == nil, !input.rowsRepeat, bases[basis] != nil
    else { return nil }
    switch call.function {
    case .count where call.argument == nil: return RowCount(of: basis)
    case .sum where !input.isMicrodata:
      // The group's basis took the place of the one whose rows are summed.
      guard let argument = call.argument, let field = input.fields(of: argument).first,
        argument.text == field.name, let counted = field.counts, counted.isAdditive,
        input.bases[counted.basis] != nil
      else { return nil }
      return RowCount(of: basis)
    default: return nil
    }
  }

  private func privacy(_ measure: BoundMeasure) -> Privacy {
    let shown = measure.outer.fields.filter { $0 < keys.count }.map { keys[$0].privacy }
    return Privacy.union(shown + measure.calls.map(privacy))
  }

  private func privacy(_ call: AggregateCall) -> Privacy {
    let argument = call.argument.map(input.privacy) ?? .none
    let condition = call.condition.map(input.privacy) ?? .none
    switch call.function {
    case .count, .countDistinct, .sum, .mean, .stddev, .share:
      let both = argument.union(condition)
      return aggregates ? both.reclassed(.aggregate) : both
    case .min, .max, .median, .quantile, .first, .last:
      // Whose value is shown depends on the condition.
      return argument.union(condition.taint)
    }
  }
}
