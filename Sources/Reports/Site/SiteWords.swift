import Tabular

/// The words of sites.
enum SiteWords {
  static let home = Message(en: "Overview", fr: "Accueil")
  static let reports = Message(en: "Reports", fr: "Rapports")
  static let catalogue = Message(en: "Catalogue", fr: "Catalogue")
  static let runs = Message(en: "Runs", fr: "Exécutions")
  static let releases = Message(en: "Publications", fr: "Publications")
  static let pages = Message(en: "Pages of the site", fr: "Pages du site")

  // MARK: The overview

  static let published = Message(en: "Published data", fr: "Données publiées")
  static let insideTitle = Message(
    en: "Pipelines and publications", fr: "Pipelines et publications")

  static func lead(_ audience: Message) -> Message {
    Message(
      en: "What is published for: \(audience.en.lowercasedFirst).",
      fr: "Ce qui est publié pour : \(audience.fr.lowercasedFirst).")
  }

  static func leadInside(_ audience: Message) -> Message {
    Message(
      en: "What runs, what it read and rejected, and what is published. For: "
        + "\(audience.en.lowercasedFirst).",
      fr: "Ce qui s’exécute, ce qui a été lu et rejeté, et ce qui est publié. Pour : "
        + "\(audience.fr.lowercasedFirst).")
  }

  static func asOf(_ moment: String, isRun: Bool) -> Message {
    isRun
      ? Message(en: "Last run: \(moment)", fr: "Dernière exécution : \(moment)")
      : Message(en: "Last publication: \(moment)", fr: "Dernière publication : \(moment)")
  }

  static let nothingYet = Message(en: "Nothing has run yet", fr: "Rien n’a encore été exécuté")
  static let nothingOut = Message(
    en: "Nothing has been published yet", fr: "Rien n’a encore été publié")
  static let pipelines = Message(en: "Pipelines", fr: "Pipelines")
  static let latestReports = Message(en: "Latest reports", fr: "Derniers rapports")
  static let noReports = Message(
    en: "There is no report yet.", fr: "Il n’y a pas encore de rapport.")
  static let noData = Message(
    en: "No table is published yet.", fr: "Aucune table n’est encore publiée.")
  static let noPipelines = Message(
    en: "Nothing is published for these readers.",
    fr: "Rien n’est publié pour ces lecteurs.")
  static let noRuns = Message(
    en: "The ledger knows of no run.", fr: "Le registre ne connaît aucune exécution.")
  static let noReleases = Message(
    en: "The ledger knows of no publication.", fr: "Le registre ne connaît aucune publication.")
  static let former = Message(
    en: "No longer in the project", fr: "Ne sont plus dans le projet")
  static let formerLead = Message(
    en: "The ledger remembers runs of these pipelines, which no file describes any more.",
    fr: "Le registre se souvient d’exécutions de ces pipelines, qu’aucun fichier ne décrit plus.")

  static let lastRun = Message(en: "Last run", fr: "Dernière exécution")
  static let result = Message(en: "Result", fr: "Résultat")
  static let duration = Message(en: "Duration", fr: "Durée")
  static let read = Message(en: "Rows read", fr: "Lignes lues")
  static let rejected = Message(en: "Rejected", fr: "Rejetées")
  static let rejectedShare = Message(en: "Share rejected", fr: "Part rejetée")
  static let publishedRows = Message(en: "Rows published", fr: "Lignes publiées")
  static let freshness = Message(en: "Freshness", fr: "Fraîcheur")
  static let purpose = Message(en: "Purpose", fr: "Finalité")
  static let updated = Message(en: "Updated", fr: "Mise à jour")
  static let leaves = Message(en: "Outputs", fr: "Sorties")
  static let never = Message(en: "has not run yet", fr: "jamais exécuté")
  static let fails = Message(en: "check fails", fr: "contrôle en échec")
  static let late = Message(en: "late", fr: "en retard")

  static func outputs(_ count: String, _ isOne: Bool) -> Message {
    isOne
      ? Message(en: "one table or report", fr: "une table ou un rapport")
      : Message(en: "\(count) tables and reports", fr: "\(count) tables et rapports")
  }

  static func fresh(_ moment: String, days: Int, _ count: String) -> Message {
    switch days {
    case 0: Message(en: moment, fr: moment)
    case 1:
      Message(
        en: "\(moment), a day before the project’s last run",
        fr: "\(moment), un jour avant la dernière exécution du projet")
    default:
      Message(
        en: "\(moment), \(count) days before the project’s last run",
        fr: "\(moment), \(count) jours avant la dernière exécution du projet")
    }
  }

  static func outcome(_ outcome: SiteRun.Outcome) -> Message {
    switch outcome {
    case .done: Message(en: "published", fr: "publié")
    case .refused: Message(en: "refused", fr: "refusé")
    case .wrongSpec: Message(en: "wrong spec", fr: "spécification fausse")
    case .noInput: Message(en: "input missing", fr: "entrée manquante")
    case .machine: Message(en: "machine failed", fr: "panne de la machine")
    case .interrupted: Message(en: "interrupted", fr: "interrompu")
    }
  }

  // MARK: Files

  static func purged(_ day: String) -> Message {
    Message(
      en: "removed on \(day), as retention asks",
      fr: "retiré le \(day), au terme de sa conservation")
  }

  static let missing = Message(
    en: "is no longer where it was published", fr: "n’est plus là où il a été publié")
  static let changed = Message(
    en: "is not the file that was published", fr: "n’est pas le fichier qui a été publié")
  static let unpublished = Message(en: "not published yet", fr: "pas encore publié")
  static let package = Message(
    en: "described for machines (Data Package)", fr: "décrit pour les machines (Data Package)")

  // MARK: Reports

  static let reportsLead = Message(
    en: "The published reports, then every version of them, by date.",
    fr: "Les rapports publiés, puis chacune de leurs versions, par date.")
  static let current = Message(en: "Current reports", fr: "Rapports actuels")
  static let byDate = Message(en: "By date", fr: "Par date")
  static let versions = Message(
    en: "Versions of reports, the newest first; of those that were replaced only the date is kept",
    fr: "Versions des rapports, la plus récente d’abord ; de celles qui ont été remplacées, seule "
      + "la date est gardée")
  static let date = Message(en: "Date", fr: "Date")
  static let report = Message(en: "Report", fr: "Rapport")
  static let audience = Message(en: "Audience", fr: "Public")
  static let file = Message(en: "File", fr: "Fichier")
  static let replaced = Message(en: "replaced since", fr: "remplacé depuis")

  // MARK: Catalogue

  static let catalogueLead = Message(
    en: "The tables that are published, with what describes them.",
    fr: "Les tables publiées, avec ce qui les décrit.")
  static let licence = Message(en: "Licence", fr: "Licence")
  static let period = Message(en: "Period", fr: "Période")
  static let frequency = Message(en: "Frequency", fr: "Fréquence")
  static let keywords = Message(en: "Keywords", fr: "Mots-clés")
  static let rows = Message(en: "Rows", fr: "Lignes")
  static let pipeline = Message(en: "Pipeline", fr: "Pipeline")

  static func fromTo(_ first: String, _ last: String) -> Message {
    Message(en: "\(first) to \(last)", fr: "du \(first) au \(last)")
  }
}
