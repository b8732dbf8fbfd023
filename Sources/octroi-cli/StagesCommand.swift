import ArgumentParser
import Octroi
import StageKit

/// Lists the stages and blocks, or explains one.
struct StagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: told(
      en: "List the stages and blocks of pipelines, or explain one of them.",
      fr: "Énumère les opérations et les blocs des pipelines, ou explique l’un d’eux."))

  @Argument(
    help: told(
      en: "A stage's or block's name.",
      fr: .init("Le nom d’une opération ou d’un bloc.", valueName: "nom")))
  var name: String?

  @OptionGroup var common: SharedOptions

  func run() throws {
    guard let name else {
      if common.json {
        Terminal.give(
          try StageRecord.json(
            StageCatalog.all.map { $0.declaration }, StageCatalog.blockDocumentation,
            common.language))
        return
      }
      let lines =
        StageCatalog.all.map { StageDocumentation($0.declaration).line(common.language) }
        + StageCatalog.blockDocumentation.map { $0.line(common.language) }
      Terminal.give(lines.joined(separator: "\n") + "\n")
      return
    }
    if let block = StageCatalog.blockDocumentation.first(where: { $0.name == name }) {
      Terminal.give(
        common.json
          ? try StageRecord(block, common.language).json() : block.page(common.language))
      return
    }
    guard let stage = StageCatalog.all.first(where: { $0.declaration.isCalled(name) }) else {
      let near = Suggestion.nearest(
        to: name,
        among: StageCatalog.all.flatMap { [$0.declaration.name] + $0.declaration.otherNames }
          + StageCatalog.blockDocumentation.map(\.name))
      let message = Message(
        en: "unknown stage '\(name)'" + (near.map { " (did you mean '\($0)'?)" } ?? ""),
        fr: "opération inconnue « \(name) »"
          + (near.map { " (vouliez-vous dire « \($0) » ?)" } ?? ""))
      Terminal.say(message.text(common.language))
      throw ExitCode(2)
    }
    Terminal.give(
      common.json
        ? try StageRecord(stage.declaration, common.language).json()
        : StageDocumentation(stage.declaration).page(common.language))
  }
}
