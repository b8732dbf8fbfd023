import Ingest
import StageKit
import Tabular

/// A source as the plan knows it: where its files are and what a good row is. Files are looked
/// for when the run begins.
public struct PlannedSource: Sendable {
  public let name: String
  /// Paths or globs, absolute; `-` is standard input.
  public let paths: [String]
  public let schema: TableSchema
  public let dialect: DialectOptions
  public let policy: FilePolicy?
  public let rejectLimit: RejectLimit
  public let allowsSameContent: Bool
  public let governance: Charter.Governance
  /// The field that says of which day a row is, for telling whether the source came as often as
  /// its governance entry says.
  public let dated: String?

  public init(
    name: String, paths: [String], schema: TableSchema, dialect: DialectOptions,
    policy: FilePolicy?, rejectLimit: RejectLimit, allowsSameContent: Bool,
    governance: Charter.Governance, dated: String? = nil
  ) {
    (self.name, self.paths, self.schema, self.dialect) = (name, paths, schema, dialect)
    (self.policy, self.rejectLimit) = (policy, rejectLimit)
    (self.allowsSameContent, self.governance) = (allowsSameContent, governance)
    self.dated = dated
  }
}
