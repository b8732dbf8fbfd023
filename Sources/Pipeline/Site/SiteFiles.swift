import Foundation
import Glibc
import Reports
import Tabular

/// Published files as a site links to them: where they lie, if they are what was published.
struct SiteFiles {
  /// The site's folder, absolute.
  let folder: String

  func link(_ path: String) -> RelativeLink { RelativeLink(from: folder, to: path) }

  /// A link to what is there.
  func linkIfThere(_ path: String) -> RelativeLink? {
    access(path, F_OK) == 0 ? link(path) : nil
  }

  /// A table's file.
  /// - Throws: what the ledger throws.
  func table(_ output: PlannedOutput, of plan: Plan, _ ledger: Ledger?) throws
    -> (file: SiteFile, published: PublishedTable?)
  {
    let state = try PublishedTable.state(output, of: plan, ledger)
    var published: PublishedTable?
    let told: SiteFile.State
    switch state {
    case .published(let table):
      published = table
      told = .there(link(output.path))
    case .unpublished: told = .unpublished
    case .removed:
      told = gone(output.path, published: Self.entry(of: output.name, plan, output.path))
    case .changed: told = .changed
    }
    let word = output.format.word.uppercased() + (output.format == .csvGzip ? " gzip" : "")
    let file = SiteFile(
      name: SpecFiles.fileName(output.path), format: Message(en: word, fr: word),
      bytes: published?.entry.bytes, state: told)
    return (file, published)
  }

  /// The files of a report: a page a language, each with what lies beside it.
  func report(_ report: PlannedReport, of plan: Plan) -> [SiteFile] {
    guard let first = report.documents.first else { return [] }
    let folder = SafeFile.folder(of: first.path)
    let entry = Self.entry(of: report.name, plan, first.path)
    var known: [String: (bytes: Int, sha256: String)] = [:]
    if let entry, entry.format == Manifest.Entry.report {
      known[folder + "/" + entry.path] = (entry.bytes, entry.sha256)
      for companion in entry.companions ?? [] {
        known[folder + "/" + companion.path] = (companion.bytes, companion.sha256)
      }
    }
    return report.documents.flatMap { document -> [SiteFile] in
      let extras = PlannedReport.Extra.allCases.map {
        (PlannedReport.path(document, $0), Self.word($0))
      }
      // What was not asked for is not missed.
      return [file(document.path, Self.word(document.language), known)]
        + extras.filter { known[$0.0] != nil }.map { file($0.0, $0.1, known) }
    }
  }

  private func file(
    _ path: String, _ format: Message, _ known: [String: (bytes: Int, sha256: String)]
  ) -> SiteFile {
    let name = SpecFiles.fileName(path)
    guard let told = known[path] else {
      return SiteFile(name: name, format: format, bytes: nil, state: .unpublished)
    }
    let state: SiteFile.State
    if access(path, F_OK) != 0 {
      state = gone(path, sha256: told.sha256)
    } else {
      state = (try? FileDigest.of(path)) == told.sha256 ? .there(link(path)) : .changed
    }
    return SiteFile(name: name, format: format, bytes: told.bytes, state: state)
  }

  private func gone(_ path: String, published entry: Manifest.Entry?) -> SiteFile.State {
    gone(path, sha256: entry?.sha256 ?? "")
  }

  private func gone(_ path: String, sha256: String) -> SiteFile.State {
    let notes = PurgeNotes.read(SafeFile.folder(of: path))
    return notes.note(SpecFiles.fileName(path), sha256).flatMap { SiteReaders.day($0.purged) }
      .map { .purged($0) } ?? .missing
  }

  /// What the manifest beside a file says of an output or report.
  private static func entry(of name: String, _ plan: Plan, _ path: String) -> Manifest.Entry? {
    let manifest = SafeFile.folder(of: path) + "/" + plan.manifestName
    guard let data = FileManager.default.contents(atPath: manifest),
      let told = try? JSONDecoder().decode(Manifest.self, from: data)
    else { return nil }
    return told.outputs.first { $0.name == name && path.hasSuffix("/" + $0.path) }
  }

  private static func word(_ language: Language) -> Message {
    switch language {
    case .fr: Message(en: "page in French", fr: "page en français")
    case .en: Message(en: "page in English", fr: "page en anglais")
    }
  }

  private static func word(_ extra: PlannedReport.Extra) -> Message {
    switch extra {
    case .xlsx: Message(en: "workbook", fr: "classeur")
    case .pdf: Message(en: "for printing, PDF", fr: "à imprimer, PDF")
    case .summary: Message(en: "summary for mails", fr: "résumé pour courriels")
    }
  }
}
