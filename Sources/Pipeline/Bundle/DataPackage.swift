import Foundation
import StageKit
import Tabular

/// A Data Package 2.0 of one table (https://datapackage.org). What the standard has no word for
/// (texts in two languages, classes, treatments, purpose, conditions, risk) stands under words of
/// our own.
struct DataPackage: Encodable {
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
  private let titles: SpokenTexts
  private let description: String?
  private let descriptions: SpokenTexts?
  private let licenses: [Licence]?
  private let contributors: [Contributor]?
  private let resources: [TableResource]
  private let purpose: String?
  private let audience: String
  private let conditions: SpokenTexts
  private let citation: SpokenTexts
  private let risk: [SpokenTexts]
  private let guarantees: [String]

  enum CodingKeys: String, CodingKey {
    case name, title, titles, description, descriptions, licenses, contributors, resources, purpose
    case audience, conditions, citation, risk, guarantees
    case schema = "$schema"
  }

  init(_ bundle: BundleFacts) {
    let language = bundle.plan.charter.language
    name = Self.slug(bundle.output.name)
    (title, titles) = (bundle.title.text(language), SpokenTexts(bundle.title))
    description = bundle.description?.text(language)
    descriptions = bundle.description.map(SpokenTexts.init)
    licenses = bundle.licence.map { [Licence(name: Self.slug($0), title: $0)] }
    let contact = bundle.contact.flatMap { $0.contains("@") ? $0 : nil }
    let contributors = bundle.publishers.map {
      Contributor(title: $0, roles: ["publisher"], email: contact)
    }
    self.contributors = contributors.isEmpty ? nil : contributors
    resources = [TableResource(bundle, language)]
    (purpose, audience) = (bundle.plan.purpose, bundle.output.audience.name)
    (conditions, citation) = (SpokenTexts(bundle.conditions), SpokenTexts(bundle.citation))
    risk = bundle.risk.map(SpokenTexts.init)
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

  /// As the standard wants names: letters, digits, `.`, `_` and `-`.
  static func slug(_ text: String) -> String {
    let plain = text.map { character -> Character in
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      return isPlain || "._-".contains(character) ? character : "-"
    }
    return plain.isEmpty ? "table" : String(plain)
  }
}
