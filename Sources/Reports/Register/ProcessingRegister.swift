import StageKit
import Tabular

/// A city's register of processing activities, as article 30 of the GDPR and its like ask for one:
/// what the charter says of each purpose, and what the pipelines that serve it do. Holds names of
/// fields and files, never a value. What nobody has said is a gap, and told as one.
public struct ProcessingRegister: Sendable {
  /// What the charter says, and of which sources.
  public struct Statement: Sendable, Hashable {
    public let text: Message
    /// Titles of the sources it is said of; empty where it is of all of them.
    public var sources: [Message]

    public init(_ text: Message, of sources: [Message] = []) {
      (self.text, self.sources) = (text, sources)
    }
  }

  /// Something that ought to be said and is not.
  public struct Gap: Sendable, Hashable {
    /// Where the sheet of an activity has a line for it; nil for what has none.
    public let item: RegisterItem?
    public let what: Message
    /// What it is lacking of, such as a source's title.
    public let owner: Message
    /// Where to write it: `file:line:column`, from the project's root.
    public let place: String
    /// The keys that lead there, such as `governance: demandes: security`.
    public let path: String
    /// What asks for it, such as `GDPR art. 30(1)(g)`; nil for good practice.
    public let rule: Message?

    public init(
      _ item: RegisterItem?, _ what: Message, of owner: Message, place: String, path: String,
      rule: Message?
    ) {
      (self.item, self.what, self.owner) = (item, what, owner)
      (self.place, self.path, self.rule) = (place, path, rule)
    }
  }

  /// Something by its name and by what people call it.
  public struct Named: Sendable, Hashable {
    public let name: String
    public let title: Message?

    public init(_ name: String, _ title: Message?) { (self.name, self.title) = (name, title) }
  }

  public struct Pipeline: Sendable, Hashable {
    public let name: String
    public let title: Message?
    /// From the project's root.
    public let file: String
    public let sha256: String

    public init(name: String, title: Message?, file: String, sha256: String) {
      (self.name, self.title, self.file, self.sha256) = (name, title, file, sha256)
    }
  }

  /// What an activity reads.
  public struct Source: Sendable, Hashable {
    /// Its governance entry.
    public let id: String
    public let title: Message
    public let isPersonal: Bool
    public var owner: Message?
    public var steward: Message?
    public var contact: Message?
    public var producer: Message?
    public var origin: Message?
    public var access: Message?

    public init(id: String, title: Message, isPersonal: Bool) {
      (self.id, self.title, self.isPersonal) = (id, title, isPersonal)
    }
  }

  /// A field of a source about persons, as its schema has it.
  public struct SourceField: Sendable, Hashable {
    public let source: Message
    public let name: String
    public let title: Message
    /// One, or several where schemas differ.
    public var classes: [PrivacyClass]
    /// Pipelines that read it; empty where it is passed over.
    public var readBy: [String]

    public init(
      source: Message, name: String, title: Message, classes: [PrivacyClass], readBy: [String]
    ) {
      (self.source, self.name, self.title) = (source, name, title)
      (self.classes, self.readBy) = (classes, readBy)
    }
  }

  /// A decision that only people can take: a class lowered, rows chosen by what identifies.
  public struct Decision: Sendable, Hashable {
    /// The charter's entry that holds the same decision.
    public struct Entry: Sendable, Hashable {
      public let id: String
      public let because: String
      public let decidedBy: String
      /// The last day it holds, ISO 8601.
      public let until: String?

      public init(id: String, because: String, decidedBy: String, until: String?) {
        (self.id, self.because, self.decidedBy, self.until) = (id, because, decidedBy, until)
      }
    }

    public let pipeline: String
    public let field: String
    /// Source fields, as `source.field`.
    public let from: [String]
    /// What the field's classes become; nil where it singles out.
    public let becomes: PrivacyClass?
    public let because: String
    public let entries: [Entry]

    public init(
      pipeline: String, field: String, from: [String], becomes: PrivacyClass?, because: String,
      entries: [Entry]
    ) {
      (self.pipeline, self.field, self.from) = (pipeline, field, from)
      (self.becomes, self.because, self.entries) = (becomes, because, entries)
    }
  }

  public let title: Message
  public let city: String
  /// The charter's file, from the project's root.
  public let charter: String
  /// SHA-256 over all files that the register was made of.
  public let version: String
  /// What is said of the whole, such as who the controller is.
  public var statements: [RegisterItem: [Statement]] = [:]
  public var gaps: [Gap] = []
  public var activities: [Activity] = []
  /// Pipelines in which nothing is about persons.
  public var withoutPersons: [Pipeline] = []
  /// Pipelines beside the charter that were not asked for.
  public var uncovered: [String] = []
  /// Purposes that no pipeline serves.
  public var unserved: [Named] = []
  /// Sources of personal data that no pipeline reads.
  public var unread: [Named] = []
  /// Decisions of the charter that no pipeline makes use of.
  public var unused: [Decision.Entry] = []

  public init(title: Message, city: String, charter: String, version: String) {
    (self.title, self.city, self.charter, self.version) = (title, city, charter, version)
  }
}
