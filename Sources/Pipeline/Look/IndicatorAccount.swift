import Foundation
import StageKit
import Tabular

/// How an indicator comes into an index, number by number: for all units, or for one. As in a
/// preview, only plain values and aggregates are shown, and nothing is published or remembered.
public struct IndicatorAccount: Sendable {
  /// What was asked.
  let indicator: String
  /// The index that it is in.
  let index: String
  private let steps: AccountTable
  private let ranks: AccountTable
  private let element: AccountTable

  /// - Parameters:
  ///   - name: an indicator's name, or `index.indicator`.
  ///   - unit: a unit's key; nil for all.
  /// - Throws: `RunError`; exit 2 where there is no such indicator or unit.
  public init(
    _ plan: Plan, indicator name: String, unit: String?, _ language: Language, threads: Int
  ) throws {
    let indices = plan.ends.keys.filter { $0.hasSuffix(Self.contributions) }.sorted()
      .map { String($0.dropLast(Self.contributions.count)) }
    guard !indices.isEmpty else { throw RunError(.spec, Self.noIndex) }
    var known: [String] = []
    for index in indices {
      let own = name.hasPrefix(index + ".") ? String(name.dropFirst(index.count + 1)) : name
      let tables = ["contributions", "ranks", "weights"].map { "\(index).\($0)" }
      let places = try tables.map { try LookPlace(plan, step: $0).node }
      let found = try AccountTable.read(plan, places, language, threads)
      let element = found[2].only("element", own)
      guard element.first("level") == "indicator" else {
        known += found[2].only("level", "indicator").column("element").compactMap { $0 }
        continue
      }
      (indicator, self.index, self.element) = (own, index, element)
      let steps = found[0].only("indicator", own)
      self.steps = unit.map { steps.only(at: 0, $0) } ?? steps
      ranks = unit.map { found[1].only(at: 0, $0) } ?? found[1]
      if let unit, self.steps.isEmpty { throw RunError(.spec, Self.unknownUnit(unit)) }
      return
    }
    throw RunError(
      .spec, Self.unknownIndicator(name, near: Suggestion.nearest(to: name, among: known)))
  }

  private static let contributions = ".contributions"

  /// Lines ended, safe to print on a terminal.
  public func text(_ language: Language) -> String {
    let title = element.first(language == .fr ? "title_fr" : "title_en").map { ": \($0)" } ?? ""
    let unit = element.first("unit").map { " (\($0))" } ?? ""
    let head = "\(indicator)\(title)\(unit)"
    let parent = element.first("parent") ?? ""
    let isMore = element.first("direction") != "-1"
    let (share, whole) = (weight("share", language), weight("effective_weight", language))
    let place = Message(
      en: "in '\(index)' below '\(parent)'; \(isMore ? "more" : "less") is better, weight "
        + "\(share) there and \(whole) in the whole",
      fr: "dans « \(index) » sous « \(parent) » ; \(isMore ? "plus" : "moins") vaut mieux, poids "
        + "\(share) à ce niveau et \(whole) dans l’ensemble")
    let body = steps.count == 1 ? one(language) : steps.text
    return TerminalText.safe(head) + "\n" + TerminalText.safe(place.text(language)) + "\n" + body
  }

  /// To four digits; as it is where it is no number.
  private func weight(_ field: String, _ language: Language) -> String {
    guard let text = element.first(field), let value = Double(text) else {
      return element.first(field) ?? ""
    }
    let rounded = String((value * 10_000).rounded() / 10_000)
    return language == .fr ? rounded.replacing(".", with: ",") : rounded
  }

  /// One unit: a line a step, then the index that it goes into.
  private func one(_ language: Language) -> String {
    var lines = steps.fields.map { field in
      (Self.words[field]?.text(language) ?? field, steps.first(field) ?? "")
    }
    lines += ["index", "rank", "not_ranked", "data_share"].compactMap { field in
      ranks.first(field).map { (Self.words[field]?.text(language) ?? field, $0) }
    }
    let width = lines.map(\.0.count).max() ?? 0
    return lines.map { name, value in
      TerminalText.safe(
        "  " + name + String(repeating: " ", count: width - name.count) + "  " + value) + "\n"
    }.joined()
  }

  /// The indicator, and the units' numbers as texts; null where there is none.
  public func json() throws -> String {
    let record = Record(
      index: index, indicator: indicator, element: element.records.first ?? [:],
      units: steps.records, ranks: ranks.records)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return TerminalText.safeJSON(String(decoding: try encoder.encode(record), as: UTF8.self) + "\n")
  }

  private struct Record: Encodable {
    let index: String
    let indicator: String
    let element: [String: String?]
    let units: [[String: String?]]
    let ranks: [[String: String?]]
  }

  private static let words: [String: Message] = [
    "measured": Message(en: "value as measured", fr: "valeur mesurée"),
    "divisor": Message(en: "divided by", fr: "divisée par"),
    "value": Message(en: "value in its unit", fr: "valeur dans son unité"),
    "imputed": Message(en: "after imputation", fr: "après imputation"),
    "treated": Message(en: "after treatment of outliers", fr: "après traitement des aberrantes"),
    "normalised": Message(en: "on the common scale", fr: "à l’échelle commune"),
    "weight": Message(en: "weight in this unit's index", fr: "poids dans l’indice de l’unité"),
    "contribution": Message(en: "contributes to the index", fr: "contribue à l’indice pour"),
    "rank_of_value": Message(en: "its rank among the units", fr: "son rang parmi les unités"),
    "reason": Message(en: "missing because", fr: "manque parce que"),
    "index": Message(en: "the index", fr: "l’indice"),
    "rank": Message(en: "its rank", fr: "son rang"),
    "not_ranked": Message(en: "not ranked because", fr: "non classée parce que"),
    "data_share": Message(
      en: "rests on this share of data", fr: "repose sur cette part de données"),
  ]

  private static let noIndex = Message(
    en: "this pipeline has no `indicators:`", fr: "ce pipeline n’a pas d’`indicators:`")

  private static func unknownIndicator(_ name: String, near: String?) -> Message {
    Message(
      en: "no indicator is called '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "aucun indicateur ne s’appelle « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  // Not which: a unit's key may be anything, and is not repeated.
  private static func unknownUnit(_ unit: String) -> Message {
    Message(en: "the index has no such unit", fr: "l’indice n’a pas cette unité")
  }
}
