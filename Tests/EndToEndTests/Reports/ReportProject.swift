import Foundation
import TestSupport

/// Requests of a few districts over some months, with a report on them.
final class ReportProject {
  let project: TinyProject

  static let schema = """
    {"fields": [
      {"name": "id", "type": "integer", "privacy": "plain"},
      {"name": "quartier", "type": "string", "privacy": "plain", "title": "Quartier"},
      {"name": "mois", "type": "date", "privacy": "plain"},
      {"name": "montant", "type": "number", "privacy": "plain", "title": "Montant"}
    ]}
    """

  /// Names that would be markup, formulas or noise if text were not text.
  static let units = ["<b>Halles</b>", "=1+1", "L’Île & Co", "\"Q4\" 'q'", "Vieux-Port", "Zéro"]

  static let steps = """
    steps:
      unites:
        from: lignes
        stages:
          - aggregate: {by: quartier, measures: {nombre: count(), moyen: "round(mean(montant), 1)", bas: min(montant), haut: max(montant)}}
      mois:
        from: lignes
        stages:
          - aggregate: {by: mois, measures: {nombre: count(), total: sum(montant)}}
    """

  /// - Parameter report: lines under `reports.elus` besides `from`, `audience` and `path`.
  init(_ report: String = "", sections: String = "") throws {
    project = try TinyProject(source: ["reject: {at_most: 50%}"])
    try project.folder.write(Self.schema, to: "schema.json")
    var text = "id,quartier,mois,montant\n"
    for index in 0..<240 {
      let unit = Self.units[index % 6].replacingOccurrences(of: "\"", with: "\"\"")
      let amount = index == 7 ? "douze" : "\(1000 + index * 7 % 130 + index % 6 * 40).5"
      text += "\(index),\"\(unit)\",2026-0\(index / 60 + 1)-01,\(amount)\n"
    }
    try project.folder.write(text, to: "lignes.csv")
    let features = Self.units.prefix(5).enumerated().map { index, unit in
      let name = unit.replacingOccurrences(of: "\"", with: "\\\"")
      let (west, east) = (index, index + 1)
      return """
        {"type": "Feature", "properties": {"q": "\(name)"}, "geometry": {"type": "Polygon",
         "coordinates": [[[\(west),45],[\(east),45],[\(east),45.5],[\(east),46],[\(west),46],[\(west),45]]]}}
        """
    }
    try project.folder.write(
      "{\"type\": \"FeatureCollection\", \"features\": [\(features.joined(separator: ","))]}",
      to: "zones.geojson")
    let spec = try project.folder.read("essai.yml")
    try project.folder.write(
      spec + """
        parameters:
          jour: {type: date, default: 2026-04-10}
        title: {fr: "Demandes <i>& autres</i>", en: Requests}
        \(Self.steps)
        reports:
          elus:
            from: [unites, mois]
            audience: internal
            path: out/elus.html
            languages: [fr, en]
            map: zones.geojson
        \(report)
        """ + sections, to: "essai.yml")
  }

  func page(_ name: String = "elus.html") throws -> String {
    try project.folder.read("out/" + name)
  }

  var path: String { project.folder.url.appending(path: "out/elus.html").path }
}
