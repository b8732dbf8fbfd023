/// What identifiers are called.
extension Identifier {
  /// In the plural.
  public var plural: Message {
    switch self {
    case .email: Message(en: "e-mail addresses", fr: "des adresses électroniques")
    case .phone: Message(en: "telephone numbers", fr: "des numéros de téléphone")
    case .nir:
      Message(en: "French social security numbers", fr: "des numéros de sécurité sociale")
    case .niss: Message(en: "Belgian national numbers", fr: "des numéros nationaux belges")
    case .sin:
      Message(
        en: "Canadian social insurance numbers", fr: "des numéros d’assurance sociale canadiens")
    case .siren: Message(en: "SIREN numbers", fr: "des numéros SIREN")
    case .siret: Message(en: "SIRET numbers", fr: "des numéros SIRET")
    case .ice: Message(en: "Moroccan business numbers", fr: "des numéros ICE marocains")
    case .matriculeFiscal:
      Message(en: "Tunisian tax numbers", fr: "des matricules fiscaux tunisiens")
    case .nif: Message(en: "Algerian tax numbers", fr: "des numéros fiscaux algériens")
    case .iban: Message(en: "bank accounts (IBAN)", fr: "des comptes bancaires (IBAN)")
    case .plate: Message(en: "vehicle registrations", fr: "des plaques d’immatriculation")
    case .ipAddress: Message(en: "IP addresses", fr: "des adresses IP")
    case .url:
      Message(en: "web addresses that name a user", fr: "des adresses web qui nomment quelqu’un")
    case .creditCard: Message(en: "card numbers", fr: "des numéros de carte")
    case .birthDate: Message(en: "dates of birth", fr: "des dates de naissance")
    case .address: Message(en: "postal addresses", fr: "des adresses postales")
    case .coordinates: Message(en: "coordinates", fr: "des coordonnées géographiques")
    case .name: Message(en: "names of persons", fr: "des noms de personnes")
    }
  }

  /// One word that stands where one was.
  public var tag: Message {
    switch self {
    case .email: Message(en: "email", fr: "courriel")
    case .phone: Message(en: "phone", fr: "téléphone")
    case .nir, .niss, .sin: Message(en: "national number", fr: "numéro national")
    case .siren, .siret, .ice: Message(en: "business number", fr: "numéro d’entreprise")
    case .matriculeFiscal, .nif: Message(en: "tax number", fr: "numéro fiscal")
    case .iban: Message(en: "bank account", fr: "compte bancaire")
    case .creditCard: Message(en: "card", fr: "carte")
    case .plate: Message(en: "plate", fr: "plaque")
    case .ipAddress: Message(en: "IP address", fr: "adresse IP")
    case .url: Message(en: "web address", fr: "adresse web")
    case .birthDate: Message(en: "date of birth", fr: "date de naissance")
    case .address: Message(en: "address", fr: "adresse")
    case .name: Message(en: "name", fr: "nom")
    case .coordinates: Message(en: "coordinates", fr: "coordonnées")
    }
  }
}
