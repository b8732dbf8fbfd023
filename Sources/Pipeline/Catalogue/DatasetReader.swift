import Foundation
import Reports
import StageKit
import Tabular

/// Makes the data sets of a catalogue: outputs of one table are files of one data set.
struct DatasetReader {
  /// Where the folder of the audience `open` is on the web; ends in `/`.
  let base: String
  let charter: Charter
  let format: CatalogueFormat
  let diagnostics: Diagnostics

  /// In the order of the pipelines' files and outputs; what lacks a fact is left out and told.
  func datasets(_ tables: [PublishedTable]) -> [DataCatalogue.Dataset] {
    var groups: [(key: String, tables: [PublishedTable])] = []
    for table in tables {
      let key = table.plan.file + "\n\(table.output.node)"
      if let place = groups.firstIndex(where: { $0.key == key }) {
        groups[place].tables.append(table)
      } else {
        groups.append((key, [table]))
      }
    }
    var sets: [DataCatalogue.Dataset] = []
    for group in groups {
      guard let first = group.tables.first, let set = dataset(first, group.tables) else { continue }
      let position = first.output.position
      if sets.contains(where: { $0.id == set.id }) {
        diagnostics.error(
          "same-id", at: position, CatalogueMessages.sameID(set.id),
          remedy: CatalogueMessages.sayInOutputsCatalogue("id", "…"))
      } else if let other = sets.first(where: { $0.title == set.title }) {
        diagnostics.warning(
          "same-title", at: position, CatalogueMessages.sameTitle(other.id),
          remedy: CatalogueMessages.sayInOutput("title", "{fr: …, en: …}"))
      }
      sets.append(set)
    }
    return sets
  }

  private func dataset(
    _ table: PublishedTable, _ tables: [PublishedTable]
  ) -> DataCatalogue.Dataset? {
    let (plan, output) = (table.plan, table.output)
    let facts = CatalogueFacts(
      output: output, governance: plan.mainSource(of: output)?.governance,
      shared: charter.node?["catalogue"], diagnostics: diagnostics, isScdl: format == .scdl)
    let sources = plan.sources(of: output)
    let licence = facts.licence(sources.map(\.governance))
    let id = facts.text("id") ?? Self.slug(plan.pipeline + "-" + output.name)
    let title = output.description.title
    if title == nil { facts.lack("title", CatalogueMessages.sayInOutput, "{fr: …, en: …}") }
    let description = output.description.description
    if description == nil {
      facts.lack("description", CatalogueMessages.sayInOutput, "{fr: …, en: …}")
    }
    let files = tables.compactMap(distribution)
    // Everything is asked before anything is given up, so that all that lacks comes in one pass.
    let (keywords, themes, frequency) = (facts.keywords, facts.themes, facts.frequency)
    let (place, period, page) = (facts.place, facts.period, facts.landingPage(id))
    // Files of one table change together; the earliest of them was the publication.
    let first = tables.compactMap { $0.dates.map { day($0.first) } }.min()
    let latest = tables.compactMap { $0.dates.map { day($0.changed) } }.max()
    let (issued, modified) = (facts.issued(first), facts.modified(latest))
    guard let title, let description, files.count == tables.count else { return nil }
    var set = DataCatalogue.Dataset(
      id: id, title: title, description: description,
      provenance: Self.provenance(table, sources), distributions: files)
    (set.keywords, set.themes, set.frequency) = (keywords, themes, frequency)
    (set.place, set.period, set.landingPage) = (place, period, page)
    (set.issued, set.modified, set.licence) = (issued, modified, licence)
    set.contact =
      output.description.contact ?? plan.mainSource(of: output)?.governance.node["contact"]?.text
    return set
  }

  private func distribution(_ table: PublishedTable) -> DataCatalogue.Distribution? {
    let output = table.output
    guard let folder = output.audience.folder, output.path.hasPrefix(folder + "/") else {
      diagnostics.error(
        "no-folder", at: output.position, CatalogueMessages.missing("folder", of: "open"))
      return nil
    }
    func address(_ path: String) -> RdfAddress? {
      let parts = path.dropFirst(folder.count + 1).split(separator: "/")
      return RdfAddress(base + parts.map { RdfAddress.escaped(String($0)) }.joined(separator: "/"))
    }
    guard let place = address(output.path), let package = address(output.packagePath) else {
      return nil
    }
    let isExcel = output.format.isCSV && output.profile == .excelFR
    let kind = output.format.word.uppercased()
    return DataCatalogue.Distribution(
      name: Self.slug(output.name),
      title: isExcel
        ? Message(
          en: "\(kind) for spreadsheets (semicolons, decimal commas)",
          fr: "\(kind) pour tableurs (points-virgules, virgules décimales)")
        : Message(en: kind, fr: kind),
      address: place, package: package, format: output.format.word,
      isGzip: output.format == .csvGzip, mediaType: output.format.mediaType,
      bytes: table.entry.bytes, sha256: table.entry.sha256)
  }

  /// What it is made of: public sources by their titles, of the others only that there are some.
  private static func provenance(
    _ table: PublishedTable, _ sources: [PlannedSource]
  ) -> Message {
    var told: [Message] = []
    var hidden = 0
    var seen: Set<String> = []
    for source in sources where seen.insert(source.governance.id).inserted {
      let node = source.governance.node
      guard source.governance.isPublic else {
        hidden += 1
        continue
      }
      let title = node["title"]?.message ?? Message(en: source.name, fr: source.name)
      let who = node["publisher"]?.text.map { " (\($0))" } ?? ""
      told.append(Message(en: title.en + who, fr: title.fr + who))
    }
    if hidden > 0 {
      told.append(
        Message(
          en: hidden == 1 ? "one source that is not public" : "\(hidden) sources not public",
          fr: hidden == 1 ? "une source non publique" : "\(hidden) sources non publiques"))
    }
    let name = table.plan.pipeline
    return Message(
      en: "Made by Octroi, pipeline \(name), from: " + told.map(\.en).joined(separator: "; ") + ".",
      fr: "Produit par Octroi, pipeline \(name), à partir de : "
        + told.map(\.fr).joined(separator: " ; ") + ".")
  }

  /// The day of a moment (ISO 8601, UTC) in the charter's time zone.
  static func day(_ moment: String, in zone: String) -> String {
    guard let date = try? Date(moment, strategy: .iso8601), let zone = TimeZone(identifier: zone)
    else { return String(moment.prefix(10)) }
    return date.formatted(Date.ISO8601FormatStyle(timeZone: zone).year().month().day())
  }

  private func day(_ moment: String) -> String { Self.day(moment, in: charter.timeZone) }

  /// In small letters without accents, as identifiers are.
  static func slug(_ text: String) -> String {
    let plain = text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
    return String(
      plain.map { $0.isASCII && ($0.isLetter || $0.isNumber) || "._-".contains($0) ? $0 : "-" })
  }
}
