import StageKit
import Tabular

/// How an index is computed, in sentences for those who read a report of it.
struct MethodSentences {
  let spec: IndexSpec

  private var method: IndexMethod { spec.method }

  private var indicators: [Indicator] { spec.tree.indicators.filter { $0.measure != nil } }

  var all: [Message] {
    [tree, denominators, imputation, screening, outliers, scale, own, weights, means, ranked]
      .compactMap { $0 } + periods + doubts
  }

  // MARK: - What it is made of

  private var tree: Message {
    let title = spec.tree.nodes.first?.title
    let name = Message(
      en: title.map { "“\($0.en)”" } ?? "The index", fr: title.map { "« \($0.fr) »" } ?? "L’indice")
    let all = spec.tree.indicators.count
    let counts: [(IndexTree.Level, String, String)] = [
      (.dimension, "dimensions", "dimensions"), (.domain, "domains", "domaines"),
    ]
    let levels = counts.compactMap { level, en, fr -> Message? in
      let count = spec.tree.nodes.count { $0.level == level }
      return count > 1 ? Message(en: "\(count) \(en)", fr: "\(count) \(fr)") : nil
    }
    let known = indicators.count
    let what =
      known == all
      ? Message(en: "\(all) indicators", fr: "\(all) indicateurs")
      : Message(
        en: "\(known) of the \(all) indicators of its framework",
        fr: "\(known) des \(all) indicateurs de son cadre")
    let en = levels.isEmpty ? "" : ", in " + levels.map(\.en).joined(separator: " and ")
    let fr = levels.isEmpty ? "" : ", en " + levels.map(\.fr).joined(separator: " et ")
    return Message(
      en: "\(name.en) rests on \(what.en)\(en).", fr: "\(name.fr) repose sur \(what.fr)\(fr).")
  }

  private var denominators: Message? {
    let count = indicators.count { $0.denominator != nil }
    guard count > 0 else { return nil }
    return Message(
      en: "Of these, \(count) are divided by what makes units comparable, such as the population.",
      fr: "Parmi eux, \(count) sont divisés par ce qui rend les unités comparables, comme la "
        + "population.")
  }

  private var imputation: Message {
    let filled: Message
    switch method.imputation {
    case .none:
      return Message(
        en: "A missing value stays missing, and its weight goes to the others.",
        fr: "Une valeur manquante le reste, et son poids va aux autres.")
    case .mean: filled = Message(en: "the mean of the others", fr: "la moyenne des autres")
    case .median: filled = Message(en: "the median of the others", fr: "la médiane des autres")
    case .groupMean: filled = Message(en: "the mean of its group", fr: "la moyenne de son groupe")
    case .groupMedian:
      filled = Message(en: "the median of its group", fr: "la médiane de son groupe")
    case .previousPeriod:
      filled = Message(
        en: "the unit’s latest one of an earlier period",
        fr: "la dernière de l’unité dans une période antérieure")
    }
    return Message(
      en: "A missing value is replaced by \(filled.en).",
      fr: "Une valeur manquante est remplacée par \(filled.fr).")
  }

  private var screening: Message? {
    guard let least = method.screening.data else { return nil }
    return Message(
      en: "Units with data for less than \(percent(least).en) of the indicators take no part.",
      fr: "Les unités renseignées pour moins de \(percent(least).fr) des indicateurs ne "
        + "participent pas.")
  }

  // MARK: - What is done to values

  private var outliers: Message { Self.told(method.treatment) }

  private static func told(_ treatment: Treatment) -> Message {
    let skewness = number(treatment.skewness)
    let kurtosis = number(treatment.kurtosis)
    let rule = Message(
      en: "Where skewness reaches \(skewness.en) and kurtosis \(kurtosis.en), ",
      fr: "Si l’asymétrie atteint \(skewness.fr) et l’aplatissement \(kurtosis.fr), ")
    let log = Message(en: "the logarithm is taken", fr: "on prend le logarithme")
    switch treatment.kind {
    case .none:
      return Message(
        en: "Outliers are left as they are.",
        fr: "Les valeurs aberrantes sont laissées telles quelles.")
    case .transform: return Message(en: rule.en + log.en + ".", fr: rule.fr + log.fr + ".")
    case .winsorise:
      let most = treatment.points
      let first = Message(
        en: rule.en + "up to \(most) outlying values are drawn in to the next",
        fr: rule.fr + "jusqu’à \(most) valeurs extrêmes sont ramenées à la suivante")
      guard treatment.fallback != .none else {
        return Message(en: first.en + ".", fr: first.fr + ".")
      }
      return Message(
        en: first.en + "; if that is not enough, \(log.en).",
        fr: first.fr + " ; si cela ne suffit pas, \(log.fr).")
    }
  }

  private var scale: Message { Self.told(method.normalisation) }

  private static func told(_ normalisation: Normalisation) -> Message {
    let how: Message
    switch normalisation {
    case .minMax(let low, let high):
      let (low, high) = (number(low), number(high))
      how = Message(
        en: "from \(low.en) for the worst value to \(high.en) for the best",
        fr: "de \(low.fr) pour la plus mauvaise valeur à \(high.fr) pour la meilleure")
    case .goalposts(let low, let high):
      let (low, high) = (number(low), number(high))
      how = Message(
        en: "from \(low.en) to \(high.en) between two bounds fixed beforehand",
        fr: "de \(low.fr) à \(high.fr) entre deux bornes fixées d’avance")
    case .zScore(let mean, let deviation):
      let (mean, deviation) = (number(mean), number(deviation))
      how = Message(
        en: "of mean \(mean.en) and standard deviation \(deviation.en)",
        fr: "de moyenne \(mean.fr) et d’écart type \(deviation.fr)")
    case .rank, .borda, .percentileRank:
      how = Message(en: "by the units’ ranks", fr: "d’après le rang des unités")
    case .target:
      how = Message(en: "by how near the target is", fr: "d’après la distance à la cible")
    case .reference:
      how = Message(
        en: "by the distance from a unit of reference",
        fr: "d’après la distance à une unité de référence")
    case .maximum, .shareOfMaximum:
      how = Message(
        en: "by the distance from the best value", fr: "d’après la distance à la meilleure valeur")
    case .none:
      return Message(
        en: "Indicators are put together as they are, more being better.",
        fr: "Les indicateurs sont réunis tels quels, plus valant mieux.")
    }
    return Message(
      en: "Each indicator is brought to one scale on which more is better, \(how.en).",
      fr: "Chaque indicateur est ramené à une échelle où plus vaut mieux, \(how.fr).")
  }

