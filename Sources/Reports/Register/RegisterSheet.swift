import StageKit
import Tabular

/// A register in one language, piece by piece, for whoever writes it.
struct RegisterSheet {
  typealias Activity = ProcessingRegister.Activity

  let register: ProcessingRegister
  let language: Language

  var title: String { say(register.title) }

  var blocks: [RegisterBlock] {
    [.heading(1, title, id: "registre")] + opening + contents
      + register.activities.enumerated().flatMap { blocks($1, number: $0 + 1) } + rest
  }

  /// In the language, as it is printed there.
  func say(_ message: Message) -> String {
    Typography.text(PlainLine.text(message.text(language)), language)
  }

  /// Texts one after the other: `a, b`.
  func list(_ texts: [String]) -> String {
    texts.map(PlainLine.text).joined(separator: ", ")
  }

  /// Between parts of a line.
  var semicolon: String { language == .fr ? "\u{a0}; " : "; " }

  func named(_ thing: ProcessingRegister.Named) -> String {
    let name = PlainLine.text(thing.name)
    return thing.title.map { say($0) + " (\(name))" } ?? name
  }

  // MARK: The whole

  /// All that is missing, once.
  var gapCount: Int {
    register.gaps.count + register.activities.reduce(0) { $0 + $1.gaps.count }
  }

  private var opening: [RegisterBlock] {
    let pipelines =
      Set(register.activities.flatMap(\.pipelines).map(\.file))
      .union(register.withoutPersons.map(\.file))
    var blocks: [RegisterBlock] = [
      .paragraph(PlainLine.text(register.city)),
      .paragraph(
        say(
          RegisterWords.made(register.charter, pipelines.count, String(register.version.prefix(16)))
        )
      ),
      .paragraph(say(RegisterWords.scope)),
    ]
    if !register.uncovered.isEmpty {
      blocks.append(.warning(say(RegisterWords.notCovered(list(register.uncovered)))))
    }
    let gaps = say(RegisterWords.gapsAre(gapCount))
    blocks.append(gapCount == 0 ? .paragraph(gaps) : .warning(gaps))
    let rows = self.rows(register.statements, register.gaps, of: Self.shared)
    if !rows.isEmpty {
      blocks.append(
        .facts(caption: say(RegisterWords.whole), columns: columns, rows: rows))
    }
    return blocks
  }

  /// What may be said of the whole.
  private static let shared: [RegisterItem] = [
    .controller, .jointControllers, .representative, .dpo, .processors, .transfers, .security,
    .authorisation, .law,
  ]

  private var columns: [String] { [say(RegisterWords.what), say(RegisterWords.said)] }

  private var contents: [RegisterBlock] {
    guard !register.activities.isEmpty else {
      return [.paragraph(say(RegisterWords.noActivity))]
    }
    return [
      .heading(2, say(RegisterWords.contents), id: "activites"),
      .contents(
        register.activities.enumerated().map { (heading($1, number: $0 + 1), "a\($0 + 1)") }),
    ]
  }

  func heading(_ activity: Activity, number: Int) -> String {
    "\(number). " + name(activity)
  }

  /// A table's caption: its tables are told apart from those of other activities.
  func caption(_ what: Message, _ activity: Activity) -> String {
    say(what) + (language == .fr ? "\u{a0}: " : ": ") + name(activity)
  }

  func name(_ activity: Activity) -> String {
    activity.title.map(say) ?? activity.purpose.map(PlainLine.text)
      ?? say(RegisterWords.noPurpose)
  }

  /// The lines of a sheet; items of which nothing is said and nothing is missing are left out.
  private func rows(
    _ statements: [RegisterItem: [ProcessingRegister.Statement]],
    _ gaps: [ProcessingRegister.Gap], of items: [RegisterItem]
  ) -> [(label: String, lines: [RegisterBlock.Line])] {
    items.compactMap { item in
      let lines = self.lines(statements[item] ?? [], gaps.filter { $0.item == item })
      return lines.isEmpty ? nil : (say(item.label), lines)
    }
  }

  func lines(
    _ statements: [ProcessingRegister.Statement], _ gaps: [ProcessingRegister.Gap]
  ) -> [RegisterBlock.Line] {
    statements.map { statement in
      RegisterBlock.Line(
        text: say(statement.text),
        owners: statement.sources.isEmpty ? nil : list(statement.sources.map(say)))
    }
      + gaps.map { gap in
        RegisterBlock.Line(
          text: say(RegisterWords.lacks(gap)), owners: say(gap.owner), isGap: true)
      }
  }

  // MARK: An activity

  private func blocks(_ activity: Activity, number: Int) -> [RegisterBlock] {
    [
      .heading(2, heading(activity, number: number), id: "a\(number)"),
      .facts(
        caption: caption(RegisterWords.sheet, activity), columns: columns, rows: facts(activity)),
      .heading(3, say(RegisterWords.sources), id: ""), sources(activity), fields(activity),
      .heading(3, say(RegisterWords.leaving), id: ""),
    ] + leaving(activity) + [.heading(3, say(RegisterWords.account), id: "")]
      + decisions(activity) + [
        pipelines(activity.pipelines, caption(RegisterWords.pipelines, activity))
      ] + gaps(activity)
  }

  private func line(_ text: String) -> RegisterBlock.Line { RegisterBlock.Line(text: text) }

