import Tabular

/// What a site tells of a project to one audience: of what is published, and inside the city also
/// of how runs went. Who gathers it leaves out what the audience may not know.
public struct SiteFacts: Sendable {
  public var city: String
  /// What the city calls its site.
  public var title: Message?
  public var audience: Message
  /// Whether it tells of runs: counts of few rows may be of single persons.
  public var tellsRuns: Bool
  /// Whether what it tells of may be for others than everyone.
  public var tellsAudiences = true
  /// When anything that it tells of last happened; nil where nothing has.
  public var asOf: SiteMoment?
  public var pipelines: [SitePipeline] = []
  public var reports: [SiteReport] = []
  public var datasets: [SiteDataset] = []
  /// The newest first.
  public var runs: [SiteRun] = []
  /// The newest first.
  public var releases: [SiteRelease] = []
  /// Pipelines that have run and are no longer in the project.
  public var former: [String] = []

  public init(city: String, audience: Message, tellsRuns: Bool) {
    (self.city, self.audience, self.tellsRuns) = (city, audience, tellsRuns)
  }
}

/// A moment as the charter's time zone has it.
public struct SiteMoment: Sendable, Hashable, Comparable {
  /// Days since 1970-01-01.
  public let day: Int
  /// Minutes since midnight; nil where the hour is nobody's business.
  public let minute: Int?

  public init(day: Int, minute: Int?) { (self.day, self.minute) = (day, minute) }

  public static func < (left: SiteMoment, right: SiteMoment) -> Bool {
    (left.day, left.minute ?? 0) < (right.day, right.minute ?? 0)
  }
}

/// A file that was published, and whether it can be followed to.
public struct SiteFile: Sendable, Hashable {
  public enum State: Sendable, Hashable {
    case there(RelativeLink)
    /// Removed on this day (days since 1970), as retention asks.
    case purged(Int)
    case missing
    /// Other bytes than were published.
    case changed
    case unpublished
  }

  public let name: String
  /// As people know it, such as `CSV`.
  public let format: Message
  public let bytes: Int?
  public let state: State

  public init(name: String, format: Message, bytes: Int?, state: State) {
    (self.name, self.format, self.bytes, self.state) = (name, format, bytes, state)
  }
}

/// A report as it lies there now.
public struct SiteReport: Sendable {
  public let title: Message
  public let subtitle: Message?
  public let audience: Message
  /// When its content was last made another.
  public let changed: SiteMoment?
  /// Pages in each language, then what lies beside them.
  public let files: [SiteFile]

  public init(
    title: Message, subtitle: Message?, audience: Message, changed: SiteMoment?,
    files: [SiteFile]
  ) {
    (self.title, self.subtitle, self.audience) = (title, subtitle, audience)
    (self.changed, self.files) = (changed, files)
  }
}

/// A table, in one file or several.
public struct SiteDataset: Sendable {
  /// A file with what describes it for machines.
  public struct Part: Sendable {
    public let file: SiteFile
    public let package: RelativeLink?

    public init(file: SiteFile, package: RelativeLink?) {
      (self.file, self.package) = (file, package)
    }
  }

  public let title: Message
  public let audience: Message
  public var description: Message?
  public var pipeline: Message
  public var licence: OpenLicence?
  /// First and last day (days since 1970).
  public var period: (first: Int, last: Int)?
  public var frequency: Frequency?
  public var keywords: [Message] = []
  public var rows: Int?
  public var changed: SiteMoment?
  public let parts: [Part]

  public init(title: Message, audience: Message, pipeline: Message, parts: [Part]) {
    (self.title, self.audience, self.pipeline) = (title, audience, pipeline)
    self.parts = parts
  }
}

/// That something was published with another content than before.
public struct SiteRelease: Sendable {
  public let moment: SiteMoment
  public let title: Message
  public let isReport: Bool
  public let audience: Message
  public let rows: Int?
  /// The file, where what lies there now is this one; nil for what has been replaced.
  public let current: SiteFile?

