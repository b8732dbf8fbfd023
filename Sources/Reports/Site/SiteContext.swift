import Tabular

/// What pages of a site are written with.
struct SiteContext {
  let language: Language

  /// A text with the language's spaces.
  func say(_ message: Message) -> String { Typography.text(message.text(language), language) }

  func count(_ number: Int) -> String { Typography.count(number, language) }

  func count(_ number: Int?) -> String { number.map { count($0) } ?? "–" }

  func list(_ messages: [Message]) -> String { Typography.list(messages.map(say), language) }

  /// On one line.
  func date(_ moment: SiteMoment) -> String {
    Typography.date(moment.day, language).replacing(" ", with: "\u{a0}")
  }

  /// Day and hour; the day alone where the hour is nobody's business.
  func moment(_ moment: SiteMoment) -> String {
    guard let minute = moment.minute else { return date(moment) }
    let (hours, minutes) = minute.quotientAndRemainder(dividingBy: 60)
    let padded = (minutes < 10 ? "0" : "") + String(minutes)
    return language == .fr
      ? "\(date(moment)), \(hours)\u{a0}h\u{a0}\(padded)"
      : "\(date(moment)), \(hours < 10 ? "0" : "")\(hours):\(padded)"
  }

  /// Seconds, or minutes and seconds.
  func duration(_ seconds: Double) -> String {
    guard seconds >= 90 else {
      let decimals = seconds >= 9.95 || seconds == 0 ? 0 : seconds >= 0.095 ? 1 : 2
      return Typography.number(seconds, decimals: decimals, language) + "\u{a0}s"
    }
    let whole = Int(min(seconds, 1e9).rounded())
    return "\(count(whole / 60))\u{a0}min\u{a0}\(whole % 60)\u{a0}s"
  }

  /// A number that is in per cent already.
  func percent(_ value: Double) -> String {
    let decimals = value == 0 || value >= 9.95 ? 0 : 1
    return Typography.measured(
      Typography.number(value, decimals: decimals, language), "%", language)
  }

  func link(_ page: String, _ text: String) -> HtmlNode {
    .of(.a, [.link(RelativeLink(page: page))], text)
  }

  func paragraph(_ message: Message, _ style: HtmlAttribute.Style? = nil) -> HtmlNode {
    .of(.p, style.map { [.style($0)] } ?? [], say(message))
  }

  /// A section with its heading.
  func section(_ id: String, _ title: Message, _ parts: [HtmlNode]) -> HtmlNode {
    .element(.section, [.labelledBy(id)], [.of(.h2, [.id(id)], say(title))] + parts)
  }

  /// A badge that says in words what its colour does.
  func badge(_ message: Message, _ style: HtmlAttribute.Style?) -> HtmlNode {
    let attribute: HtmlAttribute = style.map { .style(.badge, $0) } ?? .style(.badge)
    return .of(.span, [attribute], say(message))
  }

  func badge(_ outcome: SiteRun.Outcome) -> HtmlNode {
    badge(SiteWords.outcome(outcome), outcome == .done ? .good : .fair)
  }

  /// Names and values, beside each other where there is room.
  func facts(_ pairs: [(Message, HtmlNode?)]) -> HtmlNode {
    .element(
      .dl, [.style(.data)],
      pairs.flatMap { name, value -> [HtmlNode] in
        guard let value else { return [] }
        return [.of(.dt, [], say(name)), .of(.dd, [], value)]
      })
  }

  /// A file by its name with format and size: a link where it can be followed, and why not else.
  func file(_ file: SiteFile) -> HtmlNode {
    let about = [say(file.format), file.bytes.map { Typography.bytes($0, language) }]
      .compactMap { $0 }.joined(separator: ", ")
    switch file.state {
    case .there(let link):
      return .of(
        .span, [], .of(.a, [.link(link)], file.name),
        .of(.span, [.style(.quiet)], " (\(about))"))
    case .purged(let day):
      return absent(file, SiteWords.purged(Typography.date(day, language)))
    case .missing: return absent(file, SiteWords.missing)
    case .changed: return absent(file, SiteWords.changed)
    case .unpublished: return absent(file, SiteWords.unpublished)
    }
  }

  private func absent(_ file: SiteFile, _ why: Message) -> HtmlNode {
    .of(
      .span, [], .of(.span, [], file.name),
      .of(.span, [.style(.quiet)], " – " + say(why)))
  }

  func files(_ nodes: [HtmlNode]) -> HtmlNode {
    .element(.ul, [.style(.files)], nodes.map { .of(.li, [], $0) })
  }
}
