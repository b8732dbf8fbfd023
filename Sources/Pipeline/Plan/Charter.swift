import StageKit
import Tabular

/// The city's rules (`charte.yml`): who may see what, where it goes, under which conditions.
public struct Charter: Sendable {
  /// Who an output is for.
  public struct Audience: Sendable {
    public let name: String
    /// What people call it.
    public internal(set) var title: Message?
    /// Privacy classes that may reach it.
    public let allows: Set<PrivacyClass>
    /// What its tables about persons must guarantee.
    public let requires: Requirements
    /// Whether what reaches it must be as the pipeline's privacy lock says.
    public let needsApproval: Bool
    /// Folder that its outputs must lie in, absolute; nil for anywhere in the project.
    public let folder: String?
    /// Permission bits of its files, such as 0o640.
    public let mode: UInt16
    /// Owning group, by name.
    public let group: String?
    /// What the gate looks for in cells; nil where direct fields may be seen.
    public internal(set) var detectors: DetectorRules?

    public init(
      name: String, allows: Set<PrivacyClass>, requires: Requirements, needsApproval: Bool,
      folder: String?, mode: UInt16, group: String?
    ) {
      (self.name, self.allows, self.requires) = (name, allows, requires)
      (self.needsApproval, self.folder) = (needsApproval, folder)
      (self.mode, self.group) = (mode, group)
    }
  }

  /// Thresholds of an audience; nil for what is not asked.
  public struct Requirements: Sendable, Hashable {
    /// Source rows behind a row.
    public var minCount: Int?
    /// The base of random rounding that is taken in place of `minCount`.
    public var rounding: Int?
    /// The variance of perturbation that is, too, in millionths.
    public var perturbationMillionths: Int?
    /// Persons in a class of rows of persons.
    public var k: Int?
    /// Values (or as many in effect) of each sensitive field in a class.
    public var l: Int?
    /// Distance of a class's sensitive values from the table's, in millionths.
    public var closenessMillionths: Int?
    /// Share of a cell's largest contributor, in millionths.
    public var dominanceMillionths: Int?
    /// How coarse dates about persons are.
    public var datePrecision: DatePrecision?
    /// How large the cells of places of persons are, in metres across.
    public var placeMetres: Int?

    public init() {}
  }

  /// A lowering of classes that the city has decided.
  public struct Declassification: Sendable {
    public let id: String
    public let origin: FieldOrigin
    public let to: PrivacyClass
    public let because: String
    public let decidedBy: String
    /// Days since 1970 after which it no longer holds.
    public let until: Int?
  }

  /// What pseudonyms of one key are for.
  public struct Scope: Sendable {
    public let name: String
    /// Audiences that its pseudonyms may reach.
    public let audiences: Set<String>
    /// Purposes of pipelines that may make them; nil for all.
    public let purposes: Set<String>?
    /// Where its keys must come from; nil for either.
    public let key: KeyPlace?
  }

  /// Where keys come from.
  public enum KeyPlace: String, Sendable, CaseIterable {
    /// Files that nobody else may read (`octroi keys`).
    case files
    /// Variables of the environment, as a secrets' manager sets them.
    case environment
  }

  /// Who answers for anonymisation, and until when the risk counts as assessed.
  public struct Anonymisation: Sendable, Hashable {
    /// Who supervises it, as Québec's regulation asks.
    public var supervisor: String?
    /// Days since 1970: the last day before the risk must be assessed again.
    public var assessedUntil: Int?
  }

  /// A source's entry: owner, licence, legal basis, retention… as declared.
  public struct Governance: Sendable {
    public let id: String
    /// What people call it.
    public internal(set) var title: Message?
    /// Purposes that it may serve; nil when the charter does not say.
    public let purposes: [String]?
    /// Days since 1970 after which its data may no longer be used; nil for no such day.
    public let keptUntil: Int?
    /// All declared fields, as text, for reports.
    public let fields: [(key: String, value: String)]
    /// The same as written, for catalogues and registers.
    let node: SpecNode
    public let position: SpecPosition

    init(
      id: String, purposes: [String]?, keptUntil: Int? = nil,
      fields: [(key: String, value: String)], node: SpecNode, position: SpecPosition
    ) {
      (self.id, self.purposes, self.keptUntil) = (id, purposes, keptUntil)
      (self.fields, self.node, self.position) = (fields, node, position)
    }
  }

  public let file: String
  public let city: String
  /// IANA name, such as `Africa/Casablanca`: `today` is resolved in it.
  public let timeZone: String
  public let language: Language
  public internal(set) var audiences: [String: Audience]
  public let governance: [String: Governance]
  /// Purposes that exist; nil when the charter lists none.
  public let purposes: Set<String>?
  /// What people call purposes, by name.
  public internal(set) var purposeTitles: [String: Message] = [:]
  public let declassifications: [Declassification]
  /// By name; nil when the charter lists none.
  public let scopes: [String: Scope]?
  /// What audiences may learn by noisy figures, by audience.
  public internal(set) var budgets: [String: BudgetGrant] = [:]
  public internal(set) var anonymisation = Anonymisation()
  /// The whole charter as written.
  var node: SpecNode?
  /// The charter's own path, absolute.
  public internal(set) var path = ""
  /// Folder of reject files, absolute; always 0700 with 0600 files.
  public let internalFolder: String

  init(
    file: String, city: String, timeZone: String, language: Language,
    audiences: [String: Audience], governance: [String: Governance], purposes: Set<String>?,
    declassifications: [Declassification], scopes: [String: Scope]?, internalFolder: String
  ) {
    (self.file, self.city, self.timeZone, self.language) = (file, city, timeZone, language)
    (self.audiences, self.governance, self.purposes) = (audiences, governance, purposes)
    (self.declassifications, self.scopes) = (declassifications, scopes)
    self.internalFolder = internalFolder
  }

  /// Stands in for a charter that could not be read, which has been reported.
  static let missing = Charter(
    file: "", city: "", timeZone: "UTC", language: .en, audiences: [:], governance: [:],
    purposes: nil, declassifications: [], scopes: nil, internalFolder: "/")

  var isMissing: Bool { file.isEmpty }
}
