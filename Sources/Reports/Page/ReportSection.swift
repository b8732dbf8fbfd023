import Tabular

/// A part of a report: what it shows, of which table, in which words.
public struct ReportSection: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    case text, figures, ranking, map, series, heat, box, profiles, table
    case revisions, methodology, quality, confidentiality, provenance

    /// Whether it shows a table.
    public var isOfTable: Bool {
      switch self {
      case .figures, .ranking, .map, .series, .heat, .box, .profiles, .table: true
      default: false
      }
    }
  }

  public var kind: Kind
  public var title: Message?
  /// Markdown: what a text section says, or what stands before what another shows.
  public var text: Message?
  /// The table's name; nil for the report's first.
  public var table: String?
  public var roles = ReportRoles()
  public var classes = MapClasses.quantile(5)

  public init(_ kind: Kind) { self.kind = kind }
}

/// How the values of a map are put into classes.
public enum MapClasses: Sendable, Hashable {
  /// About as many units in each.
  case quantile(Int)
  /// Each as wide.
  case equal(Int)
  /// Between bounds that somebody has chosen, ascending.
  case breaks([Double])
}

/// How a report looks and whom it is of.
public struct ReportDesign: Sendable {
  public var title: Message
  public var subtitle: Message?
  public var city: String
  public var logo: EmbeddedImage?
  /// `#rrggbb` for what is marked, in light; nil for the house's blue.
  public var colour: ReportColour?

  public init(title: Message, city: String) { (self.title, self.city) = (title, city) }
}

/// What a report knows of the run that it comes from.
public struct ReportFacts: Sendable {
  /// A source's account, as its readers may have it.
  public struct Source: Sendable {
    public var title: Message
    public var publisher: String?
    public var files: Int
    public var read: Int
    public var rejected: Int
    public var reasons: [(reason: Message, count: Int)]
    public var licence: String?
    public var frequency: String?
    /// Who answers for it in the city.
    public var service: String?
    /// The last day that its data go to, and the first that they are missing from.
    public var through: Int?
    public var missingSince: Int?
    /// The report's tables that rest on it, by name.
    public var tables: Set<String> = []

    public init(
      title: Message, publisher: String?, files: Int, read: Int, rejected: Int,
      reasons: [(reason: Message, count: Int)], licence: String?, frequency: String?
    ) {
      (self.title, self.publisher, self.files) = (title, publisher, files)
      (self.read, self.rejected, self.reasons) = (read, rejected, reasons)
      (self.licence, self.frequency) = (licence, frequency)
    }
  }

  public var audience: Message
  /// Counts of rows below this are not told; 0 where all are.
  public var leastTold = 0
  public var purpose: Message?
  public var sources: [Source] = []
  /// What the audience may see and what its tables must guarantee.
  public var rules: [Message] = []
  /// What was done to the data, step by step.
  public var methods: [Message] = []
  /// Name and value: pipeline, version, inputs…
  public var provenance: [(name: Message, value: String)] = []
  /// The day that the report is about (days since 1970): periods that end after it are not over.
  public var asOf: Int?
  public var notes: [Message] = []
  /// What indices were made for and no source gives, with the reason where somebody has said it.
  public var lacking: [(title: Message, because: Message?)] = []
  /// What the last report told otherwise; nil where there was none.
  public var revisions: [ReportRevision]?

  public init(audience: Message) { self.audience = audience }
}
