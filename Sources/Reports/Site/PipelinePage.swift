import Tabular

/// A pipeline: what it makes of what, and inside the city how its runs went.
struct PipelinePage {
  let pipeline: SitePipeline
  let facts: SiteFacts
  let context: SiteContext

  /// How many runs are told.
  private static let most = 60

  private var runs: [SiteRun] { facts.runs.filter { $0.pipeline == pipeline.name } }

  var badges: [HtmlNode] {
    StateBadges(pipeline: pipeline, run: runs.first, facts: facts, context: context).nodes
  }

  var nodes: [HtmlNode] {
    [faults, lineage, outputs, sources, history, fields, origin].flatMap { $0 }
  }

  private var faults: [HtmlNode] {
    guard !pipeline.faults.isEmpty else { return [] }
    let items = pipeline.faults.map { fault -> HtmlNode in
      var parts: [HtmlNode] = [
        .of(.code, [], fault.place), .text(" – " + context.say(fault.message)),
      ]
      if let remedy = fault.remedy {
        parts.append(.of(.p, [.style(.quiet)], context.say(remedy)))
      }
      return .element(.li, [], parts)
    }
    return [
      context.section(
        "faults", SiteWords.cannotRun,
        [context.paragraph(SiteWords.cannotRunLead, .warning), .element(.ul, [], items)])
    ]
  }

  // MARK: Lineage

  private var lineage: [HtmlNode] {
    guard !pipeline.graph.nodes.isEmpty else { return [] }
    let text = ChartText(
      id: "flow", title: context.say(SiteWords.lineageTitle(context.say(pipeline.title))),
      description: description)
    let drawing = LineageDrawing(pipeline.graph, context.language).svg(text)
    return [
      context.section(
        "lineage", SiteWords.lineage,
        [
          context.paragraph(SiteWords.lineageLead),
          .of(
            .figure, [.style(.frame)],
            .of(.figcaption, [], .of(.p, [.id("drawing")], context.say(SiteWords.frame))),
            .of(.div, HtmlAttribute.scrolls(namedBy: "drawing"), drawing)),
          steps,
        ])
    ]
  }

  /// The picture in sentences: what each step and each thing published comes from.
  private var description: String {
    let graph = pipeline.graph
    func count(_ kinds: Set<LineageGraph.Kind>) -> String {
      context.count(graph.nodes.count { kinds.contains($0.kind) })
    }
    let flows = graph.nodes.indices.compactMap { node -> String? in
      let from = graph.edges.filter { $0.to == node }.map { graph.nodes[$0.from].title }
      guard !from.isEmpty else { return nil }
      return context.say(
        SiteWords.flow(context.say(graph.nodes[node].title), from: context.list(from)))
    }
    return context.say(
      SiteWords.lineageDescription(
        sources: count([.source]), steps: count([.step]), outputs: count([.output, .report]),
        flows.joined(separator: " ")))
  }

  private var steps: HtmlNode {
    guard !pipeline.steps.isEmpty else { return context.paragraph(SiteWords.noSteps) }
    let rows = pipeline.steps.map { step -> [HtmlNode] in
      [
        .text(context.say(step.title)), .text(context.list(step.reads)),
        .of(.code, [], step.stages.joined(separator: " → ")),
      ]
    }
    return table(
      "steps", SiteWords.stepsCaption, [SiteWords.step, SiteWords.reads, SiteWords.stages],
      numbers: [], rows)
  }

  // MARK: What leaves

  private var outputs: [HtmlNode] {
    guard !pipeline.outputs.isEmpty else { return [] }
    var columns = [SiteWords.what, SiteWords.audience, SiteWords.shows, SiteWords.file]
    if !facts.tellsAudiences { columns.remove(at: 1) }
    let rows = pipeline.outputs.map { output -> [HtmlNode] in
      let audience: [HtmlNode] =
        facts.tellsAudiences ? [.text(context.say(output.audience))] : []
      return [.text(context.say(output.title))] + audience + [
        .text(context.list(output.from)), context.files(output.files.map(context.file)),
      ]
    }
    return [
      context.section(
        "outputs", SiteWords.leavesTitle,
        [table("leaves", SiteWords.outputsCaption, columns, numbers: [], rows)])
    ]
  }

