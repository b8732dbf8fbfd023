import Tabular

/// A report as it goes into a mail.
extension ReportContent {
  /// Rows of the ends of a ranking.
  private static let ends = 3

  /// A few lines of Markdown: the figures, both ends of the rankings, how good the data are.
  public var mailSummary: String {
    var lines = [
      "# " + MarkdownText.escaped(say(design.title)), "", MarkdownText.line(design.city),
    ]
    if let day = facts.asOf {
      lines[2] += ", " + say(ReportWords.asOf(Typography.date(day, language))).lowercasedFirst
    }
    if let subtitle = design.subtitle { lines += ["", MarkdownText.line(say(subtitle))] }
    var told: Set<[String]> = []
    for table in tables {
      let roles = BoundRoles(ReportRoles(), table)
      if roles.period != nil, roles.unit == nil {
        lines += figures(table, roles)
      } else if roles.isOneRowAUnit(table), table.rows > 1 {
        let ranking = ranking(table, roles)
        // Two tables of an index have its score.
        if told.insert(ranking).inserted { lines += ranking }
      }
    }
    if let kept = facts.kept(language) { lines += ["", MarkdownText.line(say(kept.message))] }
    if let timeliness = facts.timeliness(language) {
      lines += ["", MarkdownText.line(timeliness.text)]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func figures(_ table: ReportTable, _ roles: BoundRoles) -> [String] {
    let figures = FiguresSection(table: table, roles: roles, context: context)
    guard let shown = figures.shown else { return [] }
    let heading = FiguresSection.capitalised(shown.period)
    return ["", "## " + MarkdownText.escaped(heading), ""]
      + roles.values.prefix(6).map { column in
        let value = table.text(column, shown.row, language, withUnit: true) ?? "–"
        let change = shown.before.flatMap { figures.changeText(column, from: $0, to: shown.row) }
        return "- " + MarkdownText.escaped(context.title(table, column))
          + (language == .fr ? "\u{a0}: " : ": ") + "**" + MarkdownText.escaped(value) + "**"
          + (change.map { " (" + MarkdownText.escaped($0) + ")" } ?? "")
      }
  }

  private func ranking(_ table: ReportTable, _ roles: BoundRoles) -> [String] {
    guard let column = roles.values.first else { return [] }
    let order = (0..<table.rows).filter { table.number(column, $0) != nil }.sorted {
      (table.number(column, $0) ?? 0, $1) > (table.number(column, $1) ?? 0, $0)
    }
    guard order.count > 1 else { return [] }
    func told(_ rows: some Sequence<Int>) -> String {
      Typography.list(
        rows.map { row in
          MarkdownText.escaped(roles.name(table, row, language)) + " ("
            + MarkdownText.escaped(table.text(column, row, language, withUnit: true) ?? "–") + ")"
        }, language)
    }
    let colon = language == .fr ? "\u{a0}: " : ": "
    let count = min(Self.ends, order.count / 2)
    return [
      "", "## " + MarkdownText.escaped(context.title(table, column)), "",
      "- " + say(ReportWords.highest) + colon + told(order.prefix(count)),
      "- " + say(ReportWords.lowest) + colon + told(order.suffix(count).reversed()),
    ]
  }
}
