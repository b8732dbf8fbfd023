import Tabular

/// The history: of runs inside the city, of publications outside.
struct RunsPage {
  let facts: SiteFacts
  let context: SiteContext

  /// How many runs or publications are told.
  private static let most = 400

  var nodes: [HtmlNode] {
    facts.tellsRuns ? runs : releases
  }

  private var releases: [HtmlNode] {
    guard !facts.releases.isEmpty else {
      return [
        context.section(
          "all", SiteWords.releases, [context.paragraph(SiteWords.noReleases)])
      ]
    }
    let table = ReleaseTable(
      releases: Array(facts.releases.prefix(Self.most)), caption: SiteWords.releasesCaption,
      what: SiteWords.what, isOfReports: false, tellsAudiences: facts.tellsAudiences,
      context: context)
    return [context.section("all", SiteWords.byDate, table.nodes + more(facts.releases.count))]
  }

  private var runs: [HtmlNode] {
    guard !facts.runs.isEmpty else {
      return [context.section("all", SiteWords.allRuns, [context.paragraph(SiteWords.noRuns)])]
    }
    var figures: [HtmlNode] = []
    for (index, pipeline) in facts.pipelines.enumerated() {
      let own = facts.runs.filter { $0.pipeline == pipeline.name }
      guard !own.isEmpty else { continue }
      figures.append(.of(.h3, [], context.link(pipeline.page, context.say(pipeline.title))))
      figures += RunFigures(runs: own, context: context, id: "p\(index)").nodes
    }
    let table = RunTable(
      runs: Array(facts.runs.prefix(Self.most)), pipelines: facts.pipelines, context: context)
    let all = context.section("all", SiteWords.allRuns, [table.node] + more(facts.runs.count))
    return figures.isEmpty
      ? [all] : [context.section("time", SiteWords.overTime, figures), all]
  }

  private func more(_ count: Int) -> [HtmlNode] {
    guard count > Self.most else { return [] }
    return [
      context.paragraph(
        SiteWords.more(context.count(count - Self.most), inside: facts.tellsRuns), .quiet)
    ]
  }
}

/// Runs as a table.
struct RunTable {
  let runs: [SiteRun]
  /// Those that a run may be of; nil where all are of one.
  let pipelines: [SitePipeline]?
  let context: SiteContext

  var node: HtmlNode {
    var columns = [SiteWords.started]
    if pipelines != nil { columns.append(SiteWords.pipeline) }
    let texts = Set(0...columns.count)
    columns += [
      SiteWords.result, SiteWords.duration, SiteWords.read, SiteWords.rejected,
      SiteWords.rejectedShare, SiteWords.publishedRows,
    ]
    return HtmlPage.report(
      table: "runs", caption: context.say(SiteWords.runsCaption), columns: columns.map(context.say),
      texts: texts, rows: runs.map(row))
  }

  private func row(_ run: SiteRun) -> [HtmlNode] {
    var row: [HtmlNode] = [.of(.span, [.style(.moment)], context.moment(run.started))]
    if let pipelines {
      row.append(
        pipelines.first { $0.name == run.pipeline }.map { context.link($0.page, $0.name) }
          ?? .text(run.pipeline))
    }
    return row + [
      context.badge(run.outcome), .text(context.duration(run.seconds)),
      .text(context.count(run.read)), .text(context.count(run.rejected)),
      .text(run.rejectedShare.map(context.percent) ?? "–"), .text(context.count(run.published)),
    ]
  }
}