  private var fields: [HtmlNode] {
    let tables = pipeline.outputs.flatMap(\.tables).filter { !$0.fields.isEmpty }
    guard !tables.isEmpty else { return [] }
    let parts = tables.enumerated().map { index, told -> HtmlNode in
      let title = context.say(told.title)
      let rows = told.fields.map { field -> [HtmlNode] in
        let origins = field.origins.map(context.say).joined(separator: ", ")
        return [
          .text(field.name), .text(field.type),
          .text(field.classes.map(context.say).joined(separator: " + ")),
          .text(origins.isEmpty ? context.say(SiteWords.noOrigin) : origins),
        ]
      }
      return .of(
        .details, [], .of(.summary, [], title),
        table(
          "fields\(index)", Message(en: title, fr: title),
          [SiteWords.field, SiteWords.type, SiteWords.privacyClass, SiteWords.origins],
          numbers: [], rows))
    }
    return [
      context.section(
        "fields", SiteWords.fields, [context.paragraph(SiteWords.fieldsLead)] + parts)
    ]
  }

  // MARK: Runs

  private var colon: String { context.language == .fr ? "\u{a0}:\u{a0}" : ":\u{a0}" }

  private var sources: [HtmlNode] {
    guard !pipeline.sources.isEmpty else { return [] }
    let rows = pipeline.sources.map { source -> [HtmlNode] in
      let reasons = source.reasons.map {
        context.say($0.reason) + colon + context.count($0.rows)
      }
      var why: [HtmlNode] = reasons.map { .text($0) }
      if let rejects = source.rejects {
        why.append(.of(.a, [.link(rejects)], context.say(SiteWords.rejectFile)))
      }
      return [
        .text(context.say(source.title)), .text(context.count(source.files)),
        .text(context.count(source.read)), .text(context.count(source.passed)),
        .text(context.count(source.rejected)),
        .text(Typography.share(source.rejected, of: source.read, context.language)),
        .text(context.count(source.skipped)), context.files(why),
      ]
    }
    var parts = [
      table(
        "sources", SiteWords.sourcesCaption,
        [
          SiteWords.source, SiteWords.files, SiteWords.read, SiteWords.passed,
          SiteWords.rejected, SiteWords.rejectedShare, SiteWords.skipped, SiteWords.reasons,
        ], numbers: [1, 2, 3, 4, 5, 6], rows)
    ]
    if let summary = pipeline.summary {
      parts.append(.of(.p, [], .of(.a, [.link(summary)], context.say(SiteWords.account))))
    }
    return [context.section("read", SiteWords.sources, parts)]
  }

  private var history: [HtmlNode] {
    guard facts.tellsRuns else { return [] }
    let runs = self.runs
    guard !runs.isEmpty else {
      return [context.section("history", SiteWords.runs, [context.paragraph(SiteWords.noRuns)])]
    }
    let table = RunTable(
      runs: Array(runs.prefix(Self.most)), pipelines: nil, context: context)
    let rest = runs.count - Self.most
    return [
      context.section(
        "history", SiteWords.runs,
        RunFigures(runs: runs, context: context, id: "own").nodes + [table.node]
          + (rest > 0
            ? [context.paragraph(SiteWords.more(context.count(rest), inside: true), .quiet)] : []))
    ]
  }

  private var origin: [HtmlNode] {
    guard let file = pipeline.file else { return [] }
    return [
      .of(
        .p, [.style(.quiet)], .text(context.say(SiteWords.writtenIn) + " "), .of(.code, [], file))
    ]
  }

  private func table(
    _ id: String, _ caption: Message, _ columns: [Message], numbers: Set<Int>, _ rows: [[HtmlNode]]
  ) -> HtmlNode {
    HtmlPage.report(
      table: id, caption: context.say(caption), columns: columns.map(context.say),
      texts: Set(columns.indices).subtracting(numbers), style: numbers.isEmpty ? .texts : .data,
      rows: rows)
  }
}
