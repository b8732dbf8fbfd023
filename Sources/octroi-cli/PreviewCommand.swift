import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Shows the first rows of a step.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show rows as they stand after a step.",
    discussion: """
      Only plain fields and aggregates are shown. Direct identifiers, sensitive fields, \
      quasi-identifiers, pseudonyms and fields without a class are masked as ***, empty or not. \
      Nothing is published, no lock is taken, the ledger stays as it is, and no more is read than \
      the rows need. In the table an empty cell is null and "" an empty text; control characters \
      appear as \\n or \\u001b.
      """)

  @OptionGroup var options: PipelineOptions

  @Option(help: "The step, or a source.")
  var step: String

  @Option(help: "Stop after this stage of the step, counted from 1.")
  var stage: Int?

  @Option(help: "How many rows.")
  var rows = 20

  @OptionGroup var common: SharedOptions

  func validate() throws {
    guard (1...100_000).contains(rows) else {
      throw common.invalid(
        Message(
          en: "--rows takes a number from 1 to 100000", fr: "--rows prend un nombre de 1 à 100000"))
    }
  }

  func run() throws {
    let plan = try options.plan(common)
    try Terminal.telling(common.language) {
      let preview = try Project.preview(
        plan, step: step, stage: stage, rows: rows, common.language)
      Terminal.give(common.json ? try preview.json() : try preview.table())
      if !common.json, !common.quiet { Terminal.say(preview.remarks(common.language)) }
    }
  }
}
