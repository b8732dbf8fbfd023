import Tabular

/// What is said of rows published in ranges.
enum RangeMessages {
  /// By field, the share of its range that a row's is on average.
  static func losses(
    _ fields: [RangePartition.Field], _ partition: RangePartition
  ) -> [Double] {
    let kept = partition.regions.reduce(0) { $0 + $1.rows }
    return fields.indices.map { index in
      let sum = partition.regions.reduce(0.0) { sum, region in
        sum + Double(region.rows) * fields[index].width(region.lows[index], region.highs[index])
      }
      return kept == 0 ? 0 : sum / Double(kept)
    }
  }

  static func told(
    _ names: [String], _ fields: [RangePartition.Field], _ partition: RangePartition, rows: Int
  ) -> Message {
    let lost = losses(fields, partition)
    let en = zip(names, lost).map { "\($0) \(SolutionMessage.share($1, "."))" }
    let fr = zip(names, lost).map { "\($0) \(SolutionMessage.share($1, ","))" }
    let (classes, left) = (partition.regions.count, partition.suppressedRows)
    return Message(
      en: "ranges, by the share of the field's that they are on average: "
        + "\(en.joined(separator: ", ")); \(left) of \(rows) rows suppressed; \(classes) classes",
      fr: "plages, par la part de celle du champ qu’elles font en moyenne : "
        + "\(fr.joined(separator: ", ")) ; \(left) lignes sur \(rows) supprimées ; "
        + "\(classes) classes")
  }

  static func tooMany(_ lost: Int, of rows: Int, most: Int, k: Int) -> OperatorError {
    OperatorError(
      Message(
        en: "\(lost) of \(rows) rows would have to be suppressed to hide every person among \(k) "
          + "and keep what is asked of `sensitive`, and `suppress_at_most` allows \(most): allow "
          + "more, or fill in or drop fields whose values are sometimes empty",
        fr: "\(lost) lignes sur \(rows) devraient être supprimées pour cacher chaque personne "
          + "parmi \(k) et tenir ce que `sensitive` demande, et `suppress_at_most` en permet "
          + "\(most) : permettez plus, ou remplissez ou écartez des champs parfois vides"))
  }

  static let tooManyValues = OperatorError(
    Message(
      en: "the quasi-identifiers have too many different values together for ranges: make some "
        + "coarser before (`bucket`, `truncate`)",
      fr: "les quasi-identifiants ont ensemble trop de valeurs différentes pour des plages : "
        + "rendez-en de plus grossiers avant (`bucket`, `truncate`)"))
}
