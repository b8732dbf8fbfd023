import Ingest
import Reports
import Tabular

/// A run's account for people, on a terminal.
extension RunResult {
  /// Several lines: what was read, rejected and written, how long it took, where results lie.
  /// - Parameter shown: how a path is shown.
  public func text(_ language: Language, shown: (String) -> String) -> String {
    var lines: [String] = []
    let count = { (number: Int) in Typography.count(number, language) }
    for source in sources {
      let counts = source.counts
      lines.append(
        Message(
          en:
            "  read      \(source.name): \(count(counts.read)) records = "
            + "\(count(counts.passed)) passed + \(count(counts.rejected)) rejected + "
            + "\(count(counts.skipped)) skipped",
          fr:
            "  lu        \(source.name) : \(count(counts.read)) enregistrements = "
            + "\(count(counts.passed)) gardés + \(count(counts.rejected)) rejetés + "
            + "\(count(counts.skipped)) omis"
        ).text(language))
      if let file = source.rejectFile, counts.rejected > 0 {
        lines.append(
          Message(
            en: "            rejects in \(shown(file))",
            fr: "            rejets dans \(shown(file))"
          ).text(language))
      }
    }
    for output in outputs {
      lines.append(
        Message(
          en:
            "  wrote     \(shown(output.path)): \(count(output.rows)) rows, "
            + "for '\(output.audience)'",
          fr:
            "  écrit     \(shown(output.path)) : \(count(output.rows)) lignes, "
            + "pour « \(output.audience) »"
        ).text(language))
    }
    if let summary {
      lines.append(
        Message(
          en: "  account   \(shown(summary))", fr: "  compte    \(shown(summary))"
        ).text(language))
    }
    for note in notes {
      lines.append(
        Message(en: "  note      \(note.en)", fr: "  note      \(note.fr)").text(language))
    }
    if let error {
      lines.append(
        Message(en: "error: \(error.en)", fr: "erreur : \(error.fr)").text(language))
      if let remedy { lines.append("  " + remedy.text(language)) }
    }
    let hundredths = Int((seconds * 100).rounded())
    let mark = language == .fr ? "," : "."
    let duration =
      "\(hundredths / 100)\(mark)\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) s"
    lines.append(
      exit == .done
        ? Message(en: "  done      in \(duration)", fr: "  fait      en \(duration)").text(language)
        : Message(en: "  failed    after \(duration)", fr: "  échec     après \(duration)").text(
          language))
    return lines.joined(separator: "\n") + "\n"
  }

  /// Thousands set apart: by U+202F in French, by a comma in English.
  package static func grouped(_ number: Int, _ language: Language) -> String {
    Typography.count(number, language)
  }
}
