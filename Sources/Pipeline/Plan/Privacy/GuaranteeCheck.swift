import StageKit
import Tabular

/// What an audience asks of tables about persons, against what their stages establish.
struct GuaranteeCheck {
  let charter: Charter
  let origins: SensitiveOrigins
  let diagnostics: Diagnostics

  func check(_ output: PlannedOutput, _ facts: Facts) {
    guard facts.isAboutPersons else { return }
    if facts.isMicrodata {
      checkDraw(output, facts)
      checkAnonymity(output, facts)
      checkDates(output, facts)
      checkPlaces(output, facts)
    } else if charter.isHidden(facts, from: output.audience) {
      // Noise that the charter grants a budget for hides whom it was added for.
      return
    } else {
      checkDominance(output, facts)
    }
    checkCounts(output, facts)
    checkChoices(output, facts)
    checkSingles(output, facts)
  }

  /// Who is in a sample is a secret, too.
  private func checkDraw(_ output: PlannedOutput, _ facts: Facts) {
    guard facts.isDrawnOpenly, !CharterCheck.isFullyTrusted(output.audience) else { return }
    diagnostics.error(
      "open-draw", at: output.position, PlanMessages.drawnOpenly(audience: output.audience.name),
      remedy: PlanMessages.drawByKey)
  }

  /// Counts of those in a group for whom something personal holds are small cells of large groups.
  private func checkChoices(_ output: PlannedOutput, _ facts: Facts) {
    guard let minimum = output.audience.requires.minCount,
      !facts.guarantees.contains(where: \.blursCounts)
    else { return }
    let tellers = facts.fields.map { ($0.name, $0.privacy.choices) } + [(nil, facts.taint.choices)]
    for (field, choices) in tellers
    where choices.contains(where: { facts.bases[$0] ?? 0 < minimum }) {
      diagnostics.error(
        "min-count", at: output.position,
        PlanMessages.smallChoice(field, minimum, audience: output.audience.name),
        remedy: PlanMessages.filterChoice(minimum))
    }
    checkRests(output, facts, minimum)
  }

  /// Whoever knows how many there are in a group, and for how many something holds, knows for how
  /// many it does not.
  private func checkRests(_ output: PlannedOutput, _ facts: Facts, _ minimum: Int) {
    for field in facts.fields {
      let isSmall = field.privacy.choices.contains { choice in
        facts.bases[choice] ?? 0 >= minimum
          && facts.fields.contains { other in
            wider(other, than: choice).map { facts.bases[choice.rest(of: $0)] ?? 0 < minimum }
              ?? false
          }
      }
      guard isSmall else { continue }
      diagnostics.error(
        "min-count", at: output.position,
        PlanMessages.smallRest(field.name, minimum, audience: output.audience.name),
        remedy: PlanMessages.filterRest(minimum))
    }
  }

  /// The rows that a figure is of, where those of a choice are among them, and others, too.
  private func wider(_ field: Field, than choice: Basis) -> Basis? {
    guard field.privacy.classes[.aggregate] != nil else { return nil }
    let known = field.chosen ?? field.counts?.basis ?? choice.whole
    return choice.narrows(known) ? known : nil
  }

  /// The largest or first value of a group is one person's own.
  private func checkSingles(_ output: PlannedOutput, _ facts: Facts) {
    let requires = output.audience.requires
    guard requires.minCount != nil || requires.dominanceMillionths != nil else { return }
    for field in facts.fields where !field.privacy.singles.isDisjoint(with: origins.persons) {
      diagnostics.error(
        "one-value", at: output.position,
        PlanMessages.showsOne(field.name, audience: output.audience.name),
        remedy: PlanMessages.typicalValue)
    }
  }

  private func checkCounts(_ output: PlannedOutput, _ facts: Facts) {
    guard let minimum = output.audience.requires.minCount else { return }
    let proven = facts.guarantees.contains {
      switch $0 {
      case .minCount(let count): count >= minimum
      case .protected(let protection): protection.minCount >= minimum
      case .rounded(let base): output.audience.requires.rounding.map { base >= $0 } ?? false
      case .perturbed(let variance):
        output.audience.requires.perturbationMillionths.map { variance >= $0 } ?? false
      case .anonymity, .differential: false
      }
    }
    if !proven {
      diagnostics.error(
        "min-count", at: output.position,
        PlanMessages.tooFewRows(minimum, audience: output.audience.name),
        remedy: PlanMessages.filterByCount(minimum))
    }
  }

