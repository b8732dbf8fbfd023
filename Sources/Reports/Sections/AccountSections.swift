import Tabular

/// What a report says of where its figures come from and what was done so that they tell of nobody.
struct AccountSections {
  let facts: ReportFacts
  let tables: [ReportTable]
  let context: ReportContext

  // MARK: - Methodology

  var methodology: [HtmlNode] {
    // Tables of one step share fields.
    var told: Set<[Message]> = []
    let described = tables.flatMap { table in
      table.fields.filter { field in
        field.description.map { told.insert([field.title, $0]).inserted } ?? false
      }
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
    var notes = facts.notes.map(context.say)
    if let timeliness = facts.timeliness(context.language) { notes.append(timeliness.text) }
    if let absence = facts.absence(context.language) { notes.append(absence) }
    let grades = HtmlNode.of(.p, [.style(.quiet)], context.say(FigureQuality.terms))
    return notes.map { .of(.p, [.style(.note)], $0) } + [
      HtmlPage.report(
        table: context.id("sources"), caption: context.say(ReportWords.sourcesCaption),
        columns: sourceColumns, texts: [0, 4, 5, 6], header: 0, style: .texts,
        rows: facts.sources.map { cells(of: $0).map { .text($0) } }), grades,
    ]
  }

  var sourceColumns: [String] {
    [
      context.say(ReportWords.source), context.say(ReportWords.read),
      context.say(ReportWords.rejected), "%", context.say(ReportWords.reasons),
      context.say(ReportWords.updated), context.say(ReportWords.through),
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
      source.frequency.map { Frequency($0).map { context.say($0.word) } ?? $0 } ?? "–",
      source.through.map { Typography.date($0, context.language) } ?? "–",
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
    return Typography.share(
      min(facts.told(source.rejected), source.read), of: source.read, context.language)
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
