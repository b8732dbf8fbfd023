import StageKit
import Tabular

/// The city's rules (`charte.yml`): who may see what, where it goes, under which conditions.
public struct Charter: Sendable {
  /// Who an output is for.
  public struct Audience: Sendable {
    public let name: String
    /// Privacy classes that may reach it.
    public let allows: Set<PrivacyClass>
    /// The smallest number of source rows behind a row, where one is asked.
    public let minCount: Int?
    public let k: Int?
    /// Folder that its outputs must lie in, absolute; nil for anywhere in the project.
    public let folder: String?
    /// Permission bits of its files, such as 0o640.
    public let mode: UInt16
    /// Owning group, by name.
    public let group: String?

    public init(
      name: String, allows: Set<PrivacyClass>, minCount: Int?, k: Int?, folder: String?,
      mode: UInt16, group: String?
    ) {
      (self.name, self.allows, self.minCount, self.k) = (name, allows, minCount, k)
      (self.folder, self.mode, self.group) = (folder, mode, group)
    }
  }

  /// A source's entry: owner, licence, legal basis, retention… as declared.
  public struct Governance: Sendable {
    public let id: String
    /// Purposes that it may serve; nil when the charter does not say.
    public let purposes: [String]?
    /// All declared fields, as text, for reports and catalogues.
    public let fields: [(key: String, value: String)]
    public let position: SpecPosition

    public init(
      id: String, purposes: [String]?, fields: [(key: String, value: String)],
      position: SpecPosition
    ) {
      (self.id, self.purposes, self.fields, self.position) = (id, purposes, fields, position)
    }
  }

  public let file: String
  public let city: String
  /// IANA name, such as `Africa/Casablanca`: `today` is resolved in it.
  public let timeZone: String
  public let language: Language
  public let audiences: [String: Audience]
  public let governance: [String: Governance]
  /// What audiences may learn by noisy figures, by audience.
  public internal(set) var budgets: [String: BudgetGrant] = [:]
  /// The charter's own path, absolute.
  public internal(set) var path = ""
  /// Folder of reject files, absolute; always 0700 with 0600 files.
  public let internalFolder: String

  public init(
    file: String, city: String, timeZone: String, language: Language,
    audiences: [String: Audience], governance: [String: Governance], internalFolder: String
  ) {
    (self.file, self.city, self.timeZone, self.language) = (file, city, timeZone, language)
    (self.audiences, self.governance) = (audiences, governance)
    self.internalFolder = internalFolder
  }

  /// Stands in for a charter that could not be read, which has been reported.
  static let missing = Charter(
    file: "", city: "", timeZone: "UTC", language: .en, audiences: [:], governance: [:],
    internalFolder: "/")

  var isMissing: Bool { file.isEmpty }
}
