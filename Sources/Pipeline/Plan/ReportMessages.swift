import Tabular

/// What can be wrong with reports.
enum ReportMessages {
  static let isHTML = Message(
    en: "a report's path ends in .html", fr: "le chemin d’un rapport finit par .html")

  static let noColour = Message(
    en: "a colour is written as '#0b5394'", fr: "une couleur s’écrit « #0b5394 »")

  static let tooPale = Message(
    en: "this colour is too pale to be read on white: its contrast is below 4.5 to 1",
    fr: "cette couleur est trop pâle pour être lue sur du blanc : contraste inférieur à 4,5 pour 1")

  static let darker = Message(en: "choose a darker one", fr: "choisissez-en une plus foncée")

  static let noImage = Message(
    en: "a logo is a whole PNG, JPEG or GIF image",
    fr: "un logo est une image PNG, JPEG ou GIF entière")

  static func noFile(_ path: String, most: Int) -> Message {
    Message(
      en: "cannot read '\(path)', or it is larger than \(most / 1000) kB",
      fr: "impossible de lire « \(path) », ou le fichier dépasse \(most / 1000) ko")
  }

  static let noBrowser = Message(
    en: "a PDF is asked for, and no Chromium is installed to print it",
    fr: "un PDF est demandé, et aucun Chromium n’est installé pour l’imprimer")

  static let installBrowser = Message(
    en: "install it (Debian: `apt install chromium`), name it in OCTROI_CHROMIUM, or leave the "
      + "PDF out",
    fr: "installez-le (Debian : `apt install chromium`), indiquez-le dans OCTROI_CHROMIUM, ou "
      + "renoncez au PDF")

  static let notPrinted = Message(
    en: "the browser did not print the report", fr: "le navigateur n’a pas imprimé le rapport")

  static let oneSection = Message(
    en: "a section is one kind with what it shows, such as '- ranking: scores'",
    fr: "une section est d’une sorte, avec ce qu’elle montre : « - ranking: scores »")

  static let mapNeedsFile = Message(
    en: "a map needs areas: give the report 'map: FILE.geojson'",
    fr: "une carte a besoin de zones : donnez au rapport « map: FICHIER.geojson »")

  static func notShown(_ table: String, near: String?) -> Message {
    Message(
      en: "the report's 'from' does not name the table '\(table)'"
        + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "le « from » du rapport ne nomme pas la table « \(table) »"
        + (near.map { " (vouliez-vous « \($0) » ?)" } ?? ""))
  }

  static func noField(_ field: String, near: String?) -> Message {
    Message(
      en: "no field '\(field)' in the table" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "pas de champ « \(field) » dans la table"
        + (near.map { " (vouliez-vous « \($0) » ?)" } ?? ""))
  }

  static func noDate(_ name: String, near: String?) -> Message {
    Message(
      en: "no date parameter '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
      fr: "pas de paramètre de date « \(name) »"
        + (near.map { " (vouliez-vous « \($0) » ?)" } ?? ""))
  }
}
