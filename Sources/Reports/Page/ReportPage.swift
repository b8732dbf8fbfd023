import Tabular

/// A report as one HTML file that needs nothing else and asks for nothing.
public struct ReportPage {
  let design: ReportDesign
  let tables: [ReportTable]
  let sections: [ReportSection]
  let shapes: MapShapes?
  let facts: ReportFacts
  let language: Language

  /// - Parameters:
  ///   - tables: the first is what sections show that name none.
  ///   - sections: in their order; nil for what suits the tables.
  public init(
    _ design: ReportDesign, tables: [ReportTable], sections: [ReportSection]?, shapes: MapShapes?,
    facts: ReportFacts, _ language: Language
  ) {
    (self.design, self.tables, self.shapes) = (design, tables, shapes)
    (self.facts, self.language) = (facts, language)
    self.sections = sections ?? UsualSections.of(tables, shapes: shapes)
  }

  public var markup: String {
    let drawing = sections.contains { $0.kind == .map } ? shapes.map { MapDrawing($0) } : nil
    var shown: [(id: String, title: String, nodes: [HtmlNode])] = []
    let whole = Set(
      sections.filter { $0.kind == .table }.compactMap { self.table(of: $0)?.name })
    let listed = Set(
      sections.filter { $0.kind == .ranking }.compactMap { section in
        self.table(of: section).flatMap { table in
          BoundRoles(section.roles, table).values.first.map {
            ReportContext.Listing(table: table.name, column: $0)
          }
        }
      })
    let names = BoundRoles.names(in: tables, language)
    for (index, section) in sections.enumerated() {
      let context = ReportContext(
        language: language, asOf: facts.asOf, tablesShown: whole, listed: listed, names: names,
        facts: facts,
        number: index + 1)
      let content = self.content(section, context, drawing)
      guard !content.isEmpty || section.text != nil else { continue }
      var nodes: [HtmlNode] = []
      let title = self.title(section, context, beside: shown.map(\.title))
      let id = context.id("h")
      nodes.append(.of(.h2, [.id(id)], title))
      if let text = section.text {
        nodes += Markdown.nodes(text.text(language), level: 3, language)
      }
      shown.append((id, title, nodes + content))
    }
    let body: [HtmlNode] = [
      .of(
        .a, [.style(.skip), .link(to: "main")],
        say(Message(en: "Skip to the content", fr: "Aller au contenu"))),
      header,
      contents(shown.map { ($0.id, $0.title) }),
      .element(
        .main, [.id("main")],
        shown.map { .element(.section, [.labelledBy($0.id)], $0.nodes) }),
      .of(.footer, [], .of(.p, [], say(ReportWords.closing))),
    ]
    return HtmlPage.markup(
      title: say(design.title) + " – " + design.city, language,
      style: ReportStyle.sheet(design.colour), body: body, script: ReportScript.element(language))
  }

  private func say(_ message: Message) -> String {
    Typography.text(message.text(language), language)
  }

  private var header: HtmlNode {
    var parts: [HtmlNode] = []
    if let logo = design.logo {
      parts.append(
        .of(.img, [.style(.logo), .image(logo), .alternative(design.city)]))
    }
    parts.append(.of(.div, [.style(.tools)]))
    parts.append(.of(.p, [.style(.eyebrow)], design.city))
    parts.append(.of(.h1, [], say(design.title)))
    if let subtitle = design.subtitle { parts.append(.of(.p, [.style(.lead)], say(subtitle))) }
    var badges: [HtmlNode] = []
    if let day = facts.asOf {
      let date = say(ReportWords.asOf(Typography.date(day, language)))
      badges.append(.of(.span, [.style(.badge)], date))
    }
    if let quality = qualityBadge { badges.append(quality) }
    if !badges.isEmpty { parts.append(.element(.div, [], badges)) }
    if let timeliness = facts.timeliness(language) {
      parts.append(
        .of(.p, [.style(timeliness.isComplete ? .quiet : .note)], timeliness.text))
    }
    return .of(.header, [.style(.cover)], .element(.div, [], parts))
  }

  /// How much of what was read could be used, in words and not only in a colour.
  private var qualityBadge: HtmlNode? {
    facts.kept(language).map { kept in
      .of(.span, [.style(.badge, kept.isGood ? .good : .fair)], say(kept.message))
    }
  }

