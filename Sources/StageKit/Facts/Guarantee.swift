/// What has been established about a table (see the words of the design).
public enum Guarantee: Sendable, Hashable {
  /// Every row stands for at least this many rows of the source.
  case minCount(Int)
  /// Rows of persons are hidden among others.
  case anonymity(Anonymity)
  /// No suppressed cell can be told from the others.
  case protected(TableProtection)
  /// Counts were rounded at random to multiples of this base.
  case rounded(base: Int)
  /// Counts were perturbed, equal cells alike, by noise of this variance.
  case perturbed(varianceMillionths: Int)
  /// Noise was added that hides each person.
  case differential(DifferentialPrivacy)

  /// Whether it ends where rows are chosen anew.
  var endsWithChoice: Bool {
    switch self {
    case .minCount, .differential: false
    case .anonymity, .protected, .rounded, .perturbed: true
    }
  }

  /// Whether counts are no longer those of rows, however small these are.
  public var blursCounts: Bool {
    switch self {
    case .rounded, .perturbed: true
    case .minCount, .anonymity, .protected, .differential: false
    }
  }

  /// Whether it rests on noise.
  public var isNoise: Bool { if case .differential = self { true } else { false } }

  /// Whether it speaks of this field's values.
  func rests(on field: String) -> Bool {
    guard case .anonymity(let anonymity) = self else { return false }
    // What tells persons apart may be pseudonymised: they are as many as before.
    return anonymity.quasi.contains(field) || anonymity.spreads[field] != nil
  }

  /// The same of a table whose fields are called otherwise.
  public func renamed(_ name: (String) -> String) -> Guarantee {
    switch self {
    case .anonymity(var anonymity):
      anonymity.quasi = Set(anonymity.quasi.map(name))
      anonymity.person = anonymity.person.map(name)
      anonymity.spreads = Dictionary(
        anonymity.spreads.map { (name($0.key), $0.value) }, uniquingKeysWith: { $0.union($1) })
      return .anonymity(anonymity)
    case .protected(var protection):
      protection.cells = protection.cells?.renamed(name)
      return .protected(protection)
    case .minCount, .rounded, .perturbed, .differential: return self
    }
  }

  /// The same of a table in which a field holds other values now, which it does not speak of.
  func overwriting(_ field: String) -> Guarantee {
    guard case .protected(var protection) = self else { return self }
    protection.cells = protection.cells?.overwriting(field)
    return .protected(protection)
  }
}

/// That the rows of a class, alike in all quasi-identifiers, are of enough persons and alike
/// enough to others. The gate counts it again on the written bytes.
public struct Anonymity: Sendable, Hashable {
  /// What a class's values of a sensitive field must be.
  public enum Spread: Sendable, Hashable {
    /// At least so many values.
    case distinct(Int)
    /// Shannon entropy of at least ln of so many values, in millionths.
    case entropy(millionths: Int)
    /// r1 < c·(r_l + r_{l+1} + …), c in millionths.
    case recursive(millionths: Int, Int)
    /// Earth mover's distance to the whole table's of at most so many millionths.
    case closeness(millionths: Int, Ground)
    case betaLikeness(millionths: Int, isEnhanced: Bool)
    /// Frequencies less than a factor of two to this power away from the whole table's.
    case disclosure(millionths: Int)
  }

  /// What classes must be in a population, which is not published with them.
  public enum PopulationBound: Sendable, Hashable {
    /// At least so many persons of it alike.
    case map(Int)
    /// The share of those that is in the table, in millionths.
    case presence(least: Int, most: Int)
  }

  /// How far values are apart, for closeness.
  public enum Ground: Sendable, Hashable {
    case equal
    case ordered
    /// By levels of a hierarchy's file.
    case hierarchical(String)
  }

  /// Persons in each class, at least.
  public var k: Int
  /// Fields that make the classes, as they are called in this table.
  public var quasi: Set<String>
  /// The field that tells persons apart; nil where every row is a person.
  public var person: String?
  /// By sensitive field.
  public var spreads: [String: Set<Spread>]
  public var population: Set<PopulationBound>

  public init(
    k: Int, quasi: Set<String>, person: String? = nil, spreads: [String: Set<Spread>] = [:],
    population: Set<PopulationBound> = []
  ) {
    (self.k, self.quasi, self.person, self.spreads) = (k, quasi, person, spreads)
    self.population = population
  }
}

