/// Names that can be written anywhere without quotes: in expressions, in YAML, in paths. Made of
/// what people call their columns and files.
package enum SafeName {
  /// Names are cut here; the whole is kept as a title.
  private static let longest = 60
  /// Words of expressions and of YAML.
  private static let reserved: Set<String> = [
    "and", "or", "not", "is", "null", "true", "false", "case", "when", "then", "else", "end", "in",
    "between", "like", "ilike", "escape", "distinct", "yes", "no", "on", "off", "y", "n",
  ]

  /// A name for each text, all different. Texts that are such names already keep theirs; the
  /// others lose accents and capitals, and `_` stands for what is neither letter nor digit:
  /// `Date d’ouverture` becomes `date_d_ouverture`, and `dateNaissance` `date_naissance`.
  /// - Parameter fallback: the name of a text without a letter or digit, and what is put before a
  ///   digit.
  package static func names(_ texts: [String], fallback: String) -> [String] {
    var taken = Taken()
    // A text that is a name keeps it wherever it stands; its twins do not.
    var names = texts.map { isSafe($0) && taken.names.insert($0).inserted ? $0 : nil }
    for (index, text) in texts.enumerated() where names[index] == nil {
      names[index] = taken.free(isSafe(text) ? text : safe(text, fallback: fallback))
    }
    return names.map { $0 ?? fallback }
  }

  /// Whether a text can stand as it is: small ASCII letters, digits and `_`, no digit first.
  private static func isSafe(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= longest, !isDigit(first) else {
      return false
    }
    return !reserved.contains(text)
      && text.utf8.allSatisfy { byte in
        isDigit(byte) || byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte)
      }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func safe(_ text: String, fallback: String) -> String {
    var name = ""
    var wasSmall = false
    for scalar in text.unicodeScalars.flatMap({ LatinFolding.base($0) }) {
      let properties = scalar.properties
      let isDigit = isDigit(scalar)
      if wasSmall, properties.isUppercase { name += "_" }
      wasSmall = properties.isLowercase
      // Letters of other scripts stay: expressions read them.
      if isDigit || (properties.isAlphabetic && properties.isXIDStart) {
        name += isDigit ? String(scalar) : properties.lowercaseMapping
      } else if name.last != "_", !name.isEmpty, !properties.isDiacritic {
        name += "_"
      }
      if name.unicodeScalars.count >= longest { break }
    }
    // Lower case may be decomposed; what does not begin or continue a name goes.
    name.unicodeScalars.removeAll { !$0.properties.isAlphabetic && $0 != "_" && !isDigit($0) }
    while name.last == "_" { name.removeLast() }
    guard let first = name.unicodeScalars.first else { return fallback }
    if isDigit(first) { name = fallback + "_" + name }
    return reserved.contains(name.lowercased()) ? name + "_" : name
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Names that have been given.
  private struct Taken {
    var names: Set<String> = []
    /// The number of each name's last twin.
    private var last: [String: Int] = [:]

    /// The name, or with the next free number; it is then taken.
    mutating func free(_ name: String) -> String {
      if names.insert(name).inserted { return name }
      var number = last[name, default: 1] + 1
      while !names.insert("\(name)_\(number)").inserted { number += 1 }
      last[name] = number
      return "\(name)_\(number)"
    }
  }
}
