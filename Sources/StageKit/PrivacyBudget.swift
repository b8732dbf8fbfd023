import Tabular

/// What a release of noisy figures costs, in whole numbers, each rounded up.
public struct PrivacyCost: Sendable, Hashable {
  /// ρ of zero-concentrated differential privacy, in units of 1e-12.
  public var rhoTrillionths: Int
  /// ε in millionths, where the noise alone is purely ε-differentially private; nil otherwise.
  public var epsilonMillionths: Int?
  /// δ that a threshold for unknown groups costs, in units of 1e-18.
  public var deltaAttos: Int

  public init(rhoTrillionths: Int, epsilonMillionths: Int?, deltaAttos: Int = 0) {
    (self.rhoTrillionths, self.epsilonMillionths) = (rhoTrillionths, epsilonMillionths)
    self.deltaAttos = deltaAttos
  }

  /// Pure ε-differential privacy, which is ε²/2-zCDP as well (Bun and Steinke, 2016, prop. 1.4).
  /// - Parameter epsilonMillionths: 1…1e9.
  public init(epsilonMillionths epsilon: Int, deltaAttos: Int = 0) {
    let epsilon = min(max(epsilon, 1), 1_000_000_000)
    self.init(
      rhoTrillionths: (epsilon * epsilon + 1) / 2, epsilonMillionths: epsilon,
      deltaAttos: deltaAttos)
  }

  /// Nothing yet.
  public static let none = PrivacyCost(rhoTrillionths: 0, epsilonMillionths: 0)

  /// Both releases of the same persons: costs add up; they stay at the largest number.
  public func and(_ other: PrivacyCost) -> PrivacyCost {
    func sum(_ a: Int, _ b: Int) -> Int {
      let (sum, overflows) = a.addingReportingOverflow(b)
      return overflows ? .max : sum
    }
    var epsilon: Int?
    if let mine = epsilonMillionths, let its = other.epsilonMillionths { epsilon = sum(mine, its) }
    return PrivacyCost(
      rhoTrillionths: sum(rhoTrillionths, other.rhoTrillionths), epsilonMillionths: epsilon,
      deltaAttos: sum(deltaAttos, other.deltaAttos))
  }

  /// The larger of each.
  public func larger(_ other: PrivacyCost) -> PrivacyCost {
    var epsilon: Int?
    if let mine = epsilonMillionths, let its = other.epsilonMillionths { epsilon = max(mine, its) }
    return PrivacyCost(
      rhoTrillionths: max(rhoTrillionths, other.rhoTrillionths), epsilonMillionths: epsilon,
      deltaAttos: max(deltaAttos, other.deltaAttos))
  }

  /// The ε that it amounts to, rounded up.
  /// - Parameter deltaExponent: of the δ allowed in all, a power of ten such as -6.
  /// - Returns: infinite when δ is spent already.
  public func epsilon(deltaExponent: Int) -> Double {
    let attos = deltaExponent <= -18 ? 1.0 : Self.power(ten: 18 + min(deltaExponent, 0))
    let left = attos - Double(deltaAttos)
    // Without a threshold, pure noise needs no δ at all.
    let pure = left >= 0 ? epsilonMillionths.map { Double($0) / 1e6 } : nil
    guard left > 0 else { return pure ?? .infinity }
    let concentrated = ConcentratedPrivacy.epsilon(
      rho: (Double(rhoTrillionths) / 1e12).nextUp, delta: (left / 1e18).nextDown)
    return min(pure ?? .infinity, concentrated)
  }

  private static func power(ten exponent: Int) -> Double {
    (0..<exponent).reduce(1.0) { power, _ in power * 10 }
  }
}

/// What noisy figures are debited from, by source and audience, before they are drawn.
public protocol PrivacyBudget: Sendable {
  /// Debits a release durably: once this returns, nothing makes the debit undone.
  /// - Returns: whether there is a release at all. Where rows are only looked at (a preview, a
  ///   trace) there is none: nothing is debited, and no noisy figure may be given.
  /// - Throws: `OperatorError` when it is more than what is left.
  func debit(_ cost: PrivacyCost) throws -> Bool
}

/// Where nothing is released.
public struct Rehearsal: PrivacyBudget {
  public init() {}
  public func debit(_ cost: PrivacyCost) throws -> Bool { false }
}
