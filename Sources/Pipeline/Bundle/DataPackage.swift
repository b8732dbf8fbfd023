import Foundation
import StageKit
import Tabular

/// `datapackage.json`: a Data Package 2.0 of one table. What the standard has no word for (texts in
/// two languages, classes, treatments, purpose, conditions, risk) stands under words of our own.
struct DataPackage: Encodable {
  private struct Texts: Encodable {
    let fr: String
    let en: String

    init(_ message: Message) { (fr, en) = (message.fr, message.en) }
  }

  private struct Field: Encodable {
    let name: String
    let type: String
    let title: String
    let titles: Texts
    let description: String?
    let descriptions: Texts?
    let constraints: [String: Bool]?
    let unit: String?
    let privacy: [String]
    let treatments: [String]?
  }

  private struct Schema: Encodable {
    let fields: [Field]
    let fieldsMatch = "exact"
    let missingValues = [""]

    enum CodingKeys: String, CodingKey { case fields, fieldsMatch, missingValues }
  }

  private struct Dialect: Encodable {
    let delimiter = ","
    let lineTerminator = "\r\n"
    let quoteChar = "\""
    let doubleQuote = true
    let header = true

    enum CodingKeys: String, CodingKey {
      case delimiter, lineTerminator, quoteChar, doubleQuote, header
    }
  }

  private struct Resource: Encodable {
    let name: String
    let path: String
    let type = "table"
    let format = "csv"
    let mediatype = "text/csv"
    let encoding = "utf-8"
    let compression: String?
    let bytes: Int
    let hash: String
    let rows: Int
    let dialect = Dialect()
    let schema: Schema

    enum CodingKeys: String, CodingKey {
      case name, path, type, format, mediatype, encoding, compression, bytes, hash, rows, dialect
      case schema
    }
  }

  private struct Licence: Encodable {
    let name: String
    let title: String
  }

  private struct Contributor: Encodable {
    let title: String
    let roles: [String]
    let email: String?
  }

  private let name: String
  private let title: String
  private let titles: Texts
  private let description: String?
  private let descriptions: Texts?
  private let licenses: [Licence]?
  private let contributors: [Contributor]?
  private let resources: [Resource]
  private let purpose: String?
  private let audience: String
  private let conditions: Texts
  private let citation: Texts
  private let risk: [Texts]
  private let guarantees: [String]

  enum CodingKeys: String, CodingKey {
    case name, title, titles, description, descriptions, licenses, contributors, resources, purpose
    case audience, conditions, citation, risk, guarantees
    case schema = "$schema"
  }

  init(_ bundle: BundleFacts) {
    let language = bundle.plan.charter.language
    name = Self.slug(bundle.output.name)
    (title, titles) = (bundle.title.text(language), Texts(bundle.title))
    description = bundle.description?.text(language)
    descriptions = bundle.description.map(Texts.init)
    licenses = bundle.licence.map { [Licence(name: Self.slug($0), title: $0)] }
    let contact = bundle.contact.flatMap { $0.contains("@") ? $0 : nil }
    let contributors = bundle.publishers.map {
      Contributor(title: $0, roles: ["publisher"], email: contact)
    }
    self.contributors = contributors.isEmpty ? nil : contributors
    let isGzip = bundle.output.format == .csvGzip
    resources = [
      Resource(
        name: Self.slug(bundle.output.name), path: bundle.file, compression: isGzip ? "gz" : nil,
        bytes: bundle.report.bytes, hash: "sha256:" + bundle.report.sha256,
        rows: bundle.report.rows,
        schema: Schema(fields: bundle.fields.map { Self.field($0, language) }))
    ]
    (purpose, audience) = (bundle.plan.purpose, bundle.output.audience.name)
    (conditions, citation) = (Texts(bundle.conditions), Texts(bundle.citation))
    risk = bundle.risk.map(Texts.init)
    guarantees = bundle.facts.guarantees.map { $0.told("=") }.sorted()
  }

  func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(
      "https://datapackage.org/profiles/2.0/datapackage.json", forKey: .schema)
    try values.encode(name, forKey: .name)
    try values.encode(title, forKey: .title)
    try values.encode(titles, forKey: .titles)
    try values.encodeIfPresent(description, forKey: .description)
    try values.encodeIfPresent(descriptions, forKey: .descriptions)
    try values.encodeIfPresent(licenses, forKey: .licenses)
    try values.encodeIfPresent(contributors, forKey: .contributors)
    try values.encode(resources, forKey: .resources)
    try values.encodeIfPresent(purpose, forKey: .purpose)
    try values.encode(audience, forKey: .audience)
    try values.encode(conditions, forKey: .conditions)
    try values.encode(citation, forKey: .citation)
    try values.encode(risk, forKey: .risk)
    try values.encode(guarantees, forKey: .guarantees)
  }

  func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self)) + [10]
  }

  private static func field(_ field: BundleField, _ language: Language) -> Field {
    Field(
      name: field.name, type: field.type.schemaType, title: field.title.text(language),
      titles: Texts(field.title), description: field.description?.text(language),
      descriptions: field.description.map(Texts.init),
      constraints: field.isNullable ? nil : ["required": true], unit: field.unit,
      privacy: field.classes.map(\.rawValue),
      treatments: field.treatments.isEmpty ? nil : field.treatments.map(\.stage))
  }

  /// As the standard wants names: letters, digits, `.`, `_` and `-`.
  private static func slug(_ text: String) -> String {
    let plain = text.map { character -> Character in
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      return isPlain || "._-".contains(character) ? character : "-"
    }
    return plain.isEmpty ? "table" : String(plain)
  }
}
