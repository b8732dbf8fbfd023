import ArgumentParser
import Octroi
import Pipeline

/// Shows where a field comes from, and its classes on the way; or how an indicator comes into an
/// index.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: told(
      en: "Show a field's lineage and privacy classes, or how an indicator counts.",
      fr: "Montre d’où vient un champ et quelles classes il porte, ou comment compte un indicateur."
    ),
    discussion: told(
      en: """
        --field tells where a field comes from and its classes on the way, without reading data. \
        --indicator works an index out and tells number by number how the indicator comes into \
        each unit's score: as measured, divided, imputed, treated, normalised, weighted. Only \
        plain values and aggregates are shown, as in a preview; nothing is published.
        """,
      fr: """
        --field dit d’où vient un champ et quelles classes il porte en chemin, sans lire de \
        données. --indicator calcule un indice et dit nombre par nombre comment l’indicateur \
        entre dans la note de chaque unité : mesuré, divisé, imputé, traité, normalisé, pondéré. \
        Comme un aperçu, ne montre que des valeurs ordinaires et des agrégats ; rien n’est publié.
        """))

  @OptionGroup var options: PipelineOptions
  @Option(
    help: told(en: "The field's name, or step.field.", fr: "Le nom du champ, ou étape.champ."))
  var field: String?
  @Option(
    help: told(
      en: "An indicator's name, or index.indicator.",
      fr: "Le nom d’un indicateur, ou indice.indicateur."))
  var indicator: String?
  @Option(help: told(en: "One unit only, by its key.", fr: "Une seule unité, par sa clé."))
  var unit: String?
  @OptionGroup var common: SharedOptions

  func validate() throws {
    guard (field == nil) != (indicator == nil), unit == nil || indicator != nil else {
      throw common.invalid(
        Message(
          en: "explain takes --field, or --indicator with or without --unit",
          fr: "explain prend --field, ou --indicator avec ou sans --unit"))
    }
  }

  func run() throws {
    let plan = try options.plan(common)
    if let indicator {
      try Terminal.telling(common.language) {
        let account = try Project.account(plan, indicator: indicator, unit: unit, common.language)
        Terminal.give(common.json ? try account.json() : account.text(common.language))
      }
      return
    }
    let field = field ?? ""
    guard let lineage = FieldLineage(plan, field: field) else {
      let near = Suggestion.nearest(to: field, among: FieldLineage.names(plan))
      let message = Message(
        en: "unknown field '\(field)'" + (near.map { " (did you mean '\($0)'?)" } ?? "")
          + "; `octroi plan` lists fields, `source.field` names one of several",
        fr: "champ inconnu « \(field) »"
          + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? "")
          + " ; `octroi plan` liste les champs, `source.champ` en désigne un parmi plusieurs")
      Terminal.say(message.text(common.language))
      throw ExitCode(2)
    }
    Terminal.give(common.json ? try lineage.json() : lineage.text(common.language))
  }
}
