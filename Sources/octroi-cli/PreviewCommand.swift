import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Shows the first rows of a step.
struct PreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: told(
      en: "Show rows as they stand after a step.",
      fr: "Montre des lignes telles qu’elles sont après une étape."),
    discussion: told(
      en: """
        Only plain fields and aggregates are shown. Direct identifiers, sensitive fields, \
        quasi-identifiers, pseudonyms and fields without a class are masked as ***, empty or not. \
        Nothing is published, no lock is taken, the ledger stays as it is, and no more is read \
        than the rows need. In the table an empty cell is null and "" an empty text; control \
        characters appear as \\n or \\u001b.
        """,
      fr: """
        Seuls les champs simples et les agrégats sont montrés. Identifiants directs, champs \
        sensibles, quasi-identifiants, pseudonymes et champs sans classe sont masqués par ***, \
        vides ou non. Rien n’est publié, aucun verrou n’est pris, le registre reste tel quel, et \
        il n’est lu que ce qu’il faut pour ces lignes. Dans le tableau, une cellule vide est une \
        valeur absente et "" un texte vide ; les caractères de contrôle apparaissent comme \\n \
        ou \\u001b.
        """))

  @OptionGroup var options: PipelineOptions

  @Option(help: told(en: "The step, or a source.", fr: "L’étape, ou une source."))
  var step: String

  @Option(
    help: told(
      en: "Stop after this stage of the step, counted from 1.",
      fr: "S’arrête après cette opération de l’étape, comptée à partir de 1."))
  var stage: Int?

  @Option(help: told(en: "How many rows.", fr: "Combien de lignes."))
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
