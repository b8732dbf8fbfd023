import Tabular

/// A graph as JSON-LD 1.1 (https://www.w3.org/TR/json-ld11/): the same statements in the same order
/// as `TurtleText` writes.
public enum JsonLdText {
  public static func text(_ resources: [RdfResource]) -> String {
    let context = RdfName.Vocabulary.allCases.map {
      "    \(quoted($0.rawValue)): \(quoted($0.address))"
    }
    let graph = resources.map { "    " + object($0, indent: "    ") }
    return "{\n  \"@context\": {\n" + context.joined(separator: ",\n") + "\n  },\n  \"@graph\": [\n"
      + graph.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  private static func object(_ resource: RdfResource, indent: String) -> String {
    var members: [String] = []
    if let address = resource.address { members.append("\"@id\": \(quoted(address.text))") }
    members.append("\"@type\": \(quoted(resource.type.short))")
    for (property, terms) in resource.grouped {
      let said = terms.map { term($0, indent: indent + "  ") }
      members.append(
        quoted(property.short) + ": "
          + (said.count == 1 ? said[0] : "[" + said.joined(separator: ", ") + "]"))
    }
    let inner = members.map { "\n\(indent)  " + $0 }.joined(separator: ",")
    return "{" + inner + "\n\(indent)}"
  }

  private static func term(_ term: RdfTerm, indent: String) -> String {
    switch term {
    case .address(let address): "{\"@id\": \(quoted(address.text))}"
    case .plain(let text): quoted(cleaned(text))
    case .spoken(let text, let language):
      "{\"@language\": \(quoted(language.rawValue)), \"@value\": \(quoted(cleaned(text)))}"
    case .typed(let text, let type):
      "{\"@type\": \(quoted(type.short)), \"@value\": \(quoted(cleaned(text)))}"
    case .resource(let resource): object(resource, indent: indent)
    }
  }

  /// The same text as in Turtle.
  private static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      result.append(isControl && !"\n\r\t".unicodeScalars.contains(scalar) ? "\u{fffd}" : scalar)
    }
    return String(result)
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.append(Array(text.utf8)[...], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