  private var own: Message? {
    let count = indicators.count {
      $0.treatment != nil || $0.normalisation != nil || $0.imputation != nil
    }
    guard count > 0 else { return nil }
    return Message(
      en: "Indicators with a method of their own: \(count).",
      fr: "Indicateurs qui ont une méthode à eux : \(count).")
  }

  // MARK: - How they become one

  private var weights: Message {
    if method.weightings.values.contains(.pca) {
      return Message(
        en: "Weights follow from how the indicators go together (first principal component).",
        fr: "Les poids découlent de la façon dont les indicateurs vont ensemble (première "
          + "composante principale).")
    }
    let isEven = spec.tree.nodes.allSatisfy { node in
      node.children.allSatisfy {
        spec.tree.nodes[$0].weight == spec.tree.nodes[node.children[0]].weight
      }
    }
    let isEqual = !method.weightings.isEmpty && method.weightings.values.allSatisfy { $0 == .equal }
    return isEven || isEqual
      ? Message(
        en: "Parts of one element weigh the same.",
        fr: "Les parties d’un même élément pèsent autant.")
      : Message(
        en: "Parts weigh what was decided for them.",
        fr: "Les parties pèsent ce qui a été décidé pour elles.")
  }

  private var means: Message {
    let levels = Set(spec.tree.composites.map { spec.tree.nodes[$0].level }).sorted()
    let names = levels.map { Self.name(method.composition($0).aggregation) }
    if Set(names).count == 1, let name = names.first {
      return Message(
        en: "Scores become one by \(name.en).", fr: "Les notes se réunissent par \(name.fr).")
    }
    let told = zip(levels, names).map { level, name -> Message in
      let word =
        IndexCodes.levels[level.rawValue] ?? Message(en: level.rawValue, fr: level.rawValue)
      return Message(en: "\(word.en): \(name.en)", fr: "\(word.fr) : \(name.fr)")
    }
    return Message(
      en: "Scores become one level by level (\(told.map(\.en).joined(separator: "; "))).",
      fr: "Les notes se réunissent niveau par niveau (\(told.map(\.fr).joined(separator: " ; "))).")
  }

  private static func name(_ aggregation: Aggregation) -> Message {
    switch aggregation {
    case .arithmetic: Message(en: "arithmetic mean", fr: "moyenne arithmétique")
    case .geometric: Message(en: "geometric mean", fr: "moyenne géométrique")
    case .harmonic: Message(en: "harmonic mean", fr: "moyenne harmonique")
    case .power(let p):
      Message(en: "power mean (\(number(p).en))", fr: "moyenne de puissance \(number(p).fr)")
    case .copeland: Message(en: "Copeland’s rule", fr: "la règle de Copeland")
    }
  }

  private var ranked: Message? {
    guard method.rankedFrom > 0 else { return nil }
    let share = percent(method.rankedFrom)
    return Message(
      en: "Units with data for less than \(share.en) of the weight have a score and no rank.",
      fr: "Les unités renseignées pour moins de \(share.fr) du poids ont une note et pas de rang.")
  }

  private var periods: [Message] {
    guard let periods = spec.periods, periods.values.count > 1 else { return [] }
    return [
      method.normalisesTogether
        ? Message(
          en: "All periods are on one scale: scores of different periods are comparable.",
          fr: "Toutes les périodes sont à la même échelle : leurs notes se comparent.")
        : Message(
          en: "Each period has its own scale: scores of different periods are not comparable.",
          fr: "Chaque période a sa propre échelle : leurs notes ne se comparent pas.")
    ]
  }

  private var doubts: [Message] {
    guard let doubt = spec.uncertainty else { return [] }
    let margin = percent(doubt.weights)
    let choices = doubt.factors.compactMap { factor -> Message? in
      switch factor {
      case .weights: Message(en: "weights by ±\(margin.en)", fr: "poids à ±\(margin.fr) près")
      default: IndexCodes.choices[factor.rawValue]
      }
    }
    let draws = Message(
      en: Language.en.grouped(doubt.draws), fr: Language.fr.grouped(doubt.draws))
    return [
      Message(
        en: "The index was computed \(draws.en) times with other choices "
          + "(\(choices.map(\.en).joined(separator: ", "))); intervals hold the middle 90% of "
          + "what came out.",
        fr: "L’indice a été calculé \(draws.fr) fois avec d’autres choix "
          + "(\(choices.map(\.fr).joined(separator: ", "))) ; les intervalles contiennent les "
          + "90 % du milieu."
      )
    ]
  }

  // MARK: - Numbers

  private func percent(_ share: Double) -> Message {
    let text = Self.number((share * 1000).rounded() / 10)
    return Message(en: text.en + "%", fr: text.fr + " %")
  }

  private static func number(_ value: Double) -> Message {
    let text = Int(exactly: value).map { String($0) } ?? String(value)
    return Message(en: text, fr: text.replacing(".", with: ","))
  }
}
