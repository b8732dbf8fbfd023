/// The city that does not exist: its name, its districts, its streets.
///
/// Its coordinates lie in the open sea of the Bay of Biscay and its postcodes begin with `00`,
/// so that nobody takes it for a real one.
enum City {
  static let name = "Port-Ombeline"

  /// District names, in the order of their codes: from the centre outwards.
  static let districtNames = [
    "Cœur-de-Ville", "Vieux-Port", "Les Halles-au-Sel", "Sainte-Ombeline",
    "Faubourg-de-l’Octroi", "La Corderie", "Les Tanneries", "Gare-Maritime",
    "Butte-aux-Moulins", "Le Grand-Clos", "Les Verriers", "Saint-Ylan",
    "Pré-aux-Oies", "La Roseraie", "Université", "Les Quatre-Vents",
    "Belle-Étoile", "Cité-Jardin", "Les Ormeaux", "Bassins-à-Flot",
    "Les Sablons", "Val-d’Ylse", "Bois-Cendré", "Île-aux-Cigognes",
  ]

  static let districtCount = districtNames.count

  /// `Q01` to `Q24`.
  static func code(_ district: Int) -> String { "Q" + padded(district + 1, 2) }

  /// A postcode no country uses: `00401` to `00424`.
  static func postcode(_ district: Int) -> String { "004" + padded(district + 1, 2) }

  /// How much each district weighs when residents, shops and requests are drawn.
  static let weights = [
    14, 12, 11, 13, 16, 12, 10, 7, 13, 12, 14, 17, 9, 12, 11, 15, 12, 11, 10, 5, 10, 8, 6, 3,
  ]

  private static let ways = [
    "rue", "rue", "rue", "rue", "rue", "avenue", "boulevard", "place", "impasse", "quai",
    "allée", "passage", "sentier", "chemin",
  ]
  private static let honoured = [
    "des Cordiers", "du Sel", "de l’Octroi", "des Trois-Hérons", "du Vent-d’Ouest",
    "des Lavandières", "de la Vigie", "du Phare-Éteint", "des Peseurs", "de la Balance",
    "des Tisserandes", "du Bac", "de l’Ylse", "des Ombelles", "du Père-Anselmin",
    "de la Comète", "du Vieux-Cadran", "des Sept-Barques", "de la Fontaine-Bleue", "du Colimaçon",
    "des Imprimeurs", "de la Grue", "du Maréchal-Ferrant", "des Orfèvres", "de l’Ancre",
    "du Moulin-Penché", "des Cigognes", "de la Belle-Heure", "du Cœur-Volant", "des Aiguilleurs",
    "de la Marée", "du Pont-Tournant", "des Jardiniers", "de l’Encrier", "du Chat-Perché",
    "des Arpenteurs", "de la Lune-Rousse", "du Général-Personne", "des Dentellières",
    "de la Passerelle", "du Grand-Large", "des Noisetiers", "de l’Herbier", "du Tambour",
    "des Meuniers", "de la Girouette", "du Sémaphore", "des Bœufs", "de l’Écluse", "du Carillon",
  ]

  static let streetCount = 220

  /// A street of the city; the same number is always the same street.
  static func street(_ number: Int) -> String {
    ways[(number * 5 + number / honoured.count) % ways.count] + " "
      + honoured[number % honoured.count]
  }
}
