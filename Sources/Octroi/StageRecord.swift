import Foundation
import StageKit
import Tabular

/// A stage's or block's documentation as machines read it.
public struct StageRecord: Encodable {
  private struct Option: Encodable {
    let name: String
    let type: String
    let required: Bool
    let `default`: String?
    let summary: String
  }

  private struct Way: Encodable {
    let name: String
    let meaning: String
  }

  /// What an anonymising stage promises.
  private struct Promise: Encodable {
    let guarantee: String
    let assumes: String
    let leaves: String
  }

  private let name: String
  private let otherNames: [String]
  private let kind: String
  private let summary: String
  private let options: [Option]
  private let privacy: String?
  private let promise: Promise?
  private let ways: [Way]
  /// Of a block.
  private let tables: [Way]?
  private let example: String

  /// The stage in a language.
  public init(_ stage: StageDeclaration, _ language: Language) {
    (name, otherNames) = (stage.name, stage.otherNames)
    kind = stage.kind.rawValue
    summary = stage.summary.text(language)
    options = Self.options(stage.options, language)
    privacy = stage.privacy.text(language)
    promise = stage.promise.map {
      Promise(
        guarantee: $0.guarantee.text(language), assumes: $0.assumes.text(language),
        leaves: $0.leaves.text(language))
    }
    ways = stage.ways.map { Way(name: $0.id, meaning: $0.meaning.text(language)) }
    (example, tables) = (stage.example, nil)
  }

  /// A block in a language: it has tables, and neither a privacy rule nor ways.
  public init(_ block: BlockDocumentation, _ language: Language) {
    (name, kind, summary) = (block.name, "block", block.summary.text(language))
    options = Self.options(block.options, language)
    (otherNames, privacy, promise, ways) = ([], nil, nil, [])
    tables = block.tables.map { Way(name: $0.name, meaning: $0.summary.text(language)) }
    example = block.example
  }

  /// A JSON array of stages and blocks, in the catalogue's order.
  public static func json(
    _ stages: [StageDeclaration], _ blocks: [BlockDocumentation], _ language: Language
  ) throws -> String {
    try text(
      stages.map { StageRecord($0, language) } + blocks.map { StageRecord($0, language) })
  }

  private static func options(
    _ options: [OptionDeclaration], _ language: Language
  ) -> [Option] {
    options.map {
      Option(
        name: $0.name, type: OptionShape.description($0.type).text(language),
        required: $0.required, default: $0.defaultText, summary: $0.summary.text(language))
    }
  }

  /// A JSON object.
  public func json() throws -> String { try Self.text(self) }

  private static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
