import Foundation
import StageKit
import Tabular

/// A register as machines read it: what was said in both languages, keys sorted.
public struct RegisterRecord: Encodable, Sendable {
  private let register: ProcessingRegister

  public init(_ register: ProcessingRegister) { self.register = register }

  /// - Throws: what the encoder throws.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  private enum Key: String, CodingKey {
    case title, city, charter, version, statements, missing, activities, uncovered, unserved, unread
    case withoutPersons = "without_personal_data"
    case unused = "unused_decisions"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Spoken(register.title), forKey: .title)
    try container.encode(register.city, forKey: .city)
    try container.encode(register.charter, forKey: .charter)
    try container.encode(register.version, forKey: .version)
    try container.encode(Self.statements(register.statements), forKey: .statements)
    try container.encode(register.gaps.map(Gap.init), forKey: .missing)
    try container.encode(register.activities.map(Activity.init), forKey: .activities)
    try container.encode(register.uncovered, forKey: .uncovered)
    try container.encode(register.unserved.map(Named.init), forKey: .unserved)
    try container.encode(register.unread.map(Named.init), forKey: .unread)
    try container.encode(register.withoutPersons.map(Pipeline.init), forKey: .withoutPersons)
    try container.encode(register.unused.map(Decision.Entry.init), forKey: .unused)
  }

  private static func statements(
    _ statements: [RegisterItem: [ProcessingRegister.Statement]]
  ) -> [String: [Statement]] {
    Dictionary(
      statements.map { ($0.key.rawValue, $0.value.map(Statement.init)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// In both languages.
  private struct Spoken: Encodable {
    let en: String
    let fr: String

    init(_ message: Message) { (en, fr) = (message.en, message.fr) }
  }

  private struct Statement: Encodable {
    let text: Spoken
    let sources: [Spoken]

    init(_ told: ProcessingRegister.Statement) {
      (text, sources) = (Spoken(told.text), told.sources.map(Spoken.init))
    }
  }

  private struct Gap: Encodable {
    let item: String?
    let what: Spoken
    let of: Spoken
    let place: String
    let path: String
    let rule: Spoken?

    init(_ told: ProcessingRegister.Gap) {
      (item, what, of) = (told.item?.rawValue, Spoken(told.what), Spoken(told.owner))
      (place, path, rule) = (told.place, told.path, told.rule.map(Spoken.init))
    }
  }

  private struct Named: Encodable {
    let name: String
    let title: Spoken?

    init(_ told: ProcessingRegister.Named) {
      (name, title) = (told.name, told.title.map(Spoken.init))
    }
  }

  private struct Pipeline: Encodable {
    let name: String
    let title: Spoken?
    let file: String
    let sha256: String

    init(_ told: ProcessingRegister.Pipeline) {
      (name, title) = (told.name, told.title.map(Spoken.init))
      (file, sha256) = (told.file, told.sha256)
    }
  }

  private struct Source: Encodable {
    let id: String
    let title: Spoken
    let personal: Bool
    let owner, steward, contact, producer, origin, access: Spoken?

    init(_ told: ProcessingRegister.Source) {
      (id, title, personal) = (told.id, Spoken(told.title), told.isPersonal)
      (owner, steward) = (told.owner.map(Spoken.init), told.steward.map(Spoken.init))
      (contact, producer) = (told.contact.map(Spoken.init), told.producer.map(Spoken.init))
      (origin, access) = (told.origin.map(Spoken.init), told.access.map(Spoken.init))
    }
  }

  private struct SourceField: Encodable {
    let source: Spoken
    let name: String
    let title: Spoken
    let classes: [String]
    let readBy: [String]

    init(_ told: ProcessingRegister.SourceField) {
      (source, name, title) = (Spoken(told.source), told.name, Spoken(told.title))
      (classes, readBy) = (told.classes.map(\.rawValue), told.readBy)
    }
  }

  private struct Output: Encodable {
    struct Field: Encodable {
      let name: String
      let title: Spoken?
      let classes, from, treatments: [String]

      init(_ told: ProcessingRegister.Output.Field) {
        (name, title) = (told.name, told.title.map(Spoken.init))
        (classes, from, treatments) = (told.classes.map(\.rawValue), told.from, told.treatments)
      }
    }

    let pipeline, name, rows: String
    let title: Spoken?
    let audience: Named
    let paths, chosenBy: [String]
    let guarantees: [Named]
    let fields: [Field]

    init(_ told: ProcessingRegister.Output) {
      (pipeline, name, rows) = (told.pipeline, told.name, told.rows.rawValue)
      (title, audience) = (told.title.map(Spoken.init), Named(told.audience))
      (paths, chosenBy) = (told.paths, told.chosenBy)
      guarantees = told.guarantees.map(Named.init)
      fields = told.fields.map(Field.init)
    }
  }

  private struct Decision: Encodable {
    struct Entry: Encodable {
      let id, because, decidedBy: String
      let until: String?

      init(_ told: ProcessingRegister.Decision.Entry) {
        (id, because, decidedBy, until) = (told.id, told.because, told.decidedBy, told.until)
      }
    }

    let pipeline, field, what, because: String
    let becomes: String?
    let from: [String]
    let charter: [Entry]

    init(_ told: ProcessingRegister.Decision) {
      (pipeline, field, because) = (told.pipeline, told.field, told.because)
      what = told.becomes == nil ? "singles_out" : "declassified"
      (becomes, from) = (told.becomes?.rawValue, told.from)
      charter = told.entries.map(Entry.init)
    }
  }

  private struct Activity: Encodable {
    let purpose, reference: String?
    let title, description: Spoken?
    let statements: [String: [Statement]]
    let measures, keeping: [Spoken]
    let sources: [Source]
    let fields: [SourceField]
    let outputs: [Output]
    let treatments: [Named]
    let decisions: [Decision]
    let pipelines: [Pipeline]
    let missing: [Gap]

    init(_ told: ProcessingRegister.Activity) {
      (purpose, reference) = (told.purpose, told.reference)
      (title, description) = (told.title.map(Spoken.init), told.description.map(Spoken.init))
      statements = RegisterRecord.statements(told.statements)
      (measures, keeping) = (told.measures.map(Spoken.init), told.keeping.map(Spoken.init))
      (sources, fields) = (told.sources.map(Source.init), told.fields.map(SourceField.init))
      (outputs, treatments) = (told.outputs.map(Output.init), told.treatments.map(Named.init))
      decisions = told.decisions.map(Decision.init)
      (pipelines, missing) = (told.pipelines.map(Pipeline.init), told.gaps.map(Gap.init))
    }
  }
}
