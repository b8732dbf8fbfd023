import Tabular

/// What is said of sites.
enum SiteMessages {
  static func audiences(_ names: [String]) -> Message {
    let all = names.joined(separator: ", ")
    return Message(
      en: "choose one with --audience: \(all)", fr: "choisissez-en un avec --audience : \(all)")
  }

  static func othersFolder(_ folder: String, audience: String, other: String) -> Message {
    Message(
      en: "'\(folder)' lies in the folder of '\(other)', who may not see a site for '\(audience)'",
      fr: "« \(folder) » est dans le dossier de « \(other) », qui ne peut pas voir un site pour "
        + "« \(audience) »")
  }

  static let chooseFolder = Message(
    en: "name a folder outside of it", fr: "donnez un dossier ailleurs")

  static func notAFolder(_ path: String) -> Message {
    Message(
      en: "'\(path)' is a file or a symbolic link, and the site needs a folder of its own",
      fr: "« \(path) » est un fichier ou un lien symbolique, et le site demande un dossier à lui")
  }

  static func holdsOthers(_ folder: String, _ names: [String]) -> Message {
    let shown = names.prefix(3).joined(separator: ", ") + (names.count > 3 ? "…" : "")
    return Message(
      en: "'\(folder)' holds what no site has made or what was changed since: \(shown)",
      fr: "« \(folder) » contient ce qu’aucun site n’a fait ou qui a changé depuis : \(shown)")
  }

  static let moveThem = Message(
    en: "name a folder that is new or empty, or move these files away; nothing was written",
    fr: "donnez un dossier nouveau ou vide, ou déplacez ces fichiers ; rien n’a été écrit")

  static func badPage(_ page: String) -> Message {
    Message(
      en: "the page '\(page)' does not read back; nothing was written (please report this)",
      fr: "la page « \(page) » ne se relit pas ; rien n’a été écrit (merci de le signaler)")
  }

  static func checkFails(_ pipeline: String, told: Bool) -> Message {
    told
      ? Message(
        en: "the check of '\(pipeline)' fails; its page says so",
        fr: "le contrôle de « \(pipeline) » échoue ; sa page le dit")
      : Message(
        en: "the check of '\(pipeline)' fails; nothing of it is on the site",
        fr: "le contrôle de « \(pipeline) » échoue ; rien n’en est sur le site")
  }

  static func runCheck(_ file: String) -> Message {
    Message(en: "see: octroi check \(file)", fr: "voyez : octroi check \(file)")
  }

  static func made(_ pages: Int, audience: String, _ folder: String) -> Message {
    Message(
      en: "\(folder)/index.html: a site of \(pages) pages for '\(audience)'",
      fr: "\(folder)/index.html : un site de \(pages) pages pour « \(audience) »")
  }
}