  /// Amounts of which one contributor could learn another's.
  private func checkDominance(_ output: PlannedOutput, _ facts: Facts) {
    guard let asked = output.audience.requires.dominanceMillionths,
      // Counts have no dominant contributor: each counts 1.
      facts.fields.contains(where: { field in
        [.integer, .decimal, .double].contains(field.type) && !field.isTally
          && field.privacy.classes[.aggregate] != nil
      })
    else { return }
    let proven = facts.guarantees.contains {
      guard case .protected(let protection) = $0 else { return false }
      return protection.dominanceMillionths.map { $0 <= asked } ?? false
    }
    if !proven {
      diagnostics.error(
        "dominance", at: output.position,
        PlanMessages.dominated(asked, audience: output.audience.name),
        remedy: PlanMessages.protectTable)
    }
  }

  /// Rows of persons for an audience that asks for k-anonymity: k, over all quasi-identifiers
  /// that get there, and what is asked of sensitive fields.
  private func checkAnonymity(_ output: PlannedOutput, _ facts: Facts) {
    guard let asked = output.audience.requires.k else { return }
    let established = facts.guarantees.compactMap { guarantee -> Anonymity? in
      if case .anonymity(let anonymity) = guarantee { anonymity } else { nil }
    }
    guard let best = established.filter({ $0.k >= asked }).max(by: { $0.k < $1.k }) else {
      diagnostics.error(
        "k-anonymity", at: output.position,
        PlanMessages.notAnonymous(asked, audience: output.audience.name),
        remedy: PlanMessages.anonymise())
      return
    }
    let uncounted = facts.fields.filter {
      $0.privacy.classes[.quasi] != nil && !best.quasi.contains($0.name)
    }
    for field in uncounted {
      diagnostics.error(
        "k-anonymity", at: output.position,
        PlanMessages.uncounted(field.name, audience: output.audience.name),
        remedy: PlanMessages.countIt(field.name))
    }
    for field in facts.fields where field.privacy.classes[.sensitive] != nil {
      checkSpread(field.name, best.spreads[field.name] ?? [], output)
    }
  }

  private func checkSpread(
    _ field: String, _ spreads: Set<Anonymity.Spread>, _ output: PlannedOutput
  ) {
    let requires = output.audience.requires
    if let l = requires.l {
      let proven = spreads.contains { spread in
        switch spread {
        case .distinct(let values): values >= l
        case .entropy(let millionths): millionths >= l * 1_000_000
        case .recursive(_, let rank): rank >= l
        case .closeness, .betaLikeness, .disclosure: false
        }
      }
      if !proven {
        diagnostics.error(
          "l-diversity", at: output.position,
          PlanMessages.notDiverse(field, l, audience: output.audience.name),
          remedy: PlanMessages.anonymise())
      }
    }
    if let t = requires.closenessMillionths {
      let proven = spreads.contains { spread in
        if case .closeness(let millionths, _) = spread { millionths <= t } else { false }
      }
      if !proven {
        diagnostics.error(
          "t-closeness", at: output.position,
          PlanMessages.notClose(field, t, audience: output.audience.name),
          remedy: PlanMessages.anonymise())
      }
    }
  }

  /// Whatever is computed of coordinates is as near as they are, unless it is a cell.
  private func checkPlaces(_ output: PlannedOutput, _ facts: Facts) {
    guard let asked = output.audience.requires.placeMetres else { return }
    for field in facts.fields
    where !origins.coordinates.isDisjoint(with: field.privacy.origins)
      && (field.placeMetres ?? 0) < asked
    {
      diagnostics.error(
        "place-precision", at: output.position,
        PlanMessages.tooNear(field.name, asked, audience: output.audience.name),
        remedy: PlanMessages.toGrid(asked))
    }
  }

  private func checkDates(_ output: PlannedOutput, _ facts: Facts) {
    guard let asked = output.audience.requires.datePrecision, asked > .day else { return }
    let counted = facts.guarantees.reduce(into: Set<String>()) { counted, guarantee in
      if case .anonymity(let anonymity) = guarantee { counted.formUnion(anonymity.quasi) }
    }
    for field in facts.fields where tellsDates(field, counted) {
      guard (field.precision ?? .day) < asked else { continue }
      diagnostics.error(
        "date-precision", at: output.position,
        PlanMessages.tooFine(field.name, asked, audience: output.audience.name),
        remedy: PlanMessages.truncate(field.name, asked))
    }
  }

  /// Whether a field is a date, or computed of dates of persons.
  /// - Parameter counted: fields whose values make classes of several persons.
  private func tellsDates(_ field: Field, _ counted: Set<String>) -> Bool {
    switch field.type {
    case .date, .datetime: true
    default:
      !origins.dates.isDisjoint(with: field.privacy.origins) && !counted.contains(field.name)
        && field.privacy.classes[.pseudonym] == nil
    }
  }
}
