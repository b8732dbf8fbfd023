/// One release of persons' rows in classes: who stands in which class, and which class each
/// combination of quasi-identifiers became. Persons and combinations are keyed hashes.
public struct PersonRelease: Sendable, Hashable {
  /// A person or a combination, and the number of a class.
  public struct Stand: Sendable, Hashable, Comparable {
    public var whom: UInt64
    public var place: UInt32

    public init(_ whom: UInt64, in place: UInt32) { (self.whom, self.place) = (whom, place) }

    public static func < (left: Stand, right: Stand) -> Bool {
      (left.whom, left.place) < (right.whom, right.place)
    }
  }

  /// A hash of the quasi-identifiers' names: combinations of other fields cannot be compared.
  public var fields: UInt64
  /// In ascending order, each once.
  public var combinations: [Stand]
  public var persons: [Stand]
  /// Classes that had somebody who was forgotten since; in ascending order, each once.
  public var forgotten: [UInt32] = []

  public init(fields: UInt64, combinations: [Stand], persons: [Stand]) {
    (self.fields, self.combinations, self.persons) = (fields, combinations, persons)
  }
}

/// What earlier runs published of persons, and what this one will.
public protocol PersonReleases: Sendable {
  /// The secret that hashes of a series of releases are keyed with; nil where nothing is released,
  /// and so nothing is compared.
  /// - Parameter series: releases whose persons can be told to be the same.
  func secret(of series: String) throws -> [UInt8]?

  /// Hands over the earlier releases of a series one by one, the oldest first.
  /// - Returns: how many there were.
  /// - Throws: when there were some of which nothing is known any more.
  func eachEarlier(_ series: String, _ body: (PersonRelease) throws -> Void) throws -> Int

  /// Offers what this run will publish. It is kept only if the run is published.
  func offer(_ series: String, _ release: PersonRelease) throws
}

/// Where nothing is released.
public struct NoReleases: PersonReleases {
  public init() {}

  public func secret(of series: String) -> [UInt8]? { nil }
  public func eachEarlier(_ series: String, _ body: (PersonRelease) throws -> Void) -> Int { 0 }
  public func offer(_ series: String, _ release: PersonRelease) {}
}
