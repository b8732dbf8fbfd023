import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Tells what risk persons run in a file.
struct RiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk",
    abstract: told(
      en: "Tell how likely persons in a file are to be found out.",
      fr: "Dit à quel point les personnes d’un fichier risquent d’être trouvées."),
    discussion: told(
      en: """
        Counts how many persons share each combination of the columns that somebody may know of \
        them, and tells from that the prosecutor's, journalist's and marketer's risk, class \
        sizes, unique persons in the file and, estimated, in its population, what a class gives \
        away of sensitive columns, and the three criteria of the European and Québec texts. Never \
        prints a value. What is told may be of few persons: for internal use.
        """,
      fr: """
        Compte combien de personnes partagent chaque combinaison des colonnes qui peuvent être \
        connues d’elles, et en tire le risque du procureur, du journaliste et du démarcheur, les \
        tailles des classes, les personnes uniques du fichier et, par estimation, de sa \
        population, ce qu’une classe apprend des colonnes sensibles, et les trois critères des \
        textes européen et québécois. N’affiche jamais une valeur. Ce qui est dit peut ne \
        concerner que quelques personnes : à usage interne.
        """))

  @Argument(
    help: told(
      en: "A CSV or CSV.GZ file, or - for standard input.",
      fr: .init("Un fichier CSV ou CSV.GZ, ou - pour l’entrée standard.", valueName: "fichier")),
    completion: .file())
  var file: String

  @Option(
    help: told(
      en: "Columns that somebody may know of a person, by commas.",
      fr: "Les colonnes qui peuvent être connues d’une personne, séparées par des virgules."))
  var quasi: String

  @Option(
    help: told(
      en: "The column that tells persons apart; by default each row is a person.",
      fr: "La colonne qui distingue les personnes ; par défaut, chaque ligne est une personne."))
  var person: String?

  @Option(
    help: told(
      en: "Sensitive columns, by commas.",
      fr: "Les colonnes sensibles, séparées par des virgules."))
  var sensitive: String?

  @Option(
    help: told(
      en: "A risk beyond it counts as high.", fr: "Au-delà, un risque compte comme élevé."))
  var threshold: Double = 0.2

  @Option(
    help: told(
      en: "The file's share of its population, where it is a random sample.",
      fr: "La part de sa population qu’est le fichier, s’il en est un échantillon aléatoire."))
  var samplingFraction: Double = 1

  @Option(
    help: told(
      en: "Or the persons of the population that it is a random sample of.",
      fr: "Ou le nombre de personnes de la population dont il est un échantillon aléatoire."))
  var population: Int?

  @Option(
    help: told(
      en: "Bytes to hold, as 512M; past them counts go to disk.",
      fr: "Les octets à tenir en mémoire, comme 512M ; au-delà, les comptes passent par le disque."
    ))
  var memory: MemorySize?

  @Option(
    help: told(
      en: "Write a page (HTML, readable by you alone) as well.",
      fr: "Écrit aussi une page (HTML, lisible de vous seul)."), completion: .file())
  var html: String?

  @OptionGroup var common: SharedOptions

  func run() throws {
    let question = FileRisk.Question(
      quasi: Self.names(quasi), person: person, sensitive: Self.names(sensitive ?? ""),
      threshold: threshold, fraction: samplingFraction, population: population)
    let risk = try Terminal.telling(common.language) {
      let risk = try RiskOfFile.of(
        file, question, threads: ProcessInfo.processInfo.activeProcessorCount,
        memory: memory?.bytes ?? 1 << 30)
      if let html { try RiskOfFile.write(risk, to: html, common.language) }
      return risk
    }
    if common.json {
      Terminal.give(try risk.json())
    } else if html == nil || !common.quiet {
      Terminal.give(risk.text(common.language))
    }
  }

  private static func names(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }
}
