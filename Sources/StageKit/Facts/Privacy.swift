import Tabular

/// What a field's values can do to a person.
public enum PrivacyClass: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Identifies alone: name, e-mail, telephone, national number.
  case direct
  /// Special categories of data (GDPR art. 9) and the like.
  case sensitive
  /// Identifies in combination: birth date, postcode, occupation.
  case quasi
  /// Stands for a person; still personal data.
  case pseudonym
  /// Counts and other results over many rows of personal data.
  case aggregate
  case plain
  /// Nobody has said: may go to `internal` only.
  case unclassified

  /// Whether the class is of personal data, one row or one person at a time.
  public var isPersonal: Bool {
    switch self {
    case .direct, .sensitive, .quasi, .pseudonym, .unclassified: true
    case .aggregate, .plain: false
    }
  }

  public static func < (left: PrivacyClass, right: PrivacyClass) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { PrivacyClass.allCases.firstIndex(of: self) ?? 0 }
}

/// A field of a source, as it was read.
public struct FieldOrigin: Sendable, Hashable, Comparable {
  public let source: String
  public let field: String

  public init(source: String, field: String) { (self.source, self.field) = (source, field) }

  public static func < (left: FieldOrigin, right: FieldOrigin) -> Bool {
    (left.source, left.field) < (right.source, right.field)
  }
}

/// The privacy classes that a field (or a table, as taint) carries, each with the source fields
/// that it comes from: a set, so that nothing is lost by combining.
public struct Privacy: Sendable, Hashable {
  public private(set) var classes: [PrivacyClass: Set<FieldOrigin>]
  /// Choices of rows within groups, by what is personal, of which it tells something: how many they
  /// are, or what they sum to. Small ones give away who is in a large group.
  public private(set) var choices: Set<Basis> = []
  /// Source fields of which it shows one row's own value out of a group: the largest, the first.
  public private(set) var singles: Set<FieldOrigin> = []
  /// Scopes of the pseudonyms that it shows or is made of: whoever has a scope's can link them.
  public private(set) var scopes: Set<String> = []

  public init(_ classes: [PrivacyClass: Set<FieldOrigin>] = [:]) { self.classes = classes }

  public init(_ privacyClass: PrivacyClass, from origin: FieldOrigin) {
    classes = [privacyClass: [origin]]
  }

  /// Nothing personal, from nowhere: constants.
  public static let none = Privacy()

  /// All that either carries.
  public func union(_ other: Privacy) -> Privacy {
    var both = Privacy(classes.merging(other.classes) { $0.union($1) })
    (both.choices, both.singles) = (choices.union(other.choices), singles.union(other.singles))
    both.scopes = scopes.union(other.scopes)
    return both
  }

  /// The union of several.
  public static func union(_ all: some Sequence<Privacy>) -> Privacy {
    all.reduce(.none) { $0.union($1) }
  }

  /// The same origins under one class: what a treatment (pseudonymise, count…) makes of a field.
  public func reclassed(_ privacyClass: PrivacyClass) -> Privacy {
    var reclassed = self
    reclassed.classes = [privacyClass: origins]
    return reclassed
  }

  /// What a treatment under a scope's key makes of it.
  public func pseudonymised(_ scope: String) -> Privacy {
    var made = reclassed(.pseudonym).union(only([.sensitive]))
    made.scopes = [scope]
    return made
  }

  /// The same, told of the rows that a choice leaves.
  public func telling(of choice: Basis) -> Privacy {
    var telling = self
    telling.choices.insert(choice)
    return telling
  }

  /// The same, with what it told of choices told otherwise.
  public func forgettingChoices() -> Privacy {
    var rest = self
    rest.choices = []
    return rest
  }

  /// The same, shown of one row out of a group.
  public func shownSingly() -> Privacy {
    var shown = self
    shown.singles.formUnion(origins)
    return shown
  }

  /// The same, with some classes turned into another.
  public func turning(_ classes: Set<PrivacyClass>, into other: PrivacyClass) -> Privacy {
    let turned = only(classes)
    guard !turned.classes.isEmpty else { return self }
    let rest = only(Set(PrivacyClass.allCases).subtracting(classes))
    return rest.union(turned.reclassed(other))
  }

  /// Only the classes that are asked for.
  public func only(_ wanted: Set<PrivacyClass>) -> Privacy {
    var rest = self
    rest.classes = classes.filter { wanted.contains($0.key) }
    return rest
  }

  public var origins: Set<FieldOrigin> {
    classes.values.reduce(into: []) { $0.formUnion($1) }
  }

  /// In the order of severity.
  public var sortedClasses: [PrivacyClass] { classes.keys.sorted() }

  /// The severest class; `plain` when there is none.
  public var strongest: PrivacyClass { sortedClasses.first ?? .plain }

  public var isPersonal: Bool { classes.keys.contains(where: \.isPersonal) }

  /// Only the classes of personal data.
  public var personal: Privacy { only(Set(PrivacyClass.allCases.filter(\.isPersonal))) }

  /// What a predicate or join key on this field leaves on the whole table.
  public var taint: Privacy { only([.direct, .sensitive, .pseudonym, .unclassified]) }
}

extension PrivacyClass {
  /// What people call it.
  public var word: Message {
    switch self {
    case .direct: Message(en: "direct", fr: "direct")
    case .sensitive: Message(en: "sensitive", fr: "sensible")
    case .quasi: Message(en: "quasi-identifier", fr: "quasi-identifiant")
    case .pseudonym: Message(en: "pseudonym", fr: "pseudonyme")
    case .aggregate: Message(en: "aggregate", fr: "agrégat")
    case .plain: Message(en: "plain", fr: "simple")
    case .unclassified: Message(en: "unclassified", fr: "non classé")
    }
  }
}
