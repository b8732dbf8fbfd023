import StageKit
import Tabular

extension ProcessingRegister {
  /// What is done with personal data for one purpose.
  public struct Activity: Sendable {
    /// The purpose's name in the charter; nil for pipelines that say none.
    public let purpose: String?
    /// What people call the purpose; nil where nobody has said.
    public let title: Message?
    /// The city's own number for it.
    public var reference: String?
    public var description: Message?
    public var statements: [RegisterItem: [Statement]] = [:]
    /// How persons are protected, as far as the plan can tell.
    public var measures: [Message] = []
    /// How long outputs and rejected rows are kept.
    public var keeping: [Message] = []
    public var sources: [Source] = []
    public var fields: [SourceField] = []
    public var outputs: [Output] = []
    /// Stages that treat fields, with what they do.
    public var treatments: [Named] = []
    public var decisions: [Decision] = []
    public var pipelines: [Pipeline] = []
    public var gaps: [Gap] = []

    public init(purpose: String?, title: Message?) {
      (self.purpose, self.title) = (purpose, title)
    }
  }

  /// What leaves for an audience: a table, or what a report shows.
  public struct Output: Sendable, Hashable {
    /// What its rows are.
    public enum Rows: String, Sendable {
      case persons
      case aggregated
      /// Not about persons.
      case things
    }

    public struct Field: Sendable, Hashable {
      public let name: String
      public let title: Message?
      public let classes: [PrivacyClass]
      /// Source fields, as `source.field`.
      public let from: [String]
      /// Stages that treated it, with their options in one fixed writing.
      public let treatments: [String]

      public init(
        name: String, title: Message?, classes: [PrivacyClass], from: [String],
        treatments: [String]
      ) {
        (self.name, self.title, self.classes) = (name, title, classes)
        (self.from, self.treatments) = (from, treatments)
      }
    }

    public let pipeline: String
    public let name: String
    public let title: Message?
    public let audience: Named
    /// From the project's root.
    public let paths: [String]
    public let rows: Rows
    /// In signs, such as `k ≥ 5 (quartier)`, and in a sentence.
    public let guarantees: [Named]
    /// Source fields that the choice of rows depends on.
    public let chosenBy: [String]
    public let fields: [Field]

    public init(
      pipeline: String, name: String, title: Message?, audience: Named, paths: [String],
      rows: Rows, guarantees: [Named], chosenBy: [String], fields: [Field]
    ) {
      (self.pipeline, self.name, self.title, self.audience) = (pipeline, name, title, audience)
      (self.paths, self.rows, self.guarantees) = (paths, rows, guarantees)
      (self.chosenBy, self.fields) = (chosenBy, fields)
    }
  }
}
