/// What residents ask for, and the words they write.
enum RequestTexts {
  struct Category {
    let name: String
    /// How many of 100 requests, roughly.
    let weight: Int
    /// Days until a request is closed, on average.
    let delay: Int
    let subjects: [String]
  }

  static let categories = [
    Category(
      name: "voirie", weight: 17, delay: 24,
      subjects: [
        "un nid-de-poule", "le trottoir défoncé", "une plaque d’égout qui claque",
        "un pavé descellé", "le marquage effacé",
      ]),
    Category(
      name: "éclairage public", weight: 10, delay: 9,
      subjects: [
        "un lampadaire éteint", "un éclairage qui clignote", "un mât penché",
        "trois lampes grillées",
      ]),
    Category(
      name: "propreté", weight: 19, delay: 4,
      subjects: [
        "un dépôt sauvage", "des tags sur la façade", "une corbeille qui déborde",
        "du verre brisé", "des feuilles mortes",
      ]),
    Category(
      name: "déchets", weight: 13, delay: 6,
      subjects: [
        "un bac non vidé", "un bac cassé", "une collecte oubliée", "le composteur du quartier",
      ]),
    Category(
      name: "espaces verts", weight: 8, delay: 18,
      subjects: [
        "un arbre mort", "une branche menaçante", "l’arrosage du square", "le banc du jardin",
      ]),
    Category(
      name: "stationnement", weight: 8, delay: 7,
      subjects: [
        "une voiture ventouse", "un horodateur en panne", "une place réservée occupée",
        "la carte de résident",
      ]),
    Category(
      name: "bruit", weight: 7, delay: 12,
      subjects: [
        "une terrasse bruyante", "un chantier de nuit", "une climatisation", "des répétitions",
      ]),
    Category(
      name: "eau et assainissement", weight: 5, delay: 8,
      subjects: ["une fuite d’eau", "une bouche d’égout bouchée", "une facture de 1 240 €"]),
    Category(
      name: "mobilier urbain", weight: 5, delay: 21,
      subjects: ["un banc cassé", "un abri abîmé", "une fontaine à sec", "un arceau à vélo tordu"]),
    Category(
      name: "accessibilité", weight: 3, delay: 33,
      subjects: ["une rampe trop raide", "un ascenseur en panne", "un passage non abaissé"]),
    Category(
      name: "animaux", weight: 2, delay: 5,
      subjects: ["un goéland blessé", "un chien perdu", "un nid de frelons"]),
    Category(
      name: "état civil", weight: 3, delay: 11,
      subjects: ["un acte de naissance", "un rendez-vous manqué", "une pièce demandée deux fois"]),
  ]

  static let channels = ["téléphone", "guichet", "site internet", "application", "courrier"]
  static let channelWeights = [30, 18, 30, 17, 5]

  private static let openings = [
    "Bonjour, je signale ", "Depuis lundi ", "Encore ", "Pour la troisième fois : ",
    "Merci de voir ", "Mes voisins et moi signalons ", "Urgent : ", "Je me permets de signaler ",
    "Toujours ", "Suite à mon appel, ",
  ]
  private static let endings = [
    "Merci d’avance.", "C’est dangereux pour les enfants.", "Personne n’est passé.",
    "Photo jointe.", "Cordialement", "Merci de rappeler avant 18 h ; après, non.",
    "On m’a dit : \"c’est prévu\", rien n’a bougé.", "J’ai payé 35,50 € pour rien.",
    "À l’œil nu, cela empire.", "Voir aussi le dossier précédent ; même cause.",
    "Le \"provisoire\" dure depuis l’été.", "Réponse souhaitée par courriel.",
  ]

  /// A comment as a resident writes it; it never begins with a quote, a blank or a delimiter.
  static func comment(_ category: Category, _ dice: inout Dice) -> String {
    let place = "\(dice.between(1, 180)) \(City.street(dice.below(City.streetCount)))"
    let opening = dice.pick(openings) + dice.pick(category.subjects)
    switch dice.below(10) {
    case 0...2: return opening + " au " + place + "."
    case 3, 4: return opening + ", " + place + ". " + dice.pick(endings)
    case 5: return opening + ".\n" + place + "\n" + dice.pick(endings)
    case 6: return opening + " au " + place + " ; " + dice.pick(endings)
    case 7: return opening + ".\n\n" + dice.pick(endings)
    default: return opening + "."
    }
  }

  /// A comment on one line, without any quote.
  static func plainComment(_ category: Category, _ dice: inout Dice) -> String {
    dice.pick(openings) + dice.pick(category.subjects) + "."
  }
}