  public init(
    moment: SiteMoment, title: Message, isReport: Bool, audience: Message, rows: Int?,
    current: SiteFile?
  ) {
    (self.moment, self.title, self.isReport) = (moment, title, isReport)
    (self.audience, self.rows, self.current) = (audience, rows, current)
  }
}

/// How a run went.
public struct SiteRun: Sendable {
  public enum Outcome: Sendable, Hashable {
    case done, refused, wrongSpec, noInput, machine, interrupted
  }

  public let pipeline: String
  public let started: SiteMoment
  public let seconds: Double
  public let outcome: Outcome
  /// Rows; nil where the ledger no longer has the account.
  public let read: Int?
  public let rejected: Int?
  public let published: Int?

  public init(
    pipeline: String, started: SiteMoment, seconds: Double, outcome: Outcome, read: Int?,
    rejected: Int?, published: Int?
  ) {
    (self.pipeline, self.started) = (pipeline, started)
    (self.seconds, self.outcome) = (seconds, outcome)
    (self.read, self.rejected, self.published) = (read, rejected, published)
  }
}

/// A pipeline, as the project has it now.
public struct SitePipeline: Sendable {
  /// What a step is made of.
  public struct Step: Sendable {
    public let title: Message
    /// Titles of the sources and steps that it reads.
    public let reads: [Message]
    public let stages: [String]

    public init(title: Message, reads: [Message], stages: [String]) {
      (self.title, self.reads, self.stages) = (title, reads, stages)
    }
  }

  /// A field of what leaves.
  public struct Field: Sendable {
    public let name: String
    public let type: String
    public let classes: [Message]
    /// The sources' fields that it was made of.
    public let origins: [Message]

    public init(name: String, type: String, classes: [Message], origins: [Message]) {
      (self.name, self.type, self.classes, self.origins) = (name, type, classes, origins)
    }
  }

  /// A table or report that leaves.
  public struct Output: Sendable {
    public let title: Message
    public let audience: Message
    /// What it shows.
    public let from: [Message]
    public let files: [SiteFile]
    /// Of each table that it shows.
    public let tables: [(title: Message, fields: [Field])]

    public init(
      title: Message, audience: Message, from: [Message], files: [SiteFile],
      tables: [(title: Message, fields: [Field])]
    ) {
      (self.title, self.audience, self.from) = (title, audience, from)
      (self.files, self.tables) = (files, tables)
    }
  }

  /// A source's account in the last run.
  public struct Source: Sendable {
    public let title: Message
    public let files: Int
    public let passed: Int
    public let rejected: Int
    public let skipped: Int
    public let reasons: [(reason: Message, rows: Int)]
    /// Where the rejected rows are kept.
    public let rejects: RelativeLink?

    public init(
      title: Message, files: Int, passed: Int, rejected: Int, skipped: Int,
      reasons: [(reason: Message, rows: Int)], rejects: RelativeLink?
    ) {
      (self.title, self.files, self.rejects) = (title, files, rejects)
      (self.passed, self.rejected, self.skipped) = (passed, rejected, skipped)
      self.reasons = reasons
    }

    var read: Int { passed + rejected + skipped }
  }

  /// How long ago it last published, counted to the project's last run.
  public struct Freshness: Sendable {
    public let published: SiteMoment
    public let days: Int
    /// Whether more time has passed than its sources take to change.
    public let isLate: Bool

    public init(published: SiteMoment, days: Int, isLate: Bool) {
      (self.published, self.days, self.isLate) = (published, days, isLate)
    }
  }

  public let name: String
  public let title: Message
  /// The name of its page.
  public let page: String
  public var purpose: Message?
  /// Where it is written; nil where that is nobody's business.
  public var file: String?
  public var graph = LineageGraph()
  public var steps: [Step] = []
  public var outputs: [Output] = []
  /// Of the last run.
  public var sources: [Source] = []
  public var freshness: Freshness?
  /// Why it could not run now: place, what is wrong, remedy.
  public var faults: [(place: String, message: Message, remedy: Message?)] = []
  /// The page that accounts for the last run.
  public var summary: RelativeLink?

  public init(name: String, title: Message, page: String) {
    (self.name, self.title, self.page) = (name, title, page)
  }
}
