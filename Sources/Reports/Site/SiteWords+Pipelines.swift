import Tabular

/// The words of the pages on runs and pipelines.
extension SiteWords {
  static let runsLead = Message(
    en: "What the ledger remembers of runs, the newest first. For internal use: counts of few rows "
      + "may be of single persons.",
    fr: "Ce dont le registre se souvient, la plus récente exécution d’abord. À usage interne : de "
      + "petits comptes peuvent parler d’une seule personne.")
  static let releasesLead = Message(
    en: "Every table or report that was published with a new content, and when.",
    fr: "Chaque table ou rapport publié avec un nouveau contenu, et à quelle date.")
  static let overTime = Message(en: "Over time", fr: "Au fil du temps")
  static let allRuns = Message(en: "All runs", fr: "Toutes les exécutions")
  static let runsCaption = Message(
    en: "Runs with what they read, rejected and published",
    fr: "Exécutions, avec ce qu’elles ont lu, rejeté et publié")
  static let releasesCaption = Message(
    en: "Publications, the newest first", fr: "Publications, la plus récente d’abord")
  static let started = Message(en: "Started", fr: "Début")
  static let what = Message(en: "What", fr: "Quoi")
  static let durations = Message(en: "Duration of each run", fr: "Durée de chaque exécution")
  static let rejectedShares = Message(
    en: "Share of rows rejected by each run", fr: "Part des lignes rejetées par chaque exécution")

  /// - Parameter inside: whether readers have the ledger.
  static func more(_ count: String, inside: Bool) -> Message {
    inside
      ? Message(
        en: "\(count) earlier ones are in the ledger: octroi runs.",
        fr: "\(count) plus anciennes sont dans le registre : octroi runs.")
      : Message(
        en: "\(count) earlier ones are not listed.",
        fr: "\(count) plus anciennes ne sont pas listées.")
  }

  static func chart(
    _ count: String, from: String, to: String, failed: String,
    range: (low: String, median: String, high: String)?
  ) -> Message {
    let values = range.map {
      Message(
        en: "From \($0.low) to \($0.high), half of them \($0.median) or less. ",
        fr: "De \($0.low) à \($0.high), la moitié à \($0.median) ou moins. ")
    }
    return Message(
      en: "\(count) run(s) from \(from) to \(to), of which \(failed) published nothing (dashed). "
        + (values?.en ?? "") + "All values stand in the table of runs.",
      fr: "\(count) exécution(s) du \(from) au \(to), dont \(failed) sans publication (en "
        + "pointillé). " + (values?.fr ?? "")
        + "Toutes les valeurs sont dans le tableau des exécutions.")
  }

  // MARK: A pipeline

  static let cannotRun = Message(
    en: "As it is written now it would not run",
    fr: "Tel qu’il est écrit, il ne s’exécuterait pas")
  static let cannotRunLead = Message(
    en: "Its check fails. What follows is of the ledger alone.",
    fr: "Son contrôle échoue. Ce qui suit vient du seul registre.")
  static let lineage = Message(en: "Where it comes from", fr: "D’où cela vient")
  static let lineageLead = Message(
    en: "From left to right: sources, steps, and what is published. Steps, and what they read, "
      + "stand in the table below.",
    fr: "De gauche à droite : les sources, les étapes et ce qui est publié. Les étapes et ce "
      + "qu’elles lisent sont dans le tableau ci-dessous.")

  static func lineageTitle(_ title: String) -> Message {
    Message(en: "Lineage: \(title)", fr: "Lignage : \(title)")
  }

  static func lineageDescription(
    sources: String, steps: String, outputs: String, _ flows: String
  ) -> Message {
    Message(
      en: "\(sources) source(s), \(steps) step(s), \(outputs) published. \(flows)",
      fr: "\(sources) source(s), \(steps) étape(s), \(outputs) publication(s). \(flows)")
  }

  static func flow(_ what: String, from: String) -> Message {
    Message(en: "\(what) comes from \(from).", fr: "\(what) provient de : \(from).")
  }

  static func kind(_ kind: LineageGraph.Kind) -> Message {
    switch kind {
    case .source: Message(en: "Source", fr: "Source")
    case .step: Message(en: "Step", fr: "Étape")
    case .output: Message(en: "Table", fr: "Table")
    case .report: Message(en: "Report", fr: "Rapport")
    }
  }

  static let frame = Message(en: "Drawing of the lineage", fr: "Dessin du lignage")
  static let steps = Message(en: "Steps", fr: "Étapes")
  static let stepsCaption = Message(
    en: "Steps, what each reads, and its stages in order",
    fr: "Étapes, ce que lit chacune, et ses traitements dans l’ordre")
  static let step = Message(en: "Step", fr: "Étape")
  static let reads = Message(en: "Reads", fr: "Lit")
  static let stages = Message(en: "Stages", fr: "Traitements")
  static let noSteps = Message(
    en: "No step: what is published is the source itself.",
    fr: "Aucune étape : ce qui est publié est la source elle-même.")
  static let leavesTitle = Message(en: "What is published", fr: "Ce qui est publié")
  static let outputsCaption = Message(
    en: "Tables and reports, and what they show",
    fr: "Tables et rapports, et ce qu’ils montrent")
  static let shows = Message(en: "Shows", fr: "Montre")
  static let fields = Message(en: "Field by field", fr: "Champ par champ")
  static let fieldsLead = Message(
    en: "Each field that leaves, its privacy class, and the sources’ fields that it is made of.",
    fr: "Chaque champ qui sort, sa classe de confidentialité, et les champs des sources dont il "
      + "est fait.")
  static let field = Message(en: "Field", fr: "Champ")
  static let type = Message(en: "Type", fr: "Type")
  static let privacyClass = Message(en: "Class", fr: "Classe")
  static let origins = Message(en: "Made of", fr: "Fait de")
  static let noOrigin = Message(en: "counts and constants", fr: "comptes et constantes")
  static let sources = Message(
    en: "What the last run read", fr: "Ce que la dernière exécution a lu")
  static let sourcesCaption = Message(
    en: "Rows of each source: read = passed + rejected + skipped",
    fr: "Lignes de chaque source : lues = gardées + rejetées + omises")
  static let source = Message(en: "Source", fr: "Source")
  static let files = Message(en: "Files", fr: "Fichiers")
  static let passed = Message(en: "Passed", fr: "Gardées")
  static let skipped = Message(en: "Skipped", fr: "Omises")
  static let reasons = Message(en: "Why", fr: "Motifs")
  static let rejectFile = Message(
    en: "rejected rows (personal data)", fr: "lignes rejetées (données personnelles)")
  static let account = Message(
    en: "Account of the last run, stage by stage",
    fr: "Compte rendu de la dernière exécution, traitement par traitement")
  static let writtenIn = Message(en: "Written in", fr: "Écrit dans")

  static let closing = Message(
    en: "Made with Octroi from the ledger and the published files. Hours are those of the "
      + "charter’s time zone.",
    fr: "Établi avec Octroi à partir du registre et des fichiers publiés. Les heures sont celles "
      + "du fuseau de la charte.")
}
