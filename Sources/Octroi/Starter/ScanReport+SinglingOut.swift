import Ingest
import Pipeline
import Tabular

/// Which columns together single rows out, for people and for machines.
extension ScanReport {
  /// Combinations that are shown.
  private static let most = 8

  static func lines(_ found: SinglingOut?, _ language: Language) -> [String] {
    guard let found, !found.columns.isEmpty else { return [] }
    let (most, count) = (SinglingOut.mostTogether, found.columns.count)
    let head =
      found.minimal.isEmpty
      ? Message(
        en: "No \(most) of \(count) columns single out 5% of the rows.",
        fr: "Aucun ensemble de \(most) colonnes sur \(count) n’isole 5 % des lignes.")
      : Message(
        en: "Columns that single rows out, alone or together (\(count) combined, up to \(most)):",
        fr: "Colonnes qui isolent des lignes, seules ou ensemble (\(count) combinées, jusqu’à "
          + "\(most)) :")
    var lines = ["", "  " + head.text(language)]
    for one in found.minimal.prefix(Self.most) {
      let names = one.columns.map { PlainText.line($0, atMost: 40) }.joined(separator: " + ")
      let (unique, rare) = (share(one.uniquePerMille), share(one.rarePerMille))
      let about = one.isEstimate ? Message(en: "about ", fr: "environ ").text(language) : ""
      lines.append(
        "    "
          + Message(
            en: "\(names): \(about)\(unique.en)% of rows are unique, \(rare.en)% in groups under 5",
            fr: "\(names) : \(about)\(unique.fr) % des lignes sont uniques, \(rare.fr) % dans des "
              + "groupes de moins de 5"
          ).text(language))
    }
    let rest = found.minimal.count - Self.most
    if rest > 0 {
      lines.append(
        "    " + Message(en: "and \(rest) more", fr: "et \(rest) de plus").text(language))
    }
    if found.leftOut > 0 {
      lines.append(
        "    "
          + Message(
            en: "columns not combined: \(found.leftOut)",
            fr: "colonnes non combinées : \(found.leftOut)"
          ).text(language))
    }
    return lines
  }

  private static func share(_ perMille: Int) -> Message {
    Message(
      en: "\(perMille / 10).\(perMille % 10)", fr: "\(perMille / 10),\(perMille % 10)")
  }

  /// What `--json` tells of it.
  struct ToldSinglingOut: Encodable {
    struct Combination: Encodable {
      let columns: [String]
      let uniquePerMille: Int
      let rarePerMille: Int
      let estimate: Bool
    }

    let columns: [String]
    let leftOut: Int
    let combinations: [Combination]

    init(_ found: SinglingOut) {
      (columns, leftOut) = (found.columns, found.leftOut)
      combinations = found.minimal.map {
        Combination(
          columns: $0.columns, uniquePerMille: $0.uniquePerMille, rarePerMille: $0.rarePerMille,
          estimate: $0.isEstimate)
      }
    }
  }
}
