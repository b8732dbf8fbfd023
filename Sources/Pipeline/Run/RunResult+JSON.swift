import Foundation
import Ingest
import Tabular

/// A run's account for machines.
extension RunResult {
  private struct Account: Encodable {
    struct File: Encodable {
      let path: String
      let identity: String
      let bytes: Int
      let encoding: String
      let delimiter: String
      let read: Int
      let passed: Int
      let detected: [String: String]
    }

    struct Source: Encodable {
      let name: String
      let read: Int
      let passed: Int
      let rejected: [String: Int]
      let skipped: [String: Int]
      let warned: [String: Int]
      let rejectFile: String?
      let files: [File]
    }

    struct Step: Encodable {
      let step: String
      let place: Int
      let stage: String
      let rowsIn: Int
      let rowsOut: Int
      let left: [String: Int]
      let made: [String: Int]
    }

    struct Output: Encodable {
      let name: String
      let path: String
      let audience: String
      let rows: Int
      let bytes: Int
      let sha256: String
      let contentSHA256: String
    }

    let pipeline: String
    let outcome: String
    let exit: Int32
    let error: String?
    let remedy: String?
    let seconds: Double
    let sources: [Source]
    let steps: [Step]
    let outputs: [Output]
    let summary: String?
    let notes: [String]
  }

  /// The account as JSON, keys sorted.
  public func json(_ language: Language) throws -> String {
    let account = Account(
      pipeline: pipeline, outcome: exit == .done ? "done" : "failed", exit: exit.rawValue,
      error: error?.text(language), remedy: remedy?.text(language), seconds: seconds,
      sources: sources.map { Self.account($0) },
      steps: steps.map {
        Account.Step(
          step: $0.step, place: $0.place, stage: $0.stage, rowsIn: $0.tally.rowsIn,
          rowsOut: $0.tally.rowsOut, left: $0.tally.left, made: $0.tally.made)
      },
      outputs: outputs.map {
        Account.Output(
          name: $0.name, path: $0.path, audience: $0.audience, rows: $0.rows, bytes: $0.bytes,
          sha256: $0.sha256, contentSHA256: $0.contentSHA256)
      },
      summary: summary, notes: notes.map { $0.text(language) })
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(account), as: UTF8.self) + "\n"
  }

  private static func account(_ report: SourceReport) -> Account.Source {
    let counts = report.counts
    func named<Kind: RawRepresentable>(_ kinds: [Kind: Int]) -> [String: Int]
    where Kind.RawValue == String {
      Dictionary(kinds.filter { $0.value > 0 }.map { ($0.key.rawValue, $0.value) }) { $0 + $1 }
    }
    return Account.Source(
      name: report.name, read: counts.read, passed: counts.passed,
      rejected: named(counts.rejectedBy), skipped: named(counts.skippedBy),
      warned: named(counts.warnedBy), rejectFile: report.rejectFile,
      files: report.files.map { file in
        Account.File(
          path: file.file.name, identity: file.identity, bytes: file.bytes,
          encoding: file.dialect.encoding.rawValue,
          delimiter: String(decoding: [file.dialect.delimiter], as: UTF8.self),
          read: file.counts.read, passed: file.counts.passed,
          detected: Dictionary(file.detections.map { ($0.what, $0.value) }) { $1 })
      })
  }
}
