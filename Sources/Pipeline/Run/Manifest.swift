import Foundation
import StageKit
import Tabular

/// What was published into a folder, for whoever verifies it later: hashes, rows, fields with
/// their classes. No clock, no host, no cell.
struct Manifest: Encodable {
  struct Entry: Encodable {
    struct Column: Encodable {
      let name: String
      let type: String
      let privacy: [String]
    }

    let name: String
    let path: String
    let audience: String
    let bytes: Int
    let sha256: String
    let contentSHA256: String
    let rows: Int
    let fields: [Column]
    let guarantees: [String]
  }

  let octroi: Int
  let pipeline: String
  let purpose: String?
  let version: String
  /// Parameters that are dates, numbers or truth values; texts may be personal.
  let parameters: [String: String]
  let outputs: [Entry]

  /// The bytes of the file.
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [10]
  }
}

extension Manifest.Entry {
  init(_ output: PlannedOutput, _ facts: Facts, _ report: GateReport) {
    name = output.name
    path = output.path.split(separator: "/").last.map(String.init) ?? output.path
    audience = output.audience.name
    (bytes, sha256, contentSHA256) = (report.bytes, report.sha256, report.contentSHA256)
    rows = report.rows
    fields = facts.fields.map {
      Column(
        name: $0.name, type: $0.type.name, privacy: $0.privacy.sortedClasses.map(\.rawValue))
    }
    guarantees = facts.guarantees.map { $0.told("=") }.sorted()
  }
}

extension Plan {
  /// Parameters that may be written down: no texts, which may be personal.
  var tellableParameters: [String: String] {
    var told: [String: String] = [:]
    for (name, parameter) in parameters {
      switch parameter.value {
      case .boolean(let value): told[name] = String(value)
      case .integer(let value): told[name] = String(value)
      case .date(let day):
        let date = CivilDate(daysSinceEpoch: Int(day))
        let parts = [date.month, date.day].map { ($0 < 10 ? "0" : "") + String($0) }
        told[name] = "\(date.year)-\(parts[0])-\(parts[1])"
      default: continue
      }
    }
    return told
  }
}
