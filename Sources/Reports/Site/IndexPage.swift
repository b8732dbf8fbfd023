import Tabular

/// The overview: how each pipeline stands, and the latest reports.
struct IndexPage {
  let facts: SiteFacts
  let context: SiteContext

  var nodes: [HtmlNode] {
    let parts = facts.tellsRuns ? [pipelines, reports] : [reports, pipelines]
    return parts + former
  }

  private var pipelines: HtmlNode {
    guard !facts.pipelines.isEmpty else {
      return context.section(
        "pipelines", SiteWords.pipelines, [context.paragraph(SiteWords.noPipelines)])
    }
    return context.section(
      "pipelines", SiteWords.pipelines,
      [.element(.ul, [.style(.cards, .wideCards)], facts.pipelines.map(card))])
  }

  private func card(_ pipeline: SitePipeline) -> HtmlNode {
    let run = facts.runs.first { $0.pipeline == pipeline.name }
    var parts: [HtmlNode] = [
      .of(.h3, [], context.link(pipeline.page, context.say(pipeline.title)))
    ]
    let badges = StateBadges(pipeline: pipeline, run: run, facts: facts, context: context).nodes
    if !badges.isEmpty { parts.append(.element(.div, [], badges)) }
    var told: [(Message, HtmlNode?)] = []
    if let run {
      told += [
        (SiteWords.lastRun, .text(context.moment(run.started))),
        (SiteWords.duration, .text(context.duration(run.seconds))),
        (SiteWords.read, .text(context.count(run.read))),
        (SiteWords.rejected, .text(rejected(run))),
      ]
    } else if let purpose = pipeline.purpose {
      told.append((SiteWords.purpose, .text(context.say(purpose))))
    }
    if !pipeline.outputs.isEmpty {
      let count = pipeline.outputs.count
      told.append(
        (
          SiteWords.leaves,
          .text(context.say(SiteWords.outputs(context.count(count), count == 1)))
        ))
    }
    if let fresh = pipeline.freshness {
      let day = context.date(fresh.published)
      told.append(
        (
          facts.tellsRuns ? SiteWords.freshness : SiteWords.updated,
          .text(
            context.say(
              SiteWords.fresh(
                day, days: facts.tellsRuns ? fresh.days : 0, context.count(fresh.days))))
        ))
    }
    parts.append(context.facts(told))
    return .element(.li, [.style(.card)], parts)
  }

  private func rejected(_ run: SiteRun) -> String {
    guard let rejected = run.rejected, let share = run.rejectedShare else { return "–" }
    return context.count(rejected) + " (" + context.percent(share) + ")"
  }

  private var reports: HtmlNode {
    guard !facts.reports.isEmpty else {
      return context.section(
        "reports", SiteWords.latestReports, [context.paragraph(SiteWords.noReports)])
    }
    return context.section(
      "reports", SiteWords.latestReports,
      [
        ReportCards(
          reports: Array(facts.reports.prefix(6)), tellsAudiences: facts.tellsAudiences,
          context: context
        ).node
      ])
  }

  private var former: [HtmlNode] {
    guard !facts.former.isEmpty else { return [] }
    return [
      context.section(
        "former", SiteWords.former,
        [
          context.paragraph(SiteWords.formerLead),
          .element(.ul, [], facts.former.map { .of(.li, [], .of(.code, [], $0)) }),
        ])
    ]
  }
}

/// How a pipeline stands, in words.
struct StateBadges {
  let pipeline: SitePipeline
  let run: SiteRun?
  let facts: SiteFacts
  let context: SiteContext

  var nodes: [HtmlNode] {
    guard facts.tellsRuns else { return [] }
    var nodes: [HtmlNode] = []
    if !pipeline.faults.isEmpty { nodes.append(context.badge(SiteWords.fails, .fair)) }
    nodes.append(run.map { context.badge($0.outcome) } ?? context.badge(SiteWords.never, nil))
    if pipeline.freshness?.isLate == true { nodes.append(context.badge(SiteWords.late, .fair)) }
    return nodes
  }
}

/// Reports as they lie there now.
struct ReportCards {
  let reports: [SiteReport]
  let tellsAudiences: Bool
  let context: SiteContext

  var node: HtmlNode {
    .element(
      .ul, [.style(.cards, .wideCards)],
      reports.map { report in
        var parts: [HtmlNode] = [.of(.h3, [], context.say(report.title))]
        if let subtitle = report.subtitle { parts.append(context.paragraph(subtitle, .quiet)) }
        parts.append(
          context.facts([
            (SiteWords.updated, report.changed.map { .text(context.moment($0)) }),
            (SiteWords.audience, tellsAudiences ? .text(context.say(report.audience)) : nil),
          ]))
        parts.append(context.files(report.files.map(context.file)))
        return .element(.li, [.style(.card)], parts)
      })
  }
}
