import ArgumentParser
import Octroi
import Pipeline

/// Explains a step's rows from the ledger.
struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: told(
      en: "Tell why a step or output has the rows it has.",
      fr: "Dit pourquoi une étape ou une sortie a ces lignes."),
    discussion: told(
      en: """
        From the ledger: what came in and went out of everything it is made of, each way in which \
        rows left, how much that differs from the run before, and what changed between the two \
        runs (inputs, pipeline, charter, schemas, parameters, version). The ledger holds counts \
        and hashes, never values.
        """,
      fr: """
        D’après le registre : ce qui est entré dans tout ce dont elle est faite et ce qui en est \
        sorti, chaque façon dont des lignes sont parties, l’écart avec l’exécution précédente, et \
        ce qui a changé entre les deux (entrées, pipeline, charte, schémas, paramètres, version). \
        Le registre contient des comptes et des empreintes, jamais de valeurs.
        """))

  @Argument(
    help: told(
      en: "The step, output or source.",
      fr: .init("L’étape, la sortie ou la source.", valueName: "nom")))
  var name: String

  @Option(
    help: told(
      en: "Its pipeline's file; by default the latest that has the name, in this project.",
      fr: "Le fichier de son pipeline ; par défaut le dernier qui a ce nom, dans ce projet."),
    completion: .file(extensions: ["yml", "yaml"]))
  var pipeline: String?

  @Option(
    name: .customLong("run"),
    help: told(
      en: "The run to explain, by its number in `octroi runs`; by default the latest.",
      fr: "L’exécution à expliquer, par son numéro dans `octroi runs` ; par défaut la dernière."))
  var explained: Int64?

  @Option(
    help: told(
      en: "The run to compare with; by default the one before.",
      fr: "L’exécution avec laquelle comparer ; par défaut la précédente."))
  var against: Int64?

  @OptionGroup var common: SharedOptions

  func run() throws {
    try Terminal.telling(common.language) {
      let why = try Project.why(name, pipeline: pipeline, run: explained, against: against)
      Terminal.give(common.json ? try why.json() : Project.text(why, common.language))
    }
  }
}
