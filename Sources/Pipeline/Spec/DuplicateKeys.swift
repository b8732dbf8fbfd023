/// A YAML text in which keys that stand twice can be told apart: one character of the first is
/// replaced by one that no spec has, so that no position moves.
struct DuplicateKeys {
  /// More than these are not told in one pass.
  static let most = 20
  private static let mask: UInt32 = 0xF8F0

  let masked: String
  private let count: Int

  init(_ text: String) { (masked, count) = (text, 0) }

  private init(_ text: String, count: Int) { (masked, self.count) = (text, count) }

  /// - Parameters:
  ///   - line: of the key, from 1.
  ///   - column: of its first character, from 1.
  /// - Returns: nil when there is no such key or too many of them.
  func masking(line: Int, column: Int) -> DuplicateKeys? {
    guard count < Self.most, let mask = UnicodeScalar(Self.mask + UInt32(count)) else { return nil }
    var scalars = Array(masked.unicodeScalars)
    var start = 0
    for _ in 1..<max(line, 1) {
      guard let end = scalars[start...].firstIndex(of: "\n") else { return nil }
      start = end + 1
    }
    var place = start + column - 1
    guard place >= 0, place < scalars.count else { return nil }
    if scalars[place] == "\"" || scalars[place] == "'" { place += 1 }
    guard place < scalars.count, scalars[place].properties.isAlphabetic else { return nil }
    scalars[place] = mask
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return DuplicateKeys(String(text), count: count + 1)
  }

  static func isMasked(_ key: String) -> Bool {
    guard let first = key.unicodeScalars.first?.value else { return false }
    return (mask..<mask + UInt32(most)).contains(first)
  }
}
