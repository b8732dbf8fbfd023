/// The texts that an `enum` allows, for looking up many cells.
struct TextChoices: Sendable {
  private static let few = 8

  private let texts: [[UInt8]]
  private let hash = KeyHash()
  /// Places of the texts by hash, for longer lists.
  private let places: [UInt64: [Int]]

  init(_ choices: [String]) {
    texts = choices.map { Array($0.utf8) }
    var places: [UInt64: [Int]] = [:]
    if texts.count > TextChoices.few {
      for (place, text) in texts.enumerated() {
        places[hash(text, 0..<text.count), default: []].append(place)
      }
    }
    self.places = places
  }

  /// - Parameter hint: the place found last; values often come in runs.
  func contains(_ bytes: [UInt8], _ range: Range<Int>, _ hint: inout Int) -> Bool {
    if equals(hint, bytes, range) { return true }
    let candidates = texts.count > TextChoices.few ? places[hash(bytes, range)] ?? [] : nil
    if let candidates {
      for place in candidates where equals(place, bytes, range) {
        hint = place
        return true
      }
      return false
    }
    for place in texts.indices where equals(place, bytes, range) {
      hint = place
      return true
    }
    return false
  }

  @inline(__always)
  private func equals(_ place: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard place < texts.count, texts[place].count == range.count else { return false }
    var index = range.lowerBound
    for byte in texts[place] {
      if bytes[index] != byte { return false }
      index += 1
    }
    return true
  }
}
