import Codecs
import Foundation
import GRDB
import Ingest
import StageKit
import Tabular

/// No laundering by copies: a source whose bytes, as they are or unpacked, are those of a table
/// that was published keeps the classes that the table had, whatever its file is called now. Only
/// files of a published table's size are hashed again.
struct CopiedOutputs {
  private let plan: Plan
  private let known: [PriorTable]

  /// - Parameter ledger: what it knows of what was published; manifests below the audiences'
  ///   folders tell, too, should it be lost.
  init(_ plan: Plan, ledger: [PriorTable]) {
    self.plan = plan
    let told = Set(plan.charter.audiences.values.compactMap(\.folder)).sorted().flatMap {
      Self.published(below: $0)
    }
    known = Set(ledger + told).filter(\.isPersonal).sorted {
      ($0.path, $0.sha256 ?? "") < ($1.path, $1.sha256 ?? "")
    }
  }

  /// - Throws: `RunError` when a source reads a published table under weaker classes.
  func check(_ reports: [SourceReport]) throws {
    guard !known.isEmpty else { return }
    for report in reports {
      let node = plan.nodes.first {
        if case .source(let source) = $0.work { source.name == report.name } else { false }
      }
      guard let node, case .source(let source) = node.work else { continue }
      for file in report.files {
        for table in try tables(file) { try compare(table, source, node) }
      }
    }
  }

  private func compare(_ table: PriorTable, _ source: PlannedSource, _ node: PlanNode) throws {
    let shown = SpecFiles.shown(table.path)
    if let column = table.weakened(by: source, node.facts).first {
      throw RunError(
        .refused, Self.copied(source.name, shown, column),
        remedy: PlanMessages.keepClass(column.personal))
    }
    if table.losesSubject(in: node.facts, plan.charter) {
      throw RunError(
        .refused, Self.copied(source.name, shown), remedy: PlanMessages.sayPersonal)
    }
  }

  /// The published tables that a file is a copy of.
  private func tables(_ file: FileReport) throws -> [PriorTable] {
    let path = file.file.path
    let plain = known.filter { $0.bytes == file.bytes || $0.contentBytes == file.bytes }
    let unpacked = known.filter {
      file.isGzip && ($0.contentBytes ?? $0.bytes) == file.textBytes
    }
    var found: [PriorTable] = []
    if !plain.isEmpty {
      let digest = try FileDigest.of(path)
      found += plain.filter { $0.sha256 == digest || $0.contentSHA256 == digest }
    }
    if !unpacked.isEmpty {
      let digest = try FileDigest.ofContent(path)
      found += unpacked.filter { $0.contentSHA256 == digest }
    }
    return found
  }

  /// What the manifests below a folder tell, each table with its whole path.
  static func published(below folder: String) -> [PriorTable] {
    let walker = FileManager.default.enumerator(atPath: folder)
    let names = (walker?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".manifest.json") }
    let folders = Set(names.map { SafeFile.folder(of: folder + "/" + $0) })
    return folders.sorted().flatMap { place in
      PriorOutputs.published(in: place).map { table, _ in
        var table = table
        table.path = place + "/" + table.path
        return table
      }
    }
  }

  private static func copied(
    _ source: String, _ table: String, _ column: PriorTable.Column
  ) -> Message {
    let (en, fr) = (
      column.personal.map(\.word.en).joined(separator: ", "),
      column.personal.map(\.word.fr).joined(separator: ", ")
    )
    return Message(
      en: "source '\(source)' has the bytes of '\(table)', whose field '\(column.name)' was "
        + "published as \(en) and may not become less by being copied; nothing was published",
      fr: "la source « \(source) » a les octets de « \(table) », dont le champ "
        + "« \(column.name) » a été publié comme \(fr) et ne peut pas perdre sa classe par une "
        + "copie ; rien n’a été publié")
  }

  private static func copied(_ source: String, _ table: String) -> Message {
    Message(
      en: "source '\(source)' has the bytes of '\(table)', which was published as being about "
        + "persons, and is so still when it is copied; nothing was published",
      fr: "la source « \(source) » a les octets de « \(table) », publié comme parlant de "
        + "personnes, et en parle toujours une fois copié ; rien n’a été publié")
  }
}

extension FileDigest {
  /// SHA-256 of what is in a gzip file.
  /// - Parameter most: bytes; what is longer is not read to its end.
  /// - Returns: nil for what is longer.
  static func ofContent(_ path: String, atMost most: Int = .max) throws -> String? {
    let content = HashedSource(
      GzipReader(try source(path), file: path, inflater: try ZlibInflater()))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var left = most
    while true {
      let count = try content.read(into: &buffer, from: 0)
      if count == 0 { return content.digest }
      left -= count
      if left < 0 { return nil }
    }
  }
}

extension Manifest.Entry {
  /// What is remembered of a table.
  func told(at path: String) -> PriorTable {
    PriorTable(
      path: path, audience: audience, persons: persons?.rawValue,
      fields: fields.map { PriorTable.Column(name: $0.name, privacy: $0.privacy) }, bytes: bytes,
      contentBytes: contentBytes, sha256: sha256, contentSHA256: contentSHA256)
  }
}

extension Ledger {
  /// Remembers a table, once for all that is told of it.
  static func remember(_ table: PriorTable, _ db: Database) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try db.execute(
      sql: "INSERT OR IGNORE INTO published_table (told) VALUES (?)",
      arguments: [String(decoding: try encoder.encode(table), as: UTF8.self)])
  }

  /// Tables about persons that were published, as long as it goes back.
  func publishedTables() throws -> [PriorTable] {
    try database.read { db in
      try String.fetchAll(db, sql: "SELECT told FROM published_table ORDER BY told").compactMap {
        try? JSONDecoder().decode(PriorTable.self, from: Data($0.utf8))
      }
    }
  }
}
