import Tabular

/// The tables that are published, with what describes them.
struct CataloguePage {
  let facts: SiteFacts
  let context: SiteContext

  var nodes: [HtmlNode] {
    guard !facts.datasets.isEmpty else {
      return [context.section("sets", SiteWords.catalogue, [context.paragraph(SiteWords.noData)])]
    }
    return [
      context.section(
        "sets", Message(en: "Tables", fr: "Tables"),
        [.element(.ul, [.style(.sets)], facts.datasets.map(block))])
    ]
  }

  private func block(_ set: SiteDataset) -> HtmlNode {
    var left: [HtmlNode] = [.of(.h3, [], context.say(set.title))]
    if let description = set.description { left.append(context.paragraph(description)) }
    left.append(context.files(set.parts.flatMap(files)))
    let right = context.facts([
      (SiteWords.licence, set.licence.map(licence)),
      (SiteWords.period, set.period.map { .text(period($0)) }),
      (SiteWords.frequency, set.frequency.map { .text(context.say($0.word)) }),
      (SiteWords.updated, set.changed.map { .text(context.moment($0)) }),
      (SiteWords.rows, set.rows.map { .text(context.count($0)) }),
      (
        SiteWords.keywords,
        set.keywords.isEmpty ? nil : .text(set.keywords.map(context.say).joined(separator: ", "))
      ),
      (SiteWords.audience, facts.tellsAudiences ? .text(context.say(set.audience)) : nil),
      (SiteWords.pipeline, .text(context.say(set.pipeline))),
    ])
    return .of(.li, [.style(.set)], .element(.div, [], left), .of(.div, [], right))
  }

  private func files(_ part: SiteDataset.Part) -> [HtmlNode] {
    guard let package = part.package, case .there = part.file.state else {
      return [context.file(part.file)]
    }
    return [
      .of(
        .span, [], context.file(part.file), .text(" · "),
        .of(.a, [.link(package)], context.say(SiteWords.package)))
    ]
  }

  private func period(_ period: (first: Int, last: Int)) -> String {
    context.say(
      SiteWords.fromTo(
        Typography.date(period.first, context.language),
        Typography.date(period.last, context.language)))
  }

  private func licence(_ licence: OpenLicence) -> HtmlNode {
    guard let link = HtmlAttribute.link(outside: licence.address.text) else {
      return .text(licence.id)
    }
    return .of(.a, [link], licence.id)
  }
}
