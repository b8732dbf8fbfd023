import Tabular

/// The reports, as they are and as they were.
struct ReportsPage {
  let facts: SiteFacts
  let context: SiteContext

  /// How many versions are told.
  private static let most = 400

  var nodes: [HtmlNode] {
    guard !facts.reports.isEmpty else {
      return [
        context.section(
          "current", SiteWords.current, [context.paragraph(SiteWords.noReports)])
      ]
    }
    return [
      context.section(
        "current", SiteWords.current,
        [
          ReportCards(
            reports: facts.reports, tellsAudiences: facts.tellsAudiences, context: context
          ).node
        ]),
      context.section("dates", SiteWords.byDate, versions),
    ]
  }

  private var versions: [HtmlNode] {
    let releases = facts.releases.filter(\.isReport)
    guard !releases.isEmpty else { return [context.paragraph(SiteWords.noReleases)] }
    return ReleaseTable(
      releases: Array(releases.prefix(Self.most)), caption: SiteWords.versions,
      what: SiteWords.report, isOfReports: true, tellsAudiences: facts.tellsAudiences,
      context: context
    ).nodes + more(releases.count - Self.most)
  }

  private func more(_ count: Int) -> [HtmlNode] {
    count > 0
      ? [context.paragraph(SiteWords.more(context.count(count), inside: facts.tellsRuns), .quiet)]
      : []
  }
}

/// What was published when.
struct ReleaseTable {
  let releases: [SiteRelease]
  let caption: Message
  let what: Message
  /// Whether all are reports, whose rows say little.
  let isOfReports: Bool
  let tellsAudiences: Bool
  let context: SiteContext

  var nodes: [HtmlNode] {
    var columns = [SiteWords.date, what]
    if tellsAudiences { columns.append(SiteWords.audience) }
    let rowsAt = columns.count
    if !isOfReports { columns.append(SiteWords.rows) }
    columns.append(SiteWords.file)
    let numbers: Set<Int> = isOfReports ? [] : [rowsAt]
    return [
      HtmlPage.report(
        table: "releases", caption: context.say(caption), columns: columns.map(context.say),
        texts: Set(columns.indices).subtracting(numbers), style: isOfReports ? .texts : .data,
        rows: releases.map(row))
    ]
  }

  private func row(_ release: SiteRelease) -> [HtmlNode] {
    var row: [HtmlNode] = [
      .of(.span, [.style(.moment)], context.moment(release.moment)),
      .text(context.say(release.title)),
    ]
    if tellsAudiences { row.append(.text(context.say(release.audience))) }
    if !isOfReports { row.append(.text(release.isReport ? "–" : context.count(release.rows))) }
    row.append(
      release.current.map(context.file)
        ?? .of(.span, [.style(.quiet)], context.say(SiteWords.replaced)))
    return row
  }
}
