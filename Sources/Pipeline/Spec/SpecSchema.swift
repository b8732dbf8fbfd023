import Foundation
import StageKit
import Tabular

/// The JSON Schema (2020-12) of pipeline and charter files, made from the same declarations that
/// decode them, so that editors and the runtime agree.
public struct SpecSchema {
  let language: Language
  /// Declarations of all stages; empty for a charter, which has none.
  let stages: [StageDeclaration]

  /// The schema of pipeline files, as JSON.
  /// - Parameter stages: the declarations of all stages that exist.
  public static func pipeline(
    _ stages: [StageDeclaration], blocks: [any Block.Type], _ language: Language
  ) throws -> String {
    let maker = SpecSchema(language: language, stages: stages)
    return try maker.document(
      SpecDeclarations.pipeline(blocks), oneOf: ["outputs", "reports"], title: "Octroi pipeline")
  }

  /// The schema of charter files, as JSON.
  public static func charter(_ language: Language) throws -> String {
    let maker = SpecSchema(language: language, stages: [])
    return try maker.document(
      CharterDeclarations.charter, title: "Octroi charter",
      extensible: ["governance": GovernanceDeclarations.entry])
  }

  /// - Parameters:
  ///   - some: keys of which there is one at least.
  ///   - extensible: what is known of the members of mappings that may hold more.
  private func document(
    _ top: [OptionDeclaration], oneOf some: [String] = [], title: String,
    extensible: [String: [OptionDeclaration]] = [:]
  ) throws -> String {
    var schema = record(top)
    if !some.isEmpty {
      schema["anyOf"] = .list(some.map { .object(["required": .list([.text($0)])]) })
    }
    schema["$schema"] = .text("https://json-schema.org/draft/2020-12/schema")
    schema["title"] = .text(title)
    schema["$defs"] = .object(["stage": .object(stage)])
    if case .object(var properties) = schema["properties"] {
      properties["octroi"] = .object(["const": .integer(1)])
      for (name, members) in extensible {
        guard case .object(var property) = properties[name] else { continue }
        var member = record(members)
        member["additionalProperties"] = .boolean(true)
        property["additionalProperties"] = .object(member)
        properties[name] = .object(property)
      }
      schema["properties"] = .object(properties)
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(JsonValue.object(schema)), as: UTF8.self) + "\n"
  }

  /// A stage: its name alone, or its name with its options.
  private var stage: [String: JsonValue] {
    guard !stages.isEmpty else { return [:] }
    func names(_ stages: [StageDeclaration]) -> [(String, StageDeclaration)] {
      stages.flatMap { stage in ([stage.name] + stage.otherNames).map { ($0, stage) } }
    }
    let bodies = Dictionary(
      names(stages).map { ($0, JsonValue.object(body($1))) }, uniquingKeysWith: { $1 })
    let bare = names(stages.filter { !$0.options.contains(where: \.required) }).map(\.0).sorted()
    let mapping: [String: JsonValue] = [
      "type": .text("object"), "properties": .object(bodies),
      "additionalProperties": .boolean(false), "minProperties": .integer(1),
      "maxProperties": .integer(1),
    ]
    return [
      "anyOf": .list([
        .object(mapping),
        .object(["type": .text("string"), "enum": .list(bare.map { .text($0) })]),
      ])
    ]
  }

  private func body(_ declaration: StageDeclaration) -> [String: JsonValue] {
    var ways: [JsonValue] = []
    let short = declaration.shorthand.flatMap { name in
      declaration.options.first { $0.name == name }
    }
    if let short { ways.append(.object(type(short.type))) }
    if short == nil || !declaration.bodyIsMap { ways.append(.object(record(declaration.options))) }
    if !declaration.options.contains(where: \.required) { ways.append(Self.null) }
    let described = JsonValue.text(declaration.summary.text(language))
    if ways.count == 1, case .object(var only) = ways[0] {
      only["description"] = described
      return only
    }
    return ["anyOf": .list(ways), "description": described]
  }

  private func record(_ declarations: [OptionDeclaration]) -> [String: JsonValue] {
    var properties: [String: JsonValue] = [:]
    for declaration in declarations {
      var property = type(declaration.type)
      if !declaration.required {
        // A key without a value counts as not given.
        property = ["anyOf": .list([.object(property), Self.null])]
      }
      property["description"] = .text(declaration.summary.text(language))
      if let text = declaration.defaultText { property["default"] = .text(text) }
      properties[declaration.name] = .object(property)
    }
    let required = declarations.filter(\.required).map(\.name).sorted()
    return [
      "type": .text("object"), "properties": .object(properties),
      "required": .list(required.map { .text($0) }), "additionalProperties": .boolean(false),
    ]
  }

  private static let null = JsonValue.object(["type": .text("null")])

  /// Text is whatever a scalar's author wrote: `2024` and `true` are texts where text is wanted.
  private static let scalar: [String: JsonValue] = [
    "type": .list([.text("string"), .text("number"), .text("boolean")])
  ]

  private static func bounded(_ kind: String, _ range: ClosedRange<Double>) -> [String: JsonValue] {
    var schema: [String: JsonValue] = ["type": .text(kind)]
    if range.lowerBound > -1e15 { schema["minimum"] = .number(range.lowerBound) }
    if range.upperBound < 1e15 { schema["maximum"] = .number(range.upperBound) }
    return schema
  }

  private func type(_ type: OptionType) -> [String: JsonValue] {
    switch type {
    case .expression, .measure, .field, .table, .text, .file: return Self.scalar
    case .fields:
      let list: [String: JsonValue] = ["type": .text("array"), "items": .object(Self.scalar)]
      return ["anyOf": .list([.object(Self.scalar), .object(list)])]
    case .name:
      return ["type": .text("string"), "pattern": .text("^[^0-9\\s.,;:'\"()-][^\\s.,;:'\"()-]*$")]
    case .boolean: return ["type": .text("boolean")]
    case .integer(let range):
      return Self.bounded("integer", Double(range.lowerBound)...Double(range.upperBound))
    case .number(let range): return Self.bounded("number", range)
    case .limit:
      let text: [String: JsonValue] = [
        "type": .text("string"), "pattern": .text("^[0-9]+([.][0-9]+)?\\s*%?$"),
      ]
      let number: [String: JsonValue] = ["type": .text("number"), "minimum": .integer(0)]
      return ["anyOf": .list([.object(text), .object(number)])]
    case .choice(let choices): return ["enum": .list(choices.map { .text($0) })]
    case .literal:
      return ["type": .list(["string", "number", "boolean", "null"].map { .text($0) })]
    case .stage: return ["$ref": .text("#/$defs/stage")]
    case .list(let element):
      return ["type": .text("array"), "items": .object(self.type(element))]
    case .map(_, let value):
      return ["type": .text("object"), "additionalProperties": .object(self.type(value))]
    case .record(let declarations): return record(declarations)
    case .either(let alternatives):
      return ["anyOf": .list(alternatives.map { .object(self.type($0)) })]
    }
  }
}
