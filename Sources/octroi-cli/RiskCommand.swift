import ArgumentParser
import Foundation
import Octroi
import Pipeline

/// Tells what risk persons run in a file.
struct RiskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "risk", abstract: "Tell how likely persons in a file are to be found out.",
    discussion: """
      Counts how many persons share each combination of the columns that somebody may know of \
      them, and tells from that the prosecutor's, journalist's and marketer's risk, class sizes, \
      unique persons in the file and, estimated, in its population, what a class gives away of \
      sensitive columns, and the three criteria of the European and Québec texts. Never prints a \
      value. What is told may be of few persons: for internal use.
      """)

  @Argument(help: "A CSV or CSV.GZ file, or - for standard input.", completion: .file())
  var file: String

  @Option(help: "Columns that somebody may know of a person, by commas.")
  var quasi: String

  @Option(help: "The column that tells persons apart; by default each row is a person.")
  var person: String?

  @Option(help: "Sensitive columns, by commas.")
  var sensitive: String?

  @Option(help: "A risk beyond it counts as high.")
  var threshold: Double = 0.2

  @Option(help: "The file's share of its population, where it is a random sample.")
  var samplingFraction: Double = 1

  @Option(help: "Or the persons of the population that it is a random sample of.")
  var population: Int?

  @Option(help: "Bytes to hold, as 512M; past them counts go to disk.")
  var memory: MemorySize?

  @Option(help: "Write a page (HTML, readable by you alone) as well.", completion: .file())
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
