import Crypto
import Foundation
import Ingest
import Reports
import StageKit
import Tabular

/// Makes a report's files from its tables as the gate has read them, and stages them.
struct ReportMaker {
  /// A table of the report: staged, and read back.
  typealias Gated = (output: PlannedOutput, path: String, gate: GateReport)

  /// What was made: the first file, and all of them.
  struct Made {
    let files: [BundleFiles.Staged]
    let companions: [Manifest.Companion]

    var path: String { files.first?.final ?? "" }
    var bytes: Int { files.first?.bytes ?? 0 }
    var sha256: String { files.first?.sha256 ?? "" }
  }

  let plan: Plan
  let report: PlannedReport
  let account: RunResult
  let version: String
  let publisher: Publisher
  /// A private folder.
  let scratch: String
  /// Nil where no PDF is asked for.
  let printer: PrintedPage?

  /// - Throws: `RunError` when a file does not read back.
  func make(_ gated: [Gated]) throws -> Made {
    let tables = try gated.map(table)
    var facts = ReportAccount(
      plan: plan, report: report, account: account, version: version, gated: gated
    ).facts
    let memory = report.memory.map { _ in ReportMemory(tables, after: lastSaid) }
    facts.revisions = memory?.revisions
    var files: [BundleFiles.Staged] = []
    for document in report.documents {
      let page = ReportPage(
        report.design, tables: tables, sections: report.sections, shapes: report.shapes,
        facts: facts, document.language)
      let staged = try stage(page: Array(page.markup.utf8), as: document.path)
      files.append(staged)
      for extra in report.extras(withPDF: printer != nil) {
        files.append(try stage(extra, of: document, page: staged.path, tables, facts))
      }
    }
    if let path = report.memory, let memory {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      files.append(try stage(bytes: Array(try encoder.encode(memory)) + [10], as: path))
    }
    let folder = files.first.map { SafeFile.folder(of: $0.final) } ?? ""
    let companions = files.dropFirst().map { file in
      Manifest.Companion(
        path: String(file.final.dropFirst(folder.count + 1)), bytes: file.bytes,
        sha256: file.sha256)
    }
    return Made(files: files, companions: companions)
  }

  /// Stages what goes with a page.
  private func stage(
    _ extra: PlannedReport.Extra, of document: PlannedReport.Document, page: String,
    _ tables: [ReportTable], _ facts: ReportFacts
  ) throws -> BundleFiles.Staged {
    let final = PlannedReport.path(document, extra)
    let draft = scratch + "/report." + extra.rawValue
    let content = ReportContent(report.design, tables: tables, facts: facts, document.language)
    let bytes: [UInt8]
    switch extra {
    case .summary:
      bytes = Array(content.mailSummary.utf8)
    case .pdf: bytes = try printer?.print(page, to: draft) ?? []
    case .xlsx:
      do {
        try ReportWorkbook(content).write(to: draft, scratch: scratch)
      } catch let failure as ReportWorkbook.Failure {
        throw RunError(.machine, failure.message)
      }
      bytes = FileManager.default.contents(atPath: draft).map(Array.init) ?? []
    }
    guard !bytes.isEmpty else {
      throw RunError(.refused, RunMessages.gateUnreadable(SpecFiles.shown(final)))
    }
    return try stage(bytes: bytes, as: final)
  }

  /// What the last report said, as it was published.
  private var lastSaid: ReportMemory? {
    guard let path = report.memory, let data = FileManager.default.contents(atPath: path) else {
      return nil
    }
    return try? JSONDecoder().decode(ReportMemory.self, from: data)
  }

  /// Stages bytes and reads them back.
  private func stage(bytes: [UInt8], as final: String) throws -> BundleFiles.Staged {
    let path = publisher.stagedPath(for: final)
    let file = try SafeFile(creating: path)
    try file.write(bytes)
    try file.finish()
    guard FileManager.default.contents(atPath: path).map(Array.init) == bytes else {
      throw RunError(.refused, RunMessages.gateUnreadable(SpecFiles.shown(final)))
    }
    let digest = SHA256.hash(data: bytes).map { StateFolder.hex($0) }.joined()
    return BundleFiles.Staged(path: path, final: final, bytes: bytes.count, sha256: digest)
  }

  /// Stages a page and reads it back: its bytes, and that it asks for nothing.
  private func stage(page bytes: [UInt8], as final: String) throws -> BundleFiles.Staged {
    let staged = try stage(bytes: bytes, as: final)
    guard PageCheck(bytes).isSelfContained else {
      throw RunError(.refused, RunMessages.gateUnreadable(SpecFiles.shown(final)))
    }
    return staged
  }

  /// The rows of a staged table, from its bytes on disk.
  private func table(_ gated: Gated) throws -> ReportTable {
    let facts = plan.nodes[gated.output.node].facts
    var rows = GatedRows(types: facts.fields.map(\.type))
    let terms = GateTerms(gated.output, facts)
    let fingerprint = try StagedRows(terms: terms, path: gated.path) {
      try FileDigest.source(gated.path)
    }.hand(to: &rows)
    guard fingerprint == gated.gate.fingerprint, !rows.hasOtherCells else {
      throw RunError(.refused, RunMessages.gateUnreadable(gated.output.name))
    }
    let isProtected = facts.guarantees.contains {
      if case .protected = $0 { true } else { false }
    }
    let step = String(gated.output.name.dropFirst(report.name.count + 1))
    return ReportTable(
      name: step, title: report.titles[step] ?? FieldNames.title(of: step),
      fields: facts.fields.map { field($0, gated.output, isProtected) }, cells: rows.columns)
  }

  private func field(
    _ field: Field, _ output: PlannedOutput, _ isProtected: Bool
  ) -> ReportTable.Field {
    let text = report.fields[field.name]
    let known = BundleField.source(of: field, output, plan).flatMap {
      // What a mean of amounts is called, the amounts' schema does not know.
      $0.name == field.name ? $0 : nil
    }
    return ReportTable.Field(
      field.name, field.type,
      title: text?.title ?? field.title ?? known?.spokenTitle ?? FieldNames.title(of: field.name),
      description: text?.description ?? known?.spokenSummary,
      unit: text?.unit ?? FieldNames.unit(of: field.name),
      decimals: text?.decimals ?? field.decimals,
      lessIsBetter: text?.lessIsBetter ?? field.lessIsBetter,
      isSuppressible: isProtected && field.type.isNumeric, words: field.words)
  }
}

/// Rows of a staged file as typed cells.
private struct GatedRows: RowTaker {
  let types: [DataType]
  private(set) var columns: [[Value]]
  /// Whether a cell is not what its column's type is.
  private(set) var hasOtherCells = false

  init(types: [DataType]) {
    self.types = types
    columns = Array(repeating: [], count: types.count)
  }

  mutating func take(_ cells: some TableCells) {
    for (index, type) in types.enumerated() {
      guard let bytes = cells.cell(index) else {
        columns[index].append(.null)
        continue
      }
      let value = Value(written: String(decoding: bytes, as: UTF8.self), as: type)
      if value == nil { hasOtherCells = true }
      columns[index].append(value ?? .null)
    }
  }
}
