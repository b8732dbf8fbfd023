import Tabular

/// What is said of catalogues.
enum CatalogueMessages {
  static func noPipeline(_ places: [String]) -> Message {
    let shown = places.joined(separator: ", ")
    return Message(en: "no pipeline in \(shown)", fr: "aucun pipeline dans \(shown)")
  }

  static let nothingPublished = Message(
    en: "nothing is published for the audience 'open'",
    fr: "rien n’est publié pour le public « open »")

  static let runFirst = Message(
    en: "run a pipeline with such an output first",
    fr: "exécutez d’abord un pipeline qui a une telle sortie")

  static func missing(_ key: String, of what: String) -> Message {
    Message(
      en: "the catalogue lacks '\(key)' of \(what)",
      fr: "il manque au catalogue « \(key) » de \(what)")
  }

  static func sayInCharter(_ key: String, _ example: String) -> Message {
    Message(
      en: "write it in the charter, under catalogue: \(key): \(example)",
      fr: "écrivez-le dans la charte, sous catalogue : \(key): \(example)")
  }

  static func sayInOutput(_ key: String, _ example: String) -> Message {
    Message(
      en: "write it in the output: \(key): \(example)",
      fr: "écrivez-le dans la sortie : \(key): \(example)")
  }

  static func sayInOutputsCatalogue(_ key: String, _ example: String) -> Message {
    Message(
      en: "write it in the output: catalogue: {\(key): \(example)}, or for all in the charter's "
        + "catalogue",
      fr: "écrivez-le dans la sortie : catalogue: {\(key): \(example)}, ou pour toutes dans le "
        + "catalogue de la charte")
  }

  static func wrong(_ key: String, _ written: String) -> Message {
    Message(
      en: "'\(written)' will not do for '\(key)'", fr: "« \(written) » ne convient pas à « \(key) »"
    )
  }

  static func expected(_ what: String) -> Message {
    Message(en: "write something like \(what)", fr: "écrivez par exemple \(what)")
  }

  static func oneOf(_ codes: [String], near: String?) -> Message {
    let all = codes.joined(separator: ", ")
    let hint = near.map { Message(en: "did you mean '\($0)'? ", fr: "vouliez-vous « \($0) » ? ") }
    return Message(en: (hint?.en ?? "") + "one of \(all)", fr: (hint?.fr ?? "") + "l’un de \(all)")
  }

  static func licences(_ found: [String]) -> Message {
    let all = found.joined(separator: ", ")
    return Message(
      en: "its sources are under different licences: \(all)",
      fr: "ses sources sont sous des licences différentes : \(all)")
  }

  static func notPublished(_ output: String) -> Message {
    Message(
      en: "'\(output)' is not published, and not in the catalogue",
      fr: "« \(output) » n’est pas publiée, et pas au catalogue")
  }

  static func changed(_ output: String) -> Message {
    Message(
      en: "the file of '\(output)' is not the one that was published",
      fr: "le fichier de « \(output) » n’est pas celui qui a été publié")
  }

  static let runAgain = Message(
    en: "run the pipeline again; `octroi verify` tells which files have changed",
    fr: "relancez le pipeline ; `octroi verify` dit quels fichiers ont changé")

  static func sameID(_ id: String) -> Message {
    Message(
      en: "two data sets are called '\(id)'", fr: "deux jeux de données s’appellent « \(id) »")
  }

  static func sameTitle(_ other: String) -> Message {
    Message(
      en: "it has the same title as '\(other)': readers of the catalogue cannot tell them apart",
      fr: "elle a le même titre que « \(other) » : qui lit le catalogue ne les distingue pas")
  }
}
