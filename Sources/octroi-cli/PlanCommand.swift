import ArgumentParser
import Octroi
import Pipeline

/// Shows what a pipeline would do.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: told(
      en: "Show what would run, and the privacy classes of each output; reads no data.",
      fr: """
        Montre ce qui s’exécuterait, et les classes de confidentialité de chaque sortie ; ne lit \
        aucune donnée.
        """))

  @OptionGroup var options: PipelineOptions
  @OptionGroup var common: SharedOptions

  func run() throws {
    let plan = try options.plan(common)
    Terminal.give(
      common.json ? try PlanRecord(plan).json() : PlanText(plan, common.language).text)
  }
}
