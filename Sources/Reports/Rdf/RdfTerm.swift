import Tabular

/// A name of one of the vocabularies that catalogues speak. Names come from code only.
public struct RdfName: Sendable, Hashable {
  public enum Vocabulary: String, Sendable, CaseIterable {
    case dcat, dct, foaf, rdfs, skos, spdx, vcard, xsd

    var address: String {
      switch self {
      case .dcat: "http://www.w3.org/ns/dcat#"
      case .dct: "http://purl.org/dc/terms/"
      case .foaf: "http://xmlns.com/foaf/0.1/"
      case .rdfs: "http://www.w3.org/2000/01/rdf-schema#"
      case .skos: "http://www.w3.org/2004/02/skos/core#"
      case .spdx: "http://spdx.org/rdf/terms#"
      case .vcard: "http://www.w3.org/2006/vcard/ns#"
      case .xsd: "http://www.w3.org/2001/XMLSchema#"
      }
    }
  }

  let vocabulary: Vocabulary
  let local: StaticString

  public init(_ vocabulary: Vocabulary, _ local: StaticString) {
    (self.vocabulary, self.local) = (vocabulary, local)
  }

  /// With the vocabulary's prefix, as `dct:title`.
  var short: String { "\(vocabulary.rawValue):\(local)" }

  public static func == (left: RdfName, right: RdfName) -> Bool { left.short == right.short }

  public func hash(into hasher: inout Hasher) { hasher.combine(short) }
}

/// An address that names something: `http`, `https`, `mailto` or `urn`, absolute, with nothing in
/// it that could end it early where it is written down.
public struct RdfAddress: Sendable, Hashable {
  public let text: String

  /// - Returns: nil for anything else.
  public init?(_ text: String) {
    guard ["http://", "https://", "mailto:", "urn:"].contains(where: text.hasPrefix),
      text.unicodeScalars.allSatisfy(Self.mayStand)
    else { return nil }
    self.text = text
  }

  /// An address of a vocabulary that is kept by others.
  init(known text: StaticString, _ code: String = "") {
    self.text = "\(text)" + Self.escaped(code)
  }

  private static func mayStand(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value > 0x20 && !(0x7F...0xA0).contains(scalar.value)
      && !"<>\"{}|^`\\".unicodeScalars.contains(scalar)
  }

  /// Text as one segment of a path: all but unreserved characters as `%XX`.
  public static func escaped(_ segment: String) -> String {
    var result = ""
    for byte in segment.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = Array("0123456789ABCDEF")
        result += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
    return result
  }
}

/// What a statement says of its subject.
public indirect enum RdfTerm: Sendable, Hashable {
  case address(RdfAddress)
  /// Text in no language, such as an identifier.
  case plain(String)
  case spoken(String, Language)
  /// - Parameter RdfName: the type, of the vocabulary `xsd`.
  case typed(String, RdfName)
  /// Something that is only described here.
  case resource(RdfResource)
}

/// Something with what is said of it, in the order in which it is said.
public struct RdfResource: Sendable, Hashable {
  public struct Statement: Sendable, Hashable {
    let property: RdfName
    let term: RdfTerm
  }

  /// Nil for something without a name.
  let address: RdfAddress?
  let type: RdfName
  private(set) var statements: [Statement] = []

  public init(_ address: RdfAddress? = nil, a type: RdfName) {
    (self.address, self.type) = (address, type)
  }

  /// Says something once.
  mutating func say(_ vocabulary: RdfName.Vocabulary, _ local: StaticString, _ term: RdfTerm?) {
    guard let term else { return }
    let statement = Statement(property: RdfName(vocabulary, local), term: term)
    if !statements.contains(statement) { statements.append(statement) }
  }

  mutating func say(_ vocabulary: RdfName.Vocabulary, _ local: StaticString, _ terms: [RdfTerm]) {
    for term in terms { say(vocabulary, local, term) }
  }

  /// What it speaks of that has a name of its own and is described with it.
  var namedParts: [RdfResource] {
    statements.flatMap { statement -> [RdfResource] in
      guard case .resource(let part) = statement.term else { return [] }
      return (part.address == nil ? [] : [part]) + part.namedParts
    }
  }

  /// The statements, those of one property together, in the order of the first of each.
  var grouped: [(property: RdfName, terms: [RdfTerm])] {
    var groups: [(property: RdfName, terms: [RdfTerm])] = []
    for statement in statements {
      if let place = groups.firstIndex(where: { $0.property == statement.property }) {
        groups[place].terms.append(statement.term)
      } else {
        groups.append((statement.property, [statement.term]))
      }
    }
    return groups
  }
}
