import Crypto
import Foundation
import Glibc
import StageKit
import Tabular

/// One debit: of a source's persons, for an audience.
struct BudgetEntry: Sendable, Hashable {
  /// ISO 8601, UTC.
  let time: String
  let pipeline: String
  /// The source's entry in the charter.
  let source: String
  let audience: String
  let cost: PrivacyCost

  /// What was spent of one budget.
  /// - Parameter known: by the ledger and by the journal; either may have lost some, so that the
  ///   larger counts.
  static func spent(
    _ known: [[BudgetEntry]], source: String, audience: String
  ) -> PrivacyCost {
    known.map { entries in
      entries.filter { $0.source == source && $0.audience == audience }
        .reduce(PrivacyCost.none) { $0.and($1.cost) }
    }.reduce(PrivacyCost.none) { $0.larger($1) }
  }
}

/// The debits that the city has ever made, in a file beside its charter that is only appended to:
/// it stays when the ledger is deleted. Each line carries a hash of all lines before it.
struct BudgetJournal {
  let path: String

  /// - Parameter charter: the charter's path.
  init(besideCharter charter: String) {
    let stem = [".yml", ".yaml"].first(where: charter.hasSuffix).map { charter.dropLast($0.count) }
    path = (stem.map(String.init) ?? charter) + ".budget.tsv"
  }

  /// All entries.
  /// - Throws: `RunError` when a line was changed or taken out: then nobody knows what is left.
  func entries() throws -> [BudgetEntry] { try read().entries }

  private struct Content {
    var entries: [BudgetEntry] = []
    var hash = "0"
    /// Bytes of whole lines; what lies behind them was being written when the machine stopped.
    var length = 0
  }

  private func read() throws -> Content {
    var content = Content()
    guard FileManager.default.fileExists(atPath: path) else { return content }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw RunError.machine(RunMessages.open, path, errno)
    }
    var lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    lines.removeLast()
    for line in lines {
      guard let text = String(bytes: line, encoding: .utf8),
        let entry = Self.entry(text, after: content.hash)
      else { throw RunError(.refused, BudgetMessages.changedJournal(SpecFiles.shown(path))) }
      content.entries.append(entry.entry)
      content.hash = entry.hash
      content.length += line.count + 1
    }
    return content
  }

  /// Appends entries, on disk when this returns.
  func append(_ entries: [BudgetEntry]) throws {
    let content = try read()
    var (hash, text) = (content.hash, "")
    for entry in entries {
      let fields = Self.fields(entry)
      hash = Self.hash(fields, after: hash)
      text += (fields + [hash]).joined(separator: "\t") + "\n"
    }
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode_t(0o640))
    guard file >= 0 else { throw RunError.machine(RunMessages.open, path, errno) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard ftruncate(file, content.length) == 0,
      pwrite(file, bytes, bytes.count, content.length) == bytes.count, fsync(file) == 0
    else { throw RunError.machine(RunMessages.write, path, errno) }
    SafeFile.syncFolder(of: path)
  }

  private static func fields(_ entry: BudgetEntry) -> [String] {
    let names = [entry.time, entry.pipeline, entry.source, entry.audience].map { name in
      String(name.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    }
    let cost = entry.cost
    return names + [
      String(cost.rhoTrillionths), cost.epsilonMillionths.map(String.init) ?? "-",
      String(cost.deltaAttos),
    ]
  }

  private static func entry(
    _ line: String, after hash: String
  ) -> (entry: BudgetEntry, hash: String)? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 8, let rho = Int(fields[4]), let delta = Int(fields[6]), rho >= 0,
      delta >= 0, fields[5] == "-" || (Int(fields[5]) ?? -1) >= 0,
      Self.hash(Array(fields.prefix(7)), after: hash) == fields[7]
    else { return nil }
    let cost = PrivacyCost(
      rhoTrillionths: rho, epsilonMillionths: Int(fields[5]), deltaAttos: delta)
    let entry = BudgetEntry(
      time: fields[0], pipeline: fields[1], source: fields[2], audience: fields[3], cost: cost)
    return (entry, fields[7])
  }

  private static func hash(_ fields: [String], after hash: String) -> String {
    let text = ([hash] + fields).joined(separator: "\t")
    return SHA256.hash(data: Array(text.utf8)).prefix(16).map { StateFolder.hex($0) }.joined()
  }
}
