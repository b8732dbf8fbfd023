import Tabular

/// A graph as Turtle (https://www.w3.org/TR/turtle/). Text can only get in as text: addresses were
/// checked when they were made, and literals are escaped here.
public enum TurtleText {
  public static func text(_ resources: [RdfResource]) -> String {
    let prefixes = RdfName.Vocabulary.allCases.map {
      "@prefix \($0.rawValue): <\($0.address)> .\n"
    }
    // Turtle describes within others only what has no name.
    var named: [RdfResource] = []
    for resource in resources.flatMap({ [$0] + $0.namedParts }) where !named.contains(resource) {
      named.append(resource)
    }
    let blocks = named.map { resource in
      "\n" + (resource.address.map { "<\($0.text)>" } ?? "[]") + body(resource, indent: "  ")
        + " .\n"
    }
    return prefixes.joined() + blocks.joined()
  }

  private static func body(_ resource: RdfResource, indent: String) -> String {
    var text = " a \(resource.type.short)"
    for (property, terms) in resource.grouped {
      let said = terms.map { term($0, indent: indent) }.joined(separator: ",\n\(indent)  ")
      text += " ;\n\(indent)\(property.short) \(said)"
    }
    return text
  }

  private static func term(_ term: RdfTerm, indent: String) -> String {
    switch term {
    case .address(let address): "<\(address.text)>"
    case .plain(let text): quoted(text)
    case .spoken(let text, let language): quoted(text) + "@" + language.rawValue
    case .typed(let text, let type): quoted(text) + "^^" + type.short
    case .resource(let resource):
      resource.address.map { "<\($0.text)>" } ?? "[" + body(resource, indent: indent + "  ")
        + "\n\(indent)]"
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      // RDF has no other control characters that every reader takes.
      case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
        result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
