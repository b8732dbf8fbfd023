import Foundation
import Ingest
import Reports
import StageKit
import Tabular

/// Gathers what a site tells its readers: from charter, pipelines, manifests and ledger.
struct SiteReader {
  let project: ProjectPlans
  let readers: SiteReaders
  let files: SiteFiles
  /// Nil where nothing has run.
  let ledger: Ledger?
  private let runs: [Ledger.RunLine]
  private let publications: [Ledger.Publication]

  /// - Throws: what the ledger throws.
  init(_ project: ProjectPlans, _ readers: SiteReaders, folder: String, _ ledger: Ledger?) throws {
    (self.project, self.readers, self.ledger) = (project, readers, ledger)
    files = SiteFiles(folder: folder)
    let history = try ledger?.history()
    (runs, publications) = (history?.runs ?? [], history?.publications ?? [])
  }

  /// - Throws: what the ledger throws.
  func facts() throws -> SiteFacts {
    var facts = SiteFacts(
      city: project.charter.city, audience: readers.title(readers.audience.name),
      tellsRuns: readers.areInside)
    if readers.audience.name == SiteReaders.everyone {
      facts.tellsAudiences = false
      facts.title = project.charter.node?["catalogue"]?["title"]?.message
    }
    var pages: Set<String> = []
    for plan in project.plans {
      let reading = try PlanReading(plan, readers, files, ledger)
      guard readers.areInside || !reading.things.isEmpty else { continue }
      facts.releases += reading.things.flatMap(releases)
      facts.reports += reading.reports.map { report($0.report, $0.thing) }
      facts.datasets += reading.datasets
      facts.pipelines.append(try pipeline(reading, page: Self.page(plan.pipeline, &pages)))
    }
    facts.releases = facts.releases.enumerated()
      .sorted { ($1.element.moment, $0.offset) < ($0.element.moment, $1.offset) }.map(\.element)
    facts.reports = facts.reports.enumerated().sorted { one, other in
      let (left, right) = (one.element.changed ?? .never, other.element.changed ?? .never)
      return (right, one.offset) < (left, other.offset)
    }.map(\.element)
    if readers.areInside {
      facts.pipelines += unplanned(&pages)
      facts.runs = runs.compactMap(run)
      let known = Set(facts.pipelines.map(\.name))
      facts.former = Set(runs.map(\.pipeline)).subtracting(known).sorted()
    }
    facts.asOf = readers.areInside ? facts.runs.map(\.started).max() : facts.releases.first?.moment
    return facts
  }

  /// Pages of pipelines have names of their own, whatever pipelines are called.
  private static func page(_ pipeline: String, _ taken: inout Set<String>) -> String {
    let name = "pipeline-" + DatasetReader.slug(pipeline)
    var page = name
    var number = 2
    while !taken.insert(page).inserted {
      page = "\(name)-\(number)"
      number += 1
    }
    return page + ".html"
  }

  // MARK: Runs

  private func run(_ line: Ledger.RunLine) -> SiteRun? {
    guard let started = readers.moment(line.started) else { return nil }
    let outcome: SiteRun.Outcome
    switch ExitClass(rawValue: line.outcome) {
    case .done: outcome = .done
    case .refused: outcome = .refused
    case .spec: outcome = .wrongSpec
    case .input: outcome = .noInput
    case .interrupted, .terminated: outcome = .interrupted
    case .machine, .locked, nil: outcome = .machine
    }
    return SiteRun(
      pipeline: line.pipeline, started: started, seconds: line.seconds, outcome: outcome,
      read: line.read, rejected: line.rejected, published: line.published)
  }

  /// Each time that something which readers see now was published to them with another content
  /// than before; the newest first.
  private func releases(_ thing: PlanReading.Thing) -> [SiteRelease] {
    let own = publications.filter {
      $0.path == thing.path && $0.name == thing.name && readers.see($0.audience)
    }
    let latest = own.prefix { $0.contentSHA256 == own.first?.contentSHA256 }.count
    return own.enumerated().compactMap { index, one -> SiteRelease? in
      // What was before it in time comes after it.
      let before = own.indices.contains(index + 1) ? own[index + 1].contentSHA256 : nil
      guard before != one.contentSHA256, let moment = readers.moment(one.started) else {
        return nil
      }
      return SiteRelease(
        moment: moment, title: thing.title, isReport: thing.isReport,
        audience: readers.title(one.audience), rows: one.rows,
        current: index < latest ? thing.files.first : nil)
    }
  }

  private func report(_ report: PlannedReport, _ thing: PlanReading.Thing) -> SiteReport {
    SiteReport(
      title: thing.title, subtitle: report.design.subtitle,
      audience: readers.title(thing.audience), changed: releases(thing).first?.moment,
      files: thing.files)
  }

  // MARK: Pipelines

