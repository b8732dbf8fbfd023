import ArgumentParser
import Octroi
import Pipeline

/// Shows what a pipeline would do.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what would run, and the privacy classes of each output; reads no data.")

  @OptionGroup var options: PipelineOptions
  @OptionGroup var common: SharedOptions

  func run() throws {
    let plan = try options.plan(common)
    Terminal.give(
      common.json ? try PlanRecord(plan).json() : PlanText(plan, common.language).text)
  }
}
