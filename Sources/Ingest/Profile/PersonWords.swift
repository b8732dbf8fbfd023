import Tabular

/// Words in the names of columns, folded, that tell what is in them.
enum PersonWords {
  /// A class with the words of which one must be in the name.
  struct Rule {
    let privacy: String
    let words: Set<String>
    let reason: Message
  }

  /// The severest first, but for numbers, which are what they are of.
  static let rules: [Rule] = [
    Rule(
      privacy: "sensitive",
      words: [
        "sante", "health", "handicap", "disability", "medical", "medecin", "pathologie", "maladie",
        "diagnostic", "traitement", "religion", "religieux", "culte", "syndicat", "union",
        "ethnie", "ethnic", "ethnicity", "race", "orientation", "rqth", "mdph", "aah", "besoin",
        "allergie", "allergy", "regime", "politique", "opinion", "condamnation", "casier",
        "grossesse",
        "vaccin", "groupesanguin", "biometrie", "gezondheid", "ziekte", "geloof", "godsdienst",
        "vakbond", "diyana", "dyana", "marad", "iaaqa",
      ],
      reason: Message(
        en: "the name suggests sensitive data (GDPR art. 9)",
        fr: "le nom évoque des données sensibles (RGPD, art. 9)")),
    Rule(
      privacy: "direct",
      words: [
        "prenom", "prenoms", "firstname", "forename", "givenname", "lastname", "surname",
        "fullname", "nomprenom", "patronyme", "nomusage", "courriel", "email", "mail", "mel",
        "telephone", "tel", "phone", "portable", "mobile", "gsm", "fax", "adresse", "adr",
        "address", "domicile", "nir", "secu", "numsecu", "niss", "nas", "ssn", "iban", "rib", "bic",
        "commentaire", "commentaires", "comment", "comments", "observation", "observations",
        "remarque", "remarques", "message", "signature", "photo", "passeport", "passport", "cin",
        "cni", "usager", "usagere", "demandeur", "declarant", "beneficiaire", "contact",
        "dirigeant",
        "gerant", "titulaire", "proprietaire", "locataire", "eleve", "enfant", "parent", "patient",
        "conjoint", "tuteur", "representant", "signataire", "correspondant", "auteur", "author",
        "owner", "tenant", "applicant", "customer", "client", "citizen", "resident", "holder",
        "employee", "student", "child", "interlocuteur", "agent", "اللقب", "الهاتف", "البريد",
        "العنوان", "chauffeur", "conducteur", "voornaam", "voornamen", "achternaam", "familienaam",
        "adres", "straat", "huisnummer", "telefoon", "telefoonnummer", "rijksregister",
        "rijksregisternummer", "insz", "rekeningnummer", "rekening", "opmerking", "opmerkingen",
        "klant", "leerling", "bewoner", "aanvrager", "huurder", "laqab", "lakab", "kounia",
        "kunya", "hatif", "hatef", "barid", "onwan", "3onwan", "unwan", "enwan", "adresa", "sakan",
        "cnie", "bitaqa",
      ],
      reason: Message(
        en: "the name suggests identity, contact or free text",
        fr: "le nom évoque l’identité, les coordonnées ou un texte libre")),
    Rule(
      privacy: "quasi",
      words: [
        "naissance", "naiss", "datenaiss", "dnaiss", "nele", "neele", "ddn", "birth", "birthdate",
        "birthday", "dob", "age", "sexe",
        "genre", "civilite", "sex", "gender", "nationalite", "nationality", "native", "profession",
        "metier", "occupation", "csp", "pcs", "grade", "postal", "zip", "zipcode", "postcode", "cp",
        "codepostal", "latitude", "longitude", "lat", "lon", "lng", "diplome", "education",
        "matrimonial", "marital", "situation", "revenu", "revenus", "income", "salaire", "salary",
        "wage", "quotient", "menage", "household", "enfants", "plaque", "immatriculation", "deces",
        "geboortedatum", "geboorte", "geboorteplaats", "geslacht", "leeftijd", "nationaliteit",
        "beroep", "burgerlijke", "inkomen", "gezin", "nummerplaat", "kenteken", "milad", "mawlid",
        "izdiyad", "jins", "jinsiya", "jinsia", "omr", "3omr", "sinn", "mihna", "zawaj", "madani",
        "الجنس", "العمر", "السن", "الازدياد", "الميلاد", "المهنة",
      ],
      reason: Message(
        en: "the name suggests something that identifies in combination",
        fr: "le nom évoque ce qui identifie par recoupement")),
    Rule(
      privacy: "plain",
      words: ["siret", "siren", "ape", "naf", "ice", "nace", "rcs", "finess", "uai", "rna"],
      reason: Message(
        en: "the name suggests a business or an institution",
        fr: "le nom évoque une entreprise ou un établissement")),
    Rule(
      privacy: "pseudonym",
      words: [
        "id", "identifiant", "identifier", "matricule", "dossier", "carte", "adherent", "uuid",
        "numero", "num", "ticket", "badge", "pseudo", "login", "compte", "abonne", "ip",
      ],
      reason: Message(
        en: "the name suggests a number that stands for a person or file",
        fr: "le nom évoque un numéro de personne ou de dossier")),
  ]

  /// What names and addresses may also be those of.
  static let things: Set<String> = [
    "quartier", "district", "station", "rue", "voie", "commune", "ville", "city", "equipement",
    "site", "ligne", "arret", "parc", "parking", "ecole", "compteur", "secteur", "region",
    "province", "departement", "pays", "country", "fichier", "service", "bureau",
    "lieu", "place", "batiment", "structure", "etablissement", "organisme", "association",
    "entreprise", "societe", "produit", "categorie", "theme", "type", "stop", "line", "school",
    "building", "company", "product", "category", "epci", "arrondissement", "canton", "zone",
    "capteur", "sensor", "jeu", "dataset", "colonne", "field",
  ]

  /// Words that make a place or thing that of a person: `commune de naissance`.
  static let persons: Set<String> = [
    "naissance", "naiss", "datenaiss", "dnaiss", "nele", "neele", "birth", "domicile", "usager",
    "usagere", "demandeur", "declarant",
    "adherent", "eleve", "enfant", "patient", "beneficiaire", "titulaire", "conjoint", "famille",
    "family", "personne", "person", "habitant", "resident", "prenom", "firstname", "dirigeant",
  ]

  /// The word for a name, of whomever or whatever.
  static let names: Set<String> = [
    "nom", "noms", "name", "names", "naam", "namen", "ism", "isim",
    "esm", "الاسم",
  ]
}
