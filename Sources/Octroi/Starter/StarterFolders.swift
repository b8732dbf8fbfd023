import Tabular

/// Where a new project keeps what goes out, in its user's language.
struct StarterFolders {
  let language: Language

  static let pin = "octroi.yml"
  static let charter = "charte.yml"
  static let pipeline = "pipeline.yml"

  var open: String { "out/public" }
  var research: String {
    "out/" + Message(en: "research", fr: "recherche").text(language)
  }
  var inside: String { "out/" + Message(en: "internal", fr: "interne").text(language) }
  var rejects: String { inside + "/" + Message(en: "rejects", fr: "rejets").text(language) }
  var purpose: String { Message(en: "first-trial", fr: "premier-essai").text(language) }

  static func schema(_ source: String) -> String { "schemas/\(source).schema.json" }
}
