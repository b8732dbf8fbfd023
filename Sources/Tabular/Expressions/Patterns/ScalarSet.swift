/// A set of Unicode scalars, as sorted ranges that neither touch nor overlap.
struct ScalarSet: Sendable, Hashable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let maximum: UInt32 = 0x10FFFF

  /// - Parameter ranges: in any order, overlapping or not.
  init(_ ranges: [ClosedRange<UInt32>]) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  /// The scalars with a property; reads most of Unicode, so keep the result.
  init(where isMember: (Unicode.Scalar) -> Bool) {
    var found: [ClosedRange<UInt32>] = []
    for range in ScalarSet.mixed {
      for code in range where Unicode.Scalar(code).map(isMember) ?? false {
        found.append(code...code)
      }
    }
    for range in ScalarSet.uniform {
      if Unicode.Scalar(range.lowerBound).map(isMember) ?? false { found.append(range) }
    }
    self.init(found)
  }

  /// Blocks whose scalars all have the same properties: ideographs, Hangul, private use.
  private static let uniform: [ClosedRange<UInt32>] = [
    0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xE000...0xF8FF, 0x17000...0x187F7,
    0x20000...0x2A6DF, 0x2A700...0x2B739, 0x2B740...0x2B81D, 0x2B820...0x2CEA1,
    0x2CEB0...0x2EBE0, 0x2EBF0...0x2EE5D, 0x2F800...0x2FA1D, 0x30000...0x3134A,
    0x31350...0x323AF, 0xE0100...0xE01EF,
  ]

  /// The other scalars that are assigned.
  private static let mixed: [ClosedRange<UInt32>] = [
    0...0x33FF, 0x4DC0...0x4DFF, 0xA000...0xABFF, 0xD7A4...0xD7FF, 0xF900...0x16FFF,
    0x187F8...0x1FFFF,
  ]

  static let any = ScalarSet([0...maximum])
  static let newline = ScalarSet(0x0A)
  static let digit = ScalarSet([0x30...0x39])
  static let blank = ScalarSet(where: { TrimKernel.isBlank($0.value) })
  /// Letters, marks, digits and connectors of every script, as in Unicode's rules for patterns.
  static let word = ScalarSet(where: { scalar in
    if scalar.properties.isAlphabetic || scalar.properties.isJoinControl { return true }
    switch scalar.properties.generalCategory {
    case .decimalNumber, .connectorPunctuation, .nonspacingMark, .spacingMark, .enclosingMark:
      return true
    default: return false
    }
  })
  static let letter = category { $0.isLetter }
  static let upper = category { $0 == .uppercaseLetter }
  static let lower = category { $0 == .lowercaseLetter }
  static let decimal = category { $0 == .decimalNumber }
  static let number = category { $0.isNumber }
  static let punctuation = category { $0.isPunctuation }
  static let separator = category { $0.isSeparator }
  static let mark = category { $0.isMark }
  static let symbol = category { $0.isSymbol }

  private static func category(_ isMember: (Unicode.GeneralCategory) -> Bool) -> ScalarSet {
    ScalarSet(where: { isMember($0.properties.generalCategory) })
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  var inverted: ScalarSet {
    var gaps: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { gaps.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= ScalarSet.maximum { gaps.append(next...ScalarSet.maximum) }
    return ScalarSet(gaps)
  }

  func contains(_ scalar: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < scalar { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].contains(scalar)
  }

  /// With the other case of every member.
  var ignoringCase: ScalarSet {
    var more = ranges
    for (scalar, others) in ScalarSet.variants where contains(scalar) {
      more += others.map { $0...$0 }
    }
    return ScalarSet(more)
  }

  /// The scalars that differ only in case from others, with those.
  private static let variants: [(UInt32, [UInt32])] = {
    var byLower: [UInt32: [UInt32]] = [:]
    for code in mixed.joined() {
      guard let scalar = Unicode.Scalar(code), scalar.properties.changesWhenCaseMapped
      else { continue }
      byLower[CaseTable.lower.single(CaseTable.upper.single(code)), default: []].append(code)
    }
    var variants: [(UInt32, [UInt32])] = []
    for (lower, members) in byLower {
      for member in members + [lower] {
        variants.append((member, (members + [lower]).filter { $0 != member }))
      }
    }
    return variants.sorted { $0.0 < $1.0 }
  }()
}

extension Unicode.GeneralCategory {
  fileprivate var isLetter: Bool {
    switch self {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: false
    }
  }

  fileprivate var isNumber: Bool {
    self == .decimalNumber || self == .letterNumber || self == .otherNumber
  }

  fileprivate var isMark: Bool {
    self == .nonspacingMark || self == .spacingMark || self == .enclosingMark
  }

  fileprivate var isSeparator: Bool {
    self == .spaceSeparator || self == .lineSeparator || self == .paragraphSeparator
  }

  fileprivate var isSymbol: Bool {
    switch self {
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: true
    default: false
    }
  }

  fileprivate var isPunctuation: Bool {
    switch self {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}
