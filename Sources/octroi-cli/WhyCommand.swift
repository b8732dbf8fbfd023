import ArgumentParser
import Octroi
import Pipeline

/// Explains a step's rows from the ledger.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Tell why a step or output has the rows it has.",
    discussion: """
      From the ledger: what came in and went out of everything it is made of, each way in which \
      rows left, how much that differs from the run before, and what changed between the two runs \
      (inputs, pipeline, charter, schemas, parameters, version). The ledger holds counts and \
      hashes, never values.
      """)

  @Argument(help: "The step, output or source.")
  var name: String

  @Option(
    help: "Its pipeline's file; by default the latest that has the name, in this project.",
    completion: .file(extensions: ["yml", "yaml"]))
  var pipeline: String?

  @Option(
    name: .customLong("run"),
    help: "The run to explain, by its number in `octroi runs`; by default the latest.")
  var explained: Int64?

  @Option(help: "The run to compare with; by default the one before.")
  var against: Int64?

  @OptionGroup var common: SharedOptions

  func run() throws {
    try Terminal.telling(common.language) {
      let why = try Project.why(name, pipeline: pipeline, run: explained, against: against)
      Terminal.give(common.json ? try why.json() : Project.text(why, common.language))
    }
  }
}
