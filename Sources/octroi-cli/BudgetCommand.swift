import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Tells what is left of budgets.
struct BudgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget",
    abstract: told(
      en: "Tell what is left of the budgets for noisy figures (dp_aggregate).",
      fr: "Dit ce qui reste des budgets pour des chiffres bruités (dp_aggregate)."),
    discussion: told(
      en: """
        A line for each audience and source that the charter grants a budget, or that something \
        was released of. Spent is rounded up, left is rounded down. Nothing gives a budget back: \
        only the charter can grant more.
        """,
      fr: """
        Une ligne pour chaque public et source auxquels la charte accorde un budget, ou dont \
        quelque chose a été publié. Ce qui est dépensé est arrondi vers le haut, ce qui reste \
        vers le bas. Rien ne rend un budget : seule la charte peut en accorder davantage.
        """))

  @Option(help: .charter, completion: .file())
  var charter: String?

  @OptionGroup var common: SharedOptions

  func run() throws {
    let accounts = try Terminal.telling(common.language) {
      try Project.budgets(charter: charter)
    }
    if common.json {
      Terminal.give(try BudgetAccount.json(accounts))
      return
    }
    for account in accounts {
      Terminal.give(account.line.text(common.language) + "\n")
    }
    if accounts.isEmpty, !common.quiet {
      Terminal.say(
        Message(
          en: "the charter grants no budget, and nothing was released of one",
          fr: "la charte n’accorde aucun budget, et rien n’en a été publié"
        ).text(common.language))
    }
  }
}
