import Foundation
import Tabular

/// A catalogue as the French local authorities' common base describes one: SCDL catalogue 0.1.2
/// (https://schema.data.gouv.fr/scdl/catalogue/), in French, RFC 4180.
public struct ScdlCatalogue {
  private let catalogue: DataCatalogue

  /// - Parameter catalogue: with every fact that the schema asks for.
  public init(_ catalogue: DataCatalogue) { self.catalogue = catalogue }

  public static let columns = [
    "COLL_NOM", "COLL_SIRET", "ID", "TITRE", "DESCRIPTION", "THEME", "PRODUCTEUR_NOM",
    "PRODUCTEUR_SIRET", "COUV_SPAT_MAILLE", "COUV_SPAT_NOM", "COUV_TEMP_DEBUT", "COUV_TEMP_FIN",
    "DATE_PUBL", "FREQ_MAJ", "DATE_MAJ", "MOTS_CLES", "LICENCE", "NOMBRE_RESSOURCES",
    "FORMAT_RESSOURCES", "URL",
  ]

  public var csv: String {
    ([Self.columns] + catalogue.datasets.map(row)).map { CsvLine.text($0) }.joined()
  }

  private func row(_ set: DataCatalogue.Dataset) -> [String] {
    let publisher = catalogue.publisher
    var formats: [String] = []
    for file in set.distributions where !formats.contains(file.format) {
      formats.append(file.format)
    }
    let page = set.landingPage ?? set.distributions.first?.address
    return [
      publisher.name, publisher.siret ?? "", set.id, set.title.fr, set.description.fr,
      set.themes.compactMap { DataTheme.words[$0] }.joined(separator: ";"),
      publisher.name, publisher.siret ?? "", set.place.map { Self.level($0.level) } ?? "",
      set.place?.name ?? "", set.period?.first ?? "", set.period?.last ?? "", set.issued ?? "",
      set.frequency?.scdlWord ?? "", set.modified ?? "",
      set.keywords.map { Self.keyword($0.fr) }.joined(separator: ";"),
      set.licence?.scdlWord ?? "", String(set.distributions.count),
      formats.joined(separator: ";"), page?.text ?? "",
    ]
  }

  /// Levels as the schema spells them.
  private static func level(_ name: String) -> String {
    switch name {
    case "departementale": "Départementale"
    case "regionale": "Régionale"
    default: name.prefix(1).uppercased() + name.dropFirst()
    }
  }

  /// In small letters without accents, as the schema asks.
  private static func keyword(_ text: String) -> String {
    text.replacing(";", with: " ")
      .folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
  }
}
