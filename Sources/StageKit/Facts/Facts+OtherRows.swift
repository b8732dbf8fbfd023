import Tabular

/// Values of other rows: what is known of the row that they stand in says nothing of them.
extension Facts {
  /// Fields made of other rows' values, appended: of how many source rows these values are is what
  /// is known now, whatever rows are chosen later.
  /// - Parameters:
  ///   - own: names of those that show no other row's value.
  ///   - source: the table of those rows, as it stands; nil for this one.
  ///   - place: of the stage that makes them.
  public func acrossRows(
    _ fields: [Field], but own: Set<String> = [], of source: Facts? = nil, at place: SpecPosition
  ) -> Facts {
    var facts = self
    facts.fields += fields
    for field in fields where !own.contains(field.name) {
      facts = facts.showingOthers(in: field.name, of: source ?? self, at: place)
    }
    return facts
  }

  /// The same table, of which one field shows values of other rows.
  public func showingOthers(in name: String, of source: Facts, at place: SpecPosition) -> Facts {
    guard isAboutPersons, !isMicrodata, let index = index(of: name) else { return self }
    var facts = self
    let basis = Basis(aggregate: place, condition: "other rows: \(name)")
    let privacy = fields[index].privacy
    let least = privacy.choices.reduce(source.bases.values.min() ?? 0) { least, choice in
      min(least, source.bases[choice] ?? 0)
    }
    facts.fields[index].privacy = privacy.forgettingChoices().telling(of: basis)
    (facts.fields[index].counts, facts.fields[index].chosen) = (nil, nil)
    let known = [basis: least, basis.rest(of: basis.whole): least]
    return least > 1 ? facts.resting(on: facts.bases.merging(known) { $1 }) : facts
  }

  /// Whether rows of either table may be of the same groups of persons, so that what a row of the
  /// one is known to stand for says nothing of those of the other.
  public func sharesGroups(with other: Facts) -> Bool {
    let areGroups = [self, other].allSatisfy { $0.isAboutPersons && !$0.isMicrodata }
    return areGroups && bases.keys.contains { $0.condition == nil && other.bases[$0] != nil }
  }
}
