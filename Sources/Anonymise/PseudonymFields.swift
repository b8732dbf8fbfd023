import StageKit
import Tabular

/// The fields that pseudonyms of one scope replace, and how these are written: what `pseudonymise`
/// and `tokenise` have in common.
struct PseudonymFields: Sendable {
  let names: [String]
  let scope: String
  let format: Pseudonyms.Format
  /// Characters.
  let length: Int
  private let domain: String?
  private let computed: ComputedFields

  /// - Parameters:
  ///   - format: where none is said.
  ///   - length: where none is said, in characters.
  init(
    _ options: Options, _ binding: Binding, format: Pseudonyms.Format, length: Int
  ) throws {
    let node = try binding.require(options["fields"])
    let fields = binding.fields(node)
    scope = binding.scope(options["scope"])
    domain = options["domain"]?.text
    self.format = options["format"]?.text.flatMap { Pseudonyms.Format(rawValue: $0) } ?? format
    self.length = options["length"]?.integer ?? length
    if self.length > self.format.longest {
      binding.diagnostics.error(
        "wrong-value", at: options["length"]?.position ?? options.position,
        Self.tooLong(self.format))
    }
    computed = Self.replacing(fields, node, binding, scope: scope)
    try binding.settle()
    names = fields.map(\.name)
  }

  var facts: Facts { computed.facts }

  func needs(_ wanted: Set<String>) -> Set<String> { computed.needs(wanted) }

  func uses(_ kind: PseudonymUse.Kind, key: Int? = nil) -> [PseudonymUse] {
    names.map {
      PseudonymUse(
        kind, scope: scope, domain: domain ?? $0, format: format.rawValue, length: length, key: key)
    }
  }

  /// - Parameter answers: what makes the pseudonyms of a domain.
  func operation(
    _ answers: (_ domain: String) throws -> @Sendable () -> any TextAnswers
  ) rethrows -> StageOperation {
    let changes = try names.compactMap { name -> TextMap.Change? in
      guard let column = facts.index(of: name) else { return nil }
      return TextMap.Change(column: column, try answers(domain ?? name))
    }
    return .rowLocal(RowChain([computed.rowOperator, TextMap(changes)]))
  }

  /// Texts of the fields, classed as pseudonyms.
  private static func replacing(
    _ fields: [Field], _ node: SpecNode, _ binding: Binding, scope: String
  ) -> ComputedFields {
    // What is no text gets its pseudonym as the text that it would be written as.
    var computed = ComputedFields(of: binding.input)
    for (field, place) in zip(fields, node.items ?? [node]) {
      let text = "cast(\(ExpressionText.field(field.name)) as text)"
      guard let expression = binding.expression(written: text, at: place, in: computed.facts)
      else { continue }
      var replaced = field
      replaced.type = .text
      (replaced.decimals, replaced.counts) = (nil, nil)
      replaced.precision = nil
      replaced.privacy = field.privacy.pseudonymised(scope)
      computed.set(replaced, to: expression)
    }
    return computed
  }

  private static func tooLong(_ format: Pseudonyms.Format) -> Message {
    Message(
      en: "a pseudonym in \(format.rawValue) has at most \(format.longest) characters",
      fr: "un pseudonyme en \(format.rawValue) a au plus \(format.longest) caractères")
  }
}
