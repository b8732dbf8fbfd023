import GeoJSON
import Tabular

/// What `locate` says, of its file and of a run's points. Never a point's coordinates.
enum LocateMessages {
  static func noWay(_ from: String, _ to: String) -> Message {
    Message(
      en: "PROJ knows no way from \(from) to \(to) without grids",
      fr: "PROJ ne connaît pas de passage de \(from) à \(to) sans grilles")
  }

  static let notInstalled = Message(
    en: "carrying points between reference systems needs PROJ, which is not installed",
    fr: "passer des points d’un système de référence à un autre demande PROJ, "
      + "qui n’est pas installé")

  static let install = Message(
    en: "install the Debian package libproj25, or the library libproj.so.25 of PROJ 9",
    fr: "installez le paquet Debian libproj25, ou la bibliothèque libproj.so.25 de PROJ 9")

  static func unknownSystem(_ name: String) -> Message {
    Message(
      en: "PROJ does not know the reference system '\(name)'",
      fr: "PROJ ne connaît pas le système de référence « \(name) »")
  }

  static let systemRemedy = Message(
    en: "write its EPSG code, such as EPSG:2154 for Lambert-93",
    fr: "écrivez son code EPSG, comme EPSG:2154 pour Lambert-93")

  static func inaccurate(_ metres: Double?, _ from: String, _ to: String) -> Message {
    guard let metres else {
      return Message(
        en: "nothing is known of how accurate points are when carried from \(from) to \(to)",
        fr: "rien n’est connu de l’exactitude des points passés de \(from) à \(to)")
    }
    let most = metres.rounded(.up).formattedMetres
    return Message(
      en: "points carried from \(from) to \(to) without grids are within \(most) m: those near a "
        + "border may be on its other side",
      fr: "les points passés de \(from) à \(to) sans grilles le sont à \(most) m près : ceux qui "
        + "sont près d’une limite peuvent se trouver de l’autre côté")
  }

  /// GEOS's words for what is wrong with an area.
  private static let faults = [
    "Self-intersection": "une limite se croise elle-même",
    "Ring Self-intersection": "un anneau se touche lui-même",
    "Hole lies outside shell": "un trou est hors de la surface",
    "Nested holes": "un trou est dans un autre",
    "Nested shells": "une surface est dans une autre",
    "Duplicate Rings": "un anneau est là deux fois",
    "Interior is disconnected": "la surface est en plusieurs morceaux",
    "Too few points in geometry component": "un anneau a trop peu de points",
  ]

  static func invalid(_ reason: String, near position: Position?) -> Message {
    let place = position.map { "(\($0.x), \($0.y))" }
    return Message(
      en: "this area is not valid: \(reason)" + (place.map { " near \($0)" } ?? "")
        + "; mend it (in QGIS: Fix geometries)",
      fr: "cette surface n’est pas valide : \(faults[reason] ?? reason)"
        + (place.map { " près de \($0)" } ?? "")
        + " ; réparez-la (dans QGIS : Réparer les géométries)")
  }

  static let noAreas = Message(
    en: "the file has no area at all", fr: "le fichier n’a aucune surface")

  static func unknownProperty(_ name: String, near: String?) -> Message {
    Message(
      en: "the places have no property '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "les lieux n’ont pas de propriété « \(name) »"
        + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
  }

  static func propertiesAre(_ names: [String]) -> Message {
    let list = names.joined(separator: ", ")
    return Message(en: "there are: \(list)", fr: "il y a : \(list)")
  }

  static func nestedProperty(_ name: String) -> Message {
    Message(
      en: "the property '\(name)' holds lists or objects, which no field can",
      fr: "la propriété « \(name) » contient des listes ou des objets, ce qu’un champ ne peut pas")
  }

  static let twoFields = Message(
    en: "longitude and latitude are two fields", fr: "longitude et latitude sont deux champs")

  static let limitWithout = Message(
    en: "'at_most' goes with `outside: keep` or `outside: drop`",
    fr: "« at_most » va avec `outside: keep` ou `outside: drop`")

  static func tally(_ counts: LocatedPoints) -> Message {
    var (en, fr) = ([String](), [String]())
    func say(_ count: Int, _ english: String, _ french: String) {
      guard count > 0 else { return }
      en.append("\(count) \(english)")
      fr.append("\(count) \(french)")
    }
    say(counts.outside, "in no district", "hors de tout district")
    say(counts.missing, "without coordinates", "sans coordonnées")
    say(
      counts.onBorder, "on a border, given to the first district of the file that has it",
      "sur une limite, attribués au premier district du fichier qui la porte")
    say(
      counts.inSeveral, "in districts that overlap, given to the first of the file",
      "dans des districts qui se recouvrent, attribués au premier du fichier")
    return Message(
      en: "of \(counts.rows) points: " + en.joined(separator: "; "),
      fr: "sur \(counts.rows) points : " + fr.joined(separator: " ; "))
  }

  static func tooMany(_ counts: LocatedPoints) -> Message {
    let told = tally(counts)
    return Message(
      en: "more points lie outside than allowed; \(told.en)",
      fr: "plus de points que permis sont à l’extérieur ; \(told.fr)")
  }

  static let missingCoordinates = Message(
    en: "some rows have no coordinates, and `missing: fail` allows none",
    fr: "des lignes n’ont pas de coordonnées, et `missing: fail` n’en permet aucune")

  static func swapped(_ counts: LocatedPoints) -> Message {
    Message(
      en: "\(counts.outside) of \(counts.placed) points lie in no district, but most of them would "
        + "with their coordinates swapped: exchange 'longitude' and 'latitude'",
      fr: "\(counts.outside) points sur \(counts.placed) sont hors de tout district, mais la "
        + "plupart y seraient avec leurs coordonnées interverties : échangez « longitude » et "
        + "« latitude »")
  }

  static func noDegrees(_ counts: LocatedPoints) -> Message {
    Message(
      en: "\(counts.outside) of \(counts.placed) points lie in no district, and most of their "
        + "coordinates are no degrees: name their reference system, such as `crs: EPSG:2154`",
      fr: "\(counts.outside) points sur \(counts.placed) sont hors de tout district, et la plupart "
        + "de leurs coordonnées ne sont pas des degrés : nommez leur système de référence, comme "
        + "`crs: EPSG:2154`")
  }
}

extension Double {
  /// Whole metres as text.
  fileprivate var formattedMetres: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