  private func contents(_ sections: [(id: String, title: String)]) -> HtmlNode {
    .of(
      .nav, [.style(.contents), .label(say(ReportWords.contents))],
      .element(
        .ul, [], sections.map { .of(.li, [], .of(.a, [.link(to: $0.id)], $0.title)) }))
  }

  /// Sections are landmarks, and no two of them have one name.
  private func title(
    _ section: ReportSection, _ context: ReportContext, beside others: [String]
  ) -> String {
    let title = self.title(section, context)
    guard others.contains(title) else { return title }
    let isOfTable = section.kind.isOfTable && tables.count > 1
    let base = title + (isOfTable ? table(of: section).map { " – " + say($0.title) } ?? "" : "")
    if !others.contains(base) { return base }
    return (2...).lazy.map { "\(base) (\($0))" }.first { !others.contains($0) } ?? base
  }

  private func title(_ section: ReportSection, _ context: ReportContext) -> String {
    if let title = section.title { return say(title) }
    let base = section.kind.title
    guard section.kind.isOfTable, let table = table(of: section) else { return say(base) }
    if section.kind == .figures { return say(base) }
    let roles = BoundRoles(section.roles, table, names: context.names)
    switch section.kind {
    case .ranking, .map, .series:
      guard let value = roles.values.first else { return say(base) }
      return say(base) + (language == .fr ? "\u{a0}: " : ": ")
        + context.title(table, value).lowercasedFirst
    case .table, .heat, .box:
      return tables.count > 1 ? say(base) + " – " + say(table.title) : say(base)
    default: return say(base)
    }
  }

  private func table(of section: ReportSection) -> ReportTable? {
    section.table.flatMap { name in tables.first { $0.name == name } } ?? tables.first
  }

  private func content(
    _ section: ReportSection, _ context: ReportContext, _ drawing: MapDrawing?
  ) -> [HtmlNode] {
    let accounts = AccountSections(facts: facts, tables: tables, context: context)
    switch section.kind {
    case .text: return []
    case .revisions:
      return RevisionsSection(tables: tables, revisions: facts.revisions, context: context).nodes
    case .methodology: return accounts.methodology
    case .quality: return accounts.quality
    case .confidentiality: return accounts.confidentiality
    case .provenance: return accounts.provenance
    default: break
    }
    guard let table = table(of: section), table.rows > 0 else { return [] }
    let roles = BoundRoles(section.roles, table, names: context.names)
    switch section.kind {
    case .figures: return FiguresSection(table: table, roles: roles, context: context).nodes
    case .ranking: return RankingSection(table: table, roles: roles, context: context).nodes
    case .series: return SeriesSection(table: table, roles: roles, context: context).nodes
    case .heat: return HeatSection(table: table, roles: roles, context: context).nodes
    case .box: return BoxSection(table: table, roles: roles, context: context).nodes
    case .profiles:
      return ProfilesSection(
        table: table, roles: roles, ranks: RankIntervals(tables), context: context
      ).nodes
    case .map:
      guard let shapes, let drawing else { return [] }
      return MapSection(
        table: table, roles: roles, classes: section.classes, shapes: shapes, drawing: drawing,
        context: context
      ).nodes
    case .table: return TableSection(table: table, context: context).nodes
    default: return []
    }
  }
}

/// All of a table.
struct TableSection {
  let table: ReportTable
  let context: ReportContext

  var nodes: [HtmlNode] {
    let texts = table.fields.indices.filter {
      !table.fields[$0].type.isNumeric || table.isYear($0)
    }
    let rows = (0..<table.rows).map { row in
      table.fields.indices.map { context.cell(table, $0, row) }
    }
    return [
      context.table(
        "table", caption: context.say(table.title),
        columns: table.fields.indices.map { context.heading(table, $0) }, texts: Set(texts),
        rows: rows)
    ]
  }
}

extension ReportSection.Kind {
  /// What a section is called whose author does not say.
  var title: Message {
    switch self {
    case .text: Message(en: "Good to know", fr: "À savoir")
    case .figures: ReportWords.keyFigures
    case .ranking: ReportWords.ranking
    case .map: ReportWords.map
    case .series: ReportWords.series
    case .heat: ReportWords.heat
    case .box: ReportWords.box
    case .profiles: ReportWords.profiles
    case .table: ReportWords.data
    case .revisions: ReportWords.revisions
    case .methodology: ReportWords.methodology
    case .quality: ReportWords.quality
    case .confidentiality: ReportWords.confidentiality
    case .provenance: ReportWords.provenance
    }
  }
}
