import Tabular

/// The pages of a site: each one HTML file that needs nothing but the others beside it, without
/// scripts. The same facts give the same bytes.
public struct SitePages {
  /// A page with its file's name.
  public struct Page: Sendable {
    public let name: String
    public let markup: String
  }

  let facts: SiteFacts
  let context: SiteContext

  public init(_ facts: SiteFacts, _ language: Language) {
    self.facts = facts
    context = SiteContext(language: language)
  }

  static let index = "index.html"
  static let reports = "reports.html"
  static let catalogue = "catalogue.html"
  static let runs = "runs.html"

  public var pages: [Page] {
    let runsTitle = facts.tellsRuns ? SiteWords.runs : SiteWords.releases
    var pages = [
      page(
        Self.index,
        title: facts.title ?? (facts.tellsRuns ? SiteWords.insideTitle : SiteWords.published),
        lead: facts.tellsRuns
          ? SiteWords.leadInside(facts.audience) : SiteWords.lead(facts.audience),
        badges: [asOf], IndexPage(facts: facts, context: context).nodes),
      page(
        Self.reports, title: SiteWords.reports, lead: SiteWords.reportsLead,
        ReportsPage(facts: facts, context: context).nodes),
      page(
        Self.catalogue, title: SiteWords.catalogue, lead: SiteWords.catalogueLead,
        CataloguePage(facts: facts, context: context).nodes),
      page(
        Self.runs, title: runsTitle,
        lead: facts.tellsRuns ? SiteWords.runsLead : SiteWords.releasesLead,
        RunsPage(facts: facts, context: context).nodes),
    ]
    for pipeline in facts.pipelines {
      let content = PipelinePage(pipeline: pipeline, facts: facts, context: context)
      pages.append(
        page(
          pipeline.page, title: pipeline.title, lead: pipeline.purpose, badges: content.badges,
          content.nodes))
    }
    return pages
  }

  private var asOf: HtmlNode {
    guard let moment = facts.asOf else {
      return context.badge(facts.tellsRuns ? SiteWords.nothingYet : SiteWords.nothingOut, nil)
    }
    return context.badge(
      SiteWords.asOf(context.moment(moment), isRun: facts.tellsRuns), nil)
  }

  private func page(
    _ name: String, title: Message, lead: Message?, badges: [HtmlNode] = [], _ content: [HtmlNode]
  ) -> Page {
    var head: [HtmlNode] = [.of(.h1, [], context.say(title))]
    if let lead { head.append(context.paragraph(lead, .lead)) }
    if !badges.isEmpty { head.append(.element(.div, [], badges)) }
    let body: [HtmlNode] = [
      .of(
        .a, [.style(.skip), .link(to: "main")],
        context.say(Message(en: "Skip to the content", fr: "Aller au contenu"))),
      .of(
        .header, [.style(.cover)], bar(name),
        .element(.div, [.style(.head)], head)),
      .element(.main, [.id("main")], content),
      .of(.footer, [], context.paragraph(SiteWords.closing)),
    ]
    let shown = context.say(title)
    return Page(
      name: name,
      markup: HtmlPage.markup(
        title: shown + " – " + facts.city, context.language, style: SiteStyle.sheet, body: body,
        script: ""))
  }

  /// Whose site it is, and its pages.
  private func bar(_ current: String) -> HtmlNode {
    let pages = [
      (Self.index, SiteWords.home), (Self.reports, SiteWords.reports),
      (Self.catalogue, SiteWords.catalogue),
      (Self.runs, facts.tellsRuns ? SiteWords.runs : SiteWords.releases),
    ]
    let links = pages.map { name, title -> HtmlNode in
      let here: [HtmlAttribute] = name == current ? [.isThisPage] : []
      return .of(
        .li, [], .of(.a, [.link(RelativeLink(page: name))] + here, context.say(title)))
    }
    return .of(
      .div, [.style(.bar)], .of(.p, [.style(.brand)], facts.city),
      .of(.nav, [.label(context.say(SiteWords.pages))], .element(.ul, [], links)))
  }
}
