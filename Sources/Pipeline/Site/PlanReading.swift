import Reports
import StageKit
import Tabular

/// What readers of a site see of a pipeline: tables and reports, as they lie there.
struct PlanReading {
  /// A table or report that is published to them.
  struct Thing {
    let name: String
    let title: Message
    let audience: String
    let isReport: Bool
    /// Its first file, absolute.
    let path: String
    /// The tables that it shows: itself, or those of a report.
    let tables: [PlannedOutput]
    let files: [SiteFile]
    /// Nil for reports and for what does not lie there as it was published.
    let published: PublishedTable?

    /// As it stands in the drawing of the lineage: by its file's name.
    var lineage: SiteLineage.Leaving {
      let file = SpecFiles.fileName(path)
      return SiteLineage.Leaving(
        title: Message(en: file, fr: file), kind: isReport ? .report : .output,
        audience: audience, tables: tables)
    }
  }

  let plan: Plan
  let readers: SiteReaders
  private let siteFiles: SiteFiles
  /// Tables, then reports, in the order of the pipeline.
  let things: [Thing]
  let reports: [(report: PlannedReport, thing: Thing)]

  /// - Throws: what the ledger throws.
  init(_ plan: Plan, _ readers: SiteReaders, _ files: SiteFiles, _ ledger: Ledger?) throws {
    (self.plan, self.readers, siteFiles) = (plan, readers, files)
    // Outside, what is only planned is nobody's business.
    func told(_ files: [SiteFile]) -> [SiteFile] {
      readers.areInside ? files : files.filter { $0.state != .unpublished }
    }
    let tables = try plan.outputs.filter { readers.see($0.audience.name) }.map { output in
      let (file, published) = try files.table(output, of: plan, ledger)
      return Thing(
        name: output.name,
        title: output.description.title ?? Message(en: output.name, fr: output.name),
        audience: output.audience.name, isReport: false, path: output.path, tables: [output],
        files: told([file]), published: published)
    }
    reports = plan.reports.filter { readers.see($0.audience.name) }.compactMap {
      report -> (report: PlannedReport, thing: Thing)? in
      guard let first = report.documents.first else { return nil }
      let thing = Thing(
        name: report.name, title: report.design.title, audience: report.audience.name,
        isReport: true, path: first.path, tables: report.tables,
        files: told(files.report(report, of: plan)), published: nil)
      return thing.files.isEmpty ? nil : (report, thing)
    }
    things = tables.filter { !$0.files.isEmpty } + reports.map(\.thing)
  }

  var title: Message { plan.title ?? Message(en: plan.pipeline, fr: plan.pipeline) }

  /// Outputs of one table are files of one data set, as in the catalogue.
  var datasets: [SiteDataset] {
    var groups: [[Thing]] = []
    for thing in things where !thing.isReport {
      let place = groups.firstIndex { group in
        group[0].tables[0].node == thing.tables[0].node && group[0].audience == thing.audience
      }
      if let place { groups[place].append(thing) } else { groups.append([thing]) }
    }
    return groups.map(dataset)
  }

  private func dataset(_ group: [Thing]) -> SiteDataset {
    let (first, output) = (group[0], group[0].tables[0])
    var set = SiteDataset(
      title: first.title, audience: readers.title(first.audience), pipeline: title,
      parts: group.map { thing in
        SiteDataset.Part(
          file: thing.files[0], package: siteFiles.linkIfThere(thing.tables[0].packagePath))
      })
    let facts = facts(of: output)
    set.description = output.description.description
    set.licence = facts.licence(plan.sources(of: output).map(\.governance))
    set.frequency = facts.frequency
    set.keywords = facts.keywords
    if let period = facts.period, let first = SiteReaders.day(period.first),
      let last = SiteReaders.day(period.last)
    {
      set.period = (first, last)
    }
    set.rows = first.published?.entry.rows
    set.changed = group.compactMap { $0.published?.dates?.changed }.max()
      .flatMap { readers.moment($0) }
    return set
  }

  /// What the catalogue says of it; what lacks there is the catalogue's to tell.
  private func facts(of output: PlannedOutput) -> CatalogueFacts {
    CatalogueFacts(
      output: output, governance: plan.mainSource(of: output)?.governance,
      shared: plan.charter.node?["catalogue"], diagnostics: Diagnostics(), isScdl: false)
  }

  /// How often what it publishes should change.
  var frequencies: [Frequency] {
    things.flatMap(\.tables).compactMap { facts(of: $0).frequency }
  }
}
