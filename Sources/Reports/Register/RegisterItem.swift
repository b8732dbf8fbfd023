import Tabular

/// What a register says of each activity in a sentence or two, by the charter's keys.
public enum RegisterItem: String, Sendable, CaseIterable {
  case controller
  case jointControllers = "joint_controllers"
  case representative
  case dpo
  case legalBasis = "legal_basis"
  /// The condition of GDPR art. 9(2) under which sensitive data are processed.
  case sensitiveBasis = "sensitive_basis"
  case people
  case categories = "data_categories"
  case recipients
  case processors
  case transfers
  case retention
  case security
  case dpia
  /// A declaration to an authority or its authorisation, where the law asks for one.
  case authorisation
  case law = "applicable_law"

  public var label: Message {
    switch self {
    case .controller: Message(en: "Controller", fr: "Responsable du traitement")
    case .jointControllers: Message(en: "Joint controllers", fr: "Responsables conjoints")
    case .representative: Message(en: "Representative", fr: "Représentant")
    case .dpo:
      Message(en: "Data protection officer", fr: "Délégué à la protection des données")
    case .legalBasis: Message(en: "Legal basis", fr: "Base légale")
    case .sensitiveBasis:
      Message(en: "Condition for sensitive data", fr: "Condition pour les données sensibles")
    case .people: Message(en: "Categories of persons", fr: "Catégories de personnes")
    case .categories: Message(en: "Categories of data", fr: "Catégories de données")
    case .recipients: Message(en: "Recipients", fr: "Destinataires")
    case .processors: Message(en: "Processors", fr: "Sous-traitants")
    case .transfers:
      Message(en: "Transfers to other countries", fr: "Transferts vers d’autres pays")
    case .retention: Message(en: "Retention", fr: "Durées de conservation")
    case .security: Message(en: "Security measures", fr: "Mesures de sécurité")
    case .dpia: Message(en: "Impact assessment", fr: "Analyse d’impact")
    case .authorisation:
      Message(en: "Declaration or authorisation", fr: "Déclaration ou autorisation")
    case .law: Message(en: "Applicable law", fr: "Droit applicable")
    }
  }

  /// Whether what is said of the activity stands beside what is said of its sources, and does not
  /// take its place.
  public var adds: Bool {
    switch self {
    case .people, .categories, .recipients, .processors, .transfers, .retention, .security, .dpia,
      .authorisation:
      true
    case .controller, .jointControllers, .representative, .dpo, .legalBasis, .sensitiveBasis,
      .law:
      false
    }
  }

  /// What asks for it; nil for what there need not be.
  public var rule: Message? {
    switch self {
    case .controller, .dpo: Self.gdpr("30(1)(a)", "30.1.a")
    case .people, .categories: Self.gdpr("30(1)(c)", "30.1.c")
    case .recipients: Self.gdpr("30(1)(d)", "30.1.d")
    case .transfers: Self.gdpr("30(1)(e)", "30.1.e")
    case .retention: Self.gdpr("30(1)(f)", "30.1.f")
    case .security: Self.gdpr("30(1)(g)", "30.1.g")
    case .legalBasis: Self.gdpr("6", "6")
    case .sensitiveBasis: Self.gdpr("9(2)", "9.2")
    case .dpia: Self.gdpr("35", "35")
    case .jointControllers, .representative, .processors, .authorisation, .law: nil
    }
  }

  public static func gdpr(_ english: String, _ french: String) -> Message {
    Message(en: "GDPR art. \(english)", fr: "RGPD art. \(french)")
  }
}
