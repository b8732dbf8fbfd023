import Foundation
import StageKit
import Tabular

/// What was published into a folder, for whoever verifies it later: hashes, rows, fields with
/// their classes, and what can be counted again. No clock, no host, no cell; nothing of inputs and
/// rejects, whose names, hashes and counts are of single persons.
struct Manifest: Codable {
  struct Entry: Codable {
    struct Column: Codable {
      let name: String
      let type: String
      let privacy: [String]
    }

    /// A field that counts source rows, and the least it holds.
    struct Least: Codable {
      let field: String
      let count: Int
    }

    /// What persons in it risk, in short: the whole account is beside it, in a bundle.
    struct Risk: Codable {
      let quasi: [String]
      /// Probabilities: of the likeliest person, and on average; before anything was hidden, too.
      let highest: Double
      let average: Double
      let highestBefore: Double?
      let averageBefore: Double?
      let uniques: Int
      let supervisor: String?
      let assessedUntil: String?

      enum CodingKeys: String, CodingKey {
        case quasi, highest, average, uniques, supervisor
        case highestBefore = "highest_before"
        case averageBefore = "average_before"
        case assessedUntil = "assessed_until"
      }

      init(_ risk: ExportRisk) {
        let (before, after) = (risk.before, risk.after)
        quasi = risk.question.quasi
        highest = RiskTold.number(after.figures.prosecutor.highest)
        average = RiskTold.number(after.figures.prosecutor.average)
        highestBefore = before.map { RiskTold.number($0.figures.prosecutor.highest) }
        averageBefore = before.map { RiskTold.number($0.told($0.figures.prosecutor.average)) }
        uniques = after.figures.uniques
        (supervisor, assessedUntil) = (risk.supervisor, risk.assessedUntil)
      }
    }

    /// Fields that hold multiples of a base only.
    struct Rounded: Codable {
      let fields: [String]
      let base: Int
    }

    enum Subject: String, Codable {
      case each, counted

      init?(of facts: Facts) {
        guard facts.isAboutPersons else { return nil }
        self = facts.isMicrodata ? .each : .counted
      }
    }

    let name: String
    let path: String
    let audience: String
    let format: String?
    let profile: String?
    let bytes: Int
    let sha256: String
    let contentSHA256: String
    /// Of a compressed table.
    let contentBytes: Int?
    let rows: Int
    let fields: [Column]
    let guarantees: [String]
    /// Whom rows are about: a person each, or the persons counted; nil for nobody.
    let persons: Subject?
    let least: Least?
    let classes: [Classes]?
    let rounded: Rounded?
    let risk: Risk?
    /// What was looked for in its cells, and how many were let through.
    let detectors: DetectorFinding?
    /// Files that explain the table, or are the same in another language or format.
    let companions: [Companion]?
    /// What a report shows, table by table.
    var tables: [Table]?

    /// A table of a report, as it passed the gate.
    struct Table: Codable {
      let name: String
      let rows: Int
      let contentSHA256: String
      let fields: [Column]
      let guarantees: [String]

      enum CodingKeys: String, CodingKey {
        case name, rows, fields, guarantees
        case contentSHA256 = "content_sha256"
      }
    }

    enum CodingKeys: String, CodingKey {
      case name, path, audience, format, profile, bytes, sha256, rows, fields, guarantees, least
      case persons, classes, companions, rounded, risk, detectors, tables
      case contentSHA256 = "content_sha256"
      case contentBytes = "content_bytes"
    }
  }

  /// A file that goes with a table.
  struct Companion: Codable, Sendable {
    /// Relative to the manifest's folder.
    let path: String
    let bytes: Int
    let sha256: String
  }

  let octroi: Int
  let pipeline: String
  let purpose: String?
  let version: String
  /// Parameters whose values may be told.
  let parameters: [String: String]
  let outputs: [Entry]

  /// The bytes of the file.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [10]
  }
}

extension Manifest.Entry {
  init(
    _ output: PlannedOutput, _ facts: Facts, _ report: GateReport, risk: ExportRisk? = nil,
    companions: [Manifest.Companion] = []
  ) {
    self.risk = risk.map(Risk.init)
    detectors = report.detectors
    name = output.name
    path = output.path.split(separator: "/").last.map(String.init) ?? output.path
    audience = output.audience.name
    (format, profile) = (output.format.rawValue, output.profile.rawValue)
    tables = nil
    (bytes, sha256, contentSHA256) = (report.bytes, report.sha256, report.contentSHA256)
    rows = report.rows
    contentBytes = output.format == .csvGzip ? report.contentBytes : nil
    fields = facts.fields.map {
      Column(
        name: $0.name, type: $0.type.name, privacy: $0.privacy.sortedClasses.map(\.rawValue))
    }
    persons = Subject(of: facts)
    guarantees = facts.guarantees.map { $0.told("=") }.sorted()
    least = GateTerms(output, facts).least.map {
      Least(field: facts.fields[$0.column].name, count: $0.count)
    }
    let classes = ClassTerms.all(facts).map { Classes($0, facts.names) }
    self.classes = classes.isEmpty ? nil : classes
    rounded = GateTerms(output, facts).rounded.map { rounded in
      Rounded(fields: rounded.columns.map { facts.fields[$0].name }, base: rounded.base)
    }
    self.companions = companions.isEmpty ? nil : companions
  }
}

extension Manifest.Entry {
  /// The format of reports in manifests.
  static let report = "html"

  /// A report: its first file, the others beside it, and the tables that it shows.
  init(
    _ report: PlannedReport, _ made: ReportMaker.Made, _ tables: [(facts: Facts, GateReport)]
  ) {
    (name, audience) = (report.name, report.audience.name)
    path = made.path.split(separator: "/").last.map(String.init) ?? made.path
    (format, profile) = (Self.report, nil)
    (bytes, sha256, contentSHA256) = (made.bytes, made.sha256, made.sha256)
    contentBytes = nil
    rows = tables.reduce(0) { $0 + $1.1.rows }
    (fields, guarantees, least, classes, rounded, risk) = ([], [], nil, nil, nil, nil)
    detectors = nil
    let subjects = tables.compactMap { Subject(of: $0.facts) }
    persons = subjects.contains(.each) ? .each : subjects.first
    companions = made.companions.isEmpty ? nil : made.companions
    self.tables = zip(report.tables, tables).map { output, table in
      Table(
        name: output.name, rows: table.1.rows, contentSHA256: table.1.contentSHA256,
        fields: table.facts.fields.map {
          Column(
            name: $0.name, type: $0.type.name,
            privacy: $0.privacy.sortedClasses.map(\.rawValue))
        }, guarantees: table.facts.guarantees.map { $0.told("=") }.sorted())
    }
  }
}
