import Ingest
import StageKit
import Tabular

/// A table as an earlier run published it: what is read of its manifest's entry, or was kept in the
/// ledger.
struct PriorTable: Codable, Sendable, Hashable {
  struct Column: Codable, Sendable, Hashable {
    let name: String
    let privacy: [String]

    /// Its personal classes.
    var personal: [PrivacyClass] {
      privacy.compactMap { PrivacyClass(rawValue: $0) }.filter(\.isPersonal).sorted()
    }
  }

  /// As its manifest or the ledger has it.
  var path: String
  let audience: String?
  /// Whom its rows are about; nil for nobody.
  let persons: String?
  let fields: [Column]
  let bytes: Int?
  /// Of a compressed table.
  let contentBytes: Int?
  let sha256: String?
  let contentSHA256: String?

  enum CodingKeys: String, CodingKey {
    case path, audience, persons, fields, bytes, sha256
    case contentBytes = "content_bytes"
    case contentSHA256 = "content_sha256"
  }

  /// Whether anything of it is about persons.
  var isPersonal: Bool { persons != nil || fields.contains { !$0.personal.isEmpty } }

  /// Columns that a source reads under a weaker class than they were published with.
  func weakened(by source: PlannedSource, _ facts: Facts) -> [Column] {
    fields.enumerated().filter { place, column in
      guard let field = field(of: source, reading: column, at: place).flatMap(facts.field)
      else { return false }
      let now = field.privacy.strongest
      return now != .unclassified && column.personal.contains { now > $0 }
    }.map(\.element)
  }

  /// The field that reads a column: by its name or another, or by its place where nobody reads
  /// names.
  private func field(
    of source: PlannedSource, reading column: Column, at place: Int
  ) -> String? {
    let fields = source.schema.fields
    if source.dialect.hasHeader == false {
      return fields.indices.contains(place) ? fields[place].name : nil
    }
    return fields.first { $0.name == column.name || $0.aliases.contains(column.name) }?.name
  }

  /// Whether a source no longer says that the rows are about persons. Small counts and plain
  /// columns of persons for those who may see persons are no open data by being read again.
  func losesSubject(in facts: Facts, _ charter: Charter) -> Bool {
    guard persons != nil, !facts.isAboutPersons,
      let audience = audience.flatMap({ charter.audiences[$0] })
    else { return false }
    return audience.allows.contains(where: \.isPersonal)
  }
}
