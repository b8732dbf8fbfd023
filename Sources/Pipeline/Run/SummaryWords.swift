import Tabular

/// The words of a run's page.
enum SummaryWords {
  static func title(_ title: String) -> Message {
    Message(en: "\(title) – account of a run", fr: "\(title) – compte rendu d’exécution")
  }

  static func lead(_ pipeline: String, _ city: String) -> Message {
    Message(
      en: "Account of a run of the pipeline '\(pipeline)', \(city). Every record is accounted for.",
      fr: "Compte rendu d’une exécution du pipeline « \(pipeline) », \(city). Chaque "
        + "enregistrement est compté.")
  }

  static let closing = Message(
    en: "For internal use: counts of few rows may tell of single persons. "
      + "When and how long it ran is in the ledger: octroi runs.",
    fr: "À usage interne : de petits comptes peuvent parler d’une seule personne. "
      + "La date et la durée sont dans le registre : octroi runs.")

  static let read = Message(en: "Read", fr: "Lus")
  static let passed = Message(en: "Passed", fr: "Gardés")
  static let rejected = Message(en: "Rejected", fr: "Rejetés")
  static let skipped = Message(en: "Skipped", fr: "Omis")
  static let published = Message(en: "Outputs published", fr: "Sorties publiées")

  static let sources = Message(en: "What came in", fr: "Ce qui est entré")
  static let sourcesCaption = Message(
    en: "Records of each source: read = passed + rejected + skipped",
    fr: "Enregistrements de chaque source : lus = gardés + rejetés + omis")
  static let source = Message(en: "Source", fr: "Source")
  static let files = Message(en: "Files", fr: "Fichiers")
  static let share = Message(en: "Share", fr: "Part")
  static let rejectedShare = Message(en: "Share rejected", fr: "Part rejetée")

  static let rejects = Message(en: "What did not pass", fr: "Ce qui n’est pas passé")
  static let rejectsCaption = Message(
    en: "Records rejected or skipped, by reason, with their share of the records read",
    fr: "Enregistrements rejetés ou omis, par motif, avec leur part des enregistrements lus")
  static let noRejects = Message(
    en: "Every record passed.", fr: "Tous les enregistrements sont passés.")
  static let rejectedAs = Message(en: "rejected", fr: "rejeté")
  static let skippedAs = Message(en: "skipped", fr: "omis")
  static let fate = Message(en: "Fate", fr: "Sort")
  static let reason = Message(en: "Reason", fr: "Motif")
  static let records = Message(en: "Records", fr: "Enregistrements")
  static let keptIn = Message(
    en: "The rejected rows are kept, for internal use: ",
    fr: "Les lignes rejetées sont conservées, à usage interne : ")

  static let detected = Message(en: "What was detected", fr: "Ce qui a été détecté")
  static let detectedCaption = Message(
    en: "What the pipeline does not declare and the files showed",
    fr: "Ce que le pipeline ne déclare pas et que les fichiers ont montré")
  static let finding = Message(en: "Finding", fr: "Constat")
  static let evidence = Message(en: "Evidence", fr: "Indice")

  static let steps = Message(en: "What was done", fr: "Ce qui a été fait")
  static let stepsCaption = Message(
    en: "Rows through each stage: rows in + made = rows out + left",
    fr: "Lignes à travers chaque traitement : entrées + créées = sorties + parties")
  static let step = Message(en: "Step", fr: "Étape")
  static let stage = Message(en: "Stage", fr: "Traitement")
  static let rowsIn = Message(en: "Rows in", fr: "Entrées")
  static let rowsOut = Message(en: "Rows out", fr: "Sorties")
  static let between = Message(en: "In between", fr: "Entre les deux")

  static let outputs = Message(en: "What went out", fr: "Ce qui est sorti")
  static let outputsCaption = Message(
    en: "Published files, as read back from disk", fr: "Fichiers publiés, tels que relus du disque")
  static let file = Message(en: "File", fr: "Fichier")
  static let audience = Message(en: "Audience", fr: "Public")
  static let rows = Message(en: "Rows", fr: "Lignes")
  static let size = Message(en: "Size", fr: "Taille")

  static let risks = Message(
    en: "What persons in exports risk", fr: "Ce que risquent les personnes des exports")

  static let parameters = Message(en: "Parameters", fr: "Paramètres")
  static let parametersCaption = Message(
    en: "Values of this run (texts are not shown)",
    fr: "Valeurs de cette exécution (les textes ne sont pas montrés)")
  static let parameter = Message(en: "Parameter", fr: "Paramètre")
  static let value = Message(en: "Value", fr: "Valeur")
  static let notes = Message(en: "Remarks", fr: "Remarques")
}
