import Tabular

/// A source as its author declared it: what to read and what a good row is.
public struct SourceDescription: Sendable {
  public var name: String
  /// The files, in the order in which they are read.
  public var files: [InputFile]
  public var schema: TableSchema
  /// What is nil is detected in each file.
  public var dialect = DialectOptions()
  /// Nil: what the schema's `fieldsMatch` says, else `subset`.
  public var policy: FilePolicy?
  public var rejectLimit = RejectLimit.count(0)
  /// Names of the fields that somebody reads; the others come out as absent columns. Nil: all.
  public var wanted: Set<String>?
  /// Whether fields that nobody reads are checked, too: which rows are rejected then depends on
  /// the schema alone, not on what a pipeline computes. Fields of type text without constraints
  /// cost nothing either way.
  public var checksUnreadFields = true
  /// What an earlier attempt found out (`GuessDisproved`).
  public var findings = Findings()
  /// Whether two files may have the same content.
  public var allowsSameContent = false
  /// Where rejects go (0600); nil: they are counted only.
  public var rejectFile: String?
  /// The field of dates whose days are counted (`SourceReport.days`); nil: none are.
  public var dated: String?
  /// Records that somebody follows.
  public var watch: RecordWatch?
  /// The language of the reject file's messages.
  public var language = Language.en
  /// Whether the files' bytes are hashed; without, their reports have no identity.
  package var isIdentified = true
  /// Bytes read at a time. Results do not depend on it.
  public var blockSize = 1 << 20

  public init(name: String, files: [InputFile], schema: TableSchema) {
    (self.name, self.files, self.schema) = (name, files, schema)
  }

  /// The policy in force.
  public var effectivePolicy: FilePolicy {
    if let policy { return policy }
    switch schema.fieldsMatch {
    case .exact, .equal: return .exact
    case .superset, .partial: return .union
    case .subset, nil: return .subset
    }
  }
}

/// What had to be found out about a source by reading it.
public struct Findings: Sendable, Equatable {
  /// The encodings of all files that none was declared for, by name.
  public var encodings: [String: TextEncoding] = [:]
  /// Whether blocks may be cut only where reading from their start has come to a record's end.
  public var cutsAreWalked = false

  public init(encodings: [String: TextEncoding] = [:], cutsAreWalked: Bool = false) {
    (self.encodings, self.cutsAreWalked) = (encodings, cutsAreWalked)
  }
}

/// Something that a source was guessed to be is not so: a file without a declared encoding that
/// was taken for UTF-8, or a place that was taken for the end of a record. The source is to be
/// opened again with these findings in its description; each kind is disproved once at most.
/// Nothing that came out of it so far may be used.
public struct GuessDisproved: Error, Sendable {
  public let source: String
  public let findings: Findings
}