/// That small and dominated cells of a table are suppressed, and cannot be computed from others.
public struct TableProtection: Sendable, Hashable {
  /// The fields by which its cells can be found again, as they are called in this table.
  public struct Cells: Sendable, Hashable {
    /// Those that tell cells apart.
    public var keys: [String]
    /// Those that are empty where a cell is suppressed.
    public var measures: Set<String>

    public init(keys: [String], measures: Set<String>) {
      (self.keys, self.measures) = (keys, measures)
    }

    func renamed(_ name: (String) -> String) -> Cells {
      Cells(keys: keys.map(name), measures: Set(measures.map(name)))
    }

    /// - Returns: nil where cells can no longer be told apart.
    func overwriting(_ field: String) -> Cells? {
      keys.contains(field) ? nil : Cells(keys: keys, measures: measures.subtracting([field]))
    }
  }

  /// Contributors that a published cell has, at least.
  public var minCount: Int
  /// The largest contributor's share of a published cell, at most, in millionths; nil for none.
  public var dominanceMillionths: Int?
  /// Nil where they can no longer be found.
  public var cells: Cells?

  public init(minCount: Int, dominanceMillionths: Int? = nil, cells: Cells? = nil) {
    (self.minCount, self.dominanceMillionths) = (minCount, dominanceMillionths)
    self.cells = cells
  }
}

/// What a release costs of a budget of zero-concentrated differential privacy (or of ε alone).
public struct DifferentialPrivacy: Sendable, Hashable {
  /// ε of this release, in millionths, rounded up.
  public var epsilonMillionths: Int
  /// δ as a power of ten, such as -6; nil for pure differential privacy.
  public var deltaExponent: Int?

  public init(epsilonMillionths: Int, deltaExponent: Int?) {
    (self.epsilonMillionths, self.deltaExponent) = (epsilonMillionths, deltaExponent)
  }
}

extension Guarantee {
  /// In a few words, for plans and manifests.
  /// - Parameter sign: what stands between a name and its bound, such as `=`.
  public func told(_ sign: String) -> String {
    switch self {
    case .minCount(let count): "min_count\(sign)\(count)"
    case .anonymity(let anonymity): anonymity.told(sign)
    case .protected(let protection):
      "protected min_count\(sign)\(protection.minCount)"
        + (protection.dominanceMillionths.map { " dominance\(sign)\(Self.share($0))" } ?? "")
    case .rounded(let base): "rounded\(sign)\(base)"
    case .perturbed(let variance): "perturbed variance\(sign)\(Self.share(variance))"
    case .differential(let noise):
      "epsilon\(sign)\(Self.share(noise.epsilonMillionths))"
        + (noise.deltaExponent.map { " delta\(sign)1e\($0)" } ?? "")
    }
  }

  /// Millionths as a decimal.
  public static func share(_ millionths: Int) -> String {
    let digits = String(millionths % 1_000_000 + 1_000_000).dropFirst()
    let end = digits.lastIndex { $0 != "0" }
    return String(millionths / 1_000_000) + (end.map { "." + digits[...$0] } ?? "")
  }
}

extension Anonymity {
  fileprivate func told(_ sign: String) -> String {
    let classes = "k\(sign)\(k) (\(quasi.sorted().joined(separator: ", ")))"
    let spreads = spreads.sorted { $0.key < $1.key }.flatMap { field, spreads in
      spreads.map { "\($0.told(sign)) (\(field))" }.sorted()
    }
    let bounds = population.map { bound in
      switch bound {
      case .map(let persons): "k_map\(sign)\(persons)"
      case .presence(let least, let most):
        "presence\(sign)\(Guarantee.share(least))–\(Guarantee.share(most))"
      }
    }
    return ([classes] + spreads + bounds.sorted()).joined(separator: "; ")
  }
}

extension Anonymity.Spread {
  /// In a few words, for plans and manifests.
  /// - Parameter sign: what stands between a name and its bound, such as `=`.
  public func told(_ sign: String) -> String {
    switch self {
    case .distinct(let l): "l\(sign)\(l)"
    case .entropy(let l): "entropy l\(sign)\(Guarantee.share(l))"
    case .recursive(let c, let l): "recursive (\(Guarantee.share(c)), \(l))"
    case .closeness(let t, _): "t\(sign)\(Guarantee.share(t))"
    case .betaLikeness(let beta, _): "beta\(sign)\(Guarantee.share(beta))"
    case .disclosure(let delta): "disclosure\(sign)\(Guarantee.share(delta))"
    }
  }
}
