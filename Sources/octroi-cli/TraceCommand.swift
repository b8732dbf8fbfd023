import ArgumentParser
import Octroi
import Pipeline

/// Follows rows through a pipeline.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: told(
      en: "Tell which stage dropped or changed a row.",
      fr: "Dit quelle opération a ôté ou changé une ligne."),
    discussion: told(
      en: """
        Follows the rows with a value in a field from every source that has the field through all \
        stages, and tells at each: still here and what changed, gone and why, or into which \
        group. Records that were rejected or skipped at read are told with their line. The value \
        is typed as it stands in the data, dates as 2026-01-31, numbers with a point; nothing \
        after the = finds rows without a value, and --key field=- reads the value from standard \
        input, so that other users of the machine do not see it. It is never printed, and of \
        fields that are not plain only that they changed. Nothing is published and the ledger \
        stays as it is.
        """,
      fr: """
        Suit les lignes qui ont une valeur dans un champ, depuis chaque source qui a le champ, à \
        travers toutes les opérations, et dit à chacune : toujours là et ce qui a changé, partie \
        et pourquoi, ou dans quel groupe. Les enregistrements rejetés ou omis à la lecture sont \
        dits avec leur ligne. La valeur se tape telle qu’elle est dans les données, les dates \
        comme 2026-01-31, les nombres avec un point ; rien après le = trouve les lignes sans \
        valeur, et --key champ=- lit la valeur sur l’entrée standard, pour que personne d’autre \
        sur la machine ne la voie. Elle n’est jamais affichée et, des champs qui ne sont pas \
        simples, il est dit seulement qu’ils ont changé. Rien n’est publié et le registre reste \
        tel quel.
        """))

  @OptionGroup var options: PipelineOptions

  @Option(
    help: told(
      en: .init("What tells the rows.", valueName: "field=value"),
      fr: .init("Ce qui désigne les lignes.", valueName: "champ=valeur")))
  var key: String

  @Option(
    help: told(
      en: "Follow the rows to this step only; by default to all outputs.",
      fr: "Suit les lignes jusqu’à cette étape seulement ; par défaut jusqu’à toutes les sorties."))
  var step: String?

  @Option(
    help: told(
      en: "How many rows of a source to follow.", fr: "Combien de lignes d’une source suivre."))
  var rows = 20

  @OptionGroup var common: SharedOptions

  func validate() throws {
    // What was typed may be personal: it is not repeated.
    guard key.contains("="), !key.hasPrefix("=") else {
      throw common.invalid(Message(en: "--key takes field=value", fr: "--key prend champ=valeur"))
    }
    guard (1...1000).contains(rows) else {
      throw common.invalid(
        Message(
          en: "--rows takes a number from 1 to 1000", fr: "--rows prend un nombre de 1 à 1000"))
    }
  }

  func run() throws {
    let plan = try options.plan(common)
    let parts = key.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = String(parts[1])
    let text = typed == "-" ? readLine(strippingNewline: true) ?? "" : typed
    try Terminal.telling(common.language) {
      let trace = try Project.trace(
        plan, TraceKey(field: String(parts[0]), text: text), step: step, rows: rows,
        common.language)
      Terminal.give(common.json ? try trace.json(common.language) : trace.text(common.language))
    }
  }
}
