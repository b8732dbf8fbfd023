import Tabular

/// What a report says of where its figures come from and what was done so that they tell of nobody.
struct AccountSections {
  let facts: ReportFacts
  let tables: [ReportTable]
  let context: ReportContext

  // MARK: - Methodology

  var methodology: [HtmlNode] {
    let described = tables.flatMap { table in
      table.fields.filter { $0.description != nil }
    }
    var nodes: [HtmlNode] = []
    if !described.isEmpty {
      nodes.append(
        .element(
          .dl, [.style(.data)],
          described.flatMap { field -> [HtmlNode] in
            [
              .of(.dt, [], context.say(field.title)),
              .of(.dd, [], field.description.map(context.say) ?? ""),
            ]
          }))
    }
    if !facts.methods.isEmpty {
      nodes.append(.element(.ul, [], facts.methods.map { .of(.li, [], context.say($0)) }))
    }
    return nodes
  }

  // MARK: - Quality

  var quality: [HtmlNode] {
    guard !facts.sources.isEmpty else { return [] }
    return facts.notes.map { .of(.p, [.style(.note)], context.say($0)) } + [
      HtmlPage.report(
        table: context.id("sources"), caption: context.say(ReportWords.sourcesCaption),
        columns: sourceColumns, texts: [0, 4, 5], header: 0, style: .texts,
        rows: facts.sources.map { cells(of: $0).map { .text($0) } })
    ]
  }

  var sourceColumns: [String] {
    [
      context.say(ReportWords.source), context.say(ReportWords.read),
      context.say(ReportWords.rejected), "%", context.say(ReportWords.reasons),
      context.say(ReportWords.updated),
    ]
  }

  /// What is told of a source, column by column.
  func cells(of source: ReportFacts.Source) -> [String] {
    let reasons = source.reasons.map { reason -> String in
      context.say(reason.reason) + " (\(told(reason.count)))"
    }
    return [
      context.say(source.title), context.count(source.read), told(source.rejected),
      share(source), reasons.isEmpty ? "–" : reasons.joined(separator: ", "),
      source.frequency.map(frequency) ?? "–",
    ]
  }

  /// A count of rows, unless it is of so few that it might tell of somebody; then also the others
  /// are told in tens, so that none can be computed.
  private func told(_ count: Int) -> String {
    guard facts.leastTold > 0, count > 0 else { return context.count(count) }
    if count < facts.leastTold { return context.say(ReportWords.fewer(facts.leastTold)) }
    let tens = (count + 5) / 10 * 10
    return (context.language == .fr ? "environ " : "about ") + context.count(tens)
  }

  private func share(_ source: ReportFacts.Source) -> String {
    guard facts.leastTold == 0 || source.rejected == 0 || source.rejected >= facts.leastTold else {
      return "–"
    }
    let told = facts.leastTold == 0 ? source.rejected : (source.rejected + 5) / 10 * 10
    return Typography.share(min(told, source.read), of: source.read, context.language)
  }

  private func frequency(_ code: String) -> String {
    let words: [String: Message] = [
      "DAILY": Message(en: "daily", fr: "quotidienne"),
      "WEEKLY": Message(en: "weekly", fr: "hebdomadaire"),
      "MONTHLY": Message(en: "monthly", fr: "mensuelle"),
      "QUARTERLY": Message(en: "quarterly", fr: "trimestrielle"),
      "ANNUAL": Message(en: "yearly", fr: "annuelle"),
      "IRREG": Message(en: "irregular", fr: "irrégulière"),
    ]
    return words[code].map(context.say) ?? code
  }

  // MARK: - Confidentiality

  var confidentiality: [HtmlNode] {
    var hidden = 0
    var all = 0
    for table in tables {
      for (column, field) in table.fields.enumerated() where field.isSuppressible {
        all += table.rows
        hidden += table.cells[column].count { $0 == .null }
      }
    }
    var nodes: [HtmlNode] = [
      .of(.p, [], context.say(ReportWords.forAudience(context.say(facts.audience)))),
      .element(.ul, [], facts.rules.map { .of(.li, [], context.say($0)) }),
    ]
    if all > 0 {
      let message =
        hidden == 0
        ? ReportWords.noneSuppressed
        : ReportWords.suppressed(context.count(hidden), of: context.count(all))
      nodes.append(.of(.p, [], context.say(message)))
    }
    return nodes
  }

  // MARK: - Provenance

  var provenance: [HtmlNode] {
    [
      HtmlPage.report(
        table: context.id("provenance"), caption: context.say(ReportWords.provenance),
        columns: [
          context.say(Message(en: "What", fr: "Quoi")),
          context.say(Message(en: "Which", fr: "Lequel")),
        ], texts: [0, 1], header: 0, style: .texts,
        rows: facts.provenance.map {
          [.text(context.say($0.name)), .of(.code, [.style(.digest)], $0.value)]
        })
    ]
  }
}
