import ArgumentParser
import Octroi
import Pipeline

/// Follows rows through a pipeline.
struct TraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace", abstract: "Tell which stage dropped or changed a row.",
    discussion: """
      Follows the rows with a value in a field from every source that has the field through all \
      stages, and tells at each: still here and what changed, gone and why, or into which group. \
      Records that were rejected or skipped at read are told with their line. The value is typed \
      as it stands in the data, dates as 2026-01-31, numbers with a point; nothing after the = \
      finds rows without a value, and --key field=- reads the value from standard input, so that \
      other users of the machine do not see it. It is never printed, and of fields that are not \
      plain only that they changed. Nothing is published and the ledger stays as it is.
      """)

  @OptionGroup var options: PipelineOptions

  @Option(help: ArgumentHelp("What tells the rows.", valueName: "field=value"))
  var key: String

  @Option(help: "Follow the rows to this step only; by default to all outputs.")
  var step: String?

  @Option(help: "How many rows of a source to follow.")
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
