/// Latin letters without their accents: enough to compare the names of columns and files.
enum LatinFolding {
  /// Base letters of U+00C0…U+017F in the order of the block; `·` stands for what is no letter.
  private static let bases: [Unicode.Scalar] = Array(
    ("AAAAAAACEEEEIIIIDNOOOOO·OUUUUYTsaaaaaaaceeeeiiiidnooooo·ouuuuyty"
      + "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOo"
      + "RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs").unicodeScalars)

  static func base(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    switch scalar.value {
    case 0x152: return ["O", "E"]
    case 0x153: return ["o", "e"]
    case 0xC6: return ["A", "E"]
    case 0xE6: return ["a", "e"]
    case 0xDF: return ["s", "s"]
    // Combining accents, of names that were written decomposed.
    case 0x300...0x36F: return []
    case 0xC0...0x17F:
      let index = Int(scalar.value) - 0xC0
      return index < bases.count ? [bases[index]] : [scalar]
    default: return [scalar]
    }
  }
}
