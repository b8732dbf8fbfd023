import Ingest
import Reports
import StageKit
import Tabular

/// A run's account as a page for those who answer for the data: what was read, rejected, done and
/// published. Counts, names and hashes only; no cell of any row, no clock and no host, so that the
/// same run gives the same page.
struct RunSummary {
  let result: RunResult
  let plan: Plan
  let notes: [Message]
  let language: Language

  /// Of the exports of persons' rows.
  private let risks: [ExportRisk]

  init(_ result: RunResult, _ plan: Plan, notes: [Message], _ risks: [ExportRisk] = []) {
    (self.result, self.plan, self.notes, self.risks) = (result, plan, notes, risks)
    language = plan.summary?.language ?? plan.charter.language
  }

  var markup: String {
    let title = plan.title?.text(language) ?? plan.pipeline
    let heading = SummaryWords.title(title).text(language)
    var body: [HtmlNode] = [
      .of(
        .header, [], .of(.h1, [], title),
        .of(.p, [.style(.lead)], say(SummaryWords.lead(plan.pipeline, plan.charter.city)))),
      figures,
    ]
    body += sources + rejects + detected + steps + outputs + exports + parameters + remarks
    body.append(.of(.footer, [], .of(.p, [.style(.quiet)], say(SummaryWords.closing))))
    return HtmlPage.markup(title: heading, language, body)
  }

  private func say(_ message: Message) -> String {
    Typography.text(message.text(language), language)
  }

  private func number(_ count: Int) -> HtmlNode { .text(Typography.count(count, language)) }

  private func section(_ title: Message, _ parts: [HtmlNode]) -> [HtmlNode] {
    [.element(.section, [], [.of(.h2, [], say(title))] + parts)]
  }

  private func table(
    _ id: String, _ caption: Message, _ columns: [Message], numbers: Set<Int>, _ rows: [[HtmlNode]]
  ) -> HtmlNode {
    HtmlPage.table(
      id: id, caption: say(caption), columns: columns.map(say), numbers: numbers, rows: rows)
  }

  private var figures: HtmlNode {
    let counts = result.sources.reduce(into: RecordCounts()) { $0.add($1.counts) }
    let all: [(Message, Int)] = [
      (SummaryWords.read, counts.read), (SummaryWords.passed, counts.passed),
      (SummaryWords.rejected, counts.rejected), (SummaryWords.skipped, counts.skipped),
      (SummaryWords.published, result.outputs.count),
    ]
    return .element(
      .dl, [.style(.figures)],
      all.map { name, count in
        .of(.div, [], .of(.dt, [], say(name)), .of(.dd, [], number(count)))
      })
  }

  private var sources: [HtmlNode] {
    let rows = result.sources.map { source -> [HtmlNode] in
      let counts = source.counts
      return [
        .text(source.name), number(source.files.count), number(counts.read),
        number(counts.passed), number(counts.rejected), number(counts.skipped),
        .text(Typography.share(counts.rejected, of: counts.read, language)),
      ]
    }
    return section(
      SummaryWords.sources,
      [
        table(
          "sources", SummaryWords.sourcesCaption,
          [
            SummaryWords.source, SummaryWords.files, SummaryWords.read, SummaryWords.passed,
            SummaryWords.rejected, SummaryWords.skipped, SummaryWords.rejectedShare,
          ], numbers: [1, 2, 3, 4, 5, 6], rows)
      ])
  }

  private var rejects: [HtmlNode] {
    var rows: [[HtmlNode]] = []
    var places: [HtmlNode] = []
    for source in result.sources {
      let counts = source.counts
      for (kind, count) in counts.rejectedBy.sorted(by: { $0.key.rawValue < $1.key.rawValue })
      where count > 0 {
        rows.append([
          .text(source.name), .text(say(SummaryWords.rejectedAs)), .text(say(kind.message)),
          number(count), .text(Typography.share(count, of: counts.read, language)),
        ])
      }
      for (kind, count) in counts.skippedBy.sorted(by: { $0.key < $1.key }) where count > 0 {
        rows.append([
          .text(source.name), .text(say(SummaryWords.skippedAs)), .text(say(kind.message)),
          number(count), .text(Typography.share(count, of: counts.read, language)),
        ])
      }
      if let file = source.rejectFile, counts.rejected > 0 {
        places.append(
          .of(
            .p, [.style(.warning)], .text(say(SummaryWords.keptIn)),
            .of(.code, [], SpecFiles.shown(file, from: plan.root, name: file))))
      }
    }
    guard !rows.isEmpty else {
      return section(SummaryWords.rejects, [.of(.p, [], say(SummaryWords.noRejects))])
    }
    return section(
      SummaryWords.rejects,
      [
        table(
          "rejects", SummaryWords.rejectsCaption,
          [
            SummaryWords.source, SummaryWords.fate, SummaryWords.reason, SummaryWords.records,
            SummaryWords.share,
          ], numbers: [3, 4], rows)
      ] + places)
  }