  private func pipeline(_ reading: PlanReading, page: String) throws -> SitePipeline {
    let plan = reading.plan
    var told = SitePipeline(name: plan.pipeline, title: reading.title, page: page)
    told.purpose = plan.purpose.map { purpose in
      plan.charter.purposeTitles[purpose] ?? Message(en: purpose, fr: purpose)
    }
    let lineage = SiteLineage(plan, reading.things.map(\.lineage), readers)
    (told.graph, told.steps) = (lineage.graph, lineage.steps)
    told.outputs = reading.things.map { output($0, lineage) }
    told.freshness = freshness(of: reading)
    guard readers.areInside else { return told }
    told.file = shown(plan.file)
    told.sources = try sources(of: plan)
    told.summary = plan.summary.flatMap { files.linkIfThere($0.path) }
    return told
  }

  private func output(_ thing: PlanReading.Thing, _ lineage: SiteLineage) -> SitePipeline.Output {
    SitePipeline.Output(
      title: thing.title, audience: readers.title(thing.audience),
      from: thing.tables.compactMap { lineage.from($0) }, files: thing.files,
      tables: thing.tables.map { table in
        let part = thing.isReport ? lineage.from(table) : nil
        let title = Message(
          en: thing.title.en + (part.map { " – " + $0.en } ?? ""),
          fr: thing.title.fr + (part.map { " – " + $0.fr } ?? ""))
        return (title, lineage.fields(of: table))
      })
  }

  private func freshness(of reading: PlanReading) -> SitePipeline.Freshness? {
    guard readers.areInside else {
      return reading.things.compactMap { releases($0).first?.moment }.max().map {
        SitePipeline.Freshness(published: $0, days: 0, isLate: false)
      }
    }
    let last = runs.first { $0.pipeline == reading.plan.pipeline && $0.outcome == 0 }
    guard let moment = last.flatMap({ readers.moment($0.started) }),
      let now = runs.compactMap({ readers.moment($0.started) }).max()
    else { return nil }
    let days = max(now.day - moment.day, 0)
    let expected = reading.frequencies.compactMap(\.days).min()
    return SitePipeline.Freshness(
      published: moment, days: days, isLate: expected.map { days > $0 } ?? false)
  }

  /// The account of each source in the last run.
  private func sources(of plan: Plan) throws -> [SitePipeline.Source] {
    guard let last = runs.first(where: { $0.pipeline == plan.pipeline }),
      let account = try ledger?.account(id: last.id, done: false)
    else { return [] }
    var names: [String] = []
    for input in account.inputs where !names.contains(input.source) { names.append(input.source) }
    return names.map { name in
      let inputs = account.inputs.filter { $0.source == name }
      let planned = plan.nodes.lazy.compactMap { node -> PlannedSource? in
        if case .source(let source) = node.work, source.name == name { source } else { nil }
      }.first
      let ways = account.sourceWays.filter { $0.source == name && $0.kind == "rejected" }
        .sorted { ($1.rows, $0.way) < ($0.rows, $1.way) }
      let rejected = inputs.reduce(0) { $0 + $1.rejected }
      let rejects = plan.charter.internalFolder + "/\(plan.pipeline)-\(name).rejects.csv"
      return SitePipeline.Source(
        title: planned.map { readers.title($0) } ?? Message(en: name, fr: name),
        files: inputs.count, passed: inputs.reduce(0) { $0 + $1.passed }, rejected: rejected,
        skipped: inputs.reduce(0) { $0 + $1.skipped },
        reasons: ways.map { (Self.reason($0.way), $0.rows) },
        rejects: rejected > 0 ? files.linkIfThere(rejects) : nil)
    }
  }

  private static func reason(_ way: String) -> Message {
    RejectKind(rawValue: way)?.message ?? Message(en: way, fr: way)
  }

  /// Pipelines that do not plan: what is wrong with them, and what the ledger knows.
  private func unplanned(_ pages: inout Set<String>) -> [SitePipeline] {
    project.unplanned.map { file, found in
      let name = (try? Why.pipelineName(file)) ?? SpecFiles.fileName(file)
      var told = SitePipeline(
        name: name, title: Message(en: name, fr: name), page: Self.page(name, &pages))
      told.file = shown(file)
      told.faults = found.map { diagnostic in
        let place = diagnostic.position
        return (
          "\(shown(place.file)):\(place.line):\(place.column)", diagnostic.message,
          diagnostic.remedy
        )
      }
      return told
    }
  }

  /// A path from the project's root, wherever the command runs.
  private func shown(_ file: String) -> String {
    let path = URL(filePath: SpecFiles.absolute(file)).resolvingSymlinksInPath()
      .path(percentEncoded: false)
    return SpecFiles.shown(path, from: project.root, name: path)
  }
}

extension SiteMoment {
  fileprivate static let never = SiteMoment(day: Int.min, minute: nil)
}

extension Frequency {
  /// Days after which a data set should have changed; nil where it need not.
  fileprivate var days: Int? {
    switch code {
    case "CONT", "UPDATE_CONT", "HOURLY", "BIHOURLY", "TRIHOURLY", "DAILY", "DAILY_2": 1
    case "WEEKLY", "WEEKLY_2", "WEEKLY_3": 7
    case "BIWEEKLY": 14
    case "MONTHLY", "MONTHLY_2", "MONTHLY_3": 31
    case "BIMONTHLY": 62
    case "QUARTERLY": 92
    case "ANNUAL_3": 122
    case "ANNUAL_2": 184
    case "ANNUAL": 366
    default: nil
    }
  }
}
