import Foundation
import Ingest
import Tabular

/// What was found in files, for machines.
extension ScanReport {
  private struct Told: Encodable {
    struct Column: Encodable {
      let name: String
      let field: String
      let type: String
      let format: String
      let values: Int
      let missing: Int
      let misfits: Int
      let privacy: String
      let reason: String
      let evidence: [String: Int]
      let evidenceWithin: [String: Int]
      let kinds: Int?
      let doubts: [String]
    }

    struct Detection: Encodable {
      let what: String
      let value: String
      let evidence: String
      let ambiguous: Bool
    }

    struct Renamed: Encodable {
      let position: Int
      let written: String
      let name: String
    }

    let file: String
    let gzip: Bool
    let encoding: String
    let delimiter: String
    let quote: String
    let header: Bool
    let preambleLines: Int
    let read: Int
    let passed: Int
    let rejected: [String: Int]
    let skipped: [String: Int]
    let missingValues: [String]
    let detected: [Detection]
    let renamed: [Renamed]
    let columns: [Column]
    let singlingOut: ToldSinglingOut?
  }

  /// An object with the list `files`, keys sorted.
  public static func json(_ profiles: [FileProfile], _ language: Language) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let all = ["files": profiles.map { Self.told($0, language) }]
    return String(decoding: try encoder.encode(all), as: UTF8.self) + "\n"
  }

  private static func told(_ profile: FileProfile, _ language: Language) -> Told {
    let counts = profile.counts
    func named<Kind: RawRepresentable>(_ kinds: [Kind: Int]) -> [String: Int]
    where Kind.RawValue == String {
      Dictionary(kinds.filter { $0.value > 0 }.map { ($0.key.rawValue, $0.value) }) { $0 + $1 }
    }
    return Told(
      file: profile.file.name, gzip: profile.isGzip, encoding: profile.dialect.encoding.rawValue,
      delimiter: ScanWords.name(profile.dialect.delimiter),
      quote: ScanWords.name(profile.dialect.quote), header: profile.dialect.hasHeader,
      preambleLines: profile.dialect.preambleLines, read: counts.read, passed: counts.passed,
      rejected: named(counts.rejectedBy), skipped: named(counts.skippedBy),
      missingValues: profile.missingValues,
      detected: profile.detections.map {
        Told.Detection(
          what: $0.what, value: $0.value, evidence: $0.evidence.text(language),
          ambiguous: $0.isAmbiguous)
      },
      renamed: profile.renamed.map {
        Told.Renamed(position: $0.position, written: $0.written, name: $0.name)
      }, columns: profile.columns.map { told($0, language) },
      singlingOut: profile.singlingOut.map { ToldSinglingOut($0) })
  }

  private static func told(_ column: FileProfile.Column, _ language: Language) -> Told.Column {
    Told.Column(
      name: column.name, field: column.field.name, type: column.field.type.rawValue,
      format: column.field.format, values: column.values, missing: column.missing,
      misfits: column.misfits, privacy: column.field.privacy ?? "unclassified",
      reason: column.privacyReason.text(language),
      evidence: Dictionary(column.detected.map { ($0.kind.rawValue, $0.count) }) { $0 + $1 },
      evidenceWithin: Dictionary(column.within.map { ($0.kind.rawValue, $0.count) }) { $0 + $1 },
      kinds: column.kinds, doubts: column.doubts.map { $0.text(language) })
  }
}