  /// What was found out about the files instead of being declared, said once a source and value.
  private var detected: [HtmlNode] {
    var rows: [[HtmlNode]] = []
    for source in result.sources {
      var seen: [Detection: Int] = [:]
      for file in source.files { for found in file.detections { seen[found, default: 0] += 1 } }
      let order = seen.keys.sorted {
        ($0.what, $0.value, $0.evidence.en) < ($1.what, $1.value, $1.evidence.en)
      }
      for found in order {
        rows.append([
          .text(source.name), .of(.code, [], "\(found.what): \(found.value)"),
          .text(say(found.evidence)), number(seen[found] ?? 0),
        ])
      }
    }
    guard !rows.isEmpty else { return [] }
    return section(
      SummaryWords.detected,
      [
        table(
          "detected", SummaryWords.detectedCaption,
          [SummaryWords.source, SummaryWords.finding, SummaryWords.evidence, SummaryWords.files],
          numbers: [3], rows)
      ])
  }

  private var steps: [HtmlNode] {
    guard !result.steps.isEmpty else { return [] }
    let rows = result.steps.map { step -> [HtmlNode] in
      [
        .text(step.step), .of(.code, [], step.stage), number(step.tally.rowsIn),
        number(step.tally.rowsOut), .text(ways(of: step)),
      ]
    }
    return section(
      SummaryWords.steps,
      [
        table(
          "steps", SummaryWords.stepsCaption,
          [
            SummaryWords.step, SummaryWords.stage, SummaryWords.rowsIn, SummaryWords.rowsOut,
            SummaryWords.between,
          ], numbers: [2, 3], rows)
      ])
  }

  /// Each way in which rows left or came, in the stage's own words.
  private func ways(of step: RunResult.Step) -> String {
    let declared = plan.nodes.lazy.compactMap { node -> StageDeclaration? in
      guard case .stage(let name, let stage, _, _) = node.work, name == step.stage else {
        return nil
      }
      return type(of: stage).declaration
    }.first
    func told(_ ways: [String: Int], _ sign: String) -> [String] {
      ways.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { way, count in
        let meaning = declared?.ways.first { $0.id == way }?.meaning
        return sign + Typography.count(count, language) + " " + (meaning.map(say) ?? way)
      }
    }
    return (told(step.tally.left, "\u{2212}") + told(step.tally.made, "+")).joined(separator: "; ")
  }

  private var outputs: [HtmlNode] {
    let rows = result.outputs.map { output -> [HtmlNode] in
      [
        .of(.code, [.style(.digest)], SpecFiles.shown(output.path, from: plan.root, name: "")),
        .text(output.audience), number(output.rows),
        .text(Typography.bytes(output.bytes, language)),
        .of(.code, [.style(.digest)], output.sha256),
      ]
    }
    return section(
      SummaryWords.outputs,
      [
        table(
          "outputs", SummaryWords.outputsCaption,
          [
            SummaryWords.file, SummaryWords.audience, SummaryWords.rows, SummaryWords.size,
            Message(en: "SHA-256", fr: "SHA-256"),
          ], numbers: [2, 3], rows)
      ])
  }

  private var exports: [HtmlNode] {
    guard !risks.isEmpty else { return [] }
    return section(
      SummaryWords.risks,
      risks.enumerated().map { place, risk in
        let measures = risk.told(language)
        return HtmlPage.table(
          id: "risk\(place)", caption: "\(risk.file) – \(say(RiskWords.measures))",
          columns: measures.columns.map { Typography.text($0, language) },
          numbers: Set(measures.columns.indices.dropFirst()),
          rows: measures.rows.map { $0.map { .text(Typography.text($0, language)) } })
      })
  }

  private var parameters: [HtmlNode] {
    let told = plan.tellableParameters.sorted { $0.key < $1.key }
    guard !told.isEmpty else { return [] }
    return section(
      SummaryWords.parameters,
      [
        table(
          "parameters", SummaryWords.parametersCaption,
          [SummaryWords.parameter, SummaryWords.value], numbers: [],
          told.map { [.text($0.key), .text($0.value)] })
      ])
  }

  private var remarks: [HtmlNode] {
    guard !notes.isEmpty else { return [] }
    return section(
      SummaryWords.notes, [.element(.ul, [], notes.map { .of(.li, [], say($0)) })])
  }
}