  /// An activity's sheet, line by line.
  func facts(_ activity: Activity) -> [(label: String, lines: [RegisterBlock.Line])] {
    var rows: [(label: String, lines: [RegisterBlock.Line])] = []
    func add(_ label: Message, _ lines: [RegisterBlock.Line]) {
      if !lines.isEmpty { rows.append((say(label), lines)) }
    }
    add(RegisterWords.reference, activity.reference.map { [line(PlainLine.text($0))] } ?? [])
    add(
      RegisterWords.purpose,
      activity.purpose.map { purpose in
        [line(named(ProcessingRegister.Named(purpose, activity.title)))]
      } ?? [])
    add(RegisterWords.description, activity.description.map { [line(say($0))] } ?? [])
    for item in RegisterItem.allCases {
      var lines = self.lines(
        activity.statements[item] ?? [], activity.gaps.filter { $0.item == item })
      if lines.isEmpty, item != .sensitiveBasis { lines = [line(say(RegisterWords.notSaid))] }
      add(item.label, lines)
      switch item {
      case .recipients: add(RegisterWords.audiences, audiences(activity).map(line))
      case .retention: add(RegisterWords.keeping, activity.keeping.map { line(say($0)) })
      case .security: add(RegisterWords.measures, activity.measures.map { line(say($0)) })
      default: break
      }
    }
    return rows
  }

  func audiences(_ activity: Activity) -> [String] {
    var seen: Set<ProcessingRegister.Named> = []
    return activity.outputs.map(\.audience).filter { seen.insert($0).inserted }.map(named)
  }

  private func sources(_ activity: Activity) -> RegisterBlock {
    let facts: [(Message, (ProcessingRegister.Source) -> Message?)] = [
      (RegisterWords.owner, { $0.owner }), (RegisterWords.steward, { $0.steward }),
      (RegisterWords.contact, { $0.contact }),
      (RegisterWords.origin, { source in Self.origin(source) }),
      (RegisterWords.access, { $0.access }),
    ]
    return .table(
      caption: caption(RegisterWords.reading, activity),
      columns: ([RegisterWords.source, RegisterWords.holdsPersons] + facts.map(\.0)).map(say),
      rows: activity.sources.map { source in
        let holds = source.isPersonal ? RegisterWords.yes : RegisterWords.no
        return [.text(named(ProcessingRegister.Named(source.id, source.title))), .text(say(holds))]
          + facts.map { .text($0.1(source).map(say) ?? say(RegisterWords.notSaid)) }
      })
  }

  private static func origin(_ source: ProcessingRegister.Source) -> Message? {
    guard let producer = source.producer else { return source.origin }
    guard let origin = source.origin else { return producer }
    return Message(en: "\(origin.en): \(producer.en)", fr: "\(origin.fr) : \(producer.fr)")
  }

  private func fields(_ activity: Activity) -> RegisterBlock {
    .table(
      caption: caption(RegisterWords.fields, activity),
      columns: [
        RegisterWords.field, RegisterWords.title, RegisterWords.source,
        RegisterWords.privacyClass, RegisterWords.readBy,
      ].map(say),
      rows: activity.fields.map { field in
        [
          .code([field.name]), .text(say(field.title)), .text(say(field.source)),
          .text(words(field.classes)),
          field.readBy.isEmpty ? .text(say(RegisterWords.notRead)) : .text(list(field.readBy)),
        ]
      })
  }

  func words(_ classes: [PrivacyClass]) -> String {
    classes.map { say($0.word) }.joined(separator: " + ")
  }

  private func pipelines(
    _ pipelines: [ProcessingRegister.Pipeline], _ caption: String
  ) -> RegisterBlock {
    .table(
      caption: caption,
      columns: [say(RegisterWords.pipeline), say(RegisterWords.file), "SHA-256"],
      rows: pipelines.map {
        [
          .text(named(ProcessingRegister.Named($0.name, $0.title))), .code([$0.file]),
          .code([$0.sha256]),
        ]
      })
  }

  private func gaps(_ activity: Activity) -> [RegisterBlock] {
    guard !activity.gaps.isEmpty else { return [] }
    return [
      .table(
        caption: caption(RegisterWords.gaps, activity),
        columns: [
          RegisterWords.missing, RegisterWords.owned, RegisterWords.askedBy, RegisterWords.place,
        ].map(say),
        rows: activity.gaps.map { gap in
          [
            .text(say(gap.what)), .text(say(gap.owner)),
            .text(say(gap.rule ?? RegisterWords.good)), .code([gap.place, gap.path]),
          ]
        })
    ]
  }

  // MARK: What belongs to no activity

  private var rest: [RegisterBlock] {
    var blocks: [RegisterBlock] = []
    func add(_ heading: Message, _ id: String, _ block: RegisterBlock?) {
      guard let block else { return }
      blocks += [.heading(2, say(heading), id: id), block]
    }
    add(
      RegisterWords.withoutPersons, "sans-personnes",
      register.withoutPersons.isEmpty
        ? nil : pipelines(register.withoutPersons, say(RegisterWords.withoutPersons)))
    add(RegisterWords.unserved, "finalites", Self.items(register.unserved.map(named)))
    add(RegisterWords.unread, "non-lues", Self.items(register.unread.map(named)))
    add(
      RegisterWords.unused, "decisions",
      Self.items(register.unused.map { say(RegisterWords.entry($0)) }))
    return blocks
  }

  private static func items(_ texts: [String]) -> RegisterBlock? {
    texts.isEmpty ? nil : .list(texts)
  }
}
