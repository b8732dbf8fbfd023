import StageKit
import Tabular

/// What a case shows, as text.
public enum StageReport {
  /// The table, as CSV.
  public static func table(_ outcome: StageCase.Outcome) -> String {
    var lines = [outcome.facts.names.map { CellText.text(.text($0)) }.joined(separator: ",")]
    for row in outcome.rows {
      lines.append(
        zip(row, outcome.facts.fields).map { CellText.text($0, decimals: $1.decimals) }
          .joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The facts: a line a field, then what holds for the table.
  public static func facts(_ facts: Facts) -> String {
    var lines = facts.fields.map { field in
      var words = [field.name + ":", field.type.name]
      if let decimals = field.decimals { words.append("(\(decimals))") }
      if !field.nullable { words.append("required") }
      words.append(privacy(field.privacy))
      if field.counts != nil { words.append("[count of rows]") }
      return words.joined(separator: " ")
    }
    let guarantees = facts.guarantees.map { $0.told(" ") }
    let known = guarantees.sorted().joined(separator: ", ")
    lines.append("guarantees: " + (known.isEmpty ? "none" : known))
    lines.append("taint: " + privacy(facts.taint))
    let order = facts.order.map { $0.field + ($0.descending ? " descending" : "") }
    lines.append("order: " + (order.isEmpty ? "as read" : order.joined(separator: ", ")))
    lines.append(
      "rows: " + (facts.isMicrodata ? "microdata" : "aggregated")
        + (facts.isAboutPersons ? ", about persons" : ""))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func privacy(_ privacy: Privacy) -> String {
    let classes = privacy.sortedClasses.map { name in
      let origins = (privacy.classes[name] ?? []).sorted().map { "\($0.source).\($0.field)" }
      return name.rawValue + (origins.isEmpty ? "" : " (" + origins.joined(separator: ", ") + ")")
    }
    return classes.isEmpty ? "nothing" : classes.joined(separator: " + ")
  }

  /// The findings, in both languages.
  public static func findings(_ diagnostics: Diagnostics) -> String {
    diagnostics.sorted.map { finding in
      let place = "\(finding.position.file):\(finding.position.line):\(finding.position.column)"
      var text = "\(place): \(finding.severity.rawValue): [\(finding.code)]\n"
      text += message(finding.message)
      if let remedy = finding.remedy { text += "  remedy:\n" + message(remedy) }
      return text
    }.joined()
  }

  public static func message(_ message: Message) -> String {
    "    en: \(message.en)\n    fr: \(message.fr)\n"
  }

  /// The accounting, a line a stage.
  public static func tallies(_ tallies: [Tally]) -> String {
    tallies.map { tally in
      var words = ["rows: in \(tally.rowsIn)"]
      words += counts(tally.made).map { "+ \($0)" }
      words.append("= out \(tally.rowsOut)")
      words += counts(tally.left).map { "+ \($0)" }
      return words.joined(separator: " ") + "\n"
    }.joined()
  }

  private static func counts(_ counts: [String: Int]) -> [String] {
    counts.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
  }
}
