import Tabular

/// How often a data set changes: a code of the European vocabulary
/// (http://publications.europa.eu/resource/authority/frequency).
public struct Frequency: Sendable, Hashable {
  public let code: String

  /// - Returns: nil for a code that is not in the vocabulary.
  public init?(_ code: String) {
    guard Self.scdl[code] != nil else { return nil }
    self.code = code
  }

  public static var codes: [String] { scdl.keys.sorted() }

  /// The word that the SCDL's catalogue has for it, the nearest where it has none.
  var scdlWord: String { Self.scdl[code] ?? "Inconnue" }

  private static let scdl: [String: String] = [
    "CONT": "Continuelle", "UPDATE_CONT": "Continuelle", "HOURLY": "Toutes les heures",
    "BIHOURLY": "Toutes les heures", "TRIHOURLY": "Toutes les heures",
    "DAILY": "Quotidienne ou plusieurs fois par jour",
    "DAILY_2": "Quotidienne ou plusieurs fois par jour",
    "WEEKLY": "Hebdomadaire ou plusieurs fois par semaine",
    "WEEKLY_2": "Hebdomadaire ou plusieurs fois par semaine",
    "WEEKLY_3": "Hebdomadaire ou plusieurs fois par semaine",
    "BIWEEKLY": "Mensuelle ou plusieurs fois par mois",
    "MONTHLY": "Mensuelle ou plusieurs fois par mois",
    "MONTHLY_2": "Mensuelle ou plusieurs fois par mois",
    "MONTHLY_3": "Mensuelle ou plusieurs fois par mois", "BIMONTHLY": "Bimestrielle",
    "QUARTERLY": "Trimestrielle", "ANNUAL_3": "Irrégulière", "ANNUAL_2": "Semestrielle",
    "ANNUAL": "Annuelle", "BIENNIAL": "Biennale", "TRIENNIAL": "Triennale",
    "QUADRENNIAL": "Irrégulière", "QUINQUENNIAL": "Quinquennale", "DECENNIAL": "Irrégulière",
    "IRREG": "Irrégulière", "AS_NEEDED": "Irrégulière", "OTHER": "Irrégulière",
    "NEVER": "Ponctuelle", "NOT_PLANNED": "Ponctuelle", "UNKNOWN": "Inconnue",
  ]
}

/// A licence by its SPDX identifier or its address.
public struct OpenLicence: Sendable, Hashable {
  public let id: String
  let address: RdfAddress

  /// - Returns: nil for what is neither.
  public init?(_ id: String) {
    let isIdentifier =
      !id.isEmpty
      && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-+".contains($0)) }
    if let code = Self.european[id] {
      address = RdfAddress(
        known: "http://publications.europa.eu/resource/authority/licence/", code)
    } else if isIdentifier {
      address = RdfAddress(known: "https://spdx.org/licenses/", id + ".html")
    } else if let own = RdfAddress(id) {
      address = own
    } else {
      return nil
    }
    self.id = id
  }

  /// Those that the European vocabulary has. The Licence Ouverte is not among them.
  private static let european = [
    "CC0-1.0": "CC0", "CC-BY-4.0": "CC_BY_4_0", "CC-BY-SA-4.0": "CC_BYSA_4_0",
    "ODbL-1.0": "ODC_BL", "ODC-By-1.0": "ODC_BY", "PDDL-1.0": "ODC_PDDL",
  ]

  /// The word that the SCDL's catalogue has for it.
  var scdlWord: String {
    if id.lowercased().hasPrefix("etalab-") { return "Licence Ouverte-LO" }
    if id.hasPrefix("ODbL-") { return "Open Database License-ODBL" }
    return id.hasPrefix("CC") ? "Creative Commons-CC" : "Spécifique ou autre"
  }
}

/// Themes of the European vocabulary
/// (http://publications.europa.eu/resource/authority/data-theme), and its French words for them.
public enum DataTheme {
  public static let words: [String: String] = [
    "AGRI": "Agriculture, pêche, sylviculture et alimentation",
    "ECON": "Économie et finances", "EDUC": "Éducation, culture et sport", "ENER": "Énergie",
    "ENVI": "Environnement", "GOVE": "Gouvernement et secteur public", "HEAL": "Santé",
    "INTR": "Questions internationales",
    "JUST": "Justice, système juridique et sécurité publique",
    "OP_DATPRO": "Données provisoires", "REGI": "Régions et villes",
    "SOCI": "Population et société", "TECH": "Science et technologie", "TRAN": "Transports",
  ]
}
