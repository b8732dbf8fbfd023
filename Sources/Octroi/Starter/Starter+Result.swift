import Foundation
import Ingest
import Pipeline
import Tabular

/// What `init` tells when it has written a project.
extension Starter.Result {
  /// What was found, what was written, what to do next.
  public func text(_ language: Language) -> String {
    var lines: [String] = []
    func number(_ count: Int) -> String { RunResult.grouped(count, language) }
    for source in sources {
      let paths = source.paths.map { PlainText.line($0) }.joined(separator: ", ")
      let counts = source.counts
      lines.append(
        Message(
          en: "  found     \(source.name) (\(paths)): \(number(counts.read)) records = "
            + "\(number(counts.passed)) rows + \(number(counts.rejected)) rejected + "
            + "\(number(counts.skipped)) skipped",
          fr: "  trouvé    \(source.name) (\(paths)) : \(number(counts.read)) enregistrements = "
            + "\(number(counts.passed)) lignes + \(number(counts.rejected)) rejetés + "
            + "\(number(counts.skipped)) omis"
        ).text(language))
    }
    for path in written {
      let shown = folder == "." ? path : folder + "/" + path
      lines.append(
        Message(en: "  wrote     \(shown)", fr: "  écrit     \(shown)").text(language))
    }
    let start = folder == "." ? "" : "cd \(folder) && "
    lines.append(
      Message(
        en: "  next      \(start)octroi run pipeline.yml; then fill in charte.yml (search "
          + "'\(CharterText.mark.en)') and check the privacy classes in schemas/",
        fr: "  ensuite   \(start)octroi run pipeline.yml ; puis remplissez charte.yml (cherchez "
          + "« \(CharterText.mark.fr) ») et vérifiez les classes de confidentialité dans schemas/"
      ).text(language))
    return lines.joined(separator: "\n") + "\n"
  }

  private struct Told: Encodable {
    struct Source: Encodable {
      let name: String
      let paths: [String]
      let read: Int
      let passed: Int
      let rejected: Int
      let skipped: Int
    }

    let folder: String
    let written: [String]
    let sources: [Source]
  }

  /// The same for machines, keys sorted.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let told = Told(
      folder: folder, written: written,
      sources: sources.map {
        Told.Source(
          name: $0.name, paths: $0.paths, read: $0.counts.read, passed: $0.counts.passed,
          rejected: $0.counts.rejected, skipped: $0.counts.skipped)
      })
    return String(decoding: try encoder.encode(told), as: UTF8.self) + "\n"
  }
}
